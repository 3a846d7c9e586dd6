"""Item analysis at the command line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.support.handing_in import ALL_RIGHT, Student, handed_in
from tests.support.home import Home

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def staff(tmp_path: Path) -> Home:
    """Staff with four hand-ins, a truncated one, and a table of marks."""
    home = Home(tmp_path)
    (tmp_path / "in").mkdir()
    for n, given in enumerate([ALL_RIGHT, {"gate": ["one"]}, {"gate": ["units"]}, {}]):
        text = json.dumps(handed_in(given, Student(f"{n}")))
        (tmp_path / "in" / f"{n}.json").write_text(text)
    (tmp_path / "in" / "cut.json").write_text("{")
    (tmp_path / "m.csv").write_text("id,a,b\n1,1,1\n2,0,1\n3,0,0\n")
    return home


def test_tables_pictures_and_json(staff: Home) -> None:
    ran = staff("class", "items", "sample", "in", "-q", "gate")
    assert ran.code == 1
    assert "in/cut.json: not graded: cut off" in ran.told
    assert "4 students, 4 items · mean 1.50 of 5" in ran.words
    assert "✓ units 50" in ran.words
    assert "Chosen in the lowest, middle and highest third: one" in ran.words
    assert "A two-parameter model needs 100 students." in ran.words
    assert "Cronbach's alpha = k / (k − 1)" in ran.words
    data = staff("class", "items", "sample", "in", "--json").data
    assert data["items"][0]["question"] == "gate"
    assert data["test"]["mean"] == 1.5
    plain = staff("class", "items", "sample", "in", "--plain")
    assert "Students: 2 from 0 to 10%" in plain.words


def test_a_table_of_marks_needs_no_bank(staff: Home) -> None:
    data = staff("class", "items", "--marks", "m.csv", "--json").data
    assert [item["facility"] for item in data["items"]] == [1 / 3, 2 / 3]


def test_where_nothing_varies_no_figure_is_made_up(staff: Home, tmp_path: Path) -> None:
    (tmp_path / "same.csv").write_text("id,a,b\n1,1,1\n2,1,1\n")
    words = staff("class", "items", "--marks", "same.csv").words
    assert "skewness n/a · kurtosis n/a · alpha n/a · SEM n/a · CIC n/a · error ratio n/a" in words
    assert "nan" not in words
    (tmp_path / "none.csv").write_text("id,a,b\n1,,\n2,-,\n")
    assert "0 students, 2 items · mean n/a" in staff("class", "items", "--marks", "none.csv").words


def test_a_table_of_answers(staff: Home, tmp_path: Path) -> None:
    (tmp_path / "r.csv").write_text("id,gate,decay\n1,units,true\n2,a,b\n3,,true\n")
    data = staff("class", "items", "sample", "--responses", "r.csv", "--json").data
    assert [(item["question"], item["n"]) for item in data["items"]] == [("gate", 3), ("decay", 3)]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "name the bank and hand-ins, or a table of marks"),
        (["sample"], "name hand-ins, or a folder of them"),
        (["sample", "--marks", "m.csv"], "--marks takes no bank, no hand-ins and no repair"),
        (["sample", "in/cut.json"], "nothing could be graded: in/cut.json: not graded: cut off"),
        (["sample", "in", "-q", "gat"], "there is no question 'gat' — did you mean 'gate'?"),
        (["--marks", "m.csv", "-q", "c"], "there is no question 'c' — its questions are a and b"),
        (["--marks", "no.csv"], "no.csv cannot be read: no such file"),
    ],
)
def test_what_cannot_be_analysed(staff: Home, arguments: list[str], said: str) -> None:
    ran = staff("class", "items", *arguments)
    assert ran.code == 2
    assert said in ran.told
