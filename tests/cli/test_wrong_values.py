"""A wrong value in any column of the journal, and any verb: never a traceback, and no other row
is lost."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest

from quizcli.journal.checks import COLUMNS
from tests.support.home import Home
from tests.support.samples import SAMPLE

if TYPE_CHECKING:
    from pathlib import Path

VALUES: list[Any] = [
    "x", "", "\x1b[31m", "[]", "{}", "[1]", "[[1]]", '{"gate": 1}', '{"gate": {"y": 1}}',
    '{"gate": [1, 1, "x"]}', "null", "1/0", "2026-13-45T99:99:99.000Z",
    "9999-12-31T23:59:59.999Z", -1, 0, 7, 2**62, 0.5, 1e308, float("inf"), -float("inf"),
    b"\xff\x00", b"", None,
]  # fmt: skip
VERBS = [
    ("history",), ("history", "1"), ("history", "--json"), ("score", "1"),
    ("score", "--format", "json"), ("score", "1", "--format", "csv"), (), ("stats",),
    ("stats", "--json"),
    ("review", "sample", "--queue"), ("stats", "--forecast"), ("journal", "export"),
    ("journal", "rebuild"), ("take", "sample", "--resume"), ("take", "sample", "--missed"),
    ("review", "sample", "--new", "1"), ("review", "--undo"), ("journal", "undo"),
]  # fmt: skip
PLACES = [
    (table, column, value)
    for table, (_, columns) in COLUMNS.items()
    for column in columns
    for value in VALUES
]


@pytest.fixture(scope="module")
def journal(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A home with quizzes, one of them left, reviews on later days, and learned parameters."""
    home = Home(tmp_path_factory.mktemp("wrong"))
    home.quiz()
    home.days()
    home("review", "sample", "--new", "2", "--seed", "3", text="a\n\nb\n2\n:suspend\n:bury\nc\n\n")
    home("review", "--undo")
    home("take", "sample", "--exam", "--time", "90", "--seed", "4", text="a\n:flag\nb\n")
    apart = home.root / "apart.yaml"
    apart.write_text(SAMPLE.read_text().replace("id: sample", "id: apart", 1))
    home("take", str(apart), "--questions", "1", "--seed", "1", text="a\n")
    log = home.root / "log.csv"
    log.write_text("card,rating,time\nsample/gate,3,2026-11-18T10:00:00Z\n")
    home("journal", "import", str(log))
    from quizcli.journal.attempts import Journal
    from quizcli.journal.predictions import Prediction, PredictionTable
    from quizcli.journal.reviews import CardLog
    from quizcli.scheduling.memory import DEFAULT_PARAMETERS

    opened = Journal(home.root / "journal.sqlite3")
    log = CardLog(opened)
    log.learn(DEFAULT_PARAMETERS, "2026-11-20T10:00:00.000Z")
    log.rename("sample/former", "sample/gate", "2026-11-20T10:00:00.000Z")
    at = "2026-11-20T10:00:00.000Z"
    expected = Prediction("nan", {"cause": "exploding"}, 1, {"T": 30}, 0.5, 1.0, at, "u")
    PredictionTable(opened).insert(expected)
    opened.close()
    return home


def spoil(path: Path, table: str, column: str, value: Any) -> bool:
    """Put a wrong value into the first row of a table; False where the table refuses it."""
    name = COLUMNS[table][0]
    with closing(sqlite3.connect(path)) as connection, connection:
        try:
            changed = connection.execute(
                f"UPDATE {table} SET {column} = ? WHERE {name} = (SELECT min({name}) FROM {table})",
                (value,),
            )
        except sqlite3.IntegrityError:
            return False
        assert changed.rowcount == 1, table
    return True


