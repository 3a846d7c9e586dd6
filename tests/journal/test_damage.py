"""A damaged journal is refused with a sentence, and left as it is."""

from __future__ import annotations

import re
import shutil
import sqlite3
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from quizcli.journal.attempts import Journal
from quizcli.journal.file import JournalError
from tests.support.damage import DAMAGES, flipped_table, garbage, kept, run, with_log
from tests.support.samples import SAMPLE

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)
def test_a_damaged_journal_is_refused_and_not_touched(
    full: Path, tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    """Opening it raises, with a command that mends; no byte changes and no file is added."""
    path = tmp_path / "journal.sqlite3"
    shutil.copy(full, path)
    damage(path)
    before = kept(path)
    with pytest.raises(JournalError, match="is damaged") as raised:
        Journal(path)
    assert kept(path) == before
    command = re.search(r"mv (\S+) (\S+)$", str(raised.value))
    assert command
    assert command.groups() == (str(path), f"{path}.damaged")


@pytest.mark.parametrize("verb", [["take", str(SAMPLE)], ["history"], ["score"], []])
def test_the_program_ends_with_4_and_a_sentence(
    full: Path, tmp_path: Path, verb: list[str]
) -> None:
    """Whatever is asked of it: exit code 4, one sentence on stderr, the file as it was."""
    path = tmp_path / "journal.sqlite3"
    shutil.copy(full, path)
    flipped_table(path)
    before = kept(path)
    code, said = run(path, *verb)
    assert code == 4
    assert said.startswith("quizcli: the journal ")
    assert kept(path) == before


def test_the_command_in_the_message_mends(full: Path, tmp_path: Path) -> None:
    """Typing what the message says makes room for a new journal and keeps the old one, with
    the log of a killed process, in which its last answers may be."""
    home = tmp_path / "a folder, isn't it"
    home.mkdir()
    path = home / "journal.sqlite3"
    shutil.copy(full, path)
    with_log(path)
    garbage(path)
    with pytest.raises(JournalError, match="is damaged") as raised:
        Journal(path)
    command = str(raised.value).rpartition("new one: ")[2]
    subprocess.run(["sh", "-c", command], check=True)
    Journal(path).close()
    assert (home / "journal.sqlite3.damaged").read_bytes().startswith(b"My answers")
    assert (home / "journal.sqlite3.damaged-wal").stat().st_size > 0


def test_a_log_of_a_killed_process_is_read(full: Path, tmp_path: Path) -> None:
    """What was committed before the process was killed is there for the next one."""
    path = tmp_path / "journal.sqlite3"
    shutil.copy(full, path)
    with_log(path)
    journal = Journal(path)
    assert {attempt.program for attempt in journal.attempts()} == {"9"}
    journal.close()
    assert set(kept(path)) == {path.name}


@pytest.mark.parametrize(
    ("change", "row"),
    [
        ("UPDATE answers SET chosen = 'not json' WHERE id = 7", "answers 7 (chosen)"),
        ("UPDATE answers SET chosen = '[1]' WHERE id = 7", "answers 7 (chosen)"),
        ("UPDATE answers SET points = '1/0' WHERE id = 7", "answers 7 (points)"),
        ("UPDATE answers SET points = 'many' WHERE id = 7", "answers 7 (points)"),
        ("UPDATE answers SET seconds = 9e999 WHERE id = 7", "answers 7 (seconds)"),
        ("UPDATE answers SET at = '2026-02-31T10:00:00.000Z' WHERE id = 7", "answers 7 (at)"),
        ("UPDATE answers SET n = 'x' WHERE id = 7", "answers 7 (n)"),
        ("UPDATE steps SET did = 'danced' WHERE id = 9", "steps 9 (did)"),
        ("UPDATE attempts SET policy = '[]' WHERE id = 3", "attempts 3 (policy)"),
        ("UPDATE attempts SET policy = '{}' WHERE id = 3", "attempts 3 (value)"),
        ("UPDATE attempts SET plan = '{}x' WHERE id = 3", "attempts 3 (plan)"),
        ("UPDATE attempts SET plan = '[1]' WHERE id = 3", "attempts 3 (value)"),
        ("UPDATE attempts SET title = CAST(x'ff' AS TEXT) WHERE id = 3", "attempts 3 (title)"),
    ],
)
def test_a_row_that_nobody_wrote_is_left_out_and_named(
    full: Path, tmp_path: Path, change: str, row: str
) -> None:
    """One value that makes no sense costs its row, and no other."""
    path = tmp_path / "journal.sqlite3"
    shutil.copy(full, path)
    with sqlite3.connect(path) as connection:
        connection.execute(change)
    connection.close()
    journal = Journal(path)
    attempts = journal.attempts()
    entries = [entry for attempt in attempts for entry in journal.entries(attempt.id)]
    assert list(map(str, journal.unreadable)) == [row]
    assert len(attempts) == (29 if row.startswith("attempts") else 30)
    assert len(entries) == 13 * 29 + (0 if row.startswith("attempts") else 12)
    journal.close()


@pytest.mark.parametrize(
    "statement",
    ["DROP TABLE steps", "ALTER TABLE answers DROP COLUMN hints"],
)
def test_a_journal_without_its_tables_is_refused(
    full: Path, tmp_path: Path, statement: str
) -> None:
    """A file that has our name and version and not our tables."""
    path = tmp_path / "journal.sqlite3"
    shutil.copy(full, path)
    with sqlite3.connect(path) as connection:
        connection.execute(statement)
    connection.close()
    with pytest.raises(JournalError, match="is not a valid journal"):
        Journal(path)
