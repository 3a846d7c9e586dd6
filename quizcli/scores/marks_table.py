"""A bare table of marks: a row a student, a column an item, and no bank.

What an item is worth stands in a row named ``max``, else it is 1. An empty cell, or ``-``, was not
asked. Columns of names and ids are passed over.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizcli.numeric import np
from quizcli.report.codes import UserError
from quizcli.report.numbers import real
from quizcli.scores.class_answers import ClassAnswers
from quizcli.scores.tables import folded, read_table

if TYPE_CHECKING:
    from pathlib import Path

    from quizcli.scores.tables import CsvRow, CsvTable

_WHO = frozenset({
    "student", "id", "studentid", "idnumber", "name", "fullname", "firstname", "lastname",
    "surname", "section", "group", "email", "emailaddress", "username",
})  # fmt: skip
_MAXIMUM = frozenset({"max", "maximum"})
_NOT_ASKED = frozenset({"", "-"})


def read_marks(path: Path, name: str) -> ClassAnswers:
    """The marks in a table. Raises UserError with all its faults."""
    table = read_table(path, name)
    rows = list(table.rows)
    items = [i for i, header in enumerate(table.headers) if folded(header) not in _WHO]
    if 0 in items and any(_number(table, row.cells[0]) is None for row in rows):
        items.remove(0)  # names under a header of any kind
    if not items or not rows:
        table.faults.tell()
        raise UserError(
            f"{name} has no marks in it — it needs one row per student and one column per item"
        )
    others = [i for i in range(len(table.headers)) if i not in items]
    top = [row for row in rows if any(row.cells[i].strip().lower() in _MAXIMUM for i in others)]
    worth = _row(table, top[0], items) if top else [1.0] * len(items)
    for at, most in zip(items, worth, strict=True):
        if not most > 0:
            table.faults.add(top[0].line, f"'{table.headers[at]}' is worth {most:g}")
    marks = [_row(table, row, items, worth) for row in rows if row not in top]
    table.faults.tell()
    headers = [table.headers[at] for at in items]
    if twice := next((header for header in headers if headers.count(header) > 1), None):
        raise UserError(f"{name} has two columns called '{twice}' — give them different names")
    x = np.array(marks, np.float64).reshape(len(marks), len(items))
    return ClassAnswers(tuple(headers), x, np.array(worth), {}, {})


def _row(
    table: CsvTable, row: CsvRow, items: list[int], worth: list[float] | None = None
) -> list[float]:
    found = []
    for place, at in enumerate(items):
        mark = _number(table, row.cells[at])
        header = table.headers[at]
        if mark is None:
            table.faults.add(
                row.line, f"'{row.cells[at].strip()[:40]}' of '{header}' is not a mark"
            )
        elif worth is not None and mark > worth[place]:
            most = f"{worth[place]:g}"
            said = f"{mark:g} of '{header}' is above {most}"
            table.faults.add(row.line, f"{said} — put the maxima into a row named 'max'")
        found.append(np.nan if mark is None else mark)
    return found


def _number(table: CsvTable, cell: str) -> float | None:
    """The mark in a cell, NaN for none; None for what is no mark."""
    text = cell.strip()
    if text in _NOT_ASKED:
        return float("nan")
    return real(text if table.delimiter == "," else text.replace(",", "."), 0, 10**9)
