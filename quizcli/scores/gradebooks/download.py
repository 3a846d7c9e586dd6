"""A grade book that was downloaded from its system, and is filled in. The rule: identities and
column ids are the system's, kept to the letter; what is written is the one column of the quiz.

Other columns of scores are left out, since whatever was changed there since would be undone.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

from quizcli.report.codes import UserError
from quizcli.report.words import counted, listed
from quizcli.scores.grading import Status
from quizcli.scores.names_alike import is_of_another
from quizcli.scores.rows import plain_number
from quizcli.scores.tables import folded, spoilt

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence

    from quizcli.quiz.model import Rational
    from quizcli.scores.grading import StudentGrade
    from quizcli.scores.hand_in_head import Student
    from quizcli.scores.tables import CsvRow, CsvTable

_SHOWN = 5


class Download(NamedTuple):
    """The rows of a download; ``column`` is the place of the quiz, None where it has none yet."""

    headers: tuple[str, ...]
    rows: tuple[CsvRow, ...]
    column: int | None
    delimiter: str
    has_mark: bool


class Placing(NamedTuple):
    """The grade of each row, None for who has none; and who has a grade and no row, whose number
    is in the row of somebody else (``mistaken`` says so of each), who was found ``by_name``."""

    grades: tuple[StudentGrade | None, ...]
    unplaced: tuple[Student, ...]
    mistaken: tuple[str, ...]
    by_name: tuple[Student, ...]

    @property
    def left_out(self) -> int:
        """How many have a grade that is not in the file."""
        return len(self.unplaced) + len(self.mistaken)


def opened(
    table: CsvTable, column: str, pattern: str, ids: Collection[str], system: str
) -> Download:
    """A download of ``system``, with the column of the quiz: the one of exactly this header, or one
    whose title is so, as the ``pattern`` takes it out of a header. ``ids`` are the columns, folded,
    by which students are told apart, one of which there must be. Raises UserError."""
    headers = table.headers
    known = [i for i, header in enumerate(headers) if folded(header) in ids]
    if not known:
        raise UserError(
            f"{table.name} is not a download from {system}: none of its columns is called "
            f"{listed(list(ids), 'or')}"
        )
    rows = []
    for row in table.rows:
        for wrong in filter(None, (spoilt(row.cells[at]) for at in known)):
            table.faults.add(row.line, wrong)
        rows.append(row)
    table.faults.tell()
    titles = [found[1].strip() if (found := re.match(pattern, h)) else None for h in headers]
    at = [i for i, header in enumerate(headers) if header == column]
    at = at or [i for i, title in enumerate(titles) if title == column]
    if len(at) > 1:
        both = listed([f"'{headers[i]}'" for i in at])
        raise UserError(f"{table.name} has {len(at)} columns with that name, {both} — use --column")
    return Download(headers, tuple(rows), at[0] if at else None, table.delimiter, table.has_mark)


def placed(
    download: Download,
    grades: Iterable[StudentGrade],
    ids: Sequence[str],
    names: Sequence[str] = (),
    *,
    ignoring_case: Collection[str] = (),
) -> Placing:
    """Each student in their row: by the columns ``ids`` (folded), the surest first, else by a name
    that is the only one of its kind in the download and among the students. Raises UserError where
    two students would have the same row. Who is called otherwise in the row of their number has
    none, unless a roster says who it is, or a person gave the mark."""
    places = [_by_id(download, id, fold=id in ignoring_case) for id in ids]
    by_name = _by_name(download, names)
    found: dict[int, StudentGrade] = {}
    left, mistaken = [], []
    for one in grades:
        called = _called(one)
        grade = one._replace(marks=(), tries=())  # of a large class too much to keep
        row = next((row for where in places if (row := where(grade.student)) is not None), None)
        if row is None:
            left.append(grade)
        elif not grade.certain and (other := _other_name(download, row, called, by_name, names)):
            if _has_mark(grade):
                id, line, (theirs, own) = grade.student.id, download.rows[row].line, other
                mistaken.append(
                    f"'{id}' is {theirs}'s number in the download (line {line}), but the hand-in "
                    f"says {own}: left out — correct whichever is wrong, or give the mark "
                    "with --overrides"
                )
        elif row in found:
            both = listed([f"'{each.student.id}'" for each in (found[row], grade)])
            line = download.rows[row].line
            raise UserError(
                f"{both} both match the student on line {line} — tell them apart with --roster"
            )
        else:
            found[row] = grade
    mine = Counter(grade.student.name.casefold() for grade in left)
    unplaced, named = [], []
    for grade in left:
        name = grade.student.name.casefold()
        rows = by_name.get(name, []) if name and mine[name] == 1 else []
        if len(rows) == 1 and rows[0] not in found:
            found[rows[0]] = grade
            if _has_mark(grade):
                named.append(grade.student)
        elif _has_mark(grade):
            unplaced.append(grade.student)
    return Placing(
        tuple(map(found.get, range(len(download.rows)))),
        tuple(unplaced), tuple(mistaken), tuple(named),
    )  # fmt: skip


def _has_mark(grade: StudentGrade) -> bool:
    return grade.status in {Status.GRADED, Status.EXCUSED}


def _called(grade: StudentGrade) -> list[str]:
    """The names in the hand-ins that count, which need not be of one person."""
    return [grade.tries[n - 1].hand_in.student.name for n in grade.counted] or [grade.student.name]


def _other_name(
    download: Download,
    row: int,
    called: Sequence[str],
    by_name: dict[str, list[int]],
    names: Sequence[str],
) -> tuple[str, str] | None:
    """The name in a row, and the one of those ``called`` so that is another's; None for none."""
    cells = [download.rows[row].cells[i] for i in _columns(download, names)]
    there = " ".join(" ".join(cells).split())
    for name in called:
        if row not in by_name.get(name.casefold(), [row]) or is_of_another(name, [there]):
            return there, name
    return None


