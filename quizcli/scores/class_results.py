"""A graded class at the terminal: marks, how they are spread, and what is to be said of files."""

from __future__ import annotations

import re
from array import array
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from quizcli.report.codes import ExitCode
from quizcli.report.result import Columns, Heading, Line, Paragraph, Result
from quizcli.report.words import counted, listed, percent
from quizcli.scores.gradebooks.whole import class_data
from quizcli.scores.grading import Status
from quizcli.scores.item_pictures import score_spread
from quizcli.scores.repair_files import repair_said
from quizcli.scores.rows import plain_number
from quizcli.scores.tries import Fate

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from quizcli.report.pictures import Picture
    from quizcli.report.result import Block
    from quizcli.scores.gradebooks.book import GradeBook
    from quizcli.scores.grading import StudentGrade
    from quizcli.scores.tries import FileNote

    Body = list[Block | Picture]

_NAMED = 3  # files of which the same is remarked
_ROWS = 60  # students at a terminal; a file has all


class ClassBlocks(NamedTuple):
    """What is said of a graded class, part by part: how many were graded and how well; a row a
    student; how scores are spread; what is to be said of files. ``unmarked`` are free answers."""

    facts: Body
    students: Columns
    more: int
    spread: Body
    files: Body
    unmarked: int


def class_blocks(book: GradeBook, most: int | None = None) -> ClassBlocks:
    """The parts, with ``most`` so many students; ``more`` are those left out."""
    rows: list[tuple[str, ...]] = []
    fates = Counter[Status]()
    scores, unmarked = array("d"), 0
    for grade in book.grades:
        if most is None or len(rows) < most:
            rows.append(_row(grade))
        fates[grade.status] += 1
        unmarked += grade.unmarked
        if grade.percent is not None:
            scores.append(float(grade.percent))
    facts: Body = [Paragraph(" · ".join(_facts(book, fates, sorted(scores))))]
    if book.repair is not None:
        facts.append(Paragraph(f"Repaired: {repair_said(book.repair)}"))
    heads = ("Student", "Name", "Points", "%", "Tries", "Late", "Notes")
    return ClassBlocks(
        facts, Columns(heads, tuple(rows), (2, 3, 4, 5)), fates.total() - len(rows),
        list(score_spread(scores)), _report(book.notes), unmarked,
    )  # fmt: skip


def class_result(book: GradeBook) -> Result:
    """The marks of a class; exit 1 where a file was not graded."""
    parts = class_blocks(book, _ROWS)
    body: Body = [Heading(book.bank.title), *parts.facts, Line(""), parts.students]
    if parts.more:
        body.append(Paragraph(f"and {parts.more} more: --format students -o marks.csv"))
    return Result(
        body=(*body, *parts.spread, *([Line("")] if parts.files else []), *parts.files),
        notices=tuple(_waiting(parts.unmarked)),
        exit_code=exit_code(book.notes),
    )


def class_json(book: GradeBook) -> Result:
    """The same for programs."""
    return Result(
        data=class_data(book),
        notices=tuple(class_notices(book.grades)),
        exit_code=exit_code(book.notes),
    )


def exit_code(notes: Iterable[FileNote]) -> ExitCode:
    """1 where something was not graded."""
    refused = any(note.fate is Fate.REFUSED for note in notes)
    return ExitCode.FAILED if refused else ExitCode.DONE


def class_notices(grades: Iterable[StudentGrade]) -> list[str]:
    """What whoever uses the marks has to know."""
    return _waiting(sum(grade.unmarked for grade in grades))


def _waiting(unmarked: int) -> list[str]:
    if not unmarked:
        return []
    waiting = "needs a mark and counts" if unmarked == 1 else "need a mark and count"
    how = "--overrides FILE.csv with student, question, mark, reason"
    return [f"{counted(unmarked, 'free answer')} {waiting} as 0 until then: {how}"]


def graded_said(book: GradeBook) -> str:
    """How many were graded, and how many files were not, in a few words."""
    graded = sum(grade.status is Status.GRADED for grade in book.grades)
    not_graded = sum(note.fate is Fate.REFUSED for note in book.notes)
    said = f"{counted(graded, 'student')} graded"
    return f"{said}, {counted(not_graded, 'file')} not graded" if not_graded else said


def refusals(notes: Iterable[FileNote]) -> list[str]:
    """A line for each file that was not graded, or left out."""
    return [
        f"{note.file}: {note.fate}: {'; '.join(note.reasons)}"
        for note in notes
        if note.fate is not Fate.REMARKED
    ]


def file_notices(notes: Sequence[FileNote]) -> list[str]:
    """All that is to be said of files: a line for each that was not graded or left out, one for
    each remark that several files share, and one for the other remarks of a file."""
    files: dict[str, list[str]] = {}
    for note in notes:
        for reason in note.reasons if note.fate is Fate.REMARKED else ():
            files.setdefault(reason, []).append(note.file)
    told: dict[str, list[str]] = {}
    for reason, of in files.items():
        told.setdefault(_some_files(of), []).append(reason)
    return refusals(notes) + [f"{of}: graded: {'; '.join(why)}" for of, why in told.items()]


def _some_files(files: Sequence[str]) -> str:
    if len(files) == 1:
        return files[0]
    more = ", …" if len(files) > _NAMED else ""
    return f"{len(files)} files ({', '.join(files[:_NAMED])}{more})"


def _facts(book: GradeBook, fates: Counter[Status], scores: Sequence[float]) -> list[str]:
    said = [counted(fates[Status.GRADED], "student") + " graded"]
    said += [
        f"{n} {status}"
        for status in (Status.MISSING, Status.REFUSED, Status.EXCUSED)
        if (n := fates[status])
    ]
    if scores:
        said.append(f"mean {percent(sum(scores) / len(scores))}%")
        middle = (scores[(len(scores) - 1) // 2] + scores[len(scores) // 2]) / 2
        said.append(f"median {percent(middle)}%")
    return [*said, f"{plain_number(book.maximum)} points", book.policy]


def _row(grade: StudentGrade) -> tuple[str, ...]:
    late = max((grade.tries[n - 1].late for n in grade.counted), default=0)
    return (
        _literal(grade.student.id),
        _literal(grade.student.name),
        str(grade.status) if grade.points is None else str(plain_number(grade.points)),
        "" if grade.percent is None else percent(float(grade.percent)),
        str(len(grade.tries)),
        str(late or ""),
        _literal(grade.said),
    )


def _literal(text: str) -> str:
    """What others wrote, whose dollars begin no formula."""
    return re.sub(r"(?<!\\)\$", r"\\$", text)


def _report(notes: Sequence[FileNote]) -> Body:
    if not notes:
        return []
    fates = Counter(note.fate for note in notes)
    how = {fate: str(fate) for fate in Fate} | {Fate.REMARKED: "graded with a note"}
    said = [f"{n} {how[fate]}" for fate in Fate if (n := fates[fate])]
    rows = tuple(
        (_literal(note.file), str(note.fate), _literal("; ".join(note.reasons))) for note in notes
    )
    return [
        Paragraph(f"Files: {listed(said)}."),
        Line(""),
        Columns(("File", "Result", "Why"), rows),
    ]
