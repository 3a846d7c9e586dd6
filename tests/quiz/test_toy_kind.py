"""A new kind is one file and one line: it is asked, graded, kept, reviewed, scored and shown."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import jsonschema
import pytest
import yaml

from quizcli.bank.cache import BankCache
from quizcli.bank.faults import BankError
from quizcli.bank.schema import schema
from quizcli.bank.shelf import load_bank
from quizcli.play.console import KeyConsole
from quizcli.play.quiz.options import QuizOptions
from quizcli.play.review.flow import ReviewRun
from quizcli.play.review.keys import KeyReview
from quizcli.quiz.grading import grade
from quizcli.quiz.kinds import KINDS
from quizcli.quiz.steps import EXAM, Policy
from quizcli.review.banks import Banks
from quizcli.review.card_states import CardStates
from quizcli.review.facts import SchedulerSettings
from quizcli.review.queue import Queue
from tests.support.fakes import (
    FakeClock,
    FakeKeyboard,
    FakeScreen,
    OutOfKeys,
    environment,
    invoke,
    printed,
    quick_journal,
    told,
)
from tests.support.taking import taken
from tests.support.toy import Year

if TYPE_CHECKING:
    from pathlib import Path

TEXT = """
format: 1
id: years
title: Years
questions:
  - id: lstm
    kind: year
    prompt: When was the LSTM published?
    year: 1997
    points: 2
    hints: [In the nineties.]
    explanation: In Neural Computation.
  - id: gru
    kind: year
    prompt: When was the GRU published?
    year: 2014
"""


@pytest.fixture(autouse=True)
def bank(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The registration, and a bank on the shelf."""
    monkeypatch.setitem(KINDS, "year", Year())
    file = tmp_path / "questions" / "years.yaml"
    file.parent.mkdir()
    file.write_text(TEXT)
    return file


def run(root: Path, *arguments: str, text: str = "") -> str:
    """What a verb prints; it must end well."""
    env = environment(root, text)
    assert invoke(env, *arguments) == 0, told(env)
    return printed(env)


def test_reader_schema_cache_and_digest(bank: Path, tmp_path: Path) -> None:
    """Read with its own field, described for editors, kept compiled, and noticed when edited."""
    question = load_bank(bank).questions[0]
    assert question.own == {"year": "1997"}
    jsonschema.validate(yaml.safe_load(TEXT), schema())
    cache = BankCache(tmp_path / "cache")
    cache.put(b"x", str(bank), load_bank(bank))
    assert cache.get(cache.entry(b"x", str(bank)), str(bank)) == load_bank(bank)
    bank.write_text(TEXT.replace("1997", "1998"))
    edited = load_bank(bank).questions[0]
    assert (edited.asked, edited.digest != question.digest) == (question.asked, True)
    bank.write_text(TEXT.replace("1997", "the nineties"))
    with pytest.raises(BankError, match="'the nineties' is no year — write it in digits"):
        load_bank(bank)
    bank.write_text(TEXT.replace("    year: 2014\n", ""))
    with pytest.raises(BankError, match="the question has no 'year'"):
        load_bank(bank)


def test_grading(bank: Path) -> None:
    question = load_bank(bank).questions[0]
    assert [float(grade(question, [year]).points) for year in ("1997", "1998", "1900")] == [2, 1, 0]


def test_in_lines_score_history_and_review(tmp_path: Path) -> None:
    """Taken through a pipe, scored in every format, walked through again, reviewed."""
    said = run(tmp_path, "take", "years", "--no-shuffle", text="soon\n?\n1998?\n2014\n")
    assert "'soon' is no year: type digits." in said
    assert "Hint: In the nineties." in said
    assert "Partly right. 1 of 2 points. You marked it as a guess." in said
    assert "The right answer is 1997." in said
    assert "It was a year earlier or later." in said
    assert "Right. 1 of 1 point." in said
    assert "Score 2 of 3" in said
    data = json.loads(run(tmp_path, "score", "--format", "json"))
    assert [(a["response"], a["correct"]) for a in data["answers"]] == [
        (["1998"], ["1997"]),
        (["2014"], ["2014"]),
    ]
    assert ",1998,1997,partly right,1,2," in run(tmp_path, "score", "--format", "csv")
    assert "| 1998 | 1997 | 1 of 2 |" in run(tmp_path, "score", "--format", "md")
    assert "1998" in run(tmp_path, "score")
    assert "The right answer is 1997." in run(tmp_path, "history", "1", "--plain")
    assert "1998" in run(tmp_path, "history", "1")
    text = "1997\n\n" * 2 + "2014\n" * 2
    later = environment(tmp_path, text, clock=FakeClock(FakeClock().start.replace(day=21)))
    assert invoke(later, "review", "years") == 0
    assert "Right. 2 of 2 points." in printed(later)
    assert run(tmp_path, "stats", "--json")
    assert "years/lstm" in run(tmp_path, "review", "--queue")


