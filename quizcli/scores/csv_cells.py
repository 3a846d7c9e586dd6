"""Cells of CSV that no spreadsheet runs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from quizcli.report.cells import harmless
from quizcli.terminal.safe import neutral

if TYPE_CHECKING:
    from collections.abc import Iterable

# Nothing in such cells is to be quoted, shown or stopped, which is true of most of a million: they
# are looked at a row at a time.
_CELL = "(?:[ !#-*./0-9:<>?A-~][ !#-+\\--:<-~]*)?"
_PLAIN = re.compile(f"{_CELL}(?:\x1f{_CELL})*\\Z")


def csv_line(cells: Iterable[object], delimiter: str = ",", *, quoted: bool = False) -> str:
    """A row as RFC 4180 has it, its line end included; with all texts ``quoted`` if so wanted."""
    values = list(cells)
    row = "\x1f".join(map(str, values))
    is_apart = row.count("\x1f") < len(values)  # none of them stands in a cell
    if is_apart and not quoted and delimiter in ",;" and _PLAIN.match(row):
        return row.replace("\x1f", delimiter) + "\r\n"
    return delimiter.join(csv_cell(cell, delimiter, quoted=quoted) for cell in values) + "\r\n"


def csv_cell(value: object, delimiter: str = ",", *, quoted: bool = False) -> str:
    """A value as a cell; a text that a spreadsheet would run is shown as text."""
    text = neutral(str(value))
    text = harmless(text) if isinstance(value, str) else text
    if quoted or any(character in text for character in (delimiter, '"', "\r", "\n")):
        text = '"' + text.replace('"', '""') + '"'
    return text
