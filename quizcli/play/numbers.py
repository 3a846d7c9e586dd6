"""A number that a learner types, such as that of a question."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizcli.report.numbers import whole

if TYPE_CHECKING:
    from quizcli.play.console import KeyConsole


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
            number = whole(typed, 1, last)
            if number is not None:
                return number
            typed, message = "", f"Type a number from 1 to {last}."
