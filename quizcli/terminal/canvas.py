"""A screen with two parts: what was said, which stays, and a live part below it, which is redrawn.

No alternate screen: everything that was answered stays in the scrollback. Only the live part is
ever erased, and it is kept shorter than the window, so that all of it can be reached.
"""

from __future__ import annotations

from io import StringIO
from typing import TYPE_CHECKING

from rich.console import Console

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.text import Text

    from quizcli.env import Screen
    from quizcli.terminal.look import Look

UP = "\x1b[{}A"
ERASE_BELOW = "\r\x1b[J"
HIDE_CURSOR = "\x1b[?25l"
SHOW_CURSOR = "\x1b[?25h"


class Canvas:
    """Draws lines on a screen; the live part is remembered, so that it can be replaced."""

    def __init__(self, screen: Screen, look: Look) -> None:
        self.screen = screen
        self.look = look
        self._live: list[int] = []  # the width in cells of each live line as it was drawn

    def say(self, lines: Sequence[Text]) -> None:
        """Lines that stay."""
        self.screen.write(self._erased() + self._drawn(lines))

    def live(self, lines: Sequence[Text]) -> None:
        """Lines in place of the live ones; those that the window has no room for are left out,
        since what has scrolled away cannot be erased."""
        erased = self._erased()
        lines = lines[: max(1, self.look.height - 1)]
        self._live = [line.cell_len for line in lines]
        self.screen.write(HIDE_CURSOR + erased + self._drawn(lines))

    def fits(self, lines: Sequence[Text]) -> bool:
        """Whether these lines can be redrawn: all of them are on the screen at once."""
        return len(lines) < self.look.height

    def leave(self) -> None:
        """Erase the live part and give the cursor back."""
        self.screen.write(self._erased() + SHOW_CURSOR)

    def _erased(self) -> str:
        if not self._live:
            return ""
        # After a narrower window, lines of the live part may have been broken by the terminal.
        width = max(1, self.look.width)
        rows = sum(max(1, -(-cells // width)) for cells in self._live)
        self._live = []
        return UP.format(min(rows, max(1, self.look.height - 1))) + ERASE_BELOW

    def _drawn(self, lines: Sequence[Text]) -> str:
        if not lines:
            return ""
        return ansi(lines, self.look)


def ansi(lines: Sequence[Text], look: Look) -> str:
    """Lines as text with escapes, each ended by a newline; without colour, plain text."""
    if not look.colour:
        return "".join(line.plain + "\n" for line in lines)
    out = StringIO()
    console = Console(
        file=out,
        force_terminal=True,
        color_system="standard",
        width=10_000,  # wrapping is done already
        markup=False,
        emoji=False,
        highlight=False,
        legacy_windows=False,
        _environ={},
    )
    for line in lines:
        console.print(line, soft_wrap=True)
    return out.getvalue()
