"""The one place where a :class:`~quizcli.report.result.Result` is printed: as a screen, as the
content of a file, or as one JSON object, so that they cannot disagree."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from quizcli.report.result import (
    FORMAT_VERSION,
    Columns,
    Commands,
    Drawing,
    Heading,
    Line,
    Paragraph,
    Result,
)
from quizcli.terminal.layout import cells, wrap
from quizcli.terminal.notation import Form, render
from quizcli.terminal.safe import ascii_only, neutral
from quizcli.terminal.style import TEXT_WIDTH

if TYPE_CHECKING:
    from typing import TextIO

    from quizcli.terminal.style import OutputStyle

_GAP = "  "
_FOLDED = 14  # cells that a folded column keeps


def show(result: Result, out: TextIO, look: OutputStyle, *, as_json: bool = False) -> None:
    """Print a result to ``out``."""
    if as_json:
        data = {"format_version": FORMAT_VERSION, **result.data}
        out.write(json.dumps(data, ensure_ascii=False, indent=2) + "\n")
    elif result.raw is not None:
        out.write(result.raw)
    else:
        out.write("".join(line + "\n" for line in body(result, look)))
    out.flush()


def body(result: Result, look: OutputStyle) -> list[str]:
    """The lines that a person reads."""
    lines: list[str] = []
    for block in result.body:
        match block:
            case Heading(text):
                lines += (
                    ["", *_wrapped(text, look, "bold"), ""]
                    if lines
                    else [
                        *_wrapped(text, look, "bold"),
                        "",
                    ]
                )
            case Paragraph(text):
                lines += _wrapped(text, look, "")
            case Line(text, accent):
                words = _shown(text, look)
                lines.append(_styled(words, "accent", look) if accent else words)
            case Drawing(text):
                lines += _drawing(text, look)
            case Columns():
                lines += columns(block, look)
            case Commands():
                lines += _commands(block, look)
            case picture:
                from quizcli.terminal.pictures import draw

                lines += ["", *draw(picture, look)]
    return lines


def _commands(block: Commands, look: OutputStyle) -> list[str]:
    """A command a line, what it does beside it, or below it where there is no room."""
    rows = [(_shown(command, look), _shown(what, look)) for command, what in block.rows]
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


def columns(table: Columns, look: OutputStyle) -> list[str]:
    """A table without lines; where it is too wide, each row becomes a small list."""
    rows = [[_shown(cell, look) for cell in row] for row in table.rows]
    headers = [_shown(header, look) for header in table.headers]
    widths = [
        max([cells(headers[i]), *(cells(row[i]) for row in rows)]) for i in range(len(headers))
    ]
    _narrowed(widths, headers, table.right, look.width - len(_GAP) * (len(widths) - 1))
    if sum(widths) + len(_GAP) * (len(widths) - 1) > look.width:
        return _stacked(headers, rows, look)
    lines = [_row(headers, widths, table.right, "bold", look)]
    for row in rows:
        lines += [_row(part, widths, table.right, "", look) for part in _folded(row, widths)]
    return lines


def _narrowed(widths: list[int], headers: list[str], right: tuple[int, ...], room: int) -> None:
    """Take from the widest columns of words what the table is too wide by, as far as they may be
    folded; nothing where that does not do."""
    words = [i for i in range(len(widths)) if i not in right]
    wanted = list(widths)
    while sum(wanted) > room:
        widest = max(words, key=lambda i: wanted[i], default=None)
        if widest is None or wanted[widest] <= max(_FOLDED, cells(headers[widest])):
            return
        wanted[widest] -= 1
    widths[:] = wanted


def _folded(row: list[str], widths: list[int]) -> list[list[str]]:
    """A row of cells in as many lines as its longest cell needs."""
    parts = [
        wrap(cell, width, "", "") or [""] if cells(cell) > width else [cell]
        for cell, width in zip(row, widths, strict=True)
    ]
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


def _shown(text: str, look: OutputStyle) -> str:
    plain = look.plain or not look.unicode
    words = neutral(render(text, Form.SPOKEN if plain else Form.UNICODE)).replace("\n", " ")
    return words if look.unicode else ascii_only(words)


def _wrapped(text: str, look: OutputStyle, style: str) -> list[str]:
    plain = look.plain or not look.unicode
    words = neutral(render(text, Form.SPOKEN if plain else Form.UNICODE))
    words = words if look.unicode else ascii_only(words)
    return [_styled(line, style, look) for line in wrap(words, min(look.width, TEXT_WIDTH))]


# Bold alone: no colour of the 16 is readable as text on every background.
_CODES = {"bold": "1", "accent": "1"}


def _styled(text: str, style: str, look: OutputStyle) -> str:
    return f"\x1b[{_CODES[style]}m{text}\x1b[0m" if look.colour and style and text else text
