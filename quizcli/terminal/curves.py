"""Series in text: a curve of dots where there is room, else a row of eighth blocks, one a line.

All lines of a picture have one scale, so that they can be compared.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from quizcli.terminal.colours import of_verdict
from quizcli.terminal.layout import StyledLine, cells, wrap
from quizcli.terminal.scale import ends, part

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from quizcli.report.pictures import Series
    from quizcli.terminal.style import OutputStyle

WIDEST = 60
_AXIS = "╷│╵"  # beside the rows of a curve
HIGH = len(_AXIS)
_SPARKS = "▁▂▃▄▅▆▇█"
_ASCII_SPARKS = "_.-:=+*#"
_BRAILLE = 0x2800
# The bits of a cell's dots, from the top: those of its left column, those of its right one.
_DOTS = ((0x01, 0x02, 0x04, 0x40), (0x08, 0x10, 0x20, 0x80))


def series(
    picture: Series, look: OutputStyle, words: Callable[[str], str], *, tall: bool
) -> list[StyledLine]:
    """The lines of a picture below each other; ``tall`` as curves, where they can be drawn."""
    finite = [v for line in picture.lines for v in line.values if math.isfinite(v)]
    low, high = min(finite, default=0.0), max(finite, default=1.0)
    labels = [words(line.label) for line in picture.lines]
    curved = tall and look.unicode
    longest = max(map(cells, labels))
    widest = min(longest, look.width // 2)
    room = look.width - widest - 6
    most = max(len(line.values) for line in picture.lines)
    points = min(WIDEST, room, WIDEST if curved else most)
    # A label of more than half a line stands beside its values only where these are few.
    below = room < 20 or longest + 5 + points > look.width
    length = (look.width - 6) if below else min(WIDEST, room)
    lines: list[StyledLine] = []
    length -= 2 if curved else 0
    for label, line in zip(labels, picture.lines, strict=True):
        if curved:
            rows = _curve(line.values, low, high, length)
        else:
            rows = ["".join(_spark(v, low, high, look) for v in _resampled(line.values, length))]
        if below:
            lines += map(StyledLine, wrap(label, look.width - 1, "   "))
        for place, row in enumerate(rows):
            lead = label if place == len(rows) // 2 and not below else ""
            pad = "" if below else " " * (widest - cells(lead)) + "  "
            before = f"   {lead}{pad}{f'{_AXIS[place]} ' if curved else ''}"
            span = (len(before), len(before) + len(row), of_verdict(line.verdict))
            lines.append(StyledLine(before + row, (span,)))
    bottom, top = ends(low, high)
    axis = f"{picture.y}: {bottom} to {top}; left to right: {picture.x}"
    return [*lines, *map(StyledLine, wrap(words(axis), look.width - 1, "   "))]


def _spark(value: float, low: float, high: float, look: OutputStyle) -> str:
    sparks = _SPARKS if look.unicode else _ASCII_SPARKS
    if math.isnan(value):
        return "?"
    if math.isinf(value):
        return "^" if value > 0 else sparks[0]
    share = part(value, low, high)
    return sparks[min(len(sparks) - 1, int(share * len(sparks)))]


def _resampled(values: tuple[float, ...], length: int) -> list[float]:
    """At most ``length`` of the values, evenly spaced, the first and the last among them."""
    if len(values) <= length:
        return list(values)
    return [values[round(i * (len(values) - 1) / (length - 1))] for i in range(length)]


def _curve(values: Sequence[float], low: float, high: float, width: int) -> list[str]:
    """The values joined by a line of dots, as wide as that. What is no number is a gap with ``?``
    below it, what is infinite stands at its edge."""
    grid = [[_BRAILLE] * width for _ in range(HIGH)]
    signs: dict[tuple[int, int], str] = {}
    before: tuple[int, int] | None = None
    for place, value in enumerate(values):
        x = round(place * (2 * width - 1) / max(1, len(values) - 1))
        if not math.isfinite(value):
            row = 0 if value > 0 else HIGH - 1
            signs[row, x // 2] = "?" if math.isnan(value) else "^" if value > 0 else "v"
            before = None
            continue
        here = x, round((1 - part(value, low, high)) * (4 * HIGH - 2))
        for column, top in _joined(before or here, here):
            for row in (top, top + 1):  # two dots thick, so that it is seen in its colour
                grid[row // 4][column // 2] |= _DOTS[column % 2][row % 4]
        before = here
    return [
        "".join(
            signs.get((row, column)) or (chr(dots) if dots != _BRAILLE else " ")
            for column, dots in enumerate(line)
        ).rstrip()
        for row, line in enumerate(grid)
    ]


def _joined(start: tuple[int, int], end: tuple[int, int]) -> Iterator[tuple[int, int]]:
    """The dots of a straight line from one to the other."""
    wide, high = end[0] - start[0], end[1] - start[1]
    steps = max(abs(wide), abs(high), 1)
    for step in range(steps + 1):
        yield start[0] + round(wide * step / steps), start[1] + round(high * step / steps)
