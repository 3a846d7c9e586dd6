"""A key pressed at the first sight of a screen is meant for that screen, and is heard.

What was typed before is forgotten (a digit pressed twice would choose and rate), but before the
screen is written and not behind it: what is in sight is answered at once by whoever knows it.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

import pytest

from quizcli.play.quiz.ending import show_end
from quizcli.play.quiz.offer import ResumeChoice, offer
from quizcli.quiz.steps import EXAM
from quizcli.review.facts import ReviewInput
from quizcli.review.queue import QueueOptions
from quizcli.scheduling.memory import Rating
from tests.play.test_bench import bench
from tests.support.fakes import FakeClock, FakeKeyboard, FakeScreen, OutOfKeys, Then
from tests.support.review_seat import ReviewSeat
from tests.support.seat import Seat
from tests.terminal.test_screens import BANK, StoppedAt, left_attempt

if TYPE_CHECKING:
    from pathlib import Path

NO_NEW = QueueOptions(new=0)


class At(NamedTuple):
    """A screen and the keyboard before it: what any seat has."""

    screen: FakeScreen
    keyboard: FakeKeyboard


@pytest.fixture
def due(tmp_path: Path) -> ReviewSeat:
    """A seat at which the question on the gate is due, and nothing is new."""
    return ReviewSeat(tmp_path).learned("gate")


class AtSight:
    """A hand at a seat, which presses a key, once, as soon as ``words`` are written."""

    def __init__(self, seat: At | Seat | ReviewSeat, words: str, key: str) -> None:
        self.pressed = False
        self._seat, self._words, self._key = seat, words, key
        self._write = seat.screen.write
        seat.screen.write = self.write  # type: ignore[method-assign]

    def write(self, text: str) -> None:
        """Show text, and press the key where it is the one waited for."""
        self._write(text)
        if self._words in text and not self.pressed:
            self._seat.keyboard.ahead.append(self._key)
            self.pressed = True


def test_at_a_feedback_of_a_quiz(tmp_path: Path) -> None:
    """Enter at "Right": the next question."""
    seat = Seat(tmp_path, ["b"])
    hand = AtSight(seat, "Right", "enter")
    seat.until()
    assert hand.pressed
    assert seat.session.position == 1


def test_where_a_blank_is_told_of(tmp_path: Path) -> None:
    """Backspace at what is blank goes there."""
    seat = Seat(tmp_path, ["tab"] * 4, EXAM)
    hand = AtSight(seat, "No answer yet", "backspace")
    seat.until()
    assert hand.pressed
    assert seat.session.position == 0


def test_at_the_end_of_a_quiz(tmp_path: Path) -> None:
    """S at the score shows the seed."""
    seat = Seat(tmp_path, ["b", "enter", "a", "b", "enter", "enter", "a", "enter", "a", "enter"])
    assert seat.take()
    hand = AtSight(seat, "100", "s")
    with pytest.raises(OutOfKeys):
        show_end(seat.console, seat.run)
    assert hand.pressed
    assert "--seed" in seat.screen.text


def test_at_a_feedback_of_a_review(due: ReviewSeat) -> None:
    """A rating at "Right" rates."""
    hand = AtSight(due, "Right", "4")
    due.keys("b", wanted=NO_NEW, whole=None)
    assert hand.pressed
    assert due.ratings()["gate"] == 4


def test_where_another_window_is_told_of(due: ReviewSeat) -> None:
    """Enter at that sentence goes on; it is the last that is written of a feedback."""
    hand = AtSight(due, "in another window", "enter")

    def meanwhile() -> None:
        due.ledger.record(due.row("gate"), ReviewInput(Rating.GOOD), 0.9)

    due.keys(Then(meanwhile), "b", wanted=NO_NEW, whole=None)
    assert hand.pressed
    assert "⌫ undo Enter done" in due.window


def test_at_a_card_that_is_turned(due: ReviewSeat) -> None:
    """A rating at the back of a card rates it."""
    hand = AtSight(due, "The answer is", "4")
    due.keys("enter", wanted=NO_NEW, turned=True, whole=None)
    assert hand.pressed
    assert due.ratings()["gate"] == 4


def test_at_the_end_of_a_review(due: ReviewSeat) -> None:
    """Backspace at what a session came to takes its last review back, and the card is asked."""
    hand = AtSight(due, "1 review", "backspace")
    due.until("b", "enter", wanted=NO_NEW)
    assert hand.pressed
    assert len(due.facts) == 1
    assert "a–c answer" in due.window


def test_at_an_offer_to_resume() -> None:
    """R starts over."""
    screen, keyboard = FakeScreen(), FakeKeyboard((), FakeClock())
    hand = AtSight(At(screen, keyboard), "You stopped on", "r")
    start = StoppedAt(BANK, left_attempt(), None)
    chosen = offer(start, keyboard, screen, screen.look())  # type: ignore[arg-type]
    assert hand.pressed
    assert chosen is ResumeChoice.RESTART


def test_at_a_prediction() -> None:
    """A side at the sight of the predictions is predicted."""
    screen = bench([])
    console = screen.console
    hand = AtSight(At(console.canvas.screen, console.keyboard), "predicts:", "a")  # type: ignore[arg-type]
    with suppress(OutOfKeys):
        screen.run(predict=True)
    assert hand.pressed
    assert screen.experiment.chosen
