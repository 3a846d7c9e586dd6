"""Heat maps in text: steps of a ramp of colours where the terminal has them, else block shades.

The signs are the shades in both cases, so that what is copied as text is the same map. The ramp
goes from dark to light on a ground of its own, whatever the terminal's is; block shades are named
by themselves, since what is light on one terminal is dark on another.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from quizcli.terminal.colours import RAMP
from quizcli.terminal.layout import StyledLine, cells, wrap
from quizcli.terminal.scale import ends, part

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from quizcli.report.pictures import HeatMap
    from quizcli.terminal.style import OutputStyle

_SHADES = " ░▒▓█"
_ASCII_SHADES = " .:*#"


def heat_map(picture: HeatMap, look: OutputStyle, words: Callable[[str], str]) -> list[StyledLine]:
    """The rows, the names of the columns, and what the shades stand for."""
    finite = [value for row in picture.cells for value in row if math.isfinite(value)]
    low, high = min([0.0, *finite]), max(finite, default=1.0)
    labels = [words(row) for row in picture.rows]
    widest = min(max(map(cells, labels), default=0), look.width // 2)
    columns = len(picture.columns) or 1
    longest = max((cells(words(name)) for name in picture.columns), default=0)
    # Wide enough for the columns' names, if these are short and the window is wide.
    fitting = [n for n in (longest + 1, 2) if n <= 4 and columns * n + widest + 6 <= look.width]
    each = max(2, fitting[0]) if fitting else 1
    room = max(8, (look.width - widest - 6) // each)
    lines = []
    for label, row in zip(labels, picture.cells, strict=True):
        lead = f"   {label[:widest]}{' ' * (widest - cells(label[:widest]))}  "
        for start in range(0, len(row) or 1, room):
            lines.append(_cells(lead, row[start : start + room], each, (low, high), look))
            lead = f"   {' ' * widest}  "
    if len(picture.columns) <= room:
        before = " " * (widest + 5)
        axis = _axis([words(name) for name in picture.columns], each)
        fits = axis and len(before) + cells(axis) < look.width
        lines += [StyledLine(before + axis)] if fits else []
    blank = any(value == low for row in picture.cells for value in row)
    return [*lines, *_legend(low, high, look, words, blank=blank)]


def _cells(
    lead: str, values: Sequence[float], each: int, ends: tuple[float, float], look: OutputStyle
) -> StyledLine:
    """A row: each value as some equal signs, each with the step of the ramp that it has."""
    text, styles = lead, []
    for value in values:
        styles.append((len(text), len(text) + each, _step(value, *ends)))
        text += _shade(value, *ends, look) * each
    return StyledLine(text, tuple(styles))


def _step(value: float, low: float, high: float) -> str:
    if not math.isfinite(value):
        return "ramp word"
    share = part(value, low, high)
    # Only a value at the very bottom is the ground: a small one must not look like none.
    step = 0 if share <= 0 else min(len(RAMP) - 1, 1 + int(share * (len(RAMP) - 1)))
    return f"ramp {step}"


def _shade(value: float, low: float, high: float, look: OutputStyle) -> str:
    shades = _SHADES if look.unicode else _ASCII_SHADES
    if math.isnan(value):
        return "?"
    if math.isinf(value):
        return "!"
    share = part(value, low, high)
    return shades[0] if share <= 0 else shades[min(len(shades) - 1, 1 + int(share * 4))]


def _legend(
    low: float, high: float, look: OutputStyle, words: Callable[[str], str], *, blank: bool
) -> list[StyledLine]:
    """What the shades stand for, by the signs themselves."""
    shades = _SHADES if look.unicode else _ASCII_SHADES
    least, most = shades[1], shades[-1]
    lowest, highest = ends(low, high)
    first = f"blank {lowest}, {least} above {lowest}" if blank else f"{least} {lowest}"
    text = f"{first} … {most} {highest}" if high != low else f"blank {lowest}"
    steps = {"blank": "ramp word", least: "ramp 1", most: f"ramp {len(RAMP) - 1}"}
    lines = []
    for line in wrap(words(text), look.width - 1, "   "):
        # Each is a word of its own; a dot or a hash within a number is none.
        found, at = [], 0
        for word in line.split(" "):
            if word in steps:
                found.append((at, at + len(word), steps[word]))
            at += len(word) + 1
        lines.append(StyledLine(line, tuple(found)))
    return lines


def _axis(names: Sequence[str], each: int) -> str:
    """The columns' names under them, as many as have room: every one, every second, fifth, …"""
    longest = max(map(cells, names), default=0)
    every = next(n for n in (1, 2, 5, 10, 20, 50, 100, 10**9) if n * each > longest)
    # Counted from the column that is the origin, where one is.
    start = next((i for i, name in enumerate(names) if name in {"0", "t"}), 0) % every
    axis = ""
    for i in range(start, len(names), every):
        axis += " " * (i * each - cells(axis)) + names[i]
    return axis.rstrip()
