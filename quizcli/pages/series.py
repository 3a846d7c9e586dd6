"""Several lines over one horizontal axis, told apart by colour and by dashes."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from quizcli.pages.drawing import ROW, Sketch, numbered
from quizcli.pages.elements import element
from quizcli.pages.scales import TICK, Scale, linear, number
from quizcli.terminal.layout import wrap

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from quizcli.pages.wording import Wording
    from quizcli.report.pictures import Series

HEIGHT = 200
LOOKS = 6
MOST_POINTS = 300
_LEGEND = 40  # letters of a label beside a piece of its line


def series(picture: Series, words: Wording) -> Sketch:
    """What each line means, the lines, and what the axes are."""
    scale = linear(value for line in picture.lines for value in line.values)
    sketch = Sketch()
    for place, line in enumerate(picture.lines):
        for number_, part in enumerate(wrap(words.plain(line.label), _LEGEND)):
            sketch.y += ROW
            if not number_:
                look = f"line c{place % LOOKS} {line.verdict}".strip()
                sketch.add("line", x1=0, x2=30, y1=sketch.y - 9, y2=sketch.y - 9, class_=look)
            sketch.add("text", part, x=38, y=sketch.y - 5)
    sketch.y += 6
    sketch.lines(f"↑ {words.plain(picture.y)}", "tick")
    sketch.y += 12  # the topmost number of the axis stands over its line
    top = sketch.y
    plot = [
        element("polyline", points=points, class_=f"line c{place % LOOKS} {line.verdict}".strip())
        for place, line in enumerate(picture.lines)
        for points in _pieces(line.values, scale)
    ]
    _grid(sketch, scale, top)
    # A plot of its own, drawn out to the width of the page; its lines keep their own width.
    sketch.add(
        "svg", element("title", words.plain(picture.title)), *plot, x=0, y=top, width="100%",
        height=HEIGHT, viewBox="0 0 100 100", preserveAspectRatio="none",
    )  # fmt: skip
    _heights(sketch, scale, top)
    sketch.y = top + HEIGHT + 4
    longest = max((len(line.values) for line in picture.lines), default=0)
    if picture.first is None:
        _steps(sketch, longest)
    else:
        last = picture.first + picture.step * max(1, longest - 1)
        whole = picture.first % 1 == picture.step % 1 == 0
        sketch.axis_below(Scale(picture.first, last, whole=whole), sketch.y, "")
    sketch.lines(f"{words.plain(picture.x)} →", "tick")
    return sketch


def _pieces(values: Sequence[float], scale: Scale) -> Iterator[str]:
    """The points of a line, which is broken where there is no number."""
    points: list[str] = []
    last = max(1, len(values) - 1)
    for place in numbered(len(values), MOST_POINTS):
        value = values[place]
        if math.isnan(value):
            if points:
                yield " ".join(points)
            points = []
            continue
        points.append(f"{100 * place / last:.4g},{100 - scale.place(value):.4g}")
    if len(points) == 1:  # a lone value is a short stroke
        x, y = points[0].split(",")
        points.append(f"{float(x) + 1:.4g},{y}")
    if points:
        yield " ".join(points)


def _grid(sketch: Sketch, scale: Scale, top: float) -> None:
    for value in scale.ticks():
        y = top + HEIGHT * (1 - scale.place(value) / 100)
        sketch.add("line", x1="0%", x2="100%", y1=y, y2=y, class_="zero" if value == 0 else "grid")


def _heights(sketch: Sketch, scale: Scale, top: float) -> None:
    """The numbers of the vertical axis, over the lines of the grid."""
    for value in scale.ticks():
        y = top + HEIGHT * (1 - scale.place(value) / 100)
        sketch.text(0, y - 3, number(value, TICK), kind="tick over")


def _steps(sketch: Sketch, values: int) -> None:
    """A tick at some of the steps: at how far a line has come."""
    sketch.add("line", x1="0%", x2="100%", y1=sketch.y, y2=sketch.y, class_="axis")
    last = max(1, values - 1)
    for place in numbered(values, 11):
        sketch.upright(100 * place / last, sketch.y, sketch.y + 5, "axis")
    sketch.y += 8
