"""Which bank to take, where there are several: asked with keys or in lines."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from quizcli.report.numbers import whole
from quizcli.report.words import counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quizcli.play.console import KeyConsole
    from quizcli.play.line_console import LineConsole
    from quizcli.terminal.views.lines import Lines

DIGITS = 9  # more banks than this are numbered by more than one digit
ROWS_BESIDE = 5  # of a window: the words above the list, the keys below it, the cursor's own


class BankChoice(NamedTuple):
    """A bank that can be taken, and how many questions it asks."""

    id: str
    title: str
    questions: int

    @property
    def told(self) -> str:
        """One line about it."""
        return f"{self.title} · {self.id} · {counted(self.questions, 'question')}"


def choose_with_keys(console: KeyConsole, banks: Sequence[BankChoice], at: int) -> str | None:
    """The id of the bank that is chosen, from the one ``at`` which the cursor begins; None where
    the learner leaves."""
    several = len(banks) > DIGITS
    typed = ""
    console.keyboard.drop()
    keys = [("↑ ↓", "choose"), (f"1–{len(banks)}", "by number"), ("Enter", "take")]
    while True:
        key = console.offer([*keys, ("Esc", "leave")], above=partial(_listed, console, banks, at))
        typed = typed + key if key.isdecimal() else ""
        number = whole(typed, 1, len(banks)) or whole(key, 1, len(banks))
        if number is not None:
            at = number - 1
        elif key in {"up", "down"}:
            at = (at + (1 if key == "down" else -1)) % len(banks)
        if key == "enter" or (number is not None and not several):
            console.canvas.live([])
            return banks[at].id
        if key in {"esc", "eof"}:
            console.canvas.leave()
            return None


def _listed(console: KeyConsole, banks: Sequence[BankChoice], at: int) -> Lines:
    """The banks around the cursor, as many as the window has room for."""
    page = console.page()
    page.blank()
    page.say("Which bank?", "title")
    rows = max(1, console.canvas.look.height - ROWS_BESIDE)
    first = max(0, min(at - rows // 2, len(banks) - rows))
    for index in range(first, min(first + rows, len(banks))):
        pointer = "▸" if index == at else " "
        lead = [(f" {pointer} ", "accent"), (f"{index + 1:>{len(str(len(banks)))}}  ", "accent")]
        told = page.text(banks[index].told)
        room = console.canvas.look.width - 10
        short = told if len(told) <= room else f"{told[: room - 1]}…"
        page.entry(lead, page.own(short), "title" if index == at else "")
    page.blank()
    return page.lines


def choose_in_lines(console: LineConsole, banks: Sequence[BankChoice], at: int) -> str | None:
    """The same in lines, by number; an empty line takes the one ``at`` which the cursor would be.
    None at the end of the input."""
    from quizcli.terminal.plain import lines

    console.say(["Which bank?"])
    for number, bank in enumerate(banks, 1):
        about = f"{number}. {bank.title} ({bank.id}), {counted(bank.questions, 'question')}."
        console.say(lines(about, console.width, "", "   "))
    ids = [bank.id for bank in banks]
    while True:
        line = console.line(f"Number (1-{len(banks)}, empty: {at + 1}, :quit): ")
        if line is None or line.lower() == ":quit":
            return None
        if line in {"", *ids}:
            return line or ids[at]
        chosen = whole(line, 1, len(banks))
        if chosen is not None:
            return ids[chosen - 1]
        console.say([f"Type a number from 1 to {len(banks)}, or an id."])
