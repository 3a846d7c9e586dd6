"""Questions of an exam with a time of their own: left by themselves, and not gone back to."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest

from quizcli.bank.read import read_bank
from quizcli.play.console import KeyConsole
from quizcli.play.line_console import LineConsole
from quizcli.play.quiz.flow import HandIn, QuizRun
from quizcli.play.quiz.keys import KeyQuiz
from quizcli.play.quiz.recorder import Recorder
from quizcli.quiz.grading import Response
from quizcli.quiz.session import Session
from quizcli.quiz.steps import EXAM, Policy
from tests.support.bank_files import faults_of
from tests.support.fakes import (
    FakeClock,
    FakeKeyboard,
    FakeScreen,
    OutOfKeys,
    Script,
    Wait,
    environment,
    quick_journal,
)
from tests.support.home import Home
from tests.support.seat import Seat

BANK = """format: 1
id: timed
title: Timed
defaults: {shuffle: false}
questions:
  - {id: one, kind: true-false, prompt: One., answer: true, time: 60}
  - {id: two, kind: number, prompt: Two., answer: 2, time: 2 min}
  - {id: three, kind: true-false, prompt: Three., answer: true}
"""


def timed(policy: Policy = EXAM) -> Session:
    """A session over the bank."""
    return Session(read_bank(BANK.encode(), "timed.yaml"), 1, policy)


def seat(root: Path, *script: Script, policy: Policy = EXAM, width: int = 80) -> Seat:
    """A learner in the exam, after these keys."""
    found = Seat(root, list(script), policy, over=timed(policy), width=width)
    with suppress(OutOfKeys):
        found.quiz.run()
    return found


@pytest.mark.parametrize("width", [80, 40])
def test_a_question_is_left_by_itself(tmp_path: Path, width: int) -> None:
    """What was typed and not sent is no answer; it is said, and the next question comes."""
    at = seat(tmp_path, "a", Wait(50), "5", Wait(80), width=width)
    assert "The time for question 2 is up." in at.screen.text
    assert set(at.session.answers) == {"one"}
    assert at.session.position == 2
    assert "Three." in at.screen.text


def test_the_time_is_in_sight_the_smaller_one_counts(tmp_path: Path) -> None:
    at = seat(tmp_path, Wait(15))
    assert "0:45 left" in at.keys
    at = seat(tmp_path / "limited", Wait(15), policy=Policy(exam=True, limit=40))
    assert "0:25 left" in at.keys
    at = seat(tmp_path / "over", Wait(41), policy=Policy(exam=True, limit=40))
    assert (at.session.finished, at.run.ran_out) == (True, True)


def test_it_is_gone_back_to_no_more(tmp_path: Path) -> None:
    """Neither by Backspace nor by its number; the list before handing in leaves it out."""
    at = seat(tmp_path, Wait(61), "up")
    assert "This is the first question." in at.keys
    at = seat(tmp_path / "by-number", Wait(61), "#", "1", "enter")
    assert "The time for question 1 is up." in at.keys
    at = seat(tmp_path / "end", "!", Wait(61), "2", "enter", "tab")
    assert "No answer yet to question 3." in at.screen.text
    end = at.run.next()
    assert end == HandIn((2,), ())
    assert not at.run.visit(at.session.items[0])
    assert at.session.position == 3
    at.run.first_blank()
    assert at.session.position == 2


def test_all_visits_count_and_so_does_an_answer_that_changes(tmp_path: Path) -> None:
    """50 seconds and 15 are more than 60; an answer that was sent stays."""
    at = seat(tmp_path, Wait(50), "a", "up", Wait(15))
    assert "The time for question 1 is up." in at.screen.text
    assert at.session.answers["one"].response == Response.of("true")
    at = seat(tmp_path / "skipped", Wait(50), "tab", "up", Wait(5))
    assert "over" not in at.screen.text
    at = seat(tmp_path / "skipped-long", Wait(50), "tab", "up", Wait(15))
    assert "The time for question 1 is up." in at.screen.text
    assert not at.session.answers


def test_practice_has_no_time(tmp_path: Path) -> None:
    at = seat(tmp_path, Wait(500), "a", policy=Policy())
    assert "over" not in at.screen.text
    assert "left" not in at.keys


def test_in_lines_an_answer_that_comes_too_late_does_not_count(tmp_path: Path) -> None:
    """A line cannot be broken off: it is refused when it comes."""
    from quizcli.play.quiz.lines import LineQuiz

    clock = FakeClock()
    env = environment(tmp_path, clock=clock)
    session = timed()
    run = QuizRun(session, Recorder(quick_journal(tmp_path), env, session))
    said: list[str] = []
    lines = iter([(5, "a"), (121, "2"), (1, ":2"), (1, ":back"), (1, "a"), (1, "a"), (1, "")])

    class Console(LineConsole):
        asks = True  # type: ignore[assignment]

        def __init__(self) -> None:
            self.width = 80

        def say(self, lines: list[str]) -> None:  # type: ignore[override]
            said.extend(lines)

        def line(self, prompt: str) -> str:
            seconds, line = next(lines)
            clock.tick(seconds)
            return line

    LineQuiz(Console(), run).run()
    assert said.count("The time for question 2 is up.") == 2
    assert "Time left: 1 min 0 s." in said
    assert set(session.answers) == {"one", "three"}


def test_a_third_device_needs_nothing_more(tmp_path: Path) -> None:
    """The rule is the flow's: what is next, what remains, what is up."""
    clock = FakeClock()
    env = environment(tmp_path, clock=clock)
    session = timed()
    run = QuizRun(session, Recorder(quick_journal(tmp_path), env, session))
    one = run.next()
    assert one is session.items[0]
    run.clock.drawn()
    clock.tick(59.5)
    assert run.clock.remaining() == pytest.approx(0.5)
    clock.tick(0.5)
    assert run.clock.remaining() == 0
    assert run.leave_over() == 1
    assert run.next() is session.items[1]
    assert not run.back()
    assert not run.go_to(1)
    assert run.go_to(3)
    assert run.clock.remaining() is None


