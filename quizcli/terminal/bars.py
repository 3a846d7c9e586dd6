"""Bars in text, on one common scale, with a rule through them where a value is marked."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from quizcli.terminal.colours import of_verdict
from quizcli.terminal.layout import StyledLine, cells, wrap
from quizcli.terminal.safe import ascii_only
from quizcli.terminal.scale import number, part

if TYPE_CHECKING:
    from collections.abc import Callable

    from quizcli.report.pictures import Bars
    from quizcli.terminal.style import OutputStyle

_EIGHTHS = " ▏▎▍▌▋▊▉█"
MAX_BAR = 30
SHORT_BAR = 10


def bars(picture: Bars, look: OutputStyle, words: Callable[[str], str]) -> list[StyledLine]:
    """A line a bar: label, value, bar and note; where there is little room, the label above."""
    labels = [words(bar.label) for bar in picture.bars]
    # Every label whole: where they leave little room the bar goes below its label.
    values = [
        number(bar.value) + ("%" if picture.unit == "%" else f" {picture.unit_of(bar)}".rstrip())
        for bar in picture.bars
    ]
    values = [value if look.unicode else ascii_only(value) for value in values]
    room = look.width - 2
    widest, value_width = max(map(cells, labels)), max(map(cells, values))
    beside = room - widest - value_width - 6
    below = beside < 8
    length = min(MAX_BAR, room - value_width - 6 if below else beside)
    length = min(SHORT_BAR, length) if picture.short else length
    scale = _scale(picture)
    lines: list[StyledLine] = []
    for label, value, bar in zip(labels, values, picture.bars, strict=True):
        drawn = _bar(_share(bar.value, *scale, picture.log), length, look)
        drawn = _ruled(drawn, picture, _at(picture, scale, length), look)
        ends = " to ".join(map(number, bar.interval or ()))
        note = words(", ".join(filter(None, (ends, bar.note))))
        if below:
            lines += map(StyledLine, wrap(label, room, "   "))
            before = f"     {value:<{value_width}} "
        else:
            before = f"   {label}{' ' * (widest - cells(label))}  {value:>{value_width}} "
        row = before + drawn
        # A note that does not fit beside its bar goes below it, whole.
        beside_it = not note or cells(row) + 2 + cells(note) <= look.width
        styles = _filled(drawn, len(before), of_verdict(bar.verdict))
        lines.append(StyledLine(f"{row}  {note}" if note and beside_it else row, styles))
        if not beside_it:
            lines += map(StyledLine, wrap(note, room, "     "))
    if picture.mark is not None and picture.mark_label:
        start = (6 if below else widest + 6) + value_width
        lines += _label(picture, start + _at(picture, scale, length), look, words)
    return lines


def _label(
    picture: Bars, at: int, look: OutputStyle, words: Callable[[str], str]
) -> list[StyledLine]:
    """What the rule marks, at its lower end: to its right or, where there is no room, its left."""
    rule = "│" if look.unicode else "|"
    said = f"{words(picture.mark_label)} {words(number(picture.mark or 0.0))}"
    if at + 2 + cells(said) <= look.width:
        return [StyledLine(f"{' ' * at}{rule} {said}")]
    if cells(said) + 4 <= at:
        return [StyledLine(f"{' ' * (at - 1 - cells(said))}{said} {rule}")]
    return [StyledLine(line) for line in wrap(said, look.width, f"   {rule} ", "     ")]


def _filled(drawn: str, start: int, style: str) -> tuple[tuple[int, int, str], ...]:
    """The stretches of a row that its bar fills, from where the bar starts: a rule parts them."""
    found: list[tuple[int, int, str]] = []
    for place, sign in enumerate(drawn, start):
        if sign not in _EIGHTHS[1:] + "#":
            continue
        first = found.pop()[0] if found and found[-1][1] == place else place
        found.append((first, place + 1, style))
    return tuple(found)


def _scale(picture: Bars) -> tuple[float, float]:
    values = [bar.value for bar in picture.bars if math.isfinite(bar.value)]
    values += [picture.mark] if picture.mark is not None else []
    if picture.log:
        logs = [math.log10(value) for value in values if value > 0]
        return (min(logs, default=0.0) - 0.5, max(logs, default=1.0)) if logs else (0.0, 1.0)
    return min([0.0, *values]), max([0.0, *values]) or 1.0


def _share(value: float, low: float, high: float, log: bool) -> float:
    """The part of the scale that a value fills, from 0 to 1."""
    if math.isnan(value):
        return 0.0
    if math.isinf(value):
        return 1.0 if value > 0 else 0.0
    if log:
        if value <= 0:
            return 0.0
        value = math.log10(value)
    elif low < 0:
        value, low, high = abs(value), 0.0, max(abs(low), abs(high))
    return min(1.0, max(0.0, part(value, low, high)))


def _bar(share: float, length: int, look: OutputStyle) -> str:
    """A bar of that share of the length: only none at all is blank."""
    if not look.unicode:
        return "#" * max(share > 0, round(share * length))
    whole, part = divmod(max(share > 0, round(share * length * 8)), 8)
    return "█" * whole + (_EIGHTHS[part] if part else "")


def _at(picture: Bars, scale: tuple[float, float], length: int) -> int:
    """The cell of the bars that the mark is in."""
    mark = 0.0 if picture.mark is None else picture.mark
    return min(length - 1, round(_share(mark, *scale, picture.log) * length))


def _ruled(drawn: str, picture: Bars, at: int, look: OutputStyle) -> str:
    """The mark as a rule through the bar's row."""
    if picture.mark is None:
        return drawn
    row = list(drawn.ljust(at + 1))
    row[at] = ("┃" if row[at] == "█" else "│") if look.unicode else "|"
    return "".join(row).rstrip()
