"""Pictures in text: bars, sparklines, heat maps, tables, aligned rows.

Each has a Unicode form and an ASCII form, fits the width it is given, and is followed by its
numbers in a sentence; in plain mode the sentence and the numbers stand alone. The lines returned
carry no escapes, so that they may go anywhere; what is drawn is data handed in, never computed.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from quizcli.report.pictures import AlignedRows, Bars, HeatMap, Picture, Series, TextTable
from quizcli.terminal.layout import cells, wrap
from quizcli.terminal.notation import Form, render
from quizcli.terminal.safe import ascii_only, neutral
from quizcli.terminal.style import TEXT_WIDTH, OutputStyle

# A text of the picture as it is shown here.
Words = Callable[[str], str]

_EIGHTHS = " ▏▎▍▌▋▊▉█"
_SPARKS = "▁▂▃▄▅▆▇█"
_SHADES = " ░▒▓█"
_ASCII_SPARKS = "_.-:=+*#"
_ASCII_SHADES = " .:*#"
MAX_BAR = 30
SHORT_BAR = 10


def draw(picture: Picture, look: OutputStyle, form: Form | None = None) -> list[str]:
    """The lines of a picture with its title and its sentence."""
    form = form or (Form.UNICODE if look.unicode and not look.plain else Form.SPOKEN)
    width = min(look.width, TEXT_WIDTH) - 1

    def words(text: str) -> str:
        shown = neutral(render(text, form))
        # In plain mode a Greek letter of a label is spelled out, as it is in formulas.
        return shown if look.unicode and not look.plain else ascii_only(shown)

    lines = wrap(words(picture.title), width, " ") if picture.title else []
    if not look.plain:
        lines += [line.rstrip() for line in _drawn(picture, look, words)]
    elif isinstance(picture, Bars) and picture.short:
        for bar in picture.bars:
            lines += wrap(words(f"{bar.label}: {bar.note}"), width, "   ", "     ")
    elif isinstance(picture, TextTable) and not _told(picture):
        lines += _read_out(picture, width, words)
    # A table is read as it stands; its sentence would be the same once more.
    if isinstance(picture, TextTable) and not (look.plain and _told(picture)):
        return lines
    return [*lines, *(wrap(words(picture.says), width, " ") if picture.says else [])]


def _told(table: TextTable) -> bool:
    """Whether the sentence of a table has all that stands in it."""
    return all(cell in table.says for row in table.rows for cell in row)


def number(value: float) -> str:
    """Three significant digits, or the word for what is no number."""
    if math.isnan(value):
        return "–"
    if math.isinf(value):
        return "∞" if value > 0 else "−∞"
    if value == 0:
        return "0"
    if 1e-3 <= abs(value) < 1e5:
        return f"{value:.3g}" if abs(value) < 1000 else f"{value:.0f}"
    mantissa, _, exponent = f"{value:.1e}".partition("e")
    return f"{mantissa}e{int(exponent)}"


def _drawn(picture: Picture, look: OutputStyle, words: Words) -> list[str]:
    match picture:
        case Bars():
            return _bars(picture, look, words)
        case Series():
            return _series(picture, look, words)
        case HeatMap():
            return _heat_map(picture, look, words)
        case TextTable():
            return _table(picture, look, words)
        case AlignedRows():
            return _aligned(picture, look, words)


def _bars(picture: Bars, look: OutputStyle, words: Words) -> list[str]:
    labels = [words(bar.label) for bar in picture.bars]
    # Every label whole: where they leave little room the bar goes below its label.
    values = [
        number(bar.value) + ("%" if picture.unit == "%" else f" {picture.unit}".rstrip())
        for bar in picture.bars
    ]
    values = [value if look.unicode else ascii_only(value) for value in values]
    room = look.width - 2
    widest, value_width = max(map(cells, labels)), max(map(cells, values))
    beside = room - widest - value_width - 6
    below = beside < 8
    length = min(MAX_BAR, room - value_width - 6 if below else beside)
    length = min(SHORT_BAR, length) if picture.short else length
    low, high = _scale(picture)
    lines = []
    for label, value, bar in zip(labels, values, picture.bars, strict=True):
        drawn = _bar(_share(bar.value, low, high, picture.log), length, look)
        drawn = _marked(drawn, picture, low, high, length, look)
        ends = " to ".join(map(number, bar.interval or ()))
        note = words(", ".join(filter(None, (ends, bar.note))))
        if below:
            lines += wrap(label, room, "   ")
            row = f"     {value:<{value_width}} {drawn}"
        else:
            space = " " * (widest - cells(label))
            row = f"   {label}{space}  {value:>{value_width}} {drawn}"
        # A note that does not fit beside its bar goes below it, whole.
        beside_it = not note or cells(row) + 2 + cells(note) <= look.width
        lines.append(f"{row}  {note}" if note and beside_it else row)
        if not beside_it:
            lines += wrap(note, room, "     ")
    if picture.mark is not None and picture.mark_label:
        line = "│" if look.unicode else "|"
        said = f"{words(picture.mark_label)} {words(number(picture.mark))}"
        lines += wrap(said, look.width, f"   {line} ", "     ")
    return lines


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
    return min(1.0, max(0.0, _part(value, low, high)))


def _part(value: float, low: float, high: float) -> float:
    """Where ``value`` lies between two others; halved, since their difference may overflow."""
    return (value / 2 - low / 2) / ((high / 2 - low / 2) or 1.0)


def _bar(share: float, length: int, look: OutputStyle) -> str:
    if not look.unicode:
        return "#" * round(share * length)
    whole, part = divmod(round(share * length * 8), 8)
    return "█" * whole + (_EIGHTHS[part] if part else "")


def _marked(
    drawn: str, picture: Bars, low: float, high: float, length: int, look: OutputStyle
) -> str:
    """The mark as a line through the bar's row."""
    if picture.mark is None:
        return drawn
    at = min(length - 1, round(_share(picture.mark, low, high, picture.log) * length))
    row = list(drawn.ljust(length))
    row[at] = ("┃" if row[at] == "█" else "│") if look.unicode else "|"
    return "".join(row).rstrip()


