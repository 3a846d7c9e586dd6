"""What all drawings share. The rule: places along a line are percents, letters are pixels, so that
a drawing is as wide as its page and its letters are as large as the page's."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from quizcli.pages.elements import element
from quizcli.pages.scales import TICK, number
from quizcli.pages.wording import NARROW
from quizcli.terminal.layout import cells, wrap

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quizcli.pages.elements import Html
    from quizcli.pages.scales import Scale

ROW = 18


class Sketch:
    """A drawing that grows downwards; ``y`` is how far it has come, in pixels."""

    def __init__(self) -> None:
        self.parts: list[Html] = []
        self.y = 0.0

    def add(self, tag: str, *children: str, **attributes: str | float) -> None:
        """One more mark."""
        self.parts.append(element(tag, *children, **attributes))

    def text(self, x: float, y: float, words: str, anchor: str = "start", kind: str = "") -> None:
        """Words at a place of ``x`` percent."""
        more = {"class_": kind} if kind else {}
        self.add("text", words, x=f"{x:g}%", y=y, text_anchor=anchor, **more)

    def lines(self, words: str, kind: str = "") -> None:
        """Words below each other, as many lines as they need."""
        for line in wrap(words, NARROW):
            self.y += ROW
            self.text(0, self.y - 6, line, kind=kind)

    def upright(self, x: float, top: float, bottom: float, kind: str) -> None:
        """A line from top to bottom."""
        self.add("line", x1=f"{x:g}%", x2=f"{x:g}%", y1=top, y2=bottom, class_=kind)

    def axis_below(self, scale: Scale, top: float, label: str) -> None:
        """A horizontal axis under what was drawn from ``top`` on, with a line up from each tick."""
        ticks = scale.ticks()
        self.add("line", x1="0%", x2="100%", y1=self.y, y2=self.y, class_="axis")
        for value in ticks:
            self.upright(scale.place(value), top, self.y + 4, "grid")
        self.y += ROW
        said = [number(value, TICK) + ("%" if label == "%" else "") for value in ticks]
        # As many as have room on the narrowest page; one at an end stands beside its tick.
        apart = NARROW * (scale.place(ticks[-1]) - scale.place(ticks[0])) / 100
        every = math.ceil(1.5 * max(map(cells, said)) * (len(ticks) - 1) / apart) if apart else 1
        for value, words in list(zip(ticks, said, strict=True))[:: every or 1]:
            at = scale.place(value)
            self.text(at, self.y - 2, words, anchor_at(at), "tick")
        if label not in {"", "%"}:
            self.y += 2
            self.lines(label, "tick")

    def svg(self, name: str, title: str, says: str) -> Html:
        """All of it; ``name`` is one that no other drawing of the page has."""
        return element(
            "svg",
            element("title", title, id=f"{name}-title"),
            element("desc", says, id=f"{name}-says"),
            *self.parts,
            role="img",
            aria_labelledby=f"{name}-title {name}-says",
            width="100%",
            height=f"{self.y + 4:g}",
        )


def anchor_at(place: float) -> str:
    """How words stand at a place, so that they are within the drawing."""
    return "start" if place < 6 else "end" if place > 94 else "middle"


def numbered(values: int, most: int) -> Iterator[int]:
    """At most so many of the places of values, evenly, the first and the last among them."""
    if values <= most:
        yield from range(values)
    else:
        yield from (round(i * (values - 1) / (most - 1)) for i in range(most))
