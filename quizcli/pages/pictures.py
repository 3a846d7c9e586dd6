"""The pictures of a result or of evidence as figures: what is drawn, and its numbers in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizcli.pages.bars import bars
from quizcli.pages.elements import Html, element, escaped
from quizcli.pages.heat import heat_map
from quizcli.pages.series import series
from quizcli.pages.wording import is_wide, table
from quizcli.report.pictures import AlignedRow, AlignedRows, Bars, HeatMap, Series, TextTable

if TYPE_CHECKING:
    from quizcli.pages.wording import Wording
    from quizcli.report.pictures import Picture


def figure(picture: Picture, words: Wording, name: str) -> Html:
    """A picture with its title above it and its sentence below; ``name`` is its own in the page."""
    title, says = words.plain(picture.title), words.plain(picture.says)
    caption = [element("figcaption", words.line(picture.title))] if title else []
    # A table is read as it stands; its sentence would be the same once more.
    untold = isinstance(picture, TextTable) or not says
    told = [] if untold else [element("p", words.line(picture.says), class_="says")]
    return element("figure", *caption, _drawn(picture, words, name, title or says, says), *told)


def _drawn(picture: Picture, words: Wording, name: str, title: str, says: str) -> Html:
    match picture:
        case Bars():
            return bars(picture, words).svg(name, title, says)
        case Series():
            return series(picture, words).svg(name, title, says)
        case HeatMap():
            return heat_map(picture, words).svg(name, title, says)
        case TextTable():
            heads = [words.plain(name) for name in picture.columns]
            rows = [[words.line(cell) for cell in row] for row in picture.rows]
            return table(heads, rows, stacked=is_wide(heads, picture.rows))
        case AlignedRows():
            return _aligned(picture, words)


def _aligned(picture: AlignedRows, words: Wording) -> Html:
    widest = max((len(row.symbols) for row in picture.rows), default=0)
    rows = [
        element("tr", element("th", words.plain(row.label), scope="row"), *_symbols(row, words),
                *[element("td")] * (widest - len(row.symbols)))
        for row in picture.rows
    ]  # fmt: skip
    grid = element("table", element("tbody", *rows), class_="aligned")
    return element("div", grid, class_="wide", tabindex="0")


def _symbols(row: AlignedRow, words: Wording) -> list[Html]:
    """Each in a cell; what differs is marked, and stands in brackets for who sees no mark."""
    return [
        element("td", element("mark", f"[{words.plain(symbol)}]") if i in row.marks
                else escaped(words.plain(symbol)))
        for i, symbol in enumerate(row.symbols)
    ]  # fmt: skip
