"""A screen with two parts: what was said, which stays, and a live part below it, which is redrawn.

No alternate screen: everything that was answered stays in the scrollback. Only the live part is
ever erased, and it is kept shorter than the window, so that all of it can be reached. It is drawn
with the terminal's wrapping off: a line is then a row, however wide the terminal takes it to be,
and the way back up counts rows alone.
"""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from rich.color import ColorSystem
from rich.style import Style

from quizcli.terminal.colours import SIGNS
from quizcli.terminal.layout import cells

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.text import Text

    from quizcli.env import Screen
    from quizcli.terminal.style import OutputStyle

UP = "\x1b[{}A"
ERASE_BELOW = "\r\x1b[J"
HIDE_CURSOR = "\x1b[?25l"
SHOW_CURSOR = "\x1b[?25h"
NO_WRAP = "\x1b[?7l"
WRAP = "\x1b[?7h"
_DEEP = dict(SIGNS.values())
_COLOURS = ColorSystem.EIGHT_BIT  # the 16 of every palette stay what their owner has chosen


class Canvas:
    """Draws lines on a screen; the live part is remembered, so that it can be replaced."""

    def __init__(self, screen: Screen, look: OutputStyle) -> None:
        self.screen = screen
        self.look = look
        self._live: list[int] = []  # the width in cells of each live line as it was drawn
        self._width = look.width  # of the window that they were drawn in

    def say(self, lines: Sequence[Text]) -> None:
        """Lines that stay."""
        self.screen.write(self._erased() + self._drawn(lines))

    def live(self, lines: Sequence[Text]) -> None:
        """Lines in place of the live ones; those that the window has no room for are left out,
        since what has scrolled away cannot be erased."""
        erased = self._erased()
        lines = lines[: max(1, self.look.height - 1)]
        self._live = [cells(line.plain) for line in lines]
        self._width = self.look.width
        drawn = NO_WRAP + self._drawn(lines) + WRAP if lines else ""
        self.screen.write(HIDE_CURSOR + erased + drawn)

    def fits(self, lines: Sequence[Text]) -> bool:
        """Whether these lines can be redrawn: all of them are on the screen at once."""
        return len(lines) < self.look.height

    def leave(self) -> None:
        """Erase the live part and give the cursor back."""
        self.screen.write(self._erased() + SHOW_CURSOR)

    def _erased(self) -> str:
        if not self._live:
            return ""
        rows = len(self._live)
        width = max(1, self.look.width)
        if width < self._width:  # the terminal may have broken them when it became narrower
            rows = sum(max(1, -(-size // width)) for size in self._live)
        self._live = []
        return UP.format(min(rows, max(1, self.look.height - 1))) + ERASE_BELOW

    def _drawn(self, lines: Sequence[Text]) -> str:
        if not lines:
            return ""
        return ansi(lines, self.look)


def ansi(lines: Sequence[Text], look: OutputStyle) -> str:
    """Lines as text with escapes, each ended by a newline; without colour, plain text.

    What a console of the library would write, without its console: that alone is a tenth of a
    start, and wrapping, which it is for, is done already.
    """
    if not look.colour:
        return "".join(line.plain + "\n" for line in lines)
    return "".join(_styled(line, deep=look.deep) + "\n" for line in lines)


def _styled(line: Text, *, deep: bool) -> str:
    """One line: cut where a style begins or ends, each piece in all the styles over it."""
    spans = [(0, len(line.plain), str(line.style)), *line.spans]
    cuts = sorted({at for start, end, _ in spans for at in (start, end)})
    pieces: list[tuple[str, tuple[str, ...]]] = []
    for start, end in pairwise(cuts):
        over = tuple(str(style) for first, last, style in spans if first <= start and end <= last)
        over = tuple(_DEEP.get(style, style) if deep else style for style in over if style)
        if pieces and pieces[-1][1] == over:
            pieces[-1] = (pieces[-1][0] + line.plain[start:end], over)
        else:
            pieces.append((line.plain[start:end], over))
    return "".join(
        _look(over).render(text, color_system=_COLOURS) if over else text for text, over in pieces
    )


@cache
def _look(styles: tuple[str, ...]) -> Style:
    return Style.combine([Style.parse(style) for style in styles])
