"""Who gains and who loses by a repair, and what: a table, and an object for programs."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

from quizcli.report.result import Columns, Heading, Line, Paragraph, Result
from quizcli.report.words import counted, percent
from quizcli.scores.class_results import exit_code, file_notices
from quizcli.scores.repair_files import repair_data, repair_said
from quizcli.scores.repairs import idle_wishes
from quizcli.scores.rows import plain_number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quizcli.quiz.model import Rational
    from quizcli.scores.gradebooks.book import GradeBook
    from quizcli.scores.grading import StudentGrade
    from quizcli.scores.repairs import Repair

_ROWS = 60
GAINS, LOSES, KEEPS = "gains", "loses", "keeps the share"


class ChangedMark(NamedTuple):
    """The points of a question before and after; None where it did not count, or has no mark."""

    question: str
    before: Rational | None
    after: Rational | None
    counts: bool


class ChangedGrade(NamedTuple):
    """A student whose points, maximum or single marks are others than before."""

    before: StudentGrade
    after: StudentGrade
    marks: tuple[ChangedMark, ...]

    @property
    def outcome(self) -> str:
        """By the share of the points, since a question that is dropped takes from both."""
        assert self.before.percent is not None
        assert self.after.percent is not None
        if self.after.percent == self.before.percent:
            return KEEPS
        return GAINS if self.after.percent > self.before.percent else LOSES


def changed_grades(book: GradeBook) -> Iterator[ChangedGrade]:
    """Each student of whom something changes."""
    for after in book.grades:
        before = after.before
        if before is None:
            continue
        now = {mark.question: mark for mark in after.marks}
        were = {mark.question: mark for mark in before.marks}
        marks = tuple(
            ChangedMark(
                id,
                were[id].points if id in were else None,
                now[id].points if id in now else None,
                id in now,
            )
            for id in book.questions
            if (id in now or id in were)
            and (id not in now or id not in were or now[id].points != were[id].points)
        )
        if marks or (after.points, after.maximum) != (before.points, before.maximum):
            yield ChangedGrade(before, after, marks)


def regrade_data(book: GradeBook, repair: Repair) -> Result:
    """For programs: the repair, and who changes."""
    changes = list(changed_grades(book))
    outcomes = Counter(change.outcome for change in changes)
    data = {
        "bank": book.bank.id,
        "repair": repair_data(repair),
        "students": sum(grade.before is not None for grade in book.grades),
        "gain": outcomes[GAINS],
        "lose": outcomes[LOSES],
        "changes": [_change(change) for change in changes],
    }
    return Result(data=data, notices=_notices(book, repair, len(changes)),
                  exit_code=exit_code(book.notes))  # fmt: skip


def regrade_result(book: GradeBook, repair: Repair) -> Result:
    """For people."""
    rows: list[tuple[str, ...]] = []
    outcomes = Counter[str]()
    for change in changed_grades(book):
        outcomes[change.outcome] += 1
        if len(rows) < _ROWS:
            rows.append(_row(change))
    students = sum(grade.before is not None for grade in book.grades)
    said = [
        f"{counted(students, 'student')}",
        f"{outcomes[GAINS]} gain",
        f"{outcomes[LOSES]} lose",
        f"{students - outcomes[GAINS] - outcomes[LOSES]} unchanged",
    ]
    head = ("Student", "Name", "Points", "%", "Outcome", "Questions")
    table = (Line(""), Columns(head, tuple(rows), (2, 3))) if rows else ()
    more = outcomes.total() - len(rows)
    return Result(
        body=(
            Heading(book.bank.title),
            Paragraph(f"Repaired: {repair_said(repair)}"),
            Paragraph(" · ".join(said)),
            *table,
            *([Paragraph(f"and {more} more: --json has them all")] if more else []),
        ),
        notices=_notices(book, repair, outcomes.total()),
        exit_code=exit_code(book.notes),
    )


def _notices(book: GradeBook, repair: Repair, changes: int) -> tuple[str, ...]:
    said = [*file_notices(book.notes), *idle_wishes(repair, book.bank)]
    return (*said, *([] if changes else ["the repair changes nobody's mark"]))


def _row(change: ChangedGrade) -> tuple[str, ...]:
    before, after = change.before, change.after
    return (
        after.student.id, after.student.name, *_moved(before, after), change.outcome,
        "; ".join(f"{mark.question} {_points(mark.before)} → "
                  f"{_points(mark.after) if mark.counts else 'out'}" for mark in change.marks),
    )  # fmt: skip


def _moved(before: StudentGrade, after: StudentGrade) -> tuple[str, str]:
    """Points and percent before and after; what they are out of where that is another now."""
    both = (before, after)
    same = before.maximum == after.maximum
    points = [
        f"{_points(each.points)}{'' if same else f' of {plain_number(each.maximum)}'}"
        for each in both
    ]
    shares = [percent(float(each.percent)) for each in both if each.percent is not None]
    return " → ".join(points), " → ".join(dict.fromkeys(shares))


def _points(points: Rational | None) -> str:
    return "–" if points is None else str(plain_number(points))


def _change(change: ChangedGrade) -> dict[str, Any]:
    who = change.after.student
    return {
        "student": {"id": who.id or None, "name": who.name or None, "section": who.section or None},
        "outcome": change.outcome,
        "before": _numbers(change.before),
        "after": _numbers(change.after),
        "questions": [
            {
                "question": mark.question,
                "before": None if mark.before is None else plain_number(mark.before),
                "after": None if mark.after is None else plain_number(mark.after),
                "counts": mark.counts,
            }
            for mark in change.marks
        ],
    }


def _numbers(grade: StudentGrade) -> dict[str, Any]:
    assert grade.points is not None
    assert grade.percent is not None
    return {
        "points": plain_number(grade.points),
        "max_points": plain_number(grade.maximum),
        "percent": plain_number(grade.percent),
    }
