"""Cells of CSV that no spreadsheet runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizcli.report.cells import harmless
from quizcli.terminal.safe import neutral

if TYPE_CHECKING:
    from collections.abc import Iterable

# What a spreadsheet takes for the beginning of a formula.
_BEGINS = ("=", "+", "-", "@")


def csv_line(cells: Iterable[object], delimiter: str = ",", *, quoted: bool = False) -> str:
    """A row as RFC 4180 has it, its line end included; with all texts ``quoted`` if so wanted."""
    values = cells if isinstance(cells, tuple) else tuple(cells)
    row = delimiter.join(map(str, values))
    if not quoted and _is_plain(row, delimiter, len(values)):
        return f"{row}\r\n"
    return delimiter.join(csv_cell(cell, delimiter, quoted=quoted) for cell in values) + "\r\n"


def _is_plain(row: str, delimiter: str, cells: int) -> bool:
    """Whether nothing in a row is to be quoted, shown or stopped, which is true of most of a
    million: they are looked at a row at a time."""
    return (
        row.isascii()
        and row.isprintable()
        and row.count(delimiter) == cells - 1  # none of them stands in a cell
        and '"' not in row
        and not row.startswith(_BEGINS)
        and not any(delimiter + sign in row for sign in _BEGINS)
    )


def csv_cell(value: object, delimiter: str = ",", *, quoted: bool = False) -> str:
    """A value as a cell; a text that a spreadsheet would run is shown as text."""
    text = neutral(str(value))
    text = harmless(text) if isinstance(value, str) else text
    if quoted or any(character in text for character in (delimiter, '"', "\r", "\n")):
        text = '"' + text.replace('"', '""') + '"'
    return text