def test_from_a_file(tmp_path: Path) -> None:
    answers = tmp_path / "answers.yaml"
    answers.write_text("lstm: 1997\ngru: [2013]\n")
    data = json.loads(run(tmp_path, "take", "years", "--answers", str(answers), "--json"))
    assert data["attempt"]["points"] == 2.5
    answers.write_text("lstm: soon\n")
    env = environment(tmp_path)
    assert invoke(env, "take", "years", "--answers", str(answers)) == 2
    assert "answers.yaml:1:7: 'soon' is no year" in told(env)


def test_preview_show_and_check(tmp_path: Path) -> None:
    assert "Type a year." in run(tmp_path, "bank", "preview", "years/lstm")
    assert "Partly right" in run(tmp_path, "bank", "preview", "years/lstm", "--answer", "1998")
    assert "1997" in run(tmp_path, "bank", "preview", "years/lstm", "--all", "--plain")
    assert "1997" in run(tmp_path, "bank", "show", "years", "--json")
    assert "0 faults" in run(tmp_path, "bank", "check", str(tmp_path / "questions"))


def test_a_handout_holds_nothing_that_the_kind_does_not_hand_out(
    tmp_path: Path, bank: Path
) -> None:
    """Not a word of the kind says what is its key."""
    text = run(tmp_path, "class", "handout", "years")
    questions = yaml.safe_load(text)["questions"]
    assert [sorted(q) for q in questions] == [["id", "kind", "points", "prompt"]] * 2
    assert [q["prompt"] for q in questions] == [q.prompt for q in load_bank(bank).questions]
    bank.write_text(text)
    assert "Recorded." in run(tmp_path, "take", "years", text="1998\n2014\n")
    assert "0 faults" in run(tmp_path, "bank", "check", str(bank))
    bank.write_text(text.replace("  kind: year\n", "  kind: year\n  year: 1997\n", 1))
    with pytest.raises(BankError, match=r"a handout \(keyless: true\) contains 'year'"):
        load_bank(bank)


def test_with_keys_exam_and_resume(tmp_path: Path, bank: Path) -> None:
    """Typed letter by letter, taken back, refused where it is none; left and gone on with; and in
    an exam changed until the end."""
    shuffled = QuizOptions(policy=QuizOptions().policy._replace(shuffle=False))
    said = taken(
        tmp_path, bank, *"1x", "enter", "backspace", *"998", "enter", "esc", options=shuffled
    ).stayed
    assert "◐ Partly right, 1 of 2 points: you answered “1998”. The answer is 1997." in said
    resumed = QuizOptions(resume=True)
    said = taken(tmp_path, bank, *"2014", "enter", "enter", "enter", options=resumed).stayed
    assert "✓ Right: 2014." in said
    assert "Score 2 of 3" in said
    exam = QuizOptions(policy=EXAM._replace(shuffle=False), seed=1)
    keys = (*"1990", "enter", "up", *["backspace"] * 4, *"1997", "enter", "enter")
    said = taken(tmp_path, bank, *keys, options=exam).stayed
    assert "Your answer so far" not in said


def test_a_review_taken(tmp_path: Path, bank: Path) -> None:
    clock, screen, journal = FakeClock(), FakeScreen(80, 24), quick_journal(tmp_path)
    env = environment(tmp_path, clock=clock)
    opened = load_bank(bank)
    banks = Banks({opened.id: opened}.get, [opened.id])
    card_states = CardStates(env, journal, SchedulerSettings(), 5)
    session = ReviewRun(env, Queue(card_states, banks), policy=Policy(shuffle=False))
    console = KeyConsole(env, FakeKeyboard([*"1997", "enter"], clock), screen, screen.look)
    with pytest.raises(OutOfKeys):
        KeyReview(console, session).run()
    assert "✓ Right: 1997." in screen.text
    assert card_states.log.facts("years/lstm")[0].chosen == ("1997",)
    journal.close()
