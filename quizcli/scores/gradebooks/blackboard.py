"""Blackboard: a file for its offline grade book.

Students are matched by ``Username`` alone. ``Title [Total Pts: 10 Score] |123`` is the column of
that id; without an id a column is made, and for that the title stands by itself.
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING

from quizcli.report.words import counted
from quizcli.scores.csv_cells import csv_lines
from quizcli.scores.gradebooks.book import BookFile, scaled
from quizcli.scores.gradebooks.download import (
    filled_line,
    opened,
    placed,
    placing_notices,
    score,
)
from quizcli.scores.tables import folded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quizcli.quiz.model import Rational
    from quizcli.scores.gradebooks.book import GradeBook
    from quizcli.scores.tables import CsvTable

_TITLE = r"(.*?)(?: \[Total Pts: [^\]]*\])?(?: ?\|[0-9]+)?\Z"
_POINTS = re.compile(r"\[Total Pts: (?:up to )?([0-9]{1,9}(?:[.,][0-9]{1,9})?)")
_IDENTITY = ("lastname", "firstname", "username", "studentid")
_MADE = (
    "without a column id Blackboard creates a new column: in Original a text column with 0 points, "
    "in Ultra one with 100 — to fill in a download: --template FILE"
)
_MARK = "\ufeff"


def blackboard(book: GradeBook, template: CsvTable | None = None) -> BookFile:
    """The file, filled into a download where there is one."""
    return _new(book) if template is None else _filled(book, template)


def _new(book: GradeBook) -> BookFile:
    possible, nameless = book.maximum, 0

    def rows() -> Iterator[tuple[str, ...]]:
        nonlocal nameless
        yield ("Username", book.column)
        for grade in book.grades:
            points, name = scaled(grade, possible), grade.student.username or grade.student.id
            nameless += not name
            if points is not None and name:
                yield (name, score(points))

    lines = [*csv_lines(rows(), quoted=True)]
    notices = [_MADE]
    if nameless:
        notices.append(
            f"{counted(nameless, 'student')} without a username, by which Blackboard finds "
            "students, left out — identify them with --roster FILE"
        )
    return BookFile(lines, tuple(notices), nameless)


def _filled(book: GradeBook, template: CsvTable) -> BookFile:
    download = opened(template, book.column, _TITLE, ("username",), "Blackboard")
    at, possible, notices = download.column, book.maximum, []
    header = book.column if at is None else download.headers[at]
    if at is None:
        notices.append(_MADE)
    elif (theirs := _points(header)) not in (None, possible):
        ours, possible = possible, theirs or possible
        notices.append(
            f"Blackboard has {score(possible)} points for this quiz, but the bank has "
            f"{score(ours)}: scaled to {score(possible)}"
        )
    where = placed(download, book.grades, ("username", "studentid"), ("firstname", "lastname"))
    keep = [i for i, name in enumerate(download.headers) if folded(name) in _IDENTITY]
    lines = [filled_line([*(download.headers[i] for i in keep), header], download, quoted=True)]
    for row, grade in zip(download.rows, where.grades, strict=True):
        points = scaled(grade, possible) if grade else None
        before = row.cells[at] if at is not None else ""
        text = before if points is None else score(points)
        cells = [*(row.cells[i] for i in keep), text]
        lines.append(filled_line(cells, download, quoted=True))
    notices += placing_notices(download, where)
    mark = _MARK if download.has_mark else ""
    return BookFile((mark, *lines), tuple(notices), where.left_out)


def _points(header: str) -> Rational | None:
    found = _POINTS.search(header)
    return Fraction(found[1].replace(",", ".")) if found else None
