"""Moodle: a table for its import of grades as CSV.

Whoever imports it says which column identifies students (id, id number, email or username) and
which holds the grade. One unknown student, one grade above the maximum or one row of another
length, and nothing is imported.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from quizcli.report.words import counted
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
from quizcli.scores.tables import folded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quizcli.scores.gradebooks.book import GradeBook
    from quizcli.scores.gradebooks.download import Download
    from quizcli.scores.tables import CsvTable

_TITLE = r"(?:[^:]+: )?(.*?)(?: \((?:Real|Percentage|Letter)\))?\Z"
_IDS = ("id", "idnumber", "emailaddress", "email", "username")
_NAMES = (("fullname",), ("firstname", "lastname"), ("firstname", "surname"))
_IDENTITY = (*_IDS, "fullname", "firstname", "lastname", "surname", "institution", "department")
_COMMA = re.compile(r"[0-9]+,[0-9]+\Z")


def moodle(book: GradeBook, template: CsvTable | None = None) -> BookFile:
    """The file, filled into a download where there is one."""
    return _new(book) if template is None else _filled(book, template)


def _new(book: GradeBook) -> BookFile:
    head = ("ID number", "Username", "Email address", "Full name", book.column)
    nameless = 0

    def rows() -> Iterator[tuple[str, ...]]:
        nonlocal nameless
        yield head
        for grade in book.grades:
            who, points = grade.student, scaled(grade, book.maximum)
            if grade.points is None:
                continue
            nameless += not (who.id or who.username or who.email)
            row = (who.id, who.username, who.email, who.name)
            yield (*row, "-" if points is None else score(points))

    lines = [*csv_lines(rows())]
    notices = [_of_maximum(book), *_of_grades(book), *namesakes(book.grades)]
    if nameless:
        notices.append(
            f"{counted(nameless, 'student')} without id, username and email: Moodle imports "
            "nothing if any student is unknown — identify them with --roster FILE"
        )
    return BookFile(lines, tuple(notices))


def _filled(book: GradeBook, template: CsvTable) -> BookFile:
    download = opened(template, book.column, _TITLE, _IDS, "Moodle")
    there = {folded(header) for header in download.headers}
    names = next((names for names in _NAMES if set(names) <= there), ())
    where = placed(
        download, book.grades, _IDS, names, ignoring_case=("emailaddress", "email", "username")
    )
    at = download.column
    header = book.column if at is None else download.headers[at]
    keep = [i for i, name in enumerate(download.headers) if folded(name) in _IDENTITY]
    comma = _writes_commas(download)
    lines = [filled_line([*(download.headers[i] for i in keep), header], download)]
    for row, grade in zip(download.rows, where.grades, strict=True):
        points = scaled(grade, book.maximum) if grade else None
        before = row.cells[at] if at is not None else "-"
        text = before if points is None else score(points, comma=comma)
        lines.append(filled_line([*(row.cells[i] for i in keep), text], download))
    notices = [*([_of_maximum(book)] if at is None else []), *_of_grades(book)]
    notices += placing_notices(download, where)
    return BookFile(lines, tuple(notices), where.left_out)


def _writes_commas(download: Download) -> bool:
    """Whether the site writes 1,5, which is how it reads grades as well."""
    return any(_COMMA.match(cell.strip()) for row in download.rows for cell in row.cells)


def _of_maximum(book: GradeBook) -> str:
    worth = score(book.maximum)
    return (
        f"Moodle creates grade items worth 100 points: create one worth {worth} first, and map "
        "the column to it"
    )


def _of_grades(book: GradeBook) -> list[str]:
    above = [g.student for g in book.grades if g.points is not None and g.points > g.maximum]
    names = ", ".join(f"'{student.id or student.name}'" for student in above[:5])
    return (
        [f"above the maximum, so that Moodle would reject the whole file: {names}"] if above else []
    )
