"""Predictions in the journal: written, read back, merged once, taken back, looked through."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from quizcli.journal.attempts import Journal
from quizcli.journal.predictions import Prediction, PredictionTable
from tests.support.home import Home

if TYPE_CHECKING:
    from pathlib import Path

AT = "2026-11-19T14:05:00.000Z"


def predicted(home: Home, *uids: str) -> Home:
    """A home in which these predictions were made."""
    journal = Journal(home.root / "journal.sqlite3")
    for uid in uids:
        claim, knobs = {"cause": "Größe ∞"}, {"radius": 0.5, "on": True}
        made = Prediction("nan", claim, 2**63 - 1, knobs, -1e-300, 1e308, AT, uid)
        PredictionTable(journal).insert(made)
    journal.close()
    return home


def kept(home: Home) -> list[str]:
    journal = Journal(home.root / "journal.sqlite3")
    found = [each.uid for each in PredictionTable(journal).all()]
    assert journal.unreadable == {}
    journal.close()
    return found


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    predicted(Home(tmp_path), "one")
    journal = Journal(tmp_path / "journal.sqlite3")
    (only,) = PredictionTable(journal).all()
    assert only == Prediction(
        "nan", {"cause": "Größe ∞"}, 2**63 - 1, {"radius": 0.5, "on": True}, -1e-300, 1e308, AT,
        "one", 1,
    )  # fmt: skip
    assert only.decades is None
    journal.close()


def test_a_merge_brings_what_is_new_once_and_can_be_taken_back(tmp_path: Path) -> None:
    desk = predicted(Home(tmp_path / "desk"), "one", "two")
    laptop = predicted(Home(tmp_path / "laptop"), "two", "three", "four")
    other = str(laptop.root / "journal.sqlite3")
    ran = desk("journal", "merge", other)
    assert "0 attempts, 0 reviews and 2 predictions." in ran.words
    assert "quizcli journal undo" in ran.words
    assert kept(desk) == ["one", "two", "three", "four"]
    assert (
        "Nothing to merge: everything in it is already here."
        in desk("journal", "merge", other).words
    )
    desk("journal", "undo")
    assert kept(desk) == ["one", "two"]
    assert desk("journal", "merge", other, "--json").data["predictions"] == 2
    assert sorted(kept(desk)) == ["four", "one", "three", "two"]
    assert laptop("journal", "merge", str(desk.root / "journal.sqlite3")).code == 0
    assert sorted(kept(laptop)) == ["four", "one", "three", "two"]


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("predicted", "9e999"),
        ("measured", "'much'"),
        ("claim", "'[]'"),
        ("parameters", "'{'"),
        ("seed", "-1"),
        ("at", "'yesterday'"),
        ("experiment", "''"),
    ],
)
def test_a_row_that_makes_no_sense_is_left_out_and_named(
    column: str, value: str, tmp_path: Path
) -> None:
    home = predicted(Home(tmp_path), "one", "two")
    with closing(sqlite3.connect(tmp_path / "journal.sqlite3")) as connection:
        connection.execute(f"UPDATE predictions SET {column} = {value} WHERE uid = 'one'")
        connection.commit()
    assert f"predictions 1 ({column})" in home("doctor").words
    journal = Journal(tmp_path / "journal.sqlite3")
    assert [each.uid for each in PredictionTable(journal).all()] == ["two"]
    journal.close()
