"""Heat maps: a strip of cells a row under its label, and what their shades stand for."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from quizcli.pages.drawing import ROW, Sketch
from quizcli.pages.scales import Scale, number
from quizcli.terminal.layout import cells

if TYPE_CHECKING:
    from quizcli.pages.wording import Wording
    from quizcli.report.pictures import HeatMap

STRIP = 20
SHADES = 10
_NARROWEST = 340  # pixels of a drawing on the narrowest page
_LETTER = 7


def heat_map(picture: HeatMap, words: Wording) -> Sketch:
    """The strips, the names of the columns, the legend."""
    finite = [value for row in picture.cells for value in row if math.isfinite(value)]
    scale = Scale(min([0.0, *finite]), max(finite, default=1.0))
    sketch = Sketch()
    for label, row in zip(picture.rows, picture.cells, strict=True):
        sketch.lines(words.plain(label))
        each = 100 / max(1, len(row))
        for place, value in enumerate(row):
            _cell(sketch, place * each, each, value, scale)
        sketch.add("rect", x="0%", y=sketch.y, width="100%", height=STRIP, class_="frame")
        sketch.y += STRIP + 2
    _columns(sketch, [words.plain(name) for name in picture.columns])
    sketch.y += 6
    _legend(sketch, scale, words.plain(picture.unit))
    return sketch


def _cell(sketch: Sketch, x: float, wide: float, value: float, scale: Scale) -> None:
    middle = x + wide / 2
    if not math.isfinite(value):
        sign = "?" if math.isnan(value) else number(value)
        sketch.text(middle, sketch.y + 15, sign, "middle", "tick")
    elif shade := _shade(value, scale):
        # A little wider, so that no ground is seen between two.
        sketch.add("rect", x=f"{x:.6g}%", y=sketch.y, width=f"{wide + 0.05:.6g}%", height=STRIP,
                   class_="heat", fill_opacity=shade)  # fmt: skip


def _shade(value: float, scale: Scale) -> float:
    """How dark a cell is: only one at the very bottom is blank, for a small value is not none."""
    if value <= scale.low:
        return 0.0
    return max(1, math.ceil(scale.place(value) / 100 * SHADES)) / SHADES


def _columns(sketch: Sketch, names: list[str]) -> None:
    """The names of the columns, as many as have room on the narrowest page."""
    longest = max(map(cells, names), default=0)
    if not longest:
        return
    room = max(1, int(_NARROWEST / ((longest + 1) * _LETTER)))
    every = next(n for n in (1, 2, 5, 10, 20, 50, 100, 10**9) if n * room >= len(names))
    # Counted from the column that is the origin, where one is.
    start = next((i for i, name in enumerate(names) if name in {"0", "t"}), 0) % every
    sketch.y += ROW
    for place in range(start, len(names), every):
        at = 100 * (place + 0.5) / len(names)
        sketch.text(at, sketch.y - 4, names[place], "middle", "tick")


def _legend(sketch: Sketch, scale: Scale, unit: str) -> None:
    for place in range(1, SHADES + 1):
        sketch.add("rect", x=f"{place * 4 - 4}%", y=sketch.y, width="4.05%", height=10,
                   class_="heat", fill_opacity=place / SHADES)  # fmt: skip
    sketch.add("rect", x="0%", y=sketch.y, width="40%", height=10, class_="frame")
    sketch.y += ROW + 8
    sketch.text(0, sketch.y - 4, number(scale.low), "start", "tick")
    sketch.text(40, sketch.y - 4, f"{number(scale.high)} {unit}".strip(), "end", "tick")
