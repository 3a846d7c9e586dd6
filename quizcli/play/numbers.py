"""A number that a learner types, such as that of a question."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from quizcli.play.console import KeyConsole


def number_in(text: str, last: int) -> int | None:
    """A number from 1 to ``last``; None for any other text."""
    digits = text.lstrip("0")
    if not (text.isascii() and text.isdecimal()) or len(digits) > len(str(last)):
        return None
    number = int(digits or "0")
    return number if 0 < number <= last else None


def ask_number(console: KeyConsole, last: int) -> int | None:
    """A question's number, typed and ended by Enter; None where the learner goes back."""
    typed, message = "", ""
    while True:
        page = console.page()
        if message:
            page.say(page.own(message), "partly")
        page.say(page.own(f"Go to question (1–{last}): {typed}_"))
        key = console.offer([("Enter", "go"), ("Esc", "back")], above=page.lines)
        message = ""
        if key.isdecimal() and len(typed) < len(str(last)):
            typed += key
        elif key in {"backspace", "delete"}:
            typed = typed[:-1]
        elif key in {"esc", "eof"}:
            return None
        elif key == "enter":
            number = number_in(typed, last)
            if number is not None:
                return number
            typed, message = "", f"A number from 1 to {last}."