def _series(picture: Series, look: OutputStyle, words: Words) -> list[str]:
    finite = [v for line in picture.lines for v in line.values if math.isfinite(v)]
    low, high = min(finite, default=0.0), max(finite, default=1.0)
    labels = [words(line.label) for line in picture.lines]
    longest = max(map(cells, labels))
    widest = min(longest, look.width // 2)
    room = look.width - widest - 6
    points = min(60, room, max(len(line.values) for line in picture.lines))
    # A label of more than half a line stands beside its values only where these are few.
    below = room < 20 or longest + 5 + points > look.width
    length = (look.width - 6) if below else min(60, room)
    lines = []
    for label, line in zip(labels, picture.lines, strict=True):
        drawn = "".join(_spark(value, low, high, look) for value in _resampled(line.values, length))
        if below:
            lines += [*wrap(label, look.width - 1, "   "), f"   {drawn}"]
        else:
            lines.append(f"   {label}{' ' * (widest - cells(label))}  {drawn}")
    axis = f"{picture.y} from {number(low)} to {number(high)}, {picture.x} from left to right"
    axis = words(axis)
    return [*lines, *wrap(axis, look.width - 1, "   ")]


def _spark(value: float, low: float, high: float, look: OutputStyle) -> str:
    sparks = _SPARKS if look.unicode else _ASCII_SPARKS
    if math.isnan(value):
        return "?"
    if math.isinf(value):
        return "^" if value > 0 else sparks[0]
    share = _part(value, low, high)
    return sparks[min(len(sparks) - 1, int(share * len(sparks)))]


def _resampled(values: tuple[float, ...], length: int) -> list[float]:
    """At most ``length`` of the values, evenly spaced, the first and the last among them."""
    if len(values) <= length:
        return list(values)
    return [values[round(i * (len(values) - 1) / (length - 1))] for i in range(length)]


def _heat_map(picture: HeatMap, look: OutputStyle, words: Words) -> list[str]:
    finite = [value for row in picture.cells for value in row if math.isfinite(value)]
    low, high = min([0.0, *finite]), max(finite, default=1.0)
    labels = [words(row) for row in picture.rows]
    widest = min(max(map(cells, labels), default=0), look.width // 2)
    columns = len(picture.columns) or 1
    longest = max((cells(words(name)) for name in picture.columns), default=0)
    # Wide enough for the columns' names, if these are short and the window is wide.
    fitting = [n for n in (longest + 1, 2) if n <= 4 and columns * n + widest + 6 <= look.width]
    each = max(2, fitting[0]) if fitting else 1
    room = max(8, (look.width - widest - 6) // each)
    lines = []
    for label, row in zip(labels, picture.cells, strict=True):
        drawn = "".join(_shade(value, low, high, look) * each for value in row)
        pieces = [drawn[i : i + room * each] for i in range(0, len(drawn), room * each)] or [""]
        lines.append(f"   {label[:widest]}{' ' * (widest - cells(label[:widest]))}  {pieces[0]}")
        lines += [f"   {' ' * widest}  {piece}" for piece in pieces[1:]]
    if len(picture.columns) <= room:
        before = " " * (widest + 5)
        axis = _axis([words(name) for name in picture.columns], each)
        lines += [before + axis] if axis and len(before) + cells(axis) < look.width else []
    blank = any(value == low for row in picture.cells for value in row)
    return [*lines, *wrap(words(_legend(low, high, look, blank=blank)), look.width - 1, "   ")]


def _legend(low: float, high: float, look: OutputStyle, *, blank: bool) -> str:
    """What the shades stand for, by the signs themselves: dark and light hang on the terminal."""
    shades = _SHADES if look.unicode else _ASCII_SHADES
    least, most = shades[1], shades[-1]
    if high == low:
        return f"blank {number(low)}"
    first = f"blank {number(low)}, {least} more" if blank else f"{least} {number(low)}"
    return f"{first} … {most} {number(high)}"


def _axis(names: Sequence[str], each: int) -> str:
    """The columns' names under them, as many as have room: every one, every second, fifth, …"""
    longest = max(map(cells, names), default=0)
    every = next(n for n in (1, 2, 5, 10, 20, 50, 100, 10**9) if n * each > longest)
    # Counted from the column that is the origin, where one is.
    start = next((i for i, name in enumerate(names) if name in {"0", "t"}), 0) % every
    axis = ""
    for i in range(start, len(names), every):
        axis += " " * (i * each - cells(axis)) + names[i]
    return axis.rstrip()


def _shade(value: float, low: float, high: float, look: OutputStyle) -> str:
    shades = _SHADES if look.unicode else _ASCII_SHADES
    if math.isnan(value):
        return "?"
    if math.isinf(value):
        return "!"
    share = _part(value, low, high)
    # Only a value at the very bottom is blank: a small one must not look like none.
    return shades[0] if share <= 0 else shades[min(len(shades) - 1, 1 + int(share * 4))]


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
