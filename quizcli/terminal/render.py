"""The one place where a :class:`~quizcli.report.result.Result` is printed: as a screen, as the
content of a file, or as one JSON object, so that they cannot disagree."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from quizcli.report.json_text import json_text
from quizcli.report.result import (
    FORMAT_VERSION,
    Columns,
    Commands,
    Drawing,
    Heading,
    Line,
    Markup,
    Paragraph,
    Result,
    texts,
)
from quizcli.terminal.colours import LAID
from quizcli.terminal.layout import cells, wrap
from quizcli.terminal.notation import Form, form_of, render
from quizcli.terminal.safe import ascii_only, neutral
from quizcli.terminal.style import TEXT_WIDTH

if TYPE_CHECKING:
    from typing import TextIO

    from quizcli.terminal.layout import StyledLine
    from quizcli.terminal.style import OutputStyle

_GAP = "  "
_FOLDED = 14  # cells that a folded column keeps


def show(result: Result, out: TextIO, look: OutputStyle, *, as_json: bool = False) -> None:
    """Print a result to ``out``."""
    if as_json:
        data = {"format_version": FORMAT_VERSION, **result.data}
        out.write(json_text(data))
    elif result.raw is not None:
        out.write(result.raw)
    else:
        out.write("".join(line + "\n" for line in body(result, look)))
    out.flush()


def body(result: Result, look: OutputStyle) -> list[str]:
    """The lines that a person reads."""
    lines: list[str] = []
    sheet = _Sheet(look, _form(result, look))
    for block in result.body:
        match block:
            case Heading(text):
                lines += ["", *_wrapped(text, sheet, "bold"), ""][0 if lines and lines[-1] else 1 :]
            case Paragraph(text):
                lines += _wrapped(text, sheet, "")
            case Markup():
                lines += _markup(block, sheet)
            case Line(text, accent):
                words = sheet.own(text).replace("\n", " ")
                lines.append(_styled(words, "accent", look) if accent else words)
            case Drawing(text):
                lines += _drawing(text, look)
            case Columns():
                lines += _columns(block, sheet)
            case Commands():
                lines += _commands(block, sheet)
            case picture:
                from quizcli.terminal.pictures import draw

                lines += ["", *(_line(line, look) for line in draw(picture, look, sheet.form))]
    return lines


class _Sheet(NamedTuple):
    """What a result is printed on; ``form`` is how all its formulas are written."""

    look: OutputStyle
    form: Form

    def own(self, text: str) -> str:
        """Text as it is, harmless."""
        return neutral(text) if self.look.unicode else ascii_only(neutral(text))

    def shown(self, text: str) -> str:
        """Text with its formulas, in one line."""
        return self.own(render(text, self.form)).replace("\n", " ")


def _form(result: Result, look: OutputStyle) -> Form:
    """All formulas of a page in Unicode, or none: one symbol has one look."""
    if look.plain or not look.unicode:
        return Form.SPOKEN
    return form_of(texts(result.body))


def _markup(block: Markup, sheet: _Sheet) -> list[str]:
    from quizcli.terminal.blocks import BlockStyle, set_blocks

    look = sheet.look
    setting = BlockStyle(
        sheet.form, min(look.width, TEXT_WIDTH), look.width, look.unicode,
        marks=not look.colour and not look.plain, aloud=look.plain,
    )  # fmt: skip
    return [
        _line(line, look)
        for line in set_blocks(block.text, setting, sheet.own(block.lead), block.hang)
    ]


def _commands(block: Commands, sheet: _Sheet) -> list[str]:
    """A command a line, what it does beside it, or below it where there is no room."""
    look = sheet.look
    rows = [(sheet.own(command), sheet.shown(what)) for command, what in block.rows]
    width = max((cells(command) for command, _ in rows), default=0)
    beside = all(2 + width + 3 + cells(what) <= look.width for _, what in rows)
    lines: list[str] = []
    for command, what in rows:
        space = " " * (width - cells(command))
        own = [f"  {command}{space}   {what}" if beside else f"  {command}"]
        own += [] if beside else wrap(what, look.width, "     ")
        lines += [line if lines else _styled(line, "accent", look) for line in own]
    return lines


def _drawing(text: str, look: OutputStyle) -> list[str]:
    lines = [f"  {neutral(line)}".rstrip() for line in text.splitlines()]
    if not look.unicode:
        lines = [ascii_only(line, columns=True) for line in lines]
    seen = not look.plain and max(map(cells, lines), default=0) <= look.width
    return ["", *lines] if seen else []


def _columns(table: Columns, sheet: _Sheet) -> list[str]:
    """A table without lines; where it is too wide, each row becomes a small list."""
    look = sheet.look
    rows = [[sheet.shown(cell) for cell in row] for row in table.rows]
    headers = [sheet.shown(header) for header in table.headers]
    widths = [
        max([cells(headers[i]), *(cells(row[i]) for row in rows)]) for i in range(len(headers))
    ]
    room = look.width - len(_GAP) * (len(widths) - 1)
    _narrowed(widths, [headers, *rows], {*table.right, *table.whole}, room)
    if sum(widths) + len(_GAP) * (len(widths) - 1) > look.width:
        return _stacked(headers, rows, look)
    lines = [_row(headers, widths, table.right, "bold", look)]
    for row in rows:
        for part in _set_apart(row, widths):
            lines += [_row(line, widths, table.right, "", look) for line in _folded(part, widths)]
    return lines


def _narrowed(widths: list[int], rows: list[list[str]], whole: set[int], room: int) -> None:
    """Take from the widest columns of words what the table is too wide by, as far as they may be
    folded, which ``whole`` ones never are, and only where that does not do as far as some words are
    too wide; nothing where that does not do either. The first of the rows are the headers."""
    if sum(widths) <= room:
        return
    wanted = list(widths)
    folded = [max(_FOLDED, cells(header)) for header in rows[0]]
    words = [max(cells(word) for row in rows for word in row[i].split() or [""])
             for i in range(len(widths))]  # fmt: skip
    for least in (list(map(max, folded, words)), folded):
        while sum(wanted) > room:
            wide = [i for i in range(len(wanted)) if i not in whole and wanted[i] > least[i]]
            if not wide:
                break
            wanted[max(wide, key=wanted.__getitem__)] -= 1
    if sum(wanted) <= room:
        widths[:] = wanted


def _set_apart(row: list[str], widths: list[int]) -> list[list[str]]:
    """A row whose words fit, else several: a word that is too wide for its column, such as an id or
    a path to be copied, is not broken, and what stands behind it follows below."""
    parts = [[""] * len(row)]
    for at, cell in enumerate(row):
        parts[-1][at] = cell
        if _is_too_wide(cell, widths[at]) and any(row[at + 1 :]):
            parts.append([""] * len(row))
    return parts


def _is_too_wide(cell: str, width: int) -> bool:
    return max(map(cells, cell.split(" "))) > width


def _folded(row: list[str], widths: list[int]) -> list[list[str]]:
    """A row of cells in as many lines as its longest cell needs. A word that is too wide reaches
    into the columns behind it, which are empty."""
    parts = []
    for at, (cell, width) in enumerate(zip(row, widths, strict=True)):
        room = sum(widths[at:]) + len(_GAP) * (len(widths) - 1 - at)
        least = room if _is_too_wide(cell, width) else width
        parts.append(wrap(cell, least, "", "") or [""] if cells(cell) > width else [cell])
    return [
        [part[line] if line < len(part) else "" for part in parts]
        for line in range(max(map(len, parts)))
    ]


def _row(
    row: list[str], widths: list[int], right: tuple[int, ...], style: str, look: OutputStyle
) -> str:
    padded = []
    for index, (cell, width) in enumerate(zip(row, widths, strict=True)):
        space = " " * (width - cells(cell))
        padded.append(space + cell if index in right else cell + space)
    return _styled(_GAP.join(padded).rstrip(), style, look)


def _stacked(headers: list[str], rows: list[list[str]], look: OutputStyle) -> list[str]:
    lines: list[str] = []
    for row in rows:
        lines += wrap(row[0], look.width)
        for header, cell in zip(headers[1:], row[1:], strict=True):
            if cell:
                lines += wrap(f"{header}: {cell}", look.width, "  ", "    ")
    return lines


def _wrapped(text: str, sheet: _Sheet, style: str) -> list[str]:
    look = sheet.look
    words = sheet.own(render(text, sheet.form))
    return [_styled(line, style, look) for line in wrap(words, min(look.width, TEXT_WIDTH))]


# Bold alone: no colour of the 16 is readable as text on every background.
_CODES = {"bold": "1", "accent": "1", "code": "1", "emphasis": "3"}
_MARKS = {
    name: f"38;5;{sign}" + (f";48;5;{under}" if under is not None else "")
    for name, (sign, under) in LAID.items()
}


def _line(line: StyledLine, look: OutputStyle) -> str:
    """A line with escapes where it has a style."""
    text, at = "", 0
    for start, end, style in line.styles:
        text += line.text[at:start] + _styled(line.text[start:end], style, look)
        at = end
    return text + line.text[at:]


def _styled(text: str, style: str, look: OutputStyle) -> str:
    if not (look.colour and style and text):
        return text
    return f"\x1b[{_CODES.get(style) or _MARKS[style]}m{text}\x1b[0m"
