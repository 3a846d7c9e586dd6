"""Free answers: recorded in every way, outside the score until a person marks them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from quizcli.play.quiz.options import QuizOptions
from quizcli.quiz.steps import EXAM
from tests.support.home import Home
from tests.support.taking import desk_with, taken

FREE = Path(__file__).parent.parent / "fixtures" / "kind-free.yaml"
ESSAY = "It lets a share in, and is that all?"


@pytest.fixture
def desk(tmp_path: Path) -> Home:
    """A home with the bank on its shelf."""
    return desk_with(tmp_path / "desk", FREE)


def test_in_lines(desk: Home) -> None:
    said = desk("take", "own", "--no-shuffle", text=f"{ESSAY}\na\n").out
    for words in (
        "Recorded; a person will mark it.", "A model answer: It says how much of the candidate",
        "Why: It lies between 0 and 1.", "Score 1 of 1, 100 percent", "1 answer is not marked yet.",
        "1. What a gate does: recorded.", "2. sure: right, 1 of 1 point.",
    ):  # fmt: skip
        assert words in said, words
    assert "--missed" not in said
    said = desk("take", "own", "--no-shuffle", text=":help\n").out
    assert "Type the answer.\nPut a backslash before an answer that begins with a colon" in said
    assert desk("take", "own", "--missed").told.startswith("quizcli: nothing to repeat")


@pytest.mark.parametrize("size", [(80, 24), (40, 12)])
def test_with_keys(tmp_path: Path, size: tuple[int, int]) -> None:
    """The question mark at the end belongs to the answer, and makes it no guess."""
    options = QuizOptions(seed=1)._replace(policy=QuizOptions().policy._replace(shuffle=False))
    seen = taken(tmp_path, FREE, *ESSAY, "enter", "enter", "a", "enter", options=options, size=size)
    words = " ".join(seen.stayed.replace("*", "").split())
    assert "• Recorded; a person will mark it." in words
    assert "A model answer: It says how much of the candidate enters the memory." in words
    assert "Score 1 of 1 · 100%" in words
    assert "1 answer is not marked yet." in words
    assert "guess" not in words


def test_in_an_exam_it_may_change_and_the_reasons_wait(tmp_path: Path) -> None:
    options = QuizOptions(seed=1, policy=EXAM._replace(shuffle=False))
    keys = ["x", "enter", "a", "enter", "backspace"]
    seen = taken(tmp_path, FREE, *keys, "backspace", "y", "enter", options=options)
    assert "A model answer" not in seen.drawn
    assert "Recorded" not in seen.drawn


def test_it_counts_once_it_is_marked(desk: Home, tmp_path: Path) -> None:
    """From a file, in every format; marked, marked otherwise, and taken back."""
    answers = tmp_path / "answers.json"
    answers.write_text(json.dumps({"gate": "First.\n\nThen this.", "sure": "false"}))
    data = desk("take", "own", "--no-shuffle", "--answers", str(answers), "--json").data
    essay, sure = data["answers"]
    assert essay["response"] == ["First.\n\nThen this."]
    assert (essay["mark"], essay["points"], essay["max_points"]) == ("recorded", None, 2)
    assert essay["percent"] is None
    assert (sure["points"], data["attempt"]["max_points"]) == (0, 1)
    assert "– of 2" in desk("score").out
    assert "– of 2" in desk("score", "--format", "md").out
    assert ",recorded,,2,,recorded," in desk("score", "--format", "csv").out

    ran = desk("score", "--mark", "gate=1.5", "--reason", "clear enough")
    assert "Attempt 1 was regraded: 0% before, 50% now." in ran.out
    data = desk("score", "--format", "json").data
    assert data["answers"][0]["mark"] == "partly right"
    assert (data["attempt"]["points"], data["attempt"]["max_points"]) == (1.5, 3)
    assert data["answers"][0]["credit"] == "by-hand"
    assert "regraded on" in desk("score").told
    assert "clear enough" in desk("score").told
    assert "would give" not in desk("score").told  # the bank gives no other mark
    desk("score", "--mark", "gate=1,75", "--mark", "sure=1/2", "--reason", "seen again")
    assert desk("score", "--format", "json").data["attempt"]["points"] == 2.25
    desk("journal", "undo")
    desk("journal", "undo")
    assert desk("score", "--format", "json").data["answers"][0]["points"] is None


@pytest.mark.parametrize(
    ("mark", "said"),
    [
        ("gat=1", "attempt 1 has no question 'gat' — did you mean 'gate'?"),
        ("gate=3", "'3' is not a valid mark for 'gate' — write 0 to 2, such as 1/2"),
        ("gate=-1", "'-1' is not a valid mark for 'gate'"),
        ("gate=nan", "'nan' is not a valid mark for 'gate'"),
        ("gate=١", "'١' is not a valid mark for 'gate'"),
        ("gate=1/0", "'1/0' is not a valid mark for 'gate'"),
        ("gate", "'' is not a valid mark for 'gate'"),
        ("sure=1", "'sure' was not answered, so it earns 0"),
    ],
)
def test_marks_that_cannot_be(desk: Home, tmp_path: Path, mark: str, said: str) -> None:
    answers = tmp_path / "answers.yaml"
    answers.write_text("gate: words\n")
    desk("take", "own", "--no-shuffle", "--answers", str(answers))
    ran = desk("score", "--mark", mark)
    assert ran.code == 2
    assert said in ran.told


@pytest.mark.parametrize("reason", [[], ["--reason", ""], ["--reason", "  "]])
def test_a_mark_without_a_reason_is_refused(desk: Home, reason: list[str]) -> None:
    desk("take", "own", "--no-shuffle", text="Some words.\na\n")
    ran = desk("score", "--mark", "gate=1", *reason)
    assert ran.code == 2
    assert "a mark needs a reason — add --reason TEXT" in ran.told
    assert desk("score", "--format", "json").data["answers"][0]["points"] is None


def test_a_blank_one_earns_nothing(desk: Home, tmp_path: Path) -> None:
    """Else who writes nothing would be better off than who writes something."""
    answers = tmp_path / "answers.yaml"
    answers.write_text("sure: 'true'\n")
    data = desk("take", "own", "--no-shuffle", "--answers", str(answers), "--json").data
    assert data["answers"][0]["points"] == 0
    assert (data["attempt"]["points"], data["attempt"]["max_points"]) == (1, 3)


def test_history_and_review(desk: Home) -> None:
    """It is learned as a card, and its answer in a quiz is no review of it."""
    desk("take", "own", "--no-shuffle", text=f"{ESSAY}\na\n")
    assert "1 review" in desk("stats").out
    said = desk("history", "1", "--plain").out
    assert f"Your answer: {ESSAY}\nRecorded; a person will mark it." in said
    seen = " ".join(desk("history", "1").out.split())
    assert f"▸ {' '.join(ESSAY.split())} • Recorded; a person will mark it." in seen
    desk("score", "--mark", "gate=1.5", "--reason", "clear")
    for shown in (desk("history", "1", "--plain").out, desk("history", "1").out):
        assert "Partly right, 1.5 of 2 points." in shown
        assert "Recorded" not in shown
    turned = desk("review", "own", text="\n3\n").out
    assert "Say in your own words" in turned
    assert "It says how much of the candidate enters the memory." in turned


def test_too_long_an_answer_is_told(desk: Home) -> None:
    said = desk("take", "own", "--no-shuffle", text=f"{'x' * 10_001}\nx\n:quit\n").out
    assert "That is too long: 10,000 characters at most." in said
    assert "Recorded" in said
