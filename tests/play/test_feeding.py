"""A quiz feeds the schedule: in practice, once, together with the answer; and nothing else does."""

from __future__ import annotations

import json
import sqlite3
from typing import TYPE_CHECKING

import pytest

from quizcli.cli.context import Context
from quizcli.journal.attempts import Journal
from quizcli.journal.bank_files import BankFiles
from quizcli.journal.file import JournalError
from quizcli.journal.reviews import CardLog, Fact
from quizcli.play.quiz.recorder import Recorder
from quizcli.quiz.grading import Response
from quizcli.quiz.session import Session
from quizcli.quiz.steps import PRACTICE
from tests.support.damage import selected
from tests.support.fakes import FakeClock, environment, invoke, printed, quick_journal
from tests.support.learner import Reply, bank_text, run, shelve, sit_down
from tests.support.samples import sample_bank
from tests.support.terminal import Terminal

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

CARDS = ["q0", "q1", "q2", "q3"]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home with a bank of four questions on its shelf."""
    shelve(tmp_path, bank_text(CARDS))
    return tmp_path


def reviews(home: Path) -> list[Fact]:
    """The reviews in the log."""
    journal = Journal(home / "journal.sqlite3")
    log = CardLog(journal)
    cards = [card for (card,) in selected(log, "SELECT DISTINCT card FROM card_log ORDER BY id")]
    facts = [fact for card in cards for fact in log.facts(card)]
    journal.close()
    return facts


def take(home: Path, text: str, *arguments: str, clock: FakeClock | None = None) -> None:
    """A quiz in lines."""
    invoke(environment(home, text, clock=clock), "take", "b", "--no-shuffle", *arguments)


def test_each_answer_is_a_review(home: Path) -> None:
    """Right is good; wrong and a lucky guess are again; what was skipped is none. What was missed
    is asked tomorrow, and what was known is not."""
    clock = FakeClock()
    take(home, "a\nc\na?\n\n", clock=clock)
    assert [(f.card, f.rating, f.guess, f.chosen, f.origin) for f in reviews(home)] == [
        ("b/q0", 3, False, ("a",), "take"),
        ("b/q1", 1, False, ("c",), "take"),
        ("b/q2", 1, True, ("a",), "take"),
    ]
    clock.tick(86400)
    due = sit_down(home, clock, lambda _: Reply("a"), "b", "--new", "0").reviewed
    assert {each.card for each in due} == {"q1", "q2"}
    found = json.loads(run(environment(home, clock=clock), "journal", "rebuild", "--json"))
    assert (found["equal"], found["cards"], found["reviews"]) == (True, 3, 5)


@pytest.mark.parametrize("arguments", [("--no-review",), ("--exam",), ("--exam", "--time", "5")])
def test_what_is_kept_out_of_the_schedule(home: Path, arguments: tuple[str, ...]) -> None:
    """The attempt is kept, and no card hears of it."""
    take(home, "a\nc\na\n:hand-in\n", *arguments)
    assert reviews(home) == []
    journal = Journal(home / "journal.sqlite3")
    assert len(journal.answered(1)) == 3
    journal.close()


def test_a_file_of_answers_is_no_review(home: Path) -> None:
    (home / "answers.yaml").write_text("q0: [a]\nq1: [c]\n")
    env = environment(home)
    assert invoke(env, "take", "b", "--answers", str(home / "answers.yaml"), "--json") == 0
    assert reviews(home) == []


def test_an_attempt_that_goes_on_feeds_what_is_new(home: Path) -> None:
    """Interrupted and resumed: each answer once."""
    take(home, "a\nc\n")
    assert [fact.card for fact in reviews(home)] == ["b/q0", "b/q1"]
    invoke(environment(home, "a\nc\n"), "take", "b", "--resume")
    assert [fact.card for fact in reviews(home)] == [f"b/{card}" for card in CARDS]


def test_an_attempt_kept_out_of_the_schedule_stays_out(home: Path) -> None:
    """Also when it goes on another day and nothing is said of it then."""
    take(home, "a\n", "--no-review")
    env = environment(home, "c\n")
    assert invoke(env, "take", "b", "--resume") == 1  # its input ended
    assert "Wrong" in printed(env)
    assert reviews(home) == []
    take(home, "a\n", "--restart")
    assert [fact.card for fact in reviews(home)] == ["b/q0"]


def test_what_feeds_is_said_by_one_rule(tmp_path: Path) -> None:
    """Where answers are reviews the end says when they come back: not of an exam, nor of what is
    kept apart, nor when these go on. Where the bank lies is kept in mind of each."""
    apart = tmp_path / "apart.yaml"
    apart.write_text(bank_text(CARDS))
    ways = {"practice": (), "exam": ("--exam",), "kept out": ("--no-review",)}
    for name, arguments in ways.items():
        home = tmp_path / name
        begun, going_on = environment(home, "c\n:quit\n"), environment(home, "c\nc\nc\n:hand-in\n")
        invoke(begun, "take", str(apart), "--no-shuffle", *arguments)
        invoke(going_on, "take", str(apart), "--resume")
        said = printed(going_on)
        journal = Journal(home / "journal.sqlite3")
        remembered = BankFiles(journal).files()
        journal.close()
        assert ("Questions you got wrong come back for review" in said) == (name == "practice"), (
            said
        )
        assert len(reviews(home)) == (4 if name == "practice" else 0)
        assert remembered == {"b": str(apart)}


def test_going_through_the_missed_ones_again_is_practice(home: Path) -> None:
    """``r`` at the end asks what was missed once more, its reason fresh in mind: no review."""
    window = Terminal(home, "take", "b", "--no-shuffle")
    for card, key in zip(CARDS, "abaa", strict=True):
        window.see(f"What of {card}?", "Esc")
        window.press(key)
        window.see("✓ Right" if key == "a" else "✗", "Enter")
        window.press("\r")
    window.see("retry the missed ones")
    window.press("r")
    window.see("What of q1?", "Esc")
    window.press("a")
    window.see("✓ Right")
    window.close()
    facts = reviews(home)
    assert [fact.card for fact in facts] == [f"b/{card}" for card in CARDS]
    assert [fact.rating for fact in facts] == [3, 1, 3, 3]


def test_answer_and_review_are_written_together_or_not_at_all(tmp_path: Path) -> None:
    """Where the review cannot be written, neither is the answer, and both may be tried again."""
    env, journal = environment(tmp_path), quick_journal(tmp_path)
    session = Session(sample_bank(), 1, PRACTICE)
    broken = True

    def facts(session: Session, answers: Sequence, at: str) -> list[Fact]:
        made = Context(lambda: env).feed(session, answers, at)
        return [made[0]._replace(day=None)] if broken else made  # type: ignore[arg-type]

    recorder = Recorder(journal, env, session, feed=facts)
    session.answer(Response.of(session.items[0].shown[0]), 2.0)
    with pytest.raises(JournalError):
        recorder.save()
    assert journal.attempts() == []
    assert selected(CardLog(journal), "SELECT count(*) FROM card_log") == [(0,)]
    broken = False
    recorder.save()
    recorder.save()
    assert len(journal.answered(1)) == 1
    assert selected(CardLog(journal), "SELECT count(*) FROM card_log") == [(1,)]
    assert len(CardLog(journal).stale()) == 1
    with pytest.raises(sqlite3.IntegrityError):
        journal.connection.execute("INSERT INTO main.card_log (uid) VALUES ('x')")
    journal.close()
