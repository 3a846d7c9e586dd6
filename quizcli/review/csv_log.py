"""The review log as CSV: one row a review, in the order of the log. The rule: all of it or none.

RFC 4180 in UTF-8, a header, times in UTC with milliseconds, floats with every digit, so that what
was exported comes back the same. States before and after a review are written, not read: they
follow from the reviews. A cell that a spreadsheet would run begins with an apostrophe, and one that
begins with an apostrophe of its own gets a second, so reading takes away exactly what writing put
there.

Reading reports every fault with its line before it gives anything back. ``card``, ``rating`` and
``time`` are required, in any order; whatever else is missing is empty. A file that does not end
with a line break may have been cut off in the middle of a number, and is refused.
"""

from __future__ import annotations

import csv
import json
from io import StringIO
from itertools import chain, islice, repeat
from typing import TYPE_CHECKING, Any, NamedTuple

from quizcli.journal.checks import FIRST_DAY, LAST_DAY
from quizcli.journal.facts import FactKind
from quizcli.quiz.cards import MAXIMUM_INTERVAL
from quizcli.quiz.drawing import NO_VALUES
from quizcli.report.json_text import shown_json
from quizcli.report.words import counted, did_you_mean, listed
from quizcli.review.log_cells import LogCells, apostrophed, shown_cell
from quizcli.review.times import LONGEST

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
    from datetime import datetime

    from quizcli.scheduling.memory import Rating

    Row = tuple[int | float | str | None, ...]

COLUMNS = (
    "card", "rating", "time", "milliseconds", "guess",
    "stability_before", "difficulty_before", "stability", "difficulty",
    "did", "day", "seed", "retention", "maximum", "fuzz", "leech", "chosen", "variables",
)  # fmt: skip
REQUIRED = COLUMNS[:3]
STATES = COLUMNS[5:9]  # written, not read; before a card's first review empty

_SHOWN = 20


class LoggedReview(NamedTuple):
    """One review, or what else was ``did`` to a card, which has no rating. ``time`` is in UTC, in
    whole milliseconds. ``day`` is the learning day, as ``date.toordinal`` counts, and with
    ``seed``, ``retention``, ``maximum``, ``fuzz`` and ``leech`` what followed from it was reckoned
    with; None where the file does not say. ``chosen`` is the answer as the journal keeps it, None
    where no file says answers, and ``variables`` the values that it was given to; from these follow
    mistakes and calibration."""

    card: str
    rating: Rating | None
    time: datetime
    milliseconds: int = 0
    guess: bool = False
    did: FactKind = FactKind.REVIEW
    day: int | None = None
    seed: int | None = None
    retention: float | None = None
    maximum: int | None = None
    fuzz: bool | None = None
    leech: int | None = None
    chosen: tuple[str, ...] | None = ()
    variables: Mapping[str, str] = NO_VALUES


class LogFault(NamedTuple):
    """A line of the file, from 1, and what is wrong with it and how to mend it."""

    line: int
    what: str


class BadLog(ValueError):
    """A file that cannot be imported; ``faults`` has them all, the message the first of them."""

    def __init__(self, faults: Iterable[LogFault]) -> None:
        self.faults = tuple(faults)
        shown = [f"line {fault.line}: {fault.what}" for fault in self.faults[:_SHOWN]]
        rest = len(self.faults) - len(shown)
        if rest:
            shown.append(f"and {counted(rest, 'more fault')}")
        super().__init__("\n".join(shown))


def csv_parts(rows: Iterable[Row]) -> Iterator[str]:
    """Rows of cells as CSV, under their header, a thousand at a time."""
    rows = chain([COLUMNS], rows)
    while part := list(islice(rows, 1000)):
        out = StringIO(newline="")
        csv.writer(out).writerows(part)
        yield out.getvalue()


_yes = {True: "yes", False: "no", None: ""}.__getitem__
_WRITTEN: dict[str, Callable[[Any], Any]] = {
    "card": apostrophed, "guess": _yes, "fuzz": _yes
}  # fmt: skip


def csv_rows(columns: Mapping[str, Iterable[Any]]) -> Iterator[Row]:
    """The cells of reviews, or of what else was done, from columns by their names: one that is not
    there is empty, and so is None. A float is written with every digit; what was answered are
    cells already, of :func:`json_cell`."""
    cells = dict(columns)
    for name in _WRITTEN.keys() & cells.keys():
        cells[name] = map(_WRITTEN[name], cells[name])
    return zip(*(cells.get(name, repeat(None)) for name in COLUMNS), strict=False)


