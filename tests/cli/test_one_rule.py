"""What two screens say of one thing is the same."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from quizcli.bank.shelf import load_bank
from quizcli.journal.attempts import Journal
from quizcli.play.quiz.options import QuizOptions
from quizcli.play.quiz.starting import QuizStart
from quizcli.report.times import day, local
from tests.support.fakes import environment
from tests.support.home import Home

if TYPE_CHECKING:
    from pathlib import Path

QUESTION = """
  - id: {id}
    kind: single-choice
    prompt: What is {id}?
    explanation: It is what it is.
    options:
      - {{id: a, text: "this", correct: true, feedback: "yes"}}
      - {{id: b, text: "that", feedback: "no"}}
"""


def bank(*ids: str, of: str = "geo") -> str:
    """A bank of questions whose first option is right."""
    return f"format: 1\nid: {of}\ntitle: Geo\nquestions:" + "".join(
        QUESTION.format(id=id) for id in ids
    )


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


def own(home: Home, text: str, name: str = "geo") -> Path:
    """A bank on the learner's own shelf."""
    path = home.root / "questions" / f"{name}.yaml"
    path.write_text(text)
    return path


def test_a_resumed_quiz_ends_with_what_its_score_says(home: Home) -> None:
    """An answer whose option has another id now is void, and its marks count all the same."""
    path = own(home, bank("one", "two", "three"))
    home("take", "geo", "--no-shuffle", text="a\na\n:quit\n")
    path.write_text(path.read_text().replace("{id: a,", "{id: right,", 1))
    ran = home("take", "geo", "--resume", text="a\n\n:done\n")
    assert "3 of 3" in ran.out
    assert "had no answer" not in ran.out
    assert "Questions you got wrong" not in ran.out
    assert "nothing to repeat" in home("take", "geo", "--missed").told


def test_a_guess_that_was_right_is_asked_again_and_that_is_said(home: Home) -> None:
    own(home, bank("one", "two"))
    guessed = home("take", "geo", "--no-shuffle", text="A\na\n")
    assert "Questions you guessed come back for review: quizcli review" in guessed.out
    both = home("take", "geo", "--no-shuffle", "--restart", text="A\nb\n")
    assert "Questions you got wrong or guessed come back for review: quizcli review" in both.out


def test_a_file_hidden_by_the_shelf_is_named(home: Home, tmp_path: Path) -> None:
    """Its quiz is found by its path, and its cards are not found at all."""
    own(home, bank("one"))
    apart = tmp_path / "apart.yaml"
    apart.write_text(bank("two"))
    home("take", str(apart), text="b\n")
    said = f"two files contain the bank 'geo': {home.root / 'questions' / 'geo.yaml'} is used, and"
    for verb in (("review", "--queue"), ("stats",), ()):
        assert said in home(*verb).told, verb
        assert str(apart) in home(*verb).told


def test_a_bank_that_was_copied_to_the_shelf_hides_nothing(home: Home, tmp_path: Path) -> None:
    """Taken by its path and then put there, as the guide says: told when the two differ."""
    apart = tmp_path / "apart.yaml"
    apart.write_text(bank("one"))
    home("take", str(apart), text="b\n")
    own(home, bank("one"))
    for verb in (("review", "--queue"), ("bank", "list"), ()):
        assert not home(*verb).told, verb
    apart.write_text(bank("one", "two"))
    assert "two files contain the bank 'geo'" in home().told


def test_the_advice_for_a_suspended_card_holds_when_it_has_another_id(home: Home) -> None:
    path = own(home, bank("one", "two"))
    home("take", "geo", "--no-shuffle", text="a\na\n")
    assert "quizcli review --resume geo/one" in home("review", "--suspend", "geo/one").out
    path.write_text(path.read_text().replace("id: one\n", "id: uno\n    formerly: [one]\n"))
    home("review", "--suspend", "geo/uno")
    ran = home("review", "--resume", "geo/one")
    assert (ran.code, ran.out.strip()) == (0, "Brought back: geo/uno.")


