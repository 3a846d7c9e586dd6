"""An exam with keys: nothing is given away, and its clock."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizcli.play.quiz.ending import show_end
from quizcli.quiz.grading import Response
from quizcli.quiz.steps import EXAM, Policy, StepKind
from tests.support.fakes import Wait

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support.seat import Seat


def test_an_exam_gives_nothing_away(sit: Callable[..., Seat]) -> None:
    """The next question follows at once; no hints, no verdict, no count of right answers."""
    seat = sit("a", policy=EXAM).until()
    assert "a–d tick" in seat.keys
    assert "1 answered" in seat.keys
    for words in ("right", "Wrong", "? hint"):
        assert words not in seat.screen.text
    assert "An exam gives no hints." in sit("?", policy=EXAM).until().keys


def test_an_answer_of_an_exam_can_be_changed(sit: Callable[..., Seat]) -> None:
    """Going back shows what was answered; another answer replaces it, Tab leaves it."""
    seat = sit("A", "backspace", policy=EXAM).until()
    assert "Your answer so far: a (a guess)" in seat.keys
    assert "Tab next" in seat.keys
    seat = sit("a", "backspace", "b", policy=EXAM).until()
    assert seat.session.answers["gate"].response == Response.of("units")
    seat = sit("A", "backspace", "enter", policy=EXAM).until()
    assert seat.session.answers["gate"].response == Response.of("one", guess=True)
    seat = sit("A", "backspace", "down", "enter", policy=EXAM).until()
    assert seat.session.answers["gate"].response == Response.of("units")
    seat = sit("a", "backspace", "tab", policy=EXAM).until()
    assert seat.session.answers["gate"].response == Response.of("one")
    seat = sit("tab", "a", "d", "enter", "backspace", policy=EXAM).until()
    assert "a [x] Sentiment" in seat.keys
    assert "d [x] Speech" in seat.keys


def test_the_reasons_of_an_exam_are_given_on_request(sit: Callable[..., Seat]) -> None:
    """The score stands alone; then every question once more, with the verdict, and every reason
    where it was left blank."""
    script = ("a", "tab", "a", "a", "enter")
    seat = sit(*script, "enter", policy=EXAM)
    seat.quiz.run()
    show_end(seat.console, seat.run)
    assert "Score 3 of 5" in "\n".join(seat.screen.window)
    assert "Wrong: you chose" not in seat.screen.text
    seat = sit(*script, "e", "enter", policy=EXAM)
    seat.quiz.run()
    show_end(seat.console, seat.run)
    score, _, reasons = seat.screen.text.partition("Score 3 of 5")
    for words in ("✗ Wrong: you chose a, 1.", "✓ Right: a, True.", "A transcript is a sequence"):
        assert words in " ".join(reasons.split())
        assert words not in score


def test_an_exam_says_that_it_is_one(sit: Callable[..., Seat]) -> None:
    """And no clock stands still beside the one that runs down."""
    seat = sit(policy=EXAM).until()
    assert "A sample of everything · exam · 1 of 4 " in seat.screen.text
    assert " 0:00" in seat.screen.window[1]
    timed = sit("b", "a", "enter", policy=LIMITED).until()
    assert "· exam · 3 of 4\n" in timed.screen.text
    assert "0:0" not in timed.screen.text.replace(" left", "")
    assert "exam" not in sit().until().screen.text


LIMITED = Policy(exam=True, limit=1000)


def test_a_time_limit_warns_at_five_and_at_one(sit: Callable[..., Seat]) -> None:
    """Once each, while nobody presses anything; the clock beside the progress goes on."""
    assert "min left." not in sit(Wait(699), policy=LIMITED).until().keys
    seat = sit(Wait(700), policy=LIMITED).until()
    assert "5 min left." in seat.keys
    assert "5:00 left" in seat.keys
    seat = sit(Wait(700), "down", policy=LIMITED).until()
    assert "min left." not in seat.keys
    seat = sit(Wait(700), "down", Wait(240), policy=LIMITED).until()
    assert "1 min left." in seat.keys
    seat = sit(Wait(700), "down", Wait(240), "down", Wait(30), policy=LIMITED).until()
    assert "min left." not in seat.keys


def test_each_warning_is_said_once(sit: Callable[..., Seat]) -> None:
    """Not again at the next question."""
    seat = sit(Wait(750), "a", policy=LIMITED).until()
    assert "2 of 4" in seat.screen.text
    assert "min left." not in seat.keys


def test_a_short_limit_does_not_warn_at_its_start(sit: Callable[..., Seat]) -> None:
    """An exam of five minutes is not said to have five minutes left."""
    short = Policy(exam=True, limit=300)
    assert "min left." not in sit("down", policy=short).until().keys


def test_at_zero_the_exam_hands_itself_in(sit: Callable[..., Seat]) -> None:
    """Without a key: what was answered is handed in, and the quiz is finished."""
    seat = sit("b", Wait(1000), policy=LIMITED)
    assert seat.take()
    assert seat.session.finished
    seat.keyboard._rest = ["enter"]
    show_end(seat.console, seat.run)
    assert "Time ran out. Your answers up to then were handed in.\n\n\n Score 1 of 5" in (
        seat.screen.text
    )
    assert seat.written == [StepKind.ANSWER, StepKind.FINISH]


def test_a_key_that_comes_too_late_does_not_answer(sit: Callable[..., Seat]) -> None:
    """The window was frozen, say: the key arrives after the end of the time."""
    seat = sit("b", policy=LIMITED)
    seat.clock.tick(999.5)
    assert seat.take()
    assert not seat.session.answers


def test_the_time_is_over_at_the_last_question(sit: Callable[..., Seat]) -> None:
    """While the learner is asked about blank questions, the clock is in sight and goes on."""
    seat = sit("tab", "tab", "tab", "tab", Wait(500), policy=LIMITED).until()
    assert "8:16 left" in seat.keys
    seat = sit("tab", "tab", "tab", "tab", Wait(1000), policy=LIMITED)
    assert seat.take()
