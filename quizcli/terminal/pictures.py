"""Pictures in text: bars, curves, heat maps, tables, aligned rows.

Each has a Unicode form and an ASCII form, fits the width it is given, and is followed by its
numbers in a sentence; in plain mode the sentence and the numbers stand alone. The lines returned
carry no escapes, so that they may go anywhere; what is drawn is data handed in, never computed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from quizcli.report.pictures import AlignedRows, Bars, HeatMap, Picture, Series, TextTable
from quizcli.terminal.bars import bars
from quizcli.terminal.curves import series
from quizcli.terminal.layout import StyledLine, cells, wrap
from quizcli.terminal.notation import Form, render
from quizcli.terminal.safe import ascii_only, neutral
from quizcli.terminal.shades import heat_map
from quizcli.terminal.style import TEXT_WIDTH, OutputStyle

# A text of the picture as it is shown here.
Words = Callable[[str], str]


def draw(
    picture: Picture, look: OutputStyle, form: Form | None = None, *, tall: bool = True
) -> list[StyledLine]:
    """The lines of a picture with its title and its sentence; ``tall`` has curves in several rows.
    Stretches have a style where the terminal has the colours for it."""
    form = form or (Form.UNICODE if look.unicode and not look.plain else Form.SPOKEN)
    width = min(look.width, TEXT_WIDTH) - 1

    def words(text: str) -> str:
        shown = neutral(render(text, form))
        if look.unicode and not look.plain:
            return shown
        # In plain mode a Greek letter of a label is spelled out, as it is in formulas; degrees
        # stay what they are in the sentences beside it.
        kept = "°" if look.unicode else "\n"
        return kept.join(map(ascii_only, shown.split(kept)))

    before = wrap(words(picture.title), width, " ") if picture.title else []
    lines = [StyledLine(line) for line in before]
    if not look.plain:
        lines += [_coloured(line, look) for line in _drawn(picture, look, words, tall=tall)]
    else:
        lines += map(StyledLine, _said(picture, width, words))
    # A table is read as it stands; its sentence would be the same once more.
    if isinstance(picture, TextTable) and not (look.plain and _told(picture)):
        return lines
    return [*lines, *map(StyledLine, wrap(words(picture.says), width, " ") if picture.says else [])]


def _coloured(line: StyledLine, look: OutputStyle) -> StyledLine:
    """The line without the spaces at its end, but those that a colour is laid under."""
    styles = line.styles if look.colour and look.deep else ()
    kept = max((end for _, end, _ in styles), default=0)
    return StyledLine(line.text[:kept] + line.text[kept:].rstrip(), styles)


def _said(picture: Picture, width: int, words: Words) -> list[str]:
    """What of a picture is read out although its sentence does not have it."""
    if isinstance(picture, Bars) and picture.short:
        return [
            line
            for bar in picture.bars
            for line in wrap(words(f"{bar.label}: {bar.note}"), width, "   ", "     ")
        ]
    if isinstance(picture, TextTable) and not _told(picture):
        return _read_out(picture, width, words)
    return []


def _told(table: TextTable) -> bool:
    """Whether the sentence of a table has all that stands in it."""
    return all(cell in table.says for row in table.rows for cell in row)


def _drawn(
    picture: Picture, look: OutputStyle, words: Words, *, tall: bool
) -> Iterable[StyledLine]:
    match picture:
        case Bars():
            return bars(picture, look, words)
        case Series():
            return series(picture, look, words, tall=tall)
        case HeatMap():
            return heat_map(picture, look, words)
        case TextTable():
            return map(StyledLine, _table(picture, look, words))
        case AlignedRows():
            return map(StyledLine, _aligned(picture, look, words))


def _table(picture: TextTable, look: OutputStyle, words: Words) -> list[str]:
    rows = [[words(cell) for cell in row] for row in (picture.columns, *picture.rows)]
    widths = [max(cells(row[i]) for row in rows) for i in range(len(picture.columns))]
    if sum(widths) + 2 * len(widths) + 2 > look.width:
        return _read_out(picture, look.width - 1, words)
    return [
        "   "
        + "  ".join(cell + " " * (w - cells(cell)) for cell, w in zip(row, widths, strict=True))
        for row in rows
    ]


def _read_out(picture: TextTable, width: int, words: Words) -> list[str]:
    """A table row by row, each cell with the name of its column."""
    lines = []
    for row in picture.rows:
        first = words(row[0])
        if first[:1].isdigit():  # a number alone does not say what it counts
            first = f"{words(picture.columns[0])} {first}"
        named = zip(picture.columns[1:], row[1:], strict=True)
        rest = ", ".join(f"{words(name)} {words(cell)}" for name, cell in named if cell)
        lines += wrap(f"{first}: {rest}", width, "   ", "     ")
    return lines


def _aligned(picture: AlignedRows, look: OutputStyle, words: Words) -> list[str]:
    labels = [words(row.label) for row in picture.rows]
    widest = min(max(map(cells, labels), default=0), look.width // 2)
    lines = []
    for label, row in zip(labels, picture.rows, strict=True):
        symbols = [words(symbol) for symbol in row.symbols]
        marked = [
            f"[{symbol}]" if index in row.marks else f" {symbol} "
            for index, symbol in enumerate(symbols)
        ]
        text = "".join(marked).rstrip()
        room = look.width - widest - 5
        lead = f"   {label[:widest]}{' ' * (widest - cells(label[:widest]))} "
        while True:
            lines.append(lead + text[:room])
            text, lead = text[room:], " " * cells(lead)
            if not text:
                break
    return lines
