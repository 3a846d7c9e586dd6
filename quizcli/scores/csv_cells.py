"""Tables as CSV that no spreadsheet runs: the standard library quotes, and here is the guard."""

from __future__ import annotations

import csv
from io import StringIO
from itertools import islice
from typing import TYPE_CHECKING

from quizcli.report.cells import RUNS, harmless
from quizcli.terminal.safe import is_neutral, neutral

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_AT_ONCE = 64  # rows


def csv_lines(rows: Iterable[Sequence[object]], *, quoted: bool = False) -> Iterator[str]:
    """Rows as RFC 4180 has them, several in a part, with all cells ``quoted`` if so wanted; a text
    that a spreadsheet would run is shown as text. Most of a million rows have nothing that is to be
    quoted, shown or stopped: they are looked at together, and joined twice as fast as written."""
    left = iter(rows)
    while some := tuple(islice(left, _AT_ONCE)):
        yield (not quoted and _if_plain(some)) or _written(some, quoted=quoted)


def _if_plain(rows: Sequence[Sequence[object]]) -> str:
    """The rows as text where nothing in them is to be quoted, shown or stopped; else ""."""
    text = "\n".join([",".join(map(str, row)) for row in rows])
    is_plain = (
        '"' not in text
        and text.count("\n") == len(rows) - 1  # none of them stands in a cell
        and text.count(",") == sum(map(len, rows)) - len(rows)
        and is_neutral(text)
        and not text.startswith(RUNS)
        # One character is found ten times as fast as two, and most of the signs are not there.
        and not any(f",{sign}" in text or f"\n{sign}" in text for sign in RUNS if sign in text)
    )
    return text.replace("\n", "\r\n") + "\r\n" if is_plain else ""


def _written(rows: Iterable[Sequence[object]], *, quoted: bool) -> str:
    out = StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL)
    writer.writerows(map(_guarded, row) for row in rows)
    return out.getvalue()


def _guarded(cell: object) -> str:
    text = neutral(str(cell))
    return harmless(text) if isinstance(cell, str) else text
