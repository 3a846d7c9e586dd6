"""A journal that was lived with, damaged at random: bytes, pages, rows, and what lies beside it."""

from __future__ import annotations

import re
import shutil
import sqlite3
import traceback
from contextlib import closing
from typing import TYPE_CHECKING

from quizcli.journal.checks import COLUMNS
from tests.faults.outcome import Fault
from tests.support.home import Home

if TYPE_CHECKING:
    import random
    from collections.abc import Callable
    from pathlib import Path

PAGE = 4096
# What no row of ours holds, in any column.
HOSTILE = (
    None, "", "x", "\x1b[31m\u202e", -1, 0, 1, 2**63 - 1, -(2**63), 9e999, -0.5, 1e300, b"\xff\xfe",
    "NaN", "1/0", "[]", "{}", "[1]", '["a"]', "[" * 3000, "null", "2026-02-31T10:00:00.000Z",
    "0000-00-00T00:00:00.000Z", "9999-12-31T23:59:59.999Z", "a" * 5000, "rnn/gate", "sample/gate",
    '{"a": {"b": []}}', "true", "../../etc/passwd", "'; DROP TABLE attempts; --",
)  # fmt: skip
VERBS = (
    (), ("history",), ("history", "1"), ("history", "2"), ("score",), ("score", "1"), ("stats",),
    ("review", "--queue"), ("doctor",), ("journal", "export"), ("take", "sample"),
    ("take", "sample", "--resume"), ("review", "sample"), ("cards", "sample"), ("journal", "undo"),
    ("score", "--format", "json"), ("stats", "--json"), ("history", "--json"), ("journal", "rebuild"),
    ("take", "sample", "--missed"),
)  # fmt: skip


def lived(folder: Path) -> Path:
    """The journal of two months with quizzes, reviews, an undo, an import and a quiz that was left."""
    home = Home(folder)
    home.quiz()
    for n in range(6):
        home.days(3 + 5 * n)
        home("review", "sample", "--new", "9", text="a\n\nb\n1\n:undo\nb\n\na\n4\n" * 2)
        home("take", "sample", "--seed", str(n), text="b\na,b\n" if n % 2 else "b\na\na\na\n")
    home("review", "--suspend", "sample/gate")
    (folder / "log.csv").write_text(home("journal", "export").out, encoding="utf-8")
    home("journal", "import", str(folder / "log.csv"))
    home("take", "sample", text="b\n")
    return folder / "journal.sqlite3"


def bytes_changed(chance: random.Random, path: Path) -> str:
    """Some bytes are others."""
    data, n = bytearray(path.read_bytes()), 1 << chance.randrange(8)
    at = [chance.randrange(len(data)) for _ in range(n)]
    if chance.random() < 0.3:  # close together, as one bad sector is
        at = [min(at[0] + i, len(data) - 1) for i in range(n)]
    for each in at:
        data[each] = chance.randrange(256)
    path.write_bytes(data)
    return f"{n} bytes from {min(at)} on"


def pages_changed(chance: random.Random, path: Path) -> str:
    """Pages are empty, noise, another's, or gone."""
    data = path.read_bytes()
    pages = [data[at : at + PAGE] for at in range(0, len(data), PAGE)]
    at, other = (chance.randrange(len(pages)) for _ in range(2))
    how = chance.choice(["empty", "noise", "copied", "swapped", "lost", "cut", "doubled"])
    match how:
        case "empty":
            pages[at] = bytes(PAGE)
        case "noise":
            pages[at] = chance.randbytes(PAGE)
        case "copied":
            pages[at] = pages[other]
        case "swapped":
            pages[at], pages[other] = pages[other], pages[at]
        case "lost":
            del pages[at]
        case "cut":
            pages[at:] = [pages[at][: chance.randrange(PAGE)]]
        case _:
            pages.insert(at, pages[at])
    path.write_bytes(b"".join(pages))
    return f"page {at} {how}"