def json_cell(value: Collection[str]) -> str:
    """Texts, or values by name, as JSON; none as nothing."""
    return shown_json(json.dumps(value, ensure_ascii=False, separators=(",", ":"))) if value else ""


def read_csv(
    text: str, impossible: Callable[[LoggedReview], str] = lambda _review: ""
) -> tuple[LoggedReview, ...]:
    """The reviews in a file; ``impossible`` says what cannot be of one, "" for nothing. Raises
    BadLog with every fault, and then gives nothing."""
    text = text.removeprefix("\ufeff")
    if not text.strip():
        raise BadLog([LogFault(1, f"the file is empty; its first line is {','.join(COLUMNS)}")])
    rows = _rows(text)
    line, first = next(rows)
    header = [] if isinstance(first, str) else [name.strip() for name in first]
    faults = [LogFault(line, first)] if isinstance(first, str) else _header_faults(line, header)
    if faults:
        raise BadLog(faults)
    reviews = []
    for line, row in rows:
        found = row if isinstance(row, str) else _row_faults(row, header)
        if isinstance(found, LoggedReview):
            reviews.append(found)
            found = impossible(found)
        told = [found] if isinstance(found, str) else found
        faults += [LogFault(line, what) for what in told if what]
    if not text.endswith(("\n", "\r")):
        faults.append(LogFault(line, _TORN))
    if faults:
        raise BadLog(faults)
    return tuple(reviews)


_TORN = (
    "the file ends in the middle of this line, so it may be cut off: export it again, or, if the "
    "line is whole, add a line break"
)


def _rows(text: str) -> Iterator[tuple[int, list[str] | str]]:
    """Each row that is not blank with the line it begins on; a message where there is no row."""
    reader = csv.reader(StringIO(text, newline=""), strict=True)
    while True:
        line = reader.line_num + 1
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield line, f"not CSV from here on ({error}): is a quotation mark missing?"
            return
        if row:
            yield line, row


_MUST = "the first line must name the columns"


def _header_faults(line: int, header: list[str]) -> list[LogFault]:
    if len(header) == 1 and any(separator in header[0] for separator in ";\t"):
        return [
            LogFault(line, "columns are separated by commas here: save the file as CSV with commas")
        ]
    unknown = [name for name in header if name not in COLUMNS]
    if not set(REQUIRED) & set(header):
        return [LogFault(line, f"not a review log: {_MUST} {listed(list(REQUIRED))}")]
    if len(unknown) > 5:
        names = listed([f"'{shown_cell(name)}'" for name in unknown[:5]])
        return [
            LogFault(line, f"not a review log: {len(unknown)} columns are unknown, such as {names}")
        ]
    faults = [
        f"there is no column '{shown_cell(name)}': {did_you_mean(name, COLUMNS, 'the columns are')}"
        for name in header
        if name not in COLUMNS
    ]
    faults += [
        f"the column '{name}' appears twice: remove one"
        for name in COLUMNS
        if header.count(name) > 1
    ]
    missing = [name for name in REQUIRED if name not in header]
    if missing:
        faults.append(f"{_MUST} {listed(missing)}")
    return [LogFault(line, what) for what in faults]


def _row_faults(row: list[str], header: list[str]) -> LoggedReview | list[str]:
    """The review of a row, or what is wrong with it."""
    if len(row) != len(header):
        return [f"{counted(len(row), 'cell')}, where the first line names {len(header)}: {_CUT}"]
    cells = dict(zip(header, row, strict=True))
    faults: list[str] = []
    read = LogCells(cells, faults)
    did = read.did("did")
    review = LoggedReview(
        card=read.card("card"),
        rating=read.rating("rating") if did is FactKind.REVIEW else None,
        time=read.time("time"),
        milliseconds=read.whole("milliseconds", 0, LONGEST) or 0,
        guess=read.yes("guess") or False,
        did=did,
        day=read.whole("day", FIRST_DAY, LAST_DAY),
        seed=read.whole("seed", 0, 2**63 - 1),
        retention=read.retention("retention"),
        maximum=read.whole("maximum", 1, MAXIMUM_INTERVAL),
        fuzz=read.yes("fuzz"),
        leech=read.whole("leech", 0, 100),
        chosen=read.texts("chosen") if "chosen" in cells else None,
        variables=read.values("variables"),
    )
    return faults or review


_CUT = "is the line cut off, or a comma not in quotation marks?"
