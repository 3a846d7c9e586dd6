"""Cells of CSV that no spreadsheet runs."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from quizcli.report.cells import harmless
from quizcli.terminal.safe import is_neutral, neutral

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

# What a spreadsheet takes for the beginning of a formula.
_BEGINS = ("=", "+", "-", "@")
_AT_ONCE = 64  # rows


def csv_lines(rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """Rows as `csv_line` writes them, several in a part: most of a million have nothing that is to
    be quoted, shown or stopped, and are looked at together."""
    left = iter(rows)
    while some := tuple(islice(left, _AT_ONCE)):
        yield _if_plain(some, ",") or "".join(map(csv_line, some))


def csv_line(cells: Sequence[object], delimiter: str = ",", *, quoted: bool = False) -> str:
    """A row as RFC 4180 has it, its line end included; with all texts ``quoted`` if so wanted."""
    if not quoted and (line := _if_plain((cells,), delimiter)):
        return line
    return delimiter.join(csv_cell(cell, delimiter, quoted=quoted) for cell in cells) + "\r\n"


def _if_plain(rows: Sequence[Sequence[object]], delimiter: str) -> str:
    """The rows as text where nothing in them is to be quoted, shown or stopped; else ""."""
    text = "\n".join([delimiter.join(map(str, row)) for row in rows])
    is_plain = (
        '"' not in text
        and text.count("\n") == len(rows) - 1  # none of them stands in a cell
        and text.count(delimiter) == sum(map(len, rows)) - len(rows)
        and is_neutral(text)
        and not text.startswith(_BEGINS)
        # One character is found ten times as fast as two, and most of the signs are not there.
        and not any(
            f"{delimiter}{sign}" in text or f"\n{sign}" in text for sign in _BEGINS if sign in text
        )
    )
    return text.replace("\n", "\r\n") + "\r\n" if is_plain else ""


def csv_cell(value: object, delimiter: str = ",", *, quoted: bool = False) -> str:
    """A value as a cell; a text that a spreadsheet would run is shown as text."""
    text = neutral(str(value))
    text = harmless(text) if isinstance(value, str) else text
    if quoted or any(character in text for character in (delimiter, '"', "\r", "\n")):
        text = '"' + text.replace('"', '""') + '"'
    return text
