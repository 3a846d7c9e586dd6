"""What a person decides for single students: excused, more time, marks by hand, each with a reason.

A table with the columns ``student`` and ``reason``, and of ``question``, ``mark``, ``excused`` and
``extra`` (time) those that are needed. One row says one thing.
"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from quizcli.report.words import did_you_mean
from quizcli.scores.marking import points_in
from quizcli.scores.tables import needed, read_table, spoilt

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from quizcli.quiz.model import Question, Rational
    from quizcli.scores.tables import CsvRow, TableFaults

_TIME = re.compile(r"([0-9]{1,6}) ?(min|minutes?|h|hours?|d|days?|)\Z")
_UNITS = {"h": 60, "d": 24 * 60}  # in minutes
NO_NAMES: Mapping[str, str] = {}
_YES = frozenset({"yes", "y", "x", "1", "true", "ex", "excused"})
_NO = frozenset({"", "no", "n", "0", "false"})


class Override(NamedTuple):
    """What a row says of a ``student``: of a ``question``, or of the whole where that is ""."""

    line: int
    student: str
    question: str
    mark: Rational | None
    excused: bool
    extra: timedelta
    reason: str


def read_overrides(
    path: Path, name: str, questions: Mapping[str, Question], names: Mapping[str, str] = NO_NAMES
) -> list[Override]:
    """The decisions in a table; ``names`` are ids that questions had before, each with that of now.
    Raises UserError with all its faults."""
    table = read_table(path, name)
    student = needed(table, "the student it is for", "student", "studentid", "id", "name")
    reason = needed(table, "why", "reason", "why", "comment")
    at = [table.column(*n) for n in (("question",), ("mark", "points"), ("excused",),
                                     ("extra", "extratime", "extension"))]  # fmt: skip
    faults, found = table.faults, []
    for row in table.rows:
        cells = [" ".join(row.cells[i].split()) if i is not None else "" for i in at]
        cells[0] = names.get(cells[0], cells[0])
        one = _read(row, row.cells[student].strip(), row.cells[reason].strip(), cells, faults)
        if one is not None and _fits(one, questions, faults):
            found.append(one)
    for one in _twice(found):
        faults.add(one.line, f"repeats a decision for '{one.student}' from an earlier line")
    faults.tell()
    return found


def _read(
    row: CsvRow, student: str, reason: str, cells: Sequence[str], faults: TableFaults
) -> Override | None:
    question, mark, excused, extra = cells
    wrong = []
    if not student:
        wrong.append("has no student")
    elif spoilt(student):
        wrong.append(spoilt(student))
    if not reason:
        wrong.append("has no reason, and every decision needs one")
    if excused.casefold() not in _YES | _NO:
        wrong.append(f"'{excused[:40]}' is neither yes nor no")
    points = points_in(mark)
    if mark and points is None:
        wrong.append(f"'{mark[:40]}' is not a mark — write a number, such as 1.5 or 1/2")
    time = _TIME.match(extra) if extra else None
    if extra and time is None:
        wrong.append(f"'{extra[:40]}' is not a time — write 90 min, 2 h or 1 d")
    is_excused = excused.casefold() in _YES
    if sum((bool(mark), is_excused, bool(extra))) != 1 and not wrong:
        wrong.append("must have exactly one of mark, excused and extra")
    if extra and question:
        wrong.append("gives extra time for one question, but extra time is for the whole quiz")
    for what in wrong:
        faults.add(row.line, what)
    if wrong:
        return None
    minutes = int(time[1]) * _UNITS.get(time[2][:1], 1) if time else 0
    return Override(
        row.line, student, question, points, is_excused, timedelta(minutes=minutes), reason
    )


def _fits(one: Override, questions: Mapping[str, Question], faults: TableFaults) -> bool:
    """Whether the question is there, and the mark one that it can have."""
    if not one.question:
        return True
    if one.question not in questions:
        hint = did_you_mean(one.question[:80], tuple(questions), "its questions are")
        faults.add(one.line, f"the bank has no question '{one.question[:80]}' — {hint}")
        return False
    most = questions[one.question].points
    if one.mark is not None and one.mark > most:
        faults.add(one.line, f"{one.mark} is more than '{one.question}' is worth, {most}")
        return False
    return True


def _twice(found: Sequence[Override]) -> list[Override]:
    seen: set[tuple[str, str, bool]] = set()
    again = []
    for one in found:
        key = (one.student, one.question, bool(one.extra))
        if key in seen:
            again.append(one)
        seen.add(key)
    return again
