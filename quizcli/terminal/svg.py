"""A screen as an SVG picture, for a page or a lecture.

The library draws it. What is done to its drawing: it fetches no font from the network, letters
keep to their cells, and spaces at the ends of a piece of text, which some viewers drop, become its
place.
"""

from __future__ import annotations

import re
from io import StringIO
from typing import TYPE_CHECKING

from rich.console import Console
from rich.terminal_theme import TerminalTheme

from quizcli.terminal.safe import neutral

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.text import Text


# GNOME's palette; black is black, since it stands on bright colours.
_COLOURS = (
    [(0, 0, 0), (204, 0, 0), (78, 154, 6), (196, 160, 0),
     (52, 101, 164), (117, 80, 123), (6, 152, 154), (211, 215, 207)],
    [(85, 87, 83), (239, 41, 41), (138, 226, 52), (252, 233, 79),
     (114, 159, 207), (173, 127, 168), (52, 226, 226), (238, 238, 236)],
)  # fmt: skip
_DARK = TerminalTheme((29, 31, 33), (230, 230, 228), *_COLOURS)
_LIGHT = TerminalTheme((253, 253, 251), (29, 31, 33), *_COLOURS)
# The library's edge of the window, which is not seen on a light page.
_EDGE, _EDGE_ON_LIGHT = "rgba(255,255,255,0.35)", "rgba(0,0,0,0.25)"
_CELL = 12.2  # the library's width of a cell: 0.61 of a letter of 20
_FONT = re.compile(r"\s*@font-face \{.*?\}", re.DOTALL)
_SPACE = "&#160;"
_TEXT = re.compile(
    rf'(<text [^>]*\bx=")([0-9.]+)("[^>]*\btextLength=")([0-9.]+)("[^>]*>)'
    rf"((?:{_SPACE})*)([^<]*?)((?:{_SPACE})*)(</text>)"
)


def svg(lines: Sequence[Text], width: int, title: str, *, light: bool = False) -> str:
    """The lines as SVG; the same lines give the same bytes. The title stands above them, unless
    one of them has it. They stand on a dark ground, or on a ``light`` one."""
    console = Console(
        file=StringIO(),
        record=True,
        width=width,
        force_terminal=True,
        color_system="truecolor",
        markup=False,
        emoji=False,
        highlight=False,
        legacy_windows=False,
        _environ={},
    )
    # One line more: the library cuts the descenders of the last.
    for line in [*lines, ""]:
        console.print(line, soft_wrap=True)
    said = any(title in line.plain for line in lines)
    heading = "" if said else neutral(title)
    theme = _LIGHT if light else _DARK
    picture = console.export_svg(title=heading, unique_id="quizcli", theme=theme)
    picture = picture.replace(_EDGE, _EDGE_ON_LIGHT) if light else picture
    return _TEXT.sub(_placed, _FONT.sub("", picture))


def _placed(found: re.Match[str]) -> str:
    """A piece of text without the spaces around it, where its first letter stands, as wide as
    its cells: the library counts characters."""
    start, x, middle, _, end, before, text, _, close = found.groups()
    if not text:
        return found[0]
    x = f"{float(x) + before.count(_SPACE) * _CELL:.1f}"
    return f"{start}{x}{middle}{_cells(text) * _CELL:.1f}{end}{text}{close}"


def _cells(escaped: str) -> int:
    from html import unescape

    from quizcli.terminal.layout import cells

    return cells(unescape(escaped))