def schema_changed(chance: random.Random, path: Path) -> str:
    """Some bytes are others where the tables are defined, or in the first page, which says how to
    read all others."""
    data = bytearray(path.read_bytes())
    starts = [found.start() for found in re.finditer(rb"CREATE (TABLE|INDEX|UNIQUE)", data)]
    start, length = chance.choice([(0, 108), *((start, 400) for start in starts)])
    at = [start + chance.randrange(length) for _ in range(chance.choice([1, 1, 2, 8]))]
    for each in at:
        data[min(each, len(data) - 1)] = chance.randrange(256)
    path.write_bytes(data)
    return f"bytes {at} of a definition"


def rows_changed(chance: random.Random, path: Path) -> str:
    """Values that nobody wrote, rows that are gone or come twice."""
    said = []
    with closing(sqlite3.connect(path)) as connection:
        for _ in range(1 << chance.randrange(4)):
            table = chance.choice(list(COLUMNS))
            key, checks = COLUMNS[table]
            column = chance.choice(list(checks))
            rows = [row for (row,) in connection.execute(f"SELECT {key} FROM {table}")]
            row = chance.choice(rows or [0])
            statement, values = chance.choice([
                *[(f"UPDATE {table} SET {column} = ? WHERE {key} = ?", (value, row))
                  for value in chance.sample(HOSTILE, 6)],
                (f"DELETE FROM {table} WHERE {key} = ?", (row,)),
                (f"UPDATE {table} SET {column} = (SELECT max({column}) FROM {table}) WHERE {key} = ?",
                 (row,)),
            ])  # fmt: skip
            try:
                connection.execute(statement, values)
            except sqlite3.Error:  # which the schema forbids
                continue
            said.append(f"{statement} {str(values)[:60]}")
        connection.commit()
    return "; ".join(said) or "nothing"


def beside(chance: random.Random, path: Path) -> str:
    """Noise in the log beside it, in the settings or in the compiled bank."""
    home = path.parent
    places = [path.with_name(f"{path.name}-wal"), path.with_name(f"{path.name}-shm"),
              home / "config" / "config.toml", *(home / "cache").rglob("*.*")]  # fmt: skip
    place = chance.choice(places)
    place.parent.mkdir(parents=True, exist_ok=True)
    data = place.read_bytes() if place.exists() else b""
    at = chance.randrange(len(data) + 1)
    place.write_bytes(data[:at] + chance.randbytes(1 << chance.randrange(12)) + data[at + 8 :])
    return f"noise in {place.name}"


def damaged(
    chance: random.Random,
    home: Path,
    whole: Path,
    way: Callable[[random.Random, Path], str],
    verbs: int = 2,
) -> Fault:
    """Verbs over a damaged copy of a journal: a sentence or right work, never a traceback, and where
    it is refused not a changed byte."""
    shutil.copytree(whole.parent, home, dirs_exist_ok=True)
    path = home / "journal.sqlite3"
    what = way(chance, path)
    problems = []
    again = Home(home, sample=False)
    again.clock.start = again.days(90).clock.start
    for verb in chance.sample(VERBS, verbs):
        log = path.with_name(f"{path.name}-wal")
        before = [each.read_bytes() if each.exists() else b"" for each in (path, log)]
        try:
            ran = again(*verb, text="a\nb\n\n1\n")
        except BaseException as error:
            said = "".join(traceback.format_exception(error))
            problems.append(f"traceback: {' '.join(verb)}: {said[-900:]}")
            continue
        if ran.code not in {0, 1, 2, 4}:
            problems.append(f"code: {' '.join(verb)}: {ran.code}, {ran.told[:300]}")
        if ran.code and not (ran.told or ran.out):
            problems.append(f"silence: {' '.join(verb)}: {ran.code}")
        after = [each.read_bytes() if each.exists() else b"" for each in (path, log)]
        # A doctor who has found wrong rows ends with 4 too, and derives states of cards anew.
        if ran.code == 4 and "the journal" in ran.told and after != before:
            problems.append(f"changed: {' '.join(verb)} refused it: {ran.told[:200]}")
    return Fault("damaged", what, 0, tuple(problems))
