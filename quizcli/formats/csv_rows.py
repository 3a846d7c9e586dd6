"""The rows of a table in a text file, whatever parts its cells; a quotation mark that is never
closed costs its row alone."""

from __future__ import annotations

import csv
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from quizcli.formats.sources import Remark

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_DELIMITERS = "\t;,|"
_MOST_LINES = 200  # of one cell
_SAMPLE = 50  # lines by which the delimiter is judged


class TableRow(NamedTuple):
    """The cells of a row, without spaces around them, and the line on which it begins."""

    line: int
    cells: tuple[str, ...]


def delimiter_of(text: str) -> str:
    """What parts the cells: the sign that stands most evenly in the lines."""
    lines = [line for line in text.split("\n")[:_SAMPLE] if line.strip()]
    best, most = ",", (0.0, 0)
    for sign in _DELIMITERS:
        counts = Counter(_outside_quotes(line).count(sign) for line in lines)
        counts.pop(0, None)
        if counts:
            number, times = counts.most_common(1)[0]
            score = (times / len(lines), number)
            best, most = (sign, score) if score > most else (best, most)
    return best


def _outside_quotes(line: str) -> str:
    return "".join(line.split('"')[::2])


def rows(text: str, delimiter: str, remarks: list[Remark]) -> Iterator[TableRow]:
    """The rows that hold something."""
    lines = text.split("\n")
    at = 0
    while at < len(lines):
        size = _closed(lines, at)
        if not size:
            fix = "close it, or write it twice within quotation marks"
            remarks.append(Remark(at + 1, "a quotation mark is never closed", fix, lost=True))
            at += 1
            continue
        whole = "\n".join(lines[at : at + size])
        if whole.strip(delimiter + ' \t"'):
            try:
                found = next(csv.reader([whole], delimiter=delimiter, skipinitialspace=True))
                yield TableRow(at + 1, tuple(cell.strip() for cell in found))
            except (csv.Error, StopIteration) as error:
                remarks.append(Remark(at + 1, f"the row cannot be read: {error}", lost=True))
        at += size


def _closed(lines: Sequence[str], at: int) -> int:
    """How many lines a row has, until all quotation marks are closed; 0 where they never are."""
    quotes = 0
    for size, line in enumerate(lines[at : at + _MOST_LINES], 1):
        quotes += line.count('"')
        if quotes % 2 == 0:
            return size
    return 0
