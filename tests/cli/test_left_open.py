"""An attempt that can go on gives nothing away of what it still asks."""

from __future__ import annotations

from pathlib import Path

import pytest

from quizcli.scores.formats import SHEETS
from tests.support.home import Home


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path)


def test_of_a_quiz_that_was_left_only_what_was_answered_is_walked_through(
    home: Home, tmp_path: Path
) -> None:
    """On the screen, in lines and on a page; the others have their turn when it goes on."""
    home("take", "sample", "--no-shuffle", text="b\n:quit\n")
    ids = {answer["question"] for answer in home("score", "1", "--format", "json").data["answers"]}
    assert len(ids) == 4
    page = tmp_path / "one.html"
    for said in (home("history", "1"), home("history", "1", "--plain")):
        assert "Why:" in said.words
        assert "Not answered. The answer" not in said.words
        assert "uestion 2 of 4" not in said.words
        assert (
            "3 questions not answered yet; resume with: quizcli take sample --resume" in said.told
        )
    assert not home("history", "1", "--html", str(page)).code
    assert "not answered" not in page.read_text().partition("</table>")[2]
    home("take", "sample", "--resume", text="a\nb\nb\n")
    finished = home("history", "1", "--plain")
    assert "uestion 2 of 4" in finished.words
    assert not finished.told


@pytest.mark.parametrize("form", [*SHEETS, "table"])
def test_a_score_of_a_quiz_that_was_left_has_no_key_of_what_it_still_asks(
    home: Home, form: str
) -> None:
    """In any form; nor a title, which may be the answer. With ``history 1 --json`` either."""
    home("config", "set", "width", "200")  # so that titles stand in one line
    home("take", "sample", "--no-shuffle", text="b\n:quit\n")
    first, *others = home("score", "1", "--format", "json").data["answers"]
    assert first["correct"] == ["units"]
    assert first["title"] != first["question"]
    for each in others:
        assert (each["correct"], each["correct_today"], each["given"]) == ([], [], [])
        assert each["title"] == each["question"]
    assert home("history", "1", "--json").data["answers"] == [first, *others]
    before = home("score", "1", "--format", form)
    assert "3 questions not answered yet; resume with: quizcli take sample --resume" in before.told
    home("take", "sample", "--resume", text="a\nb\nb\n")
    after = home("score", "1", "--format", form)
    assert not after.told
    for answer in home("score", "1", "--format", "json").data["answers"][1:]:
        assert answer["correct"]
        assert answer["title"] in after.out
        assert answer["title"] not in before.out


@pytest.mark.parametrize("verb", [("history", "1"), ("history", "1", "--json"), ("score", "1")])
def test_an_exam_shows_its_marks_when_it_is_handed_in(home: Home, verb: tuple[str, ...]) -> None:
    home("take", "sample", "--exam", "--time", "5", "--no-shuffle", text="b\n:quit\n")
    said = home(*verb)
    assert said.code == 2
    assert "has not been handed in — resume it with: quizcli take sample --resume" in said.told
    assert not said.out
    home.clock.tick(400)
    home("take", "sample", "--resume", text="")
    assert not home(*verb).code


def test_the_list_names_an_attempt_that_can_be_walked_through(home: Home) -> None:
    home("take", "sample", "--no-shuffle", text="a\na\nb\nb\n")
    home.clock.tick(60)
    home("take", "sample", "--exam", text="b\n:quit\n")
    assert "quizcli history 1" in home("history").words


def test_a_list_names_no_attempt_that_would_be_refused(home: Home) -> None:
    """Of an exam that goes on nothing is walked through; of a quiz that was left what was answered
    is, and of several attempts the last that is over."""
    home("take", "sample", "--exam", "--no-shuffle", text="b\n:quit\n")
    assert home("history", "1").code == 2
    assert "quizcli history" not in home("history").out
    home("take", "sample", "--no-shuffle", text="b\n:quit\n")
    assert "Walk through an attempt again:\n  quizcli history 2\n" in home("history").out
