"""The blocks of a result in a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizcli.pages.elements import Html, element, escaped
from quizcli.pages.pictures import figure
from quizcli.pages.wording import is_wide, table
from quizcli.report.result import Columns, Commands, Drawing, Heading, Line, Markup, Paragraph

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from quizcli.pages.wording import Wording
    from quizcli.report.pictures import Picture
    from quizcli.report.result import Block

_SIGNS = {"✓": "good", "✗": "bad", "?": "unsure", "◐": "unsure", "–": "quiet"}


def blocks(
    body: Sequence[Block | Picture], words: Wording, names: Iterator[str], level: int
) -> Iterator[Html]:
    """Each block in HTML; ``names`` are for drawings, which need one each, and headings are of
    this ``level``."""
    for block in body:
        match block:
            case Heading(text):
                yield element(f"h{level}", words.line(text))
            case Paragraph(text, quiet):
                yield element("p", _said(text, words), **({"class_": "quiet"} if quiet else {}))
            case Markup(text, lead):
                yield words.blocks(text, lead)
            case Line(text, accent) if accent:
                yield _commands([(text.strip(), "")], words)
            case Line(text):
                yield element("p", text, class_="placed") if text.strip() else escaped("")
            case Drawing(text):
                yield element("pre", text, aria_hidden="true")
            case Columns():
                yield _columns(block, words)
            case Commands(rows):
                yield _commands(rows, words)
            case _:
                yield figure(block, words, next(names))


def _commands(rows: Sequence[tuple[str, str]], words: Wording) -> Html:
    lines = [
        element("li", element("code", command), *([" ", words.plain(what)] if what else []))
        for command, what in rows
    ]
    return element("ul", *lines, class_="commands")


def _columns(block: Columns, words: Wording) -> Html:
    heads = [words.plain(name) for name in block.headers]
    rows = [[words.plain(cell) for cell in row] for row in block.rows if any(row)]
    cells = [[_signed(cell, words) for cell in row] for row in block.rows if any(row)]
    return table(heads, cells, block.right, stacked=is_wide(heads, rows))


def _signed(cell: str, words: Wording) -> Html:
    """A cell with the sign that it begins with in colour; one that is no more is marked as such."""
    sign, space, rest = cell.partition(" ")
    if sign not in _SIGNS:
        return _said(cell, words)
    lone = "" if rest else " lone"
    shown = element("span", sign, class_=f"sign {_SIGNS[sign]}{lone}")
    return Html(shown + escaped(space.replace(" ", "\N{NO-BREAK SPACE}")) + _said(rest, words))


def _said(text: str, words: Wording) -> Html:
    """With its formulas; a name without any keeps its stars and backticks."""
    return words.line(text) if "$" in text else escaped(text)
