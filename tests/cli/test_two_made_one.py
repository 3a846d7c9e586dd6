"""Two questions of a bank that are one now: what was answered to both is read, and nothing ends."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from quizcli.quiz.cards import told_apart
from tests.support.home import Home

if TYPE_CHECKING:
    from pathlib import Path

BANK = "format: 1\nid: pairs\ntitle: Pairs\nquestions:\n"
QUESTION = """  - id: {}
    kind: single-choice
    prompt: How big?
    options:
      - {{id: three, text: Three, correct: true}}
      - {{id: four, text: Four}}
"""


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home with a bank of three questions, in which nothing happened."""
    made = Home(tmp_path / "home")
    write(made, "one", "two", "three")
    return made


def write(home: Home, *ids: str) -> None:
    """Give the bank these questions."""
    text = BANK + "".join(map(QUESTION.format, ids))
    (home.root / "questions" / "pairs.yaml").write_text(text)


def marks(home: Home) -> dict[str, int]:
    """What the last attempt earned, by the ids of its questions."""
    rows = home("score", "--format", "json").data["answers"]
    return {row["question"]: row["points"] for row in rows}


def test_of_both_the_marks_stay(home: Home) -> None:
    """The one that had its id already goes on under it; the other is a question that is gone."""
    home("take", "pairs", "--no-shuffle", text="a\nb\na\n")
    write(home, "one\n    formerly: [two]", "three")
    ran = home("score")
    assert ran.code == 0
    assert marks(home) == {"one": 1, "two": 0, "three": 1}
    assert "no longer in the bank, with their original marks: two" in ran.told
    for command in ((), ("history",), ("history", "1"), ("bank", "diff", "pairs", "pairs")):
        assert home(*command).code == 0
    assert home("score", "--mark", "two=1", "--reason", "it was meant").code == 0
    assert home("score", "--format", "json").data["attempt"]["points"] == 3


def test_a_quiz_that_was_left_goes_on(home: Home) -> None:
    """What is answered is written down of the question that is there."""
    write(home, "two", "one", "three")
    home("take", "pairs", "--no-shuffle", text="b\n")
    write(home, "one\n    formerly: [two]", "three")
    assert "quizcli take pairs --resume" in home().out
    assert home("take", "pairs", "--resume", text="a\na\n").code == 0
    assert marks(home) == {"one": 1, "two": 0, "three": 1}


def test_of_two_former_ones_the_first_is_it(home: Home) -> None:
    home("take", "pairs", "--no-shuffle", text="a\nb\na\n")
    write(home, "both\n    formerly: [two, one]", "three")
    assert marks(home) == {"both": 1, "two": 0, "three": 1}


@pytest.mark.parametrize("heads", ["one,two", "two,one"])
def test_of_a_table_the_column_of_the_present_one_counts(
    home: Home, tmp_path: Path, heads: str
) -> None:
    write(home, "one\n    formerly: [two]")
    table = tmp_path / "answers.csv"
    answers = {"one": "a", "two": "b"}
    given = ",".join(answers[head] for head in heads.split(","))
    table.write_text(f"student,{heads}\nann,{given}\n")
    ran = home("class", "grade", "pairs", "--responses", str(table))
    assert "mean 100%" in ran.out
    assert "columns of answers.csv that are not questions, ignored: two" in ran.told.replace(
        f"{table}", table.name
    )


def test_told_apart() -> None:
    names = {"a": "c", "b": "c", "d": "e"}
    assert told_apart(names, ["b", "a", "d", "f"]) == {"b": "c", "d": "e"}
    assert told_apart(names, ["a", "c"]) == {}


def test_a_long_table_counts_the_present_one(home: Home, tmp_path: Path) -> None:
    """As a wide one does; who answered the other alone has answered it."""
    write(home, "one\n    formerly: [two]")
    table = tmp_path / "answers.csv"
    rows = ["ann,two,b", "ann,one,a", "ben,two,a"]
    table.write_text("\n".join(["student,question,response", *rows, ""]))
    ann, ben = graded(home, "--responses", str(table))
    for one in (ann, ben):
        assert (one["points"], one["max_points"], len(one["answers"])) == (1, 1, 1)
    assert [one["tries"][0]["remarks"] for one in (ann, ben)] == [[SAME], []]


def test_a_hand_in_counts_the_present_one(home: Home, tmp_path: Path) -> None:
    home("take", "pairs", "--no-shuffle", "--student", "ann", text="a\nb\na\n")
    handed = tmp_path / "ann.json"
    home("score", "--format", "json", "-o", str(handed))
    write(home, "one\n    formerly: [two]", "three")
    (ann,) = graded(home, str(handed))
    assert (ann["points"], ann["max_points"]) == (2, 2)
    assert SAME in ann["tries"][0]["remarks"]


SAME = "'two' is the same question as 'one' now, and its answer is not counted"


def graded(home: Home, *more: str) -> list[dict[str, Any]]:
    """What became of each student."""
    students: list[dict[str, Any]] = home("class", "grade", "pairs", *more, "--json").data[
        "students"
    ]
    return students
