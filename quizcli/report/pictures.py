"""Pictures as plain data. The rule of this file: nothing here knows how a picture is drawn.

A verb's result and an experiment's evidence speak the same vocabulary, so that one renderer
draws both. Every picture carries ``says``: its numbers in a sentence, which a screen reader
reads in place of the drawing and which follows the drawing for everybody else.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from quizcli.report.intervals import Interval


@dataclass(frozen=True, slots=True)
class Bar:
    """One labelled bar; ``value`` may be NaN or infinite, which is drawn as that word. In the
    ``interval`` the value truly lies, at the confidence that the title names. Where the bar is
    that of a claim, the ``verdict`` on it (holds, refuted) gives it its colour."""

    label: str
    value: float
    note: str = ""
    interval: Interval | None = None
    verdict: str = ""


@dataclass(frozen=True, slots=True)
class Bars:
    """Horizontal bars on one common scale.

    ``mark`` is a value drawn as a line through all bars (a noise floor, a threshold);
    ``log`` puts the bars on a base-10 logarithmic scale; ``short`` bars leave room for notes,
    which are read out where no bar is drawn. A bar of 1 is ``one`` rather than of the ``unit``.
    """

    title: str
    bars: tuple[Bar, ...]
    unit: str
    says: str
    mark: float | None = None
    mark_label: str = ""
    log: bool = False
    short: bool = False
    one: str = ""

    def unit_of(self, bar: Bar) -> str:
        """What the number of a bar is called."""
        return self.one if self.one and bar.value == 1 else self.unit


@dataclass(frozen=True, slots=True)
class SeriesLine:
    """One labelled sequence of values at equal steps of the horizontal axis; where it is that of a
    claim, with the ``verdict`` on it."""

    label: str
    values: tuple[float, ...]
    verdict: str = ""


@dataclass(frozen=True, slots=True)
class Series:
    """Several lines over one horizontal axis, drawn on one common scale. ``first`` is where on that
    axis the first values stand, if that is a number, and each next one is a ``step`` further."""

    title: str
    lines: tuple[SeriesLine, ...]
    x: str
    y: str
    says: str
    first: float | None = None
    step: float = 1


@dataclass(frozen=True, slots=True)
class HeatMap:
    """Rows of values, light to dark. ``cells`` has one tuple a row, all of one length."""

    title: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: tuple[tuple[float, ...], ...]
    unit: str
    says: str


@dataclass(frozen=True, slots=True)
class TextTable:
    """A small table of words and formatted numbers.

    It is read as it stands; ``says`` takes its place where nothing is drawn, if it has all of it.
    """

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    says: str


@dataclass(frozen=True, slots=True)
class AlignedRow:
    """One row of symbols; ``marks`` are the positions that differ from what was wanted."""

    label: str
    symbols: tuple[str, ...]
    marks: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class AlignedRows:
    """Sequences written below each other, position for position."""

    title: str
    rows: tuple[AlignedRow, ...]
    says: str


Picture = Bars | Series | HeatMap | TextTable | AlignedRows
