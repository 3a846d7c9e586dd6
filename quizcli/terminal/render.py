"""The one place where a :class:`~quizcli.report.result.Result` is printed: as a screen, as the
content of a file, or as one JSON object, so that they cannot disagree."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from quizcli.report.result import (
    FORMAT_VERSION,
    Columns,
    Commands,
    Heading,
    Line,
    Paragraph,
    Result,
)
from quizcli.terminal.layout import cells, wrap
from quizcli.terminal.look import TEXT_WIDTH
from quizcli.terminal.notation import Form, render
from quizcli.terminal.safe import ascii_only, neutral

if TYPE_CHECKING:
    from typing import TextIO

    from quizcli.terminal.look import Look

_GAP = "  "


def show(result: Result, out: TextIO, look: Look, *, as_json: bool = False) -> None:
    """Print a result to ``out``."""
    if as_json:
        data = {"format_version": FORMAT_VERSION, **result.data}
        out.write(json.dumps(data, ensure_ascii=False, indent=2) + "\n")
    elif result.raw is not None:
        out.write(result.raw)
    else:
        out.write("".join(line + "\n" for line in body(result, look)))
    out.flush()


def body(result: Result, look: Look) -> list[str]:
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
            case Paragraph(text, quiet):
                lines += _wrapped(text, look, "quiet" if quiet else "")
            case Line(text, accent):
                words = _shown(text, look)
                lines.append(_styled(words, "accent", look) if accent else words)
            case Columns():
                lines += columns(block, look)
            case Commands():
                lines += commands(block, look)
            case picture:
                from quizcli.terminal.pictures import draw

                lines += ["", *draw(picture, look)]
    return lines


def columns(table: Columns, look: Look) -> list[str]:
    """A table without lines; where it is too wide, each row becomes a small list."""
    rows = [[_shown(cell, look) for cell in row] for row in table.rows]
    headers = [_shown(header, look) for header in table.headers]
    widths = [
        max([cells(headers[i]), *(cells(row[i]) for row in rows)]) for i in range(len(headers))
    ]
    if sum(widths) + len(_GAP) * (len(widths) - 1) > look.width:
        return _stacked(headers, rows, look)
    lines = [_row(headers, widths, table.right, "quiet", look)]
    lines += [_row(row, widths, table.right, "", look) for row in rows]
    return lines


def commands(table: Commands, look: Look) -> list[str]:
    """Commands with what each does beside it, or, in a narrow window, below it."""
    rows = [(_shown(command, look), _shown(does, look)) for command, does in table.rows]
    width = max(cells(command) for command, _ in rows)
    beside = all(2 + width + 3 + cells(does) <= look.width for _, does in rows)
    lines = []
    for place, (command, does) in enumerate(rows):
        style = "" if place else "accent"
        if beside:
            space = " " * (width - cells(command) + 3)
            lines.append(_styled(f"  {command}{space}{does}", style, look))
        else:
            below = wrap(does, look.width, "      ")
            lines += [_styled(line, style, look) for line in (f"  {command}", *below)]
    return lines


def _row(row: list[str], widths: list[int], right: tuple[int, ...], style: str, look: Look) -> str:
    padded = []
    for index, (cell, width) in enumerate(zip(row, widths, strict=True)):
        space = " " * (width - cells(cell))
        padded.append(space + cell if index in right else cell + space)
    return _styled(_GAP.join(padded).rstrip(), style, look)


def _stacked(headers: list[str], rows: list[list[str]], look: Look) -> list[str]:
    lines: list[str] = []
    for row in rows:
        lines += wrap(row[0], look.width)
        for header, cell in zip(headers[1:], row[1:], strict=True):
            if cell:
                lines += wrap(f"{header}: {cell}", look.width, "  ", "    ")
    return lines


def _shown(text: str, look: Look) -> str:
    plain = look.plain or not look.unicode
    words = neutral(render(text, Form.SPOKEN if plain else Form.UNICODE)).replace("\n", " ")
    return words if look.unicode else ascii_only(words)


def _wrapped(text: str, look: Look, style: str) -> list[str]:
    plain = look.plain or not look.unicode
    words = neutral(render(text, Form.SPOKEN if plain else Form.UNICODE))
    words = words if look.unicode else ascii_only(words)
    return [_styled(line, style, look) for line in wrap(words, min(look.width, TEXT_WIDTH))]


_CODES = {"bold": "1", "quiet": "2", "accent": "36"}


def _styled(text: str, style: str, look: Look) -> str:
    return f"\x1b[{_CODES[style]}m{text}\x1b[0m" if look.colour and style and text else text
