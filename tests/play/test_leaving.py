"""Leaving, where the learner wants to be asked first; and what is told of an exam's clock."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from quizcli.play.quiz.ending import show_end
from quizcli.play.quiz.words import said_remaining
from quizcli.quiz.steps import EXAM
from tests.support.fakes import Burst, OutOfKeys, Then

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support.seat import Seat


def asked(sit: Callable[..., Seat], *script: object, **options: object) -> Seat:
    """A seat whose learner is asked before leaving."""
    seat = sit(*script, **options)
    seat.console.confirm_leave = True
    return seat


def test_esc_leaves_at_once_unless_it_was_set(sit: Callable[..., Seat]) -> None:
    assert not sit("esc").take()


@pytest.mark.parametrize("key", ["esc", "eof"])
def test_esc_asks_once(sit: Callable[..., Seat], key: str) -> None:
    """With the options still in sight; Esc again leaves, and the options stand there once."""
    seat = asked(sit, "esc")
    with pytest.raises(OutOfKeys):
        seat.quiz.run()
    assert "Leave now?" in seat.keys
    assert "Esc leave Enter stay" in seat.keys
    assert "b 100" in seat.keys
    seat = asked(sit, "esc", key)
    assert not seat.take()
    assert seat.screen.text.count("b  100") == 1
    assert "Leave now?" not in seat.screen.text


@pytest.mark.parametrize("key", ["enter", "n", "N", "down"])
def test_what_says_no_stays_and_does_nothing_else(sit: Callable[..., Seat], key: str) -> None:
    seat = asked(sit, "down", "esc", key)
    with pytest.raises(OutOfKeys):
        seat.quiz.run()
    assert "▸ a 1" in seat.keys
    assert "0 answered" in seat.keys
    assert "Leave now?" not in seat.keys


@pytest.mark.parametrize("key", ["b", "B", "1", "tab", "backspace", "?", "!", "#", " "])
def test_a_key_that_is_no_answer_is_told_which_are(sit: Callable[..., Seat], key: str) -> None:
    """However often it is pressed: nothing behind the question is chosen unseen."""
    seat = asked(sit, "esc", key, key)
    with pytest.raises(OutOfKeys):
        seat.quiz.run()
    assert "Press Esc to leave, or Enter to stay. Leave now?" in seat.keys
    assert not seat.session.answers
    assert seat.session.log == []
    assert not asked(sit, "esc", key, "y").take()


@pytest.mark.parametrize(
    "script", [(Burst(("esc", "b", "enter", "b")),), ("esc", Burst(("enter", "b", "b")))]
)
def test_keys_typed_ahead_are_not_passed_on(sit: Callable[..., Seat], script: list[Burst]) -> None:
    """Neither to the question whether to leave, which was not seen yet, nor to what is behind."""
    seat = asked(sit, *script)
    with pytest.raises(OutOfKeys):
        seat.quiz.run()
    assert not seat.session.answers


def test_an_exam_is_not_handed_in_by_keys_typed_ahead(sit: Callable[..., Seat]) -> None:
    """Before its end was seen, with what is still blank."""
    seat = sit("a", "tab", "tab", Burst(("a", "enter")), policy=EXAM)
    with pytest.raises(OutOfKeys):
        seat.quiz.run()
    assert "Enter finish" in seat.keys


def test_after_an_answer_and_at_the_end(sit: Callable[..., Seat]) -> None:
    """Wherever Esc leaves, it asks."""
    assert not asked(sit, "b", "esc", "enter", "esc", "esc").take()
    assert not asked(sit, *["tab"] * 4, "esc", "enter", "esc", "esc").take()


def test_the_window_may_change_while_it_asks(sit: Callable[..., Seat]) -> None:
    seat = asked(sit, "esc")
    seat.keyboard._rest += [Then(lambda: seat.screen.resize(40, 12)), "resize", "esc"]
    assert not seat.take()


def test_the_flagged_are_listed_at_the_end_of_an_exam(sit: Callable[..., Seat]) -> None:
    """Answered or not; a letter goes there, and from there forward leads back to the list."""
    seat = sit("!", "a", "a", "enter", "!", "tab", "a", policy=EXAM).until()
    for words in ("a 1 answered a", "b 3 no answer"):
        assert words in seat.keys
    assert "a–b go there" in seat.keys
    there = sit("!", "a", "a", "enter", "!", "tab", "a", "b", policy=EXAM).until()
    assert "3 of 4 · flagged" in there.keys
    back = sit("!", "a", "a", "enter", "!", "tab", "a", "b", "a", policy=EXAM).until()
    assert "b 3 answered a Enter finish a–b go there # go to Esc leave" in back.keys
    done = sit("!", "a", "a", "enter", "!", "tab", "a", "b", "!", "a", "enter", policy=EXAM)
    assert done.take()
    assert done.session.flags == {"gate"}
    assert set(done.session.answers) == {"gate", "tasks", "decay", "unrolled"}


def test_a_number_goes_to_its_question_from_the_end(sit: Callable[..., Seat]) -> None:
    """As it does anywhere before: typed there, it would else be an Enter that hands an exam in."""
    seat = sit("a", "tab", "a", "a", "#", "1", "enter", policy=EXAM).until()
    assert "1 of 4" in seat.keys
    seat = sit("a", "tab", "a", "a", "#", "1", "enter", "tab", policy=EXAM).until()
    assert "Enter finish ⌫ go back # go to Esc leave" in seat.keys
    seat = sit("a", "tab", "a", "a", "#", "esc", policy=EXAM).until()
    assert "Enter finish" in seat.keys
    seat = sit("tab", "b", "enter", "tab", "tab", "#", "2", "enter").until()
    assert "Enter next" in seat.keys
    assert "2 of 4" in seat.keys


def test_from_a_flagged_question_back_goes_back(sit: Callable[..., Seat]) -> None:
    """Backspace leads to the question before, and from there on all is as ever."""
    seat = sit("a", "!", "tab", "a", "a", "a", "backspace", policy=EXAM).until()
    assert "1 of 4" in seat.keys
    seat = sit("a", "!", "tab", "a", "a", "a", "backspace", "tab", policy=EXAM).until()
    assert "2 of 4" in seat.keys


def test_the_steps_of_a_visit_lead_to_the_same_place_again(sit: Callable[..., Seat]) -> None:
    """What is replayed from the journal stands where the learner stood."""
    from quizcli.quiz.session import Session

    seat = sit("!", "a", "a", "enter", "tab", "a", "a", "b", policy=EXAM).until()
    again = Session(seat.session.bank, seat.session.seed, EXAM)
    again.replay([entry.step for entry in seat.journal.entries(1)])
    assert again.position == seat.session.position
    assert again.answers == seat.session.answers


def test_an_exam_without_flags_or_blanks_hands_in(sit: Callable[..., Seat]) -> None:
    assert sit("a", "a", "enter", "a", "a", policy=EXAM).take()


def test_the_flagged_once_more_after_practice(sit: Callable[..., Seat]) -> None:
    """With the reason of every option; where nothing is flagged, the key is not offered."""
    script = ["b", "enter", "a", "b", "enter", "enter", "!", "a", "enter", "a", "enter"]
    seat = sit(*script, "f", "enter")
    seat.quiz.run()
    show_end(seat.console, seat.run)
    assert seat.keyboard.played
    after = seat.screen.text.partition("Export your score")[2]
    assert "3 of 4 · flagged" in after
    assert "1 of 4" not in after
    assert "b  False  ✗ 0.5²⁰" in after
    looking = sit(*script)
    looking.quiz.run()
    with pytest.raises(OutOfKeys):
        show_end(looking.console, looking.run)
    assert "f look at flagged ones" in looking.keys  # they are not asked again
    without = sit(*(key for key in script if key != "!"))
    without.quiz.run()
    with pytest.raises(OutOfKeys):
        show_end(without.console, without.run)
    assert "flagged" not in without.keys


def test_the_clock_of_an_exam_that_was_left() -> None:
    assert said_remaining(125) == "Its clock kept running: 2 min 5 s left."
    assert said_remaining(0) == "Its time is up; resuming hands in what you answered."