def survives(home: Home, place: tuple[str, str, Any], verbs: list[tuple[str, ...]]) -> None:
    """Run verbs over a spoiled copy."""
    whole = (home.root / "journal.sqlite3").read_bytes()
    try:
        for arguments in verbs:
            (home.root / "journal.sqlite3").write_bytes(whole)
            if spoil((home.root / "journal.sqlite3"), *place):
                ran = home(*arguments, text="a\n\n:quit\n")
                assert ran.code in range(5), (place, arguments, ran)
                assert "Traceback" not in ran.err, (place, arguments)
    finally:
        (home.root / "journal.sqlite3").write_bytes(whole)


@pytest.mark.parametrize("table", COLUMNS)
def test_a_wrong_value(journal: Home, table: str) -> None:
    """Each value in each column, with one verb of all in turn."""
    for number, place in enumerate(PLACES):
        if place[0] == table:
            survives(journal, place, [VERBS[number % len(VERBS)]])


@pytest.mark.slow
@pytest.mark.parametrize("table", COLUMNS)
def test_each_wrong_value_with_each_verb(journal: Home, table: str) -> None:
    """All of them."""
    for place in PLACES:
        if place[0] == table:
            survives(journal, place, VERBS)


def test_wrong_rows_are_told_and_the_others_are_there(journal: Home, tmp_path: Path) -> None:
    """Which rows, in which column, and how many."""
    shutil.copytree(journal.root, tmp_path / "copy")
    home = Home(tmp_path / "copy", sample=False)
    with sqlite3.connect(home.root / "journal.sqlite3") as connection:
        connection.execute("UPDATE answers SET seconds = 'soon' WHERE id IN (1, 2, 3, 4)")
    connection.close()
    ran = home("score", "1")
    assert ran.code == 0
    assert "4 rows of the journal are invalid and were left out: answers 1 (seconds)," in ran.err
    assert "and 1 more — see quizcli doctor" in ran.err


def test_points_that_are_numbers_cost_their_attempt(journal: Home, tmp_path: Path) -> None:
    """They are texts, as fractions have to be."""
    shutil.copytree(journal.root, tmp_path / "copy")
    home = Home(tmp_path / "copy", sample=False)
    assert spoil(home.root / "journal.sqlite3", "attempts", "maxima", '{"gate": 1}')
    ran = home("history")
    assert ran.code == 0
    assert "1 row of the journal is invalid and was left out: attempts 1 (value)" in ran.err


@pytest.mark.parametrize(("column", "value"), [("retention", 0.4), ("maximum", 50_000)])
def test_what_no_schedule_can_use_costs_its_row_and_no_verb(
    journal: Home, tmp_path: Path, column: str, value: float
) -> None:
    """A review that was kept with it is left out and named, and all is derived without it."""
    shutil.copytree(journal.root, tmp_path / "copy")
    home = Home(tmp_path / "copy", sample=False)
    with sqlite3.connect(home.root / "journal.sqlite3") as connection:
        connection.execute(f"UPDATE card_log SET {column} = ? WHERE id = 1", (value,))
        connection.execute("UPDATE cards SET stale = 1")
    connection.close()
    assert f"card_log 1 ({column})" in home("stats").told
    for verb in ((), ("review", "sample", "--queue"), ("journal", "rebuild")):
        assert home(*verb).code == 0


def test_parameters_that_no_schedule_can_use_are_left_out(journal: Home, tmp_path: Path) -> None:
    """The schedule goes on with its own."""
    shutil.copytree(journal.root, tmp_path / "copy")
    home = Home(tmp_path / "copy", sample=False)
    with sqlite3.connect(home.root / "journal.sqlite3") as connection:
        connection.execute("UPDATE parameters SET numbers = ?", (str([50.0] * 21),))
        connection.execute("UPDATE cards SET stale = 1")
    connection.close()
    for verb in ((), ("review", "sample", "--queue"), ("stats",), ("journal", "rebuild")):
        ran = home(*verb)
        assert ran.code == 0
        assert "parameters 1 (value)" in ran.told
    assert "parameters 1 (value)" in home("doctor").words
