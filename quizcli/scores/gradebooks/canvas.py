"""Canvas: a file that its gradebook imports.

Students are matched by ID, SIS ID, login, then name. ``Title (12)`` is the assignment of that id;
a title that is not there makes a new assignment, of the points in the row below the headers.
"""

from __future__ import annotations

import re
from fractions import Fraction
from itertools import chain
from typing import TYPE_CHECKING

from quizcli.report.numbers import real
from quizcli.scores.csv_cells import csv_lines
from quizcli.scores.gradebooks.book import BookFile, scaled
from quizcli.scores.gradebooks.download import (
    filled_line,
    namesakes,
    opened,
    placed,
    placing_notices,
    score,
)
from quizcli.scores.grading import Status
from quizcli.scores.tables import folded

if TYPE_CHECKING:
    from quizcli.quiz.model import Rational
    from quizcli.scores.gradebooks.book import GradeBook
    from quizcli.scores.gradebooks.download import Download
    from quizcli.scores.grading import StudentGrade
    from quizcli.scores.tables import CsvTable

_IGNORED = re.compile(r"(?:Final|Current|Override) (?:Score|Points|Grade)", re.IGNORECASE)
_TITLE = r"(.*?)(?: \([0-9]+\))?\Z"
_IDENTITY = ("student", "id", "sisuserid", "sisloginid", "integrationid", "rootaccount", "section")
_IDS = ("sisuserid", "sisloginid", "integrationid", "id")
_POINTS = "    Points Possible"
EXCUSED = "EX"
_FILL = "to fill in a download: --template FILE.csv"


def canvas(book: GradeBook, template: CsvTable | None = None) -> BookFile:
    """The file, filled into a download where there is one."""
    return _new(book) if template is None else _filled(book, template)


def _new(book: GradeBook) -> BookFile:
    possible = book.maximum
    head = ("Student", "ID", "SIS User ID", "SIS Login ID", "Section", book.column)
    above = (head, (_POINTS, "", "", "", "", score(possible)))
    rows = (
        (who.name or who.id, "", who.id, who.username, who.section, _score(grade, possible, ""))
        for grade in book.grades
        for who in [grade.student]
    )
    notices = [
        "without a download Canvas finds students by SIS id, login or name alone — " + _FILL,
        *_of_title(book.column, is_new=True),
        *namesakes(book.grades),
    ]
    return BookFile(csv_lines(chain(above, rows)), tuple(notices))


def _filled(book: GradeBook, template: CsvTable) -> BookFile:
    download = opened(template, book.column, _TITLE, _IDENTITY[:4], "Canvas")
    at = download.column
    header = book.column if at is None else download.headers[at]
    notices = _of_title(header, is_new=at is None)
    above = [row for row in download.rows if row.cells[0].strip().startswith("Points Possible")]
    possible = book.maximum
    if at is not None and above:
        notices += _of_points(above[0].cells[at], possible)
        possible = _points(above[0].cells[at]) or possible
    where = placed(
        download, book.grades, _ids(download), ("student",), ignoring_case=("sisloginid",)
    )
    keep = [i for i, h in enumerate(download.headers) if folded(h) in _IDENTITY]
    lines = [filled_line([*(download.headers[i] for i in keep), header], download)]
    for row, grade in zip(download.rows, where.grades, strict=True):
        before = row.cells[at] if at is not None else ""
        text = before if grade is None else _score(grade, possible, before)
        if row in above:
            text = score(possible) if at is None else before
        lines.append(filled_line([*(row.cells[i] for i in keep), text], download))
    notices += placing_notices(download, where, writes_excused=True)
    return BookFile(lines, tuple(notices), where.left_out)


def _ids(download: Download) -> tuple[str, ...]:
    """The columns by which students are found; Canvas's own number only where it has no others,
    since a number of somebody else's may be the same."""
    at = [i for i, header in enumerate(download.headers) if folded(header) in _IDS[:3]]
    return _IDS[:3] if any(row.cells[i].strip() for row in download.rows for i in at) else _IDS


def _score(grade: StudentGrade, possible: Rational, before: str) -> str:
    """What stands in the column; who has no mark keeps what is there, since a blank deletes it."""
    if grade.status is Status.EXCUSED:
        return EXCUSED
    points = scaled(grade, possible)
    return before if points is None else score(points)


def _of_title(header: str, *, is_new: bool) -> list[str]:
    notices = []
    if found := _IGNORED.search(header):
        notices.append(
            f"Canvas ignores a column with '{found[0]}' in its title — use --column TITLE"
        )
    if is_new:
        digits = re.search(r"\(([0-9]+)\)\s*\Z", header)
        notices.append(
            f"Canvas would take '{header}' for the assignment {digits[1]} — use --column TITLE"
            if digits
            else f"without a column id Canvas will create a new assignment, '{header}'"
        )
    return notices


def _points(cell: str) -> Rational | None:
    found = real(cell.replace(",", "."), 0, 10**9)
    return Fraction(cell.replace(",", ".")) if found else None


def _of_points(cell: str, possible: Rational) -> list[str]:
    if "read only" in cell:
        return ["Canvas marks this column as read-only and will skip it"]
    theirs = _points(cell)
    if theirs is None or theirs == possible:
        return []
    there, ours = score(theirs), score(possible)
    return [f"Canvas has {there} points for this quiz, but the bank has {ours}: scaled to {there}"]