def test_history_without_its_bank_shows_the_marks(home: Home) -> None:
    path = own(home, bank("one", "two"))
    home("take", "geo", "--no-shuffle", text="a\nb\n")
    path.unlink()
    ran = home("history", "1")
    assert ran.code == 0
    assert "1 of 2" in ran.out
    assert "was not found" in ran.told
    page = home.root / "one.html"
    assert home("history", "1", "--html", str(page)).code == 0
    assert "1 of 2" in page.read_text()
    path.write_text(bank("three"))
    assert "1 of 2" in home("history", "1").out
    assert home("history", "1", "--html", str(page), "--force").code == 0


def test_a_mark_given_by_hand_makes_no_key_of_what_was_given(home: Home) -> None:
    path = own(home, bank("one"))
    home("take", "geo", "--no-shuffle", text="b\n")
    path.write_text(path.read_text().replace("this", "these"))
    home("score", "1", "--mark", "one=1", "--reason", "kind")
    row = home("score", "1", "--format", "json").data["answers"][0]
    assert (row["mark"], row["given"], row["correct"], row["correct_today"]) == (
        "right", ["b"], [], ["a"]
    )  # fmt: skip


def test_missed_ones_of_a_resumed_quiz_are_asked_as_it_asked(home: Home) -> None:
    """Its policy, its learner and whether variables vary are those of the attempt."""
    own(home, bank("one", "two"))
    home("take", "geo", "--no-shuffle", "--credit", "coverage", "--name", "Ann", text="b\n:quit\n")
    env = environment(home.root)
    file = home.root / "questions" / "geo.yaml"
    start = QuizStart(env, Journal(home.root / "journal.sqlite3"), load_bank(file), QuizOptions())
    run = start.go_on(start.attempt)  # type: ignore[arg-type]
    run.hand_in()
    again = start.missed(run)
    policy = again.session.policy
    assert (policy.shuffle, policy.credit) == (False, "coverage")
    assert again.recorder.learner.name == "Ann"


def test_new_cards_that_are_told_are_those_that_come(home: Home) -> None:
    """``--new`` stands above the daily limit, at the last due card as after it."""
    own(home, bank(*(f"q{n}" for n in range(8))))
    home("take", "geo", "--questions", "1", "--no-shuffle", text="b\n")
    ran = home.days(3)("review", "geo", "--new", "3", "--no-shuffle", text="a\n\n" * 9)
    told = [line for line in ran.out.splitlines() if line.startswith("Geo, ")]
    assert told == [
        "Geo, 3 more new.",
        "Geo, 2 more new.",
        "Geo, 1 more new.",
        "Geo, the last one.",
    ]
    assert ran.words.endswith("4 new cards to start: quizcli review geo")


@pytest.mark.parametrize("option", [("--vary",), ("--name", "Ann"), ("--student", "7")])
def test_resume_refuses_what_it_could_not_give(home: Home, option: tuple[str, ...]) -> None:
    own(home, bank("one", "two"))
    home("config", "set", "name", "Bo")
    home("take", "geo", text="a\n:quit\n")
    ran = home("take", "geo", "--resume", *option)
    assert ran.code == 2
    assert "leave out the other options" in ran.told
    assert home("take", "geo", "--resume", "--name", "Bo", text="a\n").code == 0


def test_a_command_with_a_path_can_be_pasted(tmp_path: Path) -> None:
    home = Home(tmp_path / "my home")
    made = home("bank", "new", "geo")
    assert re.search(r"quizcli bank check '.*my home/questions/geo\.yaml' --watch", made.words)


def test_a_day_is_the_readers(home: Home) -> None:
    """In a zone where it is tomorrow already, in each sentence; and a quiz stopped when it was
    left, not when it was begun."""
    zone, at = ZoneInfo("Pacific/Kiritimati"), "2026-11-19T14:05:00.000Z"
    assert local(at, zone) == "2026-11-20 04:05 +14:00"
    assert day(at, zone) == "20 November 2026"
    own(home, bank("one", "two", "three"))
    home("take", "geo", text="a\n:quit\n")
    home.days()("take", "geo", "--resume", text="a\n:quit\n")
    env = environment(home.root)
    start = QuizStart(env, Journal(home.root / "journal.sqlite3"), load_bank(home.root / "questions" / "geo.yaml"),
                      QuizOptions())  # fmt: skip
    assert start.stopped == "20 November 2026"
