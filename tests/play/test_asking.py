"""A question with keys: every key before an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from quizcli.quiz.grading import Response
from quizcli.quiz.steps import StepKind
from tests.support.fakes import Script

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support.seat import Seat


@pytest.mark.parametrize(
    ("key", "option", "guess"),
    [
        ("a", "one", False),
        ("c", "words", False),
        ("2", "units", False),
        ("B", "units", True),
        ("C", "words", True),
    ],
)
def test_a_letter_or_digit_answers(
    sit: Callable[..., Seat], key: str, option: str, guess: bool
) -> None:
    """Lower case answers, a capital answers and marks a guess."""
    seat = sit(key).until()
    assert seat.session.answers["gate"].response == Response.of(option, guess=guess)
    assert ("(A guess.)" in seat.screen.text) == guess
    assert seat.written == [StepKind.ANSWER]


@pytest.mark.parametrize("key", ["d", "D", "4", "0", "9", "x", "é", "²", "٣", "漢", "%"])
def test_what_is_no_option_says_so(sit: Callable[..., Seat], key: str) -> None:
    """A letter without an option answers nothing and is told; the word goes with the next key."""
    seat = sit(key).until()
    assert f"'{key}' does nothing here." in seat.keys
    assert not seat.session.log
    assert "does nothing" not in sit(key, "down").until().keys


@pytest.mark.parametrize("key", ["home", "end", "pageup", "pagedown", " "])
def test_keys_that_do_nothing(sit: Callable[..., Seat], key: str) -> None:
    """Keys that another program might use are let pass in silence."""
    seat = sit(key).until()
    assert not seat.session.log
    assert "a–c answer" in seat.keys


def test_arrows_go_round(sit: Callable[..., Seat]) -> None:
    """Down from nowhere is the first option, up the last; past an end is the other end."""
    assert "▸ a" in sit("down").until().keys
    assert "▸ c" in sit("up").until().keys
    assert "▸ a" in sit("down", "down", "down", "down").until().keys
    assert "▸ b" in sit("right", "right", "right", "left").until().keys
    seat = sit("down", "down", "enter").until()
    assert seat.session.answers["gate"].response == Response.of("units")


def test_enter_without_an_option(sit: Callable[..., Seat]) -> None:
    """It says how to choose."""
    seat = sit("enter").until()
    assert "Choose with a letter, or with ↑ ↓ and Enter." in seat.keys
    assert not seat.session.log


# Where several can be ticked --------------------------------------------------------------------


def several(sit: Callable[..., Seat], *script: Script, **options: object) -> Seat:
    """At the second question, where several options may be ticked."""
    return sit("tab", *script, **options).until()


def test_letters_and_space_tick(sit: Callable[..., Seat]) -> None:
    """A key ticks and unticks; nothing is answered before Enter."""
    seat = several(sit, "a", "c", "c", "down", " ", "up", "up", "up", " ")
    assert "a [ ] Sentiment" in seat.keys
    assert "▸ a" in seat.keys
    assert "d [x] Speech" in seat.keys
    assert "c [ ] Image" in seat.keys
    assert not seat.session.answers


def test_enter_answers_what_is_ticked(sit: Callable[..., Seat]) -> None:
    """The response is the set of ticks, and no guess."""
    seat = several(sit, "2", "A", "enter")
    assert seat.session.answers["tasks"].response == Response.of("sentiment", "voice")
    assert "✓ Right: a and b." in seat.screen.text


def test_tilde_marks_a_guess(sit: Callable[..., Seat]) -> None:
    """Once on, twice off; the key line says which it would be."""
    assert "~ sure" in several(sit, "~").keys
    assert "Marked as a guess." in several(sit, "~").screen.text
    assert "No longer a guess." in several(sit, "~", "~").screen.text
    assert "~ guess" in several(sit, "~", "~").keys
    assert several(sit, "a", "~", "enter").session.answers["tasks"].response.guess
    assert not several(sit, "a", "~", "~", "enter").session.answers["tasks"].response.guess


def test_tilde_where_a_capital_marks_the_guess(sit: Callable[..., Seat]) -> None:
    """Where one option is chosen, ``~`` is no key."""
    assert "'~' does nothing here." in sit("~").until().keys


def test_enter_with_nothing_ticked(sit: Callable[..., Seat]) -> None:
    """A blank is no answer: it says what to do."""
    seat = several(sit, "a", "a", "enter")
    assert "Tick something first, or press Tab to skip." in seat.keys
    assert not seat.session.answers


# Commands ---------------------------------------------------------------------------------------


def test_hints_run_out(sit: Callable[..., Seat]) -> None:
    """Each is said above the options, once, and stays; past the last a word says so. While there
    is one, the key line offers it."""
    seat = sit("?").until()
    assert "Hint: What is the gate multiplied by?" in seat.screen.text
    assert "? hint" in seat.keys
    seat = sit("?", "?").until()
    assert "? hint" not in seat.keys
    seat = sit("?", "?", "?", "b").until()
    assert seat.screen.text.count("Hint:") == 2
    assert seat.session.answers["gate"].hints == 2
    assert "There are no more hints." in sit("?", "?", "?").until().keys


def test_a_question_without_hints_does_not_speak_of_more(sit: Callable[..., Seat]) -> None:
    said = [sit(*["tab"] * skipped, "?").until().keys for skipped in range(4)]
    assert sum("There are no hints here." in keys for keys in said) == 1


def test_a_hint_stands_apart(sit: Callable[..., Seat]) -> None:
    """An empty line before the first hint and after the last, none between."""
    lines = sit("?", "?").until().screen.window
    first = next(i for i, line in enumerate(lines) if "Hint:" in line)
    assert lines[first - 1] == ""
    assert "Hint:" in lines[first + 1]
    assert lines[first + 2] == ""
    assert "a  1" in lines[first + 3]


def test_flagging(sit: Callable[..., Seat]) -> None:
    """``!`` flags and takes the flag away, and says so, since the title stands already."""
    seat = sit("!").until()
    assert "Flagged." in seat.keys
    assert "! unflag" in seat.keys
    assert seat.session.flags == {"gate"}
    seat = sit("!", "!").until()
    assert "No longer flagged." in seat.keys
    assert not seat.session.flags


def test_back(sit: Callable[..., Seat]) -> None:
    """At the first question there is no way back; from the second the first is asked again."""
    assert "This is the first question." in sit("backspace").until().keys
    assert "⌫ back" not in sit("down").until().keys
    seat = sit("tab", "backspace", "c").until()
    assert seat.session.answers["gate"].response == Response.of("words")


def test_back_to_an_answered_question(sit: Callable[..., Seat]) -> None:
    """It is shown with its feedback, and letters that would answer do nothing; Enter goes on to
    where the learner was."""
    seat = sit("a", "enter", "backspace", "b", "c").until()
    assert "Enter next" in seat.keys
    assert seat.session.answers["gate"].response == Response.of("one")
    assert seat.screen.text.count("✗ Wrong: you chose a, 1.") == 2
    seat = sit("a", "enter", "backspace", "enter").until()
    assert "2 of 4" in seat.screen.window[0] or "a–d tick" in seat.keys
    assert seat.session.position == 1


def test_back_and_back_again(sit: Callable[..., Seat]) -> None:
    """From the feedback of the second question to that of the first, and forward again."""
    seat = sit("b", "enter", "a", "enter", "backspace", "backspace").until()
    assert seat.session.position == 0
    seat = sit("b", "enter", "a", "enter", "backspace", "backspace", "enter", "enter").until()
    assert seat.session.position == 2


@pytest.mark.parametrize("key", ["esc", "eof"])
def test_leaving(sit: Callable[..., Seat], key: str) -> None:
    """The quiz is left unfinished; the answer is kept, the options stay on the screen, and the
    cursor is shown again."""
    seat = sit("b", "enter", "a", key)
    assert not seat.take()
    assert seat.written == [StepKind.ANSWER]
    assert "a  [x] Sentiment" in seat.screen.text
    assert "Esc leave" not in seat.keys
    assert seat.screen.written.rfind("\x1b[?25h") > seat.screen.written.rfind("\x1b[?25l")
