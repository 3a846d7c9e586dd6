"""An exam with a time limit is kept from its start: leaving it does not wind its clock back."""

from __future__ import annotations

import time
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from quizcli.bank.shelf import load_bank
from quizcli.quiz.session import Session
from quizcli.quiz.steps import Policy
from tests.support.home import Home
from tests.support.terminal import Terminal

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support.seat import Seat


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


def test_an_exam_that_was_left_unanswered_goes_on(home: Home) -> None:
    """With the time that is left; and another start says so before it begins anew."""
    left = home("take", "sample", "--exam", "--time", "5", text=":quit\n")
    assert "Saved: 0 of 4 answered. The clock of this exam keeps running." in left.words
    assert "resume where you stopped, question 1, " in home().words
    again = home("take", "sample", "--exam", "--time", "5", text=":quit\n")
    assert "attempt 1 was interrupted and is saved" in again.told
    home.clock.start += timedelta(minutes=1)
    resumed = home("take", "sample", "--resume", text=":quit\n")
    assert "resuming attempt 2: 0 of 4 answered" in resumed.told
    assert "Time left: 4 min" in resumed.words
    assert "0 of 4" in home("history").words


def test_without_a_clock_nothing_is_left_of_nothing(home: Home) -> None:
    for exam in ([], ["--exam"]):
        left = home("take", "sample", *exam, text=":quit\n")
        assert "Nothing was answered, so nothing was saved." in left.words
    assert "--resume" not in home().words


def test_the_exam_whose_clock_runs_is_offered_first(home: Home) -> None:
    """At a terminal, also where the same exam is asked for by the same options."""
    exam = ("take", "sample", "--exam", "--time", "5")
    for seen in ("1 of 4", "You stopped on"):
        window = Terminal(home.root, *exam)
        window.see(seen, "Esc leave")
        if seen != "1 of 4":
            window.see("after 0 of 4 questions", "Its clock kept running: 4 min")
            window.press("\r")
            window.see("1 of 4", "! flag")
        window.press("\x1b")
        window.see("Leave now?")
        window.press("\x1b")
        window.see("Saved: 0 of 4 answered")
        window.close()
        time.sleep(1.1)  # so that less than five minutes are left
    assert len(home("history", "--json").data["attempts"]) == 1


KINDS = Path(__file__).parent.parent / "fixtures" / "kinds.yaml"


@pytest.mark.parametrize(
    ("number", "keys"), [(0, ["5"]), (2, ["w"]), (3, ["a"]), (4, ["down", " ", "down"])]
)
@pytest.mark.parametrize("begun", [True, False])
def test_what_is_half_done_is_told_before_it_is_left(
    sit: Callable[..., Seat], number: int, keys: list[str], begun: bool
) -> None:
    """What was typed or placed and not entered is not kept: the question whether to leave says so,
    but only where there is such a thing."""
    over = Session(load_bank(KINDS), 7, Policy(shuffle=False))
    assert asked_to_leave(sit, ["tab"] * number + keys * begun, over=over) is begun


def test_what_was_only_ticked_is_told_as_well(sit: Callable[..., Seat]) -> None:
    assert asked_to_leave(sit, ["tab", "a"])
    assert not asked_to_leave(sit, ["tab", "a", "a"])
    assert not asked_to_leave(sit, ["down"])


def asked_to_leave(sit: Callable[..., Seat], keys: list[str], **options: Session) -> bool:
    """Whether the question whether to leave tells of an answer."""
    seat = sit(*keys, "esc", **options)
    seat.console.confirm_leave = True
    seat.until()
    assert "Leave now?" in seat.keys
    return "has not been entered and would be lost" in seat.keys