@pytest.mark.parametrize(
    "time", ["0", "-5", "nan", "1.5", "90 h", "25 min 5", "86401", "1441 min", "٣", "1_0", ""]
)
def test_times_that_are_none(time: str) -> None:
    faults = faults_of(BANK.replace("time: 60", f"time: '{time}'"))
    assert faults
    if time:
        assert "write a time up to a day, such as 90, 90 s or 2 min" in str(faults[0])


@pytest.mark.parametrize(
    ("time", "seconds"), [("90", 90), ("90 s", 90), ("2min", 120), ("1440 min", 86400)]
)
def test_times_that_are_some(time: str, seconds: int) -> None:
    bank = read_bank(BANK.replace("time: 60", f"time: {time}").encode(), "b.yaml")
    assert bank.questions[0].time == seconds


def test_a_console_without_a_limit_has_no_ticks(tmp_path: Path) -> None:
    """A question without a time makes nobody look at the clock."""
    clock = FakeClock()
    session = timed()
    env = environment(tmp_path, clock=clock)
    run = QuizRun(session, Recorder(quick_journal(tmp_path), env, session))
    run.go_to(3)
    screen = FakeScreen(80, 24)
    console = KeyConsole(
        env, FakeKeyboard(["a"], clock), screen, screen.look, remaining=run.clock.remaining
    )
    assert console.key() == "a"
    assert KeyQuiz(console, run).quiz is run


def timed_home(root: Path) -> Home:
    """A home with the bank, whose learner types at a terminal."""
    home = Home(root, sample=False)
    (root / "questions").mkdir(parents=True)
    (root / "questions/timed.yaml").write_text(BANK)
    return home


def later(home: Home, seconds: float) -> Home:
    """The same home so much later."""
    home.clock.start += timedelta(seconds=seconds)
    return home


def test_leaving_does_not_wind_a_questions_time_back(tmp_path: Path) -> None:
    """It runs on, as the clock of an exam does, however often the exam is left; a question that was
    left before stands still."""
    home = timed_home(tmp_path)
    left = home("take", "timed", "--exam", text=":quit\n")
    assert "The time for question 1 keeps running. Resume with:" in left.words
    assert "Time left: 50 s." in later(home, 10)("take", "timed", "--resume", text=":quit\n").words
    resumed = later(home, 15)("take", "timed", "--resume", text="\n:quit\n").words
    assert "Time left: 35 s." in resumed
    assert "The time for question 2 keeps running." in resumed
    resumed = later(home, 100)("take", "timed", "--resume", text=":back\n:quit\n").words
    assert "Time left: 20 s." in resumed
    assert "Time left: 35 s." in resumed
    back = later(home, 40)("take", "timed", "--resume", text=":1\n3\n")
    assert "the time for question 1 is up" in back.told
    assert "The time for question 1 is up." in back.words
    assert "Time left: 20 s." in back.words


def test_of_two_questions_that_are_one_now_each_keeps_its_own_time(tmp_path: Path) -> None:
    """The exam asked both: what the one that is gone used is not taken from the other."""
    home = timed_home(tmp_path)
    home("take", "timed", "--exam", text=":quit\n")
    later(home, 10)("take", "timed", "--resume", text="\n:quit\n")
    edited = "".join(line for line in BANK.splitlines(keepends=True) if "id: two" not in line)
    edited = edited.replace("id: one,", "id: one, formerly: [two],")
    (tmp_path / "questions/timed.yaml").write_text(edited)
    again = later(home, 100)("take", "timed", "--resume", text=":1\n:quit\n")
    assert "Time left: 50 s." in again.words
    assert "is up" not in again.words


def test_an_answer_keeps_what_its_question_used_before(tmp_path: Path) -> None:
    home = timed_home(tmp_path)
    home("take", "timed", "--exam", text=":quit\n")
    later(home, 45)("take", "timed", "--resume", text="a\n:quit\n")
    again = later(home, 10)("take", "timed", "--resume", text=":back\n:quit\n").words
    assert "Time left: 15 s." in again
    assert "Time left: 1 min 50 s." in again


def test_only_an_exam_keeps_the_time_of_a_question(tmp_path: Path) -> None:
    home = timed_home(tmp_path)
    assert "nothing was saved" in home("take", "timed", text=":quit\n").words
    assert home("history", "--json").data["attempts"] == []
