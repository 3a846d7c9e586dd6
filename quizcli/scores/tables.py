"""Tables that other programs wrote: CSV with commas, semicolons or tabs, in any encoding.

The rule: what a spreadsheet adds of its own (a byte order mark, empty columns and rows, ``sep=;``)
is passed over; what it spoilt is told, since nobody can restore it.
"""

from __future__ import annotations

import csv
import re
from typing import TYPE_CHECKING, NamedTuple

from quizcli.formats.decoding import decoded
from quizcli.report.codes import UserError
from quizcli.report.words import counted, listed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

MOST_BYTES = 256 * 2**20
_DELIMITERS = ",;\t|"
_SHOWN = 20
# A long number in a column that a spreadsheet took for numbers.
_SPOILT = re.compile(r"[0-9](?:[.,][0-9]+)?E\+?[0-9]+\Z", re.IGNORECASE)
_NOT_LETTERS = re.compile(r"[\W_]+")


class CsvRow(NamedTuple):
    """The cells of a row, as many as there are headers, and the line on which it begins."""

    line: int
    cells: tuple[str, ...]


class TableFaults:
    """What is wrong with a table, gathered line by line and told at once."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._said: list[str] = []

    def add(self, line: int, what: str) -> None:
        """One more fault."""
        self._said.append(f"line {line}: {what}")

    def tell(self) -> None:
        """Raises UserError where there was a fault."""
        if not self._said:
            return
        more = len(self._said) - _SHOWN
        rest = [f"and {counted(more, 'more fault')}"] if more > 0 else []
        shown = "\n".join([*self._said[:_SHOWN], *rest])
        raise UserError(f"{self.name} cannot be used:\n{shown}")


class CsvTable(NamedTuple):
    """A table with its headers; ``rows`` can be gone through once, and what is wrong with them is
    in ``faults`` then, to which whoever reads them adds. ``delimiter`` and ``has_mark`` (a byte
    order mark) are those of its file."""

    name: str
    headers: tuple[str, ...]
    rows: Iterator[CsvRow]
    faults: TableFaults
    delimiter: str
    has_mark: bool

    def column(self, *names: str) -> int | None:
        """The first column that is called so, whatever its case, spaces and signs."""
        plain = [folded(header) for header in self.headers]
        return next((plain.index(name) for name in names if name in plain), None)


def folded(header: str) -> str:
    """A header without case, spaces and signs."""
    return _NOT_LETTERS.sub("", header.casefold())


def spoilt(cell: str) -> str:
    """What is wrong with an id that a spreadsheet took for a number; "" where nothing is."""
    if not _SPOILT.match(cell.strip()):
        return ""
    return (
        f"'{cell.strip()}' was an id before a spreadsheet took it for a number — "
        "export the table again, with that column as text"
    )


def read_table(path: Path, name: str) -> CsvTable:
    """The table in a file, which is told as ``name``. Raises UserError for what is none."""
    data = _bytes(path, name)
    has_mark = data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"))
    text = decoded(data).text
    del data
    lines = _lines(text)
    first = next((line for line in lines if line.strip()), "")
    if first.lower().startswith("sep=") and len(first.strip()) == 5:
        first = next(lines, "")
    delimiter = max(_DELIMITERS, key=lambda sign: len(next(csv.reader([first], delimiter=sign))))
    start = 1 + text.count("\n", 0, text.find(first)) if first else 1
    reader = csv.reader(_after(first, lines), delimiter=delimiter)
    headers = tuple(cell.strip() for cell in _next(reader, name) or ())
    while headers and not headers[-1]:
        headers = headers[:-1]
    if not headers:
        raise UserError(f"{name} is empty — the first line of a table names its columns")
    faults = TableFaults(name)
    rows = _rows(reader, faults, len(headers), start)
    return CsvTable(name, headers, rows, faults, delimiter, has_mark)


def _bytes(path: Path, name: str) -> bytes:
    try:
        with path.open("rb") as stream:
            data = stream.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = (getattr(error, "strerror", None) or str(error)).lower()
        raise UserError(f"{name} cannot be read: {reason}") from None
    if len(data) > MOST_BYTES:
        raise UserError(f"{name} is larger than {MOST_BYTES >> 20} MB")
    if data.startswith((b"PK", b"\xd0\xcf\x11\xe0")):
        raise UserError(f"{name} is a spreadsheet — save the sheet as CSV, and name that")
    return data


def _lines(text: str) -> Iterator[str]:
    """The lines of a text, which is not copied as a whole."""
    start = 0
    while start < len(text):
        end = text.find("\n", start) + 1 or len(text)
        yield text[start:end]
        start = end


def _after(first: str, lines: Iterator[str]) -> Iterator[str]:
    yield first
    yield from lines


def _next(reader: Iterator[list[str]], name: str) -> list[str] | None:
    try:
        return next(reader, None)
    except csv.Error as error:
        raise UserError(f"{name} is not a table: {error}") from None


def _rows(
    reader: Iterator[list[str]], faults: TableFaults, width: int, start: int
) -> Iterator[CsvRow]:
    read = getattr(reader, "line_num", 0)
    while (cells := _next(reader, faults.name)) is not None:
        line, read = start + read, getattr(reader, "line_num", 0)
        if not any(cell.strip() for cell in cells):
            continue
        if any(cell.strip() for cell in cells[width:]):
            faults.add(line, f"has {len(cells)} cells under {width} headers")
            continue
        yield CsvRow(line, tuple(cells[:width]) + ("",) * (width - len(cells)))


def needed(table: CsvTable, what: str, *names: str) -> int:
    """The column of one of these names. Raises UserError."""
    at = table.column(*names)
    if at is None:
        there = listed(_quoted(table.headers[:12]))
        raise UserError(f"{table.name} has no column '{names[0]}' ({what}) — it has {there}")
    return at


def _quoted(words: Sequence[str]) -> list[str]:
    return [f"'{word[:40]}'" for word in words]
