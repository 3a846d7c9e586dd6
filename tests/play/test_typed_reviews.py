"""Cards that are answered by typing: which keys are commands, and which belong to the answer."""

from __future__ import annotations

from pathlib import Path

import pytest

from quizcli.bank.shelf import load_bank
from quizcli.journal.facts import FactKind
from quizcli.review.queue import QueueOptions
from tests.support.review_seat import ReviewSeat

KINDS = Path(__file__).parent.parent / "fixtures" / "kinds.yaml"
NO_NEW = QueueOptions(new=0)


@pytest.fixture
def seat(tmp_path: Path) -> ReviewSeat:
    """A seat over a bank of typed questions."""
    return ReviewSeat(tmp_path, load_bank(KINDS))


@pytest.mark.parametrize(
    ("question", "key", "did"),
    [
        ("output", "ctrl-p", FactKind.BURY),
        ("output", "ctrl-x", FactKind.SUSPEND),
        ("width", "ctrl-p", FactKind.BURY),
        ("width", "ctrl-x", FactKind.SUSPEND),
        ("width", "@", FactKind.SUSPEND),
        ("step", "-", FactKind.BURY),
        ("parts", "@", FactKind.SUSPEND),
    ],
)
def test_a_command_until_something_is_typed(
    seat: ReviewSeat, question: str, key: str, did: FactKind
) -> None:
    """What the last line offers is done."""
    seat.learned(question).until(wanted=NO_NEW)
    suspend = "Ctrl-X suspend" if question == "output" else "@ suspend"
    named = {"ctrl-p": "Ctrl-P bury", "ctrl-x": suspend}.get(key, f"{key} ")
    assert named in seat.window
    seat.keys(key, wanted=NO_NEW)
    assert seat.did[-1] == (question, str(did))


@pytest.mark.parametrize(
    ("question", "keys", "given"),
    [
        ("width", "-5", "-5"),
        ("output", "x-@?!", "x-@?!"),
        ("output", "@x", "@x"),
        ("output", "-r", "-r"),
        ("output", " @x", "@x"),
        ("output", " -r", "-r"),
        ("output", " ?!", "?!"),
        ("output", "!=", "!="),
        ("output", "U", "U"),
    ],
)
def test_what_belongs_to_the_answer(seat: ReviewSeat, question: str, keys: str, given: str) -> None:
    """A sign that begins a number, what follows a first character, and a space before it."""
    seat.learned(question).until(*keys, "enter", wanted=NO_NEW)
    assert f"you answered “{given}”" in seat.window


def test_the_last_line_says_what_can_be_pressed_now(seat: ReviewSeat) -> None:
    """No sign that would be typed, and no letter."""
    seat.learned("width").until(wanted=NO_NEW)
    for words in ("? hint", "↑ undo", "Ctrl-P bury", "@ suspend"):
        assert words in seat.window
    assert "- bury" not in seat.window
    seat.until("1", wanted=NO_NEW)
    for words in ("? hint", "@ suspend"):
        assert words not in seat.window.rpartition("▸")[2]
    assert "Ctrl-P bury" in seat.window
    seat.until("backspace", "backspace", wanted=NO_NEW)


def test_redo_has_a_key_that_is_no_letter(seat: ReviewSeat) -> None:
    """What was undone counts again."""
    seat.learned("width", "output")
    undone = ("tab", "x", "enter", "u")
    seat.until(*undone, wanted=NO_NEW)
    assert "Ctrl-R redo" in seat.window
    assert "U redo" not in seat.window
    reviews = len(seat.facts)
    seat.until(*undone, "ctrl-r", wanted=NO_NEW)
    assert len(seat.facts) == reviews + 1