def _columns(download: Download, names: Sequence[str]) -> list[int]:
    return [i for name in names for i, h in enumerate(download.headers) if folded(h) == name]


def _by_id(download: Download, column: str, *, fold: bool) -> Callable[[Student], int | None]:
    """Finds the row of a student by a column of ids; none where two rows have the same."""
    at = next((i for i, header in enumerate(download.headers) if folded(header) == column), None)
    rows: dict[str, list[int]] = defaultdict(list)
    for number, row in enumerate(download.rows):
        if at is not None and (id := row.cells[at].strip().removeprefix("#")):
            rows[id.casefold() if fold else id].append(number)

    def found(student: Student) -> int | None:
        for own in (student.id, student.username, student.email):
            here = rows.get(own.casefold() if fold else own, [])
            if len(here) == 1:
                return here[0]
        return None

    return found


def _by_name(download: Download, names: Sequence[str]) -> dict[str, list[int]]:
    at = _columns(download, names)
    rows: dict[str, list[int]] = defaultdict(list)
    for number, row in enumerate(download.rows if at else ()):
        for name in _names([row.cells[i] for i in at]):
            rows[name].append(number)
    return rows


def _names(cells: Sequence[str]) -> set[str]:
    """A name as it may be written: last and first in two cells, or with a comma between."""
    parts = [" ".join(cell.split()) for cell in cells]
    said = {f"{parts[0]} {parts[1]}", f"{parts[1]} {parts[0]}"} if len(parts) == 2 else set(parts)
    for name in tuple(said):
        last, comma, first = name.partition(",")
        said |= {f"{first.strip()} {last.strip()}"} if comma else set()
    return {name.casefold() for name in said if name.strip()}


def placing_notices(
    download: Download, where: Placing, *, writes_excused: bool = False
) -> list[str]:
    """Who has no row in a download, or one that is somebody else's; who was found by name only;
    who keeps the score that stands there, and who has none. ``writes_excused``: the system has a
    word for an excuse."""
    said = list(where.mistaken)
    if n := len(where.unplaced):
        are = "student has" if n == 1 else "students have"
        some = _some([each.id or each.name for each in where.unplaced])
        said.append(f"{n} {are} no row in the download, so no grade is written: {some}")
    if where.by_name:
        some = _some([each.name for each in where.by_name])
        said.append(f"{len(where.by_name)} matched by name only: {some}")
    scores = [
        _has_score(download, row)
        for row, grade in zip(download.rows, where.grades, strict=True)
        if _is_student(row)
        and (grade is None or (grade.points is None
                               and not (writes_excused and grade.status is Status.EXCUSED)))
    ]  # fmt: skip
    if kept := scores.count(True):
        keeps = "student keeps" if kept == 1 else "students keep"
        said.append(f"{kept} {keeps} the score in the download")
    if none := scores.count(False):
        have = "student in the download has" if none == 1 else "students in the download have"
        said.append(f"{none} {have} no score")
    return said


def _some(names: Sequence[str]) -> str:
    more = [f"{len(names) - _SHOWN} more"] if len(names) > _SHOWN else []
    return listed([f"'{name}'" for name in names[:_SHOWN]] + more)


def _is_student(row: CsvRow) -> bool:
    """Whether a row is one, and neither empty nor that of the points."""
    return any(row.cells) and not row.cells[0].strip().startswith("Points Possible")


def _has_score(download: Download, row: CsvRow) -> bool:
    """Whether something stands in the column of the quiz."""
    if download.column is None:
        return False
    return row.cells[download.column].strip() not in ("", "-")


def namesakes(grades: Iterable[StudentGrade]) -> list[str]:
    """Students who share a name and have no id, which a system that goes by names takes for one."""
    seen = Counter(grade.student.name for grade in grades if not grade.student.id)
    return [
        f"{counted(n, 'student')} share the name '{name}' and have no id"
        for name, n in seen.items()
        if n > 1
    ]


def filled_line(cells: Sequence[str], download: Download, *, quoted: bool = False) -> str:
    """A row of the file; what is the system's own is written as it was, and nothing added."""
    out = io.StringIO(newline="")
    if quoted:
        writer = csv.writer(out, delimiter=download.delimiter, quoting=csv.QUOTE_ALL)
    else:
        writer = csv.writer(out, delimiter=download.delimiter)
    writer.writerow(cells)  # whose lines end as RFC 4180 has it
    return out.getvalue()


def score(points: Rational, *, comma: bool = False) -> str:
    """A score as grade books take it: a point, unless the site writes a ``comma``."""
    text = f"{plain_number(points)}"
    return text.replace(".", ",") if comma else text
