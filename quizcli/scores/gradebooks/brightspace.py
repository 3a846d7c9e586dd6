"""Brightspace: a file for its import of grades.

``OrgDefinedId`` and ``Username`` say who, written as #123; ``Title Points Grade`` is the item, and
a last column of # ends each line.
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

_IDS = ("orgdefinedid", "username")
_TITLE = r"(.*?) Points Grade(?: <[^>]*>)?\Z"
_POINTS = re.compile(r"<[^>]*MaxPoints: ?([0-9]{1,9}(?:\.[0-9]{1,9})?)")
_LAST = "End-of-Line Indicator"


def brightspace(book: GradeBook, template: CsvTable | None = None) -> BookFile:
    """The file, filled into a download where there is one."""
    return _new(book) if template is None else _filled(book, template)


def _new(book: GradeBook) -> BookFile:
    possible, nameless = book.maximum, 0

    def rows() -> Iterator[tuple[str, ...]]:
        nonlocal nameless
        yield ("OrgDefinedId", "Username", f"{book.column} Points Grade", _LAST)
        for grade in book.grades:
            points, who = scaled(grade, possible), grade.student
            nameless += not (who.id or who.username)
            if points is not None and (who.id or who.username):
                ids = (f"#{who.id}" if who.id else "", f"#{who.username}" if who.username else "")
                yield (*ids, score(points), "#")

    lines = [*csv_lines(rows())]
    notices = [*_of_item(book.column, possible), *_of_grades(book)]
    if nameless:
        notices.append(
            f"{counted(nameless, 'student')} without id and username left out, because Brightspace "
            "does not match by name — identify them with --roster FILE"
        )
    return BookFile(lines, tuple(notices), nameless)


def _filled(book: GradeBook, template: CsvTable) -> BookFile:
    download = opened(template, book.column, _TITLE, _IDS, "Brightspace")
    at, possible = download.column, book.maximum
    header = f"{book.column} Points Grade" if at is None else download.headers[at]
    notices = _of_item(book.column, possible) if at is None else []
    theirs = _points(header)
    if theirs is not None and theirs != possible:
        notices.append(
            f"Brightspace has {score(theirs)} points for this quiz, but the bank has "
            f"{score(possible)}: scaled to {score(theirs)}"
        )
        possible = theirs
    where = placed(download, book.grades, _IDS, ("firstname", "lastname"))
    keep = [i for i, name in enumerate(download.headers) if folded(name) in _IDS]
    lines = [filled_line([*(download.headers[i] for i in keep), header, _LAST], download)]
    for row, grade in zip(download.rows, where.grades, strict=True):
        points = scaled(grade, possible) if grade else None
        before = row.cells[at] if at is not None else ""
        text = before if points is None else score(points)
        lines.append(filled_line([*(row.cells[i] for i in keep), text, "#"], download))
    notices += [*_of_grades(book), *placing_notices(download, where)]
    return BookFile(lines, tuple(notices), where.left_out)


def _points(header: str) -> Rational | None:
    found = _POINTS.search(header)
    return Fraction(found[1]) if found else None


def _of_item(column: str, possible: Rational) -> list[str]:
    item = f"a numeric grade item '{column}' worth {score(possible)} points"
    return [f"Brightspace needs {item}, or creates one on import"]


def _of_grades(book: GradeBook) -> list[str]:
    above = [g for g in book.grades if g.points is not None and g.points > g.maximum]
    return [f"Brightspace caps {counted(len(above), 'grade')} above the maximum"] if above else []
