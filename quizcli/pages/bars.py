"""Bars: each under its label, all on one axis, with the interval of a value where it has one."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from quizcli.pages.drawing import ROW, Sketch, anchor_at
from quizcli.pages.scales import from_zero, number, powers
from quizcli.pages.wording import NARROW
from quizcli.terminal.layout import cells

if TYPE_CHECKING:
    from quizcli.pages.scales import Scale
    from quizcli.pages.wording import Wording
    from quizcli.report.pictures import Bar, Bars

BAR = 12


def bars(picture: Bars, words: Wording) -> Sketch:
    """The bars, the mark through them all, the axis."""
    values = [bar.value for bar in picture.bars]
    values += [end for bar in picture.bars for end in bar.interval or ()]
    values += [] if picture.mark is None else [picture.mark]
    scale = powers(values) if picture.log else from_zero(values)
    sketch = Sketch()
    if picture.mark is not None:
        sketch.y += ROW
    top = sketch.y
    for bar in picture.bars:
        _bar(sketch, bar, picture.unit_of(bar), scale, words)
    sketch.y += 6
    bottom = sketch.y
    unit = "logarithmic" if picture.log else ""
    label = ", ".join(filter(None, (words.plain(picture.unit), unit)))
    sketch.axis_below(scale, bottom, label)
    if picture.mark is not None:
        at = scale.place(picture.mark)
        said = f"{words.plain(picture.mark_label)} {number(picture.mark)}".strip()
        sketch.text(at, top - 5, said, anchor_at(at), "tick")
        sketch.upright(at, top - 2, bottom, "mark")
    return sketch


def _bar(sketch: Sketch, bar: Bar, unit: str, scale: Scale, words: Wording) -> None:
    label, note = words.plain(bar.label), words.plain(bar.note)
    value = f"{number(bar.value)}{'' if unit in {'', '%'} else ' '}{words.plain(unit)}"
    said = f"{value} · {note}" if note and math.isfinite(bar.value) else note or value
    sketch.lines(label)
    if cells(label) + cells(said) + 2 > NARROW:
        sketch.lines(said, "tick")
    else:
        sketch.text(100, sketch.y - 6, said, "end", "tick")
    if bar.value and not math.isnan(bar.value):  # none draws nothing, and little is seen
        start = scale.place(0.0)
        end = scale.place(bar.value)
        x, wide = min(start, end), abs(end - start)
        look = f"bar {bar.verdict}".strip()
        sketch.add(
            "rect", x=f"{x:g}%", y=sketch.y, width=f"{max(wide, 0.4):g}%", height=BAR, class_=look
        )
    if bar.interval:
        low, high = (scale.place(end) for end in bar.interval)
        _interval(sketch, low, high, "halo")
        _interval(sketch, low, high, "interval")
    sketch.y += BAR + 4


def _interval(sketch: Sketch, low: float, high: float, kind: str) -> None:
    middle = sketch.y + BAR / 2
    sketch.add("line", x1=f"{low:g}%", x2=f"{high:g}%", y1=middle, y2=middle, class_=kind)
    for at in (low, high):
        sketch.upright(at, sketch.y, sketch.y + BAR, kind)
