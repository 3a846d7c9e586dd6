"""Going to a question by its number, and choosing one of several banks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from quizcli.play.console import KeyConsole
from quizcli.play.line_console import LineConsole
from quizcli.play.quiz.choosing import BankChoice, choose_in_lines, choose_with_keys
from quizcli.quiz.steps import EXAM
from quizcli.report.numbers import whole
from tests.play.test_lines import Played
from tests.support.fakes import FakeClock, FakeKeyboard, FakeScreen, Then, environment, printed

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.support.seat import Seat


@pytest.mark.parametrize(
    ("text", "number"),
    [("1", 1), ("12", 12), ("007", 7), ("0", None), ("13", None), ("", None), ("-1", None),
     ("9" * 5000, None), ("²", None), ("٣", None), ("a", None), ("1.0", None)],
)  # fmt: skip
def test_a_number(text: str, number: int | None) -> None:
    assert whole(text, 1, 12) == number


# A question -------------------------------------------------------------------------------------


def test_before_an_answer(sit: Callable[..., Seat]) -> None:
    """Forward and back; what lies between stays without an answer."""
    seat = sit("#", "3", "enter").until()
    assert "3 of 4" in seat.screen.text
    assert not seat.session.answers
    assert (
        "1 of 4" in sit("#", "3", "enter", "#", "1", "enter").until().screen.text.split("3 of 4")[1]
    )
    assert "Go to question (1–4): 3_" in sit("#", "3").until().keys
    assert "# go to" in sit().until().keys


def test_after_an_answer_and_onto_one(sit: Callable[..., Seat]) -> None:
    """Letters are commands there; a question that has its feedback shows it again."""
    seat = sit("b", "g", "4", "enter", "a", "#", "1", "enter").until()
    assert set(seat.session.answers) == {"gate", "unrolled"}
    assert "Right: b, 100" in seat.screen.text.split("4 of 4")[1]
    assert "# go to" in seat.keys


def test_a_number_that_is_none(sit: Callable[..., Seat]) -> None:
    """It is said; Esc goes back to the question, and leaves nothing."""
    seat = sit("#", "5", "7", "enter").until()
    assert "Type a number from 1 to 4. Go to question (1–4): _" in seat.keys
    seat = sit("down", "#", "2", "backspace", "x", "esc").until()
    assert "1 of 4" in seat.screen.text
    assert "▸ a 1" in seat.keys


def test_in_an_exam(sit: Callable[..., Seat]) -> None:
    """As free as its answers; from the end it leads on through all."""
    seat = sit("a", "#", "4", "enter", "a", policy=EXAM).until()
    assert "No answer yet to questions 2 and 3." in seat.screen.text


def test_in_lines(tmp_path: Path) -> None:
    out = Played(tmp_path, ":4\n:go 2\n:9\n:go\n:go x\n:0\n:quit\n").out
    assert [line[-7:] for line in out.splitlines() if ", question" in line] == [
        "1 of 4.", "4 of 4.", "2 of 4.",
    ]  # fmt: skip
    assert out.count("Type a number from 1 to 4, such as :4.") == 3
    assert "There is no command :go x; did you mean ':go'?" in out


# A bank -----------------------------------------------------------------------------------------


def banks(n: int) -> list[BankChoice]:
    """So many."""
    return [BankChoice(f"b{i}", f"Bank {i}", i) for i in range(1, n + 1)]


def chosen(root: Path, n: int, at: int, *keys: object, height: int = 24) -> tuple[str | None, str]:
    """What these keys choose, and the screen before it."""
    screen, clock = FakeScreen(80, height), FakeClock()
    seen: list[str] = []
    script = [*keys[:-1], Then(lambda: seen.append("\n".join(screen.window))), keys[-1]]
    keyboard = FakeKeyboard(script, clock)  # type: ignore[arg-type]
    console = KeyConsole(environment(root, clock=clock), keyboard, screen, screen.look)
    id = choose_with_keys(console, banks(n), at)
    assert keyboard.played
    assert "Which bank" not in screen.text
    return id, seen[0]


def test_with_arrows_and_digits(tmp_path: Path) -> None:
    """The cursor begins at the bank taken last; a digit takes one at once."""
    assert chosen(tmp_path, 3, 1, "enter")[0] == "b2"
    assert chosen(tmp_path, 3, 1, "down", "down", "enter")[0] == "b1"
    assert chosen(tmp_path, 3, 0, "up", "x", "4", "0", "enter")[0] == "b3"
    assert chosen(tmp_path, 3, 1, "3")[0] == "b3"
    assert chosen(tmp_path, 3, 1, "esc")[0] is None
    screen = chosen(tmp_path, 3, 1, "enter")[1]
    assert " ▸ 2  Bank 2 · b2 · 2 questions" in screen
    assert "1 question\n" in screen


def test_more_banks_than_digits(tmp_path: Path) -> None:
    """A number moves the cursor, and Enter takes; a low window shows those around it."""
    assert chosen(tmp_path, 40, 0, "3", "7", "enter", height=12)[0] == "b37"
    assert chosen(tmp_path, 40, 0, "3", "7", "2", "enter", height=12)[0] == "b2"
    screen = chosen(tmp_path, 40, 0, "3", "7", "enter", height=12)[1]
    assert "▸ 37  Bank 37" in screen
    assert "Enter take" in screen
    assert "Bank 1 " not in screen


@pytest.mark.parametrize(
    ("text", "id"), [("\n", "b2"), ("3\n", "b3"), ("b1\n", "b1"), ("0\nx\n1\n", "b1"),
                     (":quit\n", None), ("", None)],
)  # fmt: skip
def test_a_bank_in_lines(tmp_path: Path, text: str, id: str | None) -> None:
    env = environment(tmp_path, text)
    assert choose_in_lines(LineConsole(env, 80), banks(3), 1) == id
    assert "2. Bank 2 (b2), 2 questions.\n" in printed(env)
    assert printed(env).count("Type a number from 1 to 3, or an id.") == max(
        0, text.count("\n") - 1
    )
