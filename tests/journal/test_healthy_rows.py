"""A healthy row is never called wrong, whatever is asked for: SQLite may put what a query asks for in
the place of a column of the checks."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizcli.journal.checks import COLUMNS, UnreadableRow, listen, view
from tests.faults.damage import HOSTILE
from tests.support.home import Home

if TYPE_CHECKING:
    from pathlib import Path

HUGE = "a" * 1_000_001  # what no text of ours is


def lived(root: Path) -> Home:
    """A home in which everything was done that a journal keeps."""
    home, other = Home(root / "one"), Home(root / "two")
    home.quiz()
    home.days(3)
    other.days(1).quiz()
    other.days(2)
    home("review", "sample", "--new", "0", text="b\n\n:bury\nb\n1\n:undo\n:suspend\nb\n4\n")
    home("review", "--undo")
    home("review", "--redo")
    home("review", "--suspend", "sample/gate")
    log = root / "log.csv"
    log.write_text(other("journal", "export").out)
    home("journal", "import", str(log))
    home("journal", "merge", str(other.root / "journal.sqlite3"))
    path = home.root / "questions" / "sample.yaml"
    path.write_text(path.read_text().replace("correct: true", "correct: false", 1))
    return home


def test_no_act_leaves_a_word_of_wrong_rows(tmp_path: Path) -> None:
    """Each is taken back, restored, and taken back again."""
    home = lived(tmp_path)
    for arguments in (("journal", "undo"), ("journal", "undo", "--redo"), ("journal", "undo")) * 2:
        ran = home(*arguments)
        assert ran.code == 0
        assert "no sense" not in ran.told
    for arguments in ((), ("history",), ("score",), ("stats",), ("review", "--queue"), ("doctor",)):
        assert "no sense" not in home(*arguments).told


def test_every_row_is_whole_whatever_is_asked_for(tmp_path: Path) -> None:
    home = lived(tmp_path)
    home("journal", "undo")
    with closing(sqlite3.connect(home.root / "journal.sqlite3")) as connection:
        left_out: dict[UnreadableRow, None] = {}
        listen(connection, left_out)
        done = {row[0] for row in connection.execute("SELECT did FROM main.card_log")}
        assert done >= {"review", "rate", "undo", "suspend", "bury"}
        acts = {row[0] for row in connection.execute("SELECT did FROM main.acts")}
        assert acts == {"import", "merge", "undo"}
        for table, (_, checks) in COLUMNS.items():
            view(connection, table)
            for column in checks:
                found = f"SELECT DISTINCT quote({column}) FROM main.{table}"
                for (literal,) in connection.execute(found).fetchall():
                    where = f"each.{column} = {literal}"
                    connection.execute(f"SELECT 1 FROM {table} AS each WHERE {where}").fetchall()
        assert left_out == {}


@pytest.mark.parametrize(
    ("table", "column"), [(table, column) for table in COLUMNS for column in COLUMNS[table][1]]
)
def test_each_column_refuses_what_makes_no_sense(table: str, column: str) -> None:
    """Something of what damage may leave there, whatever the rest of its row says."""
    check = COLUMNS[table][1][column].format(column)
    rest = {"did": "'review'", "reviews": "1"}
    row = ", ".join(f"{value} AS {name}" for name, value in rest.items() if name != column)
    with closing(sqlite3.connect(":memory:")) as connection:
        asked = f"SELECT ({check}) IS TRUE FROM (SELECT ? AS {column}, {row})"
        taken = [connection.execute(asked, (value,)).fetchone()[0] for value in (*HOSTILE, HUGE)]
    assert 0 in taken


def _strict(text: str) -> object:
    """What a text is in JSON, in which Python alone allows NaN; None where it is none."""
    try:
        return json.loads(text, parse_constant=float)
    except (ValueError, RecursionError):
        return None


WRITTEN = st.builds(json.dumps, st.lists(st.text('a,"[]{} \\') | st.integers(0, 9), max_size=3),
                    separators=st.sampled_from([(",", ":"), (", ", ": ")]))  # fmt: skip


@given(
    WRITTEN
    | WRITTEN.map(lambda text: text[:-1])
    | st.text('",[]{}:\\ a1', max_size=9)
    | st.sampled_from(['{"a":"b"}', "{}", "[]"])
)
def test_whatever_a_cell_of_texts_holds_is_told_from_what_is_none(text: str) -> None:
    """Also by the short way, which takes no look at each text."""
    checks = COLUMNS["card_log"][1]
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("CREATE TABLE one (cell TEXT)")
        connection.execute("INSERT INTO one VALUES (?)", (text,))
        texts, facts = (
            connection.execute(
                f"SELECT ({checks[name].format('cell')}) IS TRUE FROM one"
            ).fetchone()
            for name in ("chosen", "variables")
        )
    found = _strict(text)
    assert texts == (isinstance(found, list) and all(isinstance(each, str) for each in found),)
    assert facts == (isinstance(found, dict),)
