"""Grade books for spreadsheets and scripts: a row a student, a row an answer, a row an event."""

from __future__ import annotations

from collections import Counter
from itertools import chain
from operator import itemgetter
from typing import TYPE_CHECKING

from quizcli.quiz.drawing import titled
from quizcli.scores.csv_cells import csv_lines
from quizcli.scores.gradebooks.book import AnswerWords, BookFile, number_or_blank
from quizcli.scores.rows import plain_number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quizcli.scores.gradebooks.book import GradeBook
    from quizcli.scores.grading import QuestionMark, StudentGrade, TryScore

_STUDENT = (
    "student", "name", "section", "status", "points", "max_points", "percent", "tries", "counted",
    "late", "started", "finished", "seconds", "unmarked", "notes", "files",
)  # fmt: skip
_ITEM = (
    "student", "name", "section", "question", "title", "kind", "response", "correct", "mark",
    "points", "max_points", "credit", "try", "tries", "hints", "guess", "seconds", "position",
    "shown", "seed", "answered", "note",
)  # fmt: skip
_EVENT = (
    "time", "student", "name", "section", "file", "attempt", "try", "event", "question",
    "response", "mark", "points", "max_points", "seconds", "hints", "seed",
)  # fmt: skip


def per_student(book: GradeBook) -> BookFile:
    """A row a student."""
    return BookFile(csv_lines(chain((_STUDENT,), map(_student, book.grades))))


def _student(grade: StudentGrade) -> tuple[object, ...]:
    counted = [grade.tries[n - 1] for n in grade.counted]
    return (
        grade.student.id, grade.student.name, grade.student.section, str(grade.status),
        number_or_blank(grade.points), number_or_blank(grade.maximum or None),
        number_or_blank(grade.percent), len(grade.tries), " ".join(map(str, grade.counted)),
        max((one.late for one in counted), default=0),
        min((one.hand_in.started for one in counted), default=""),
        max((one.hand_in.finished for one in counted), default=""),
        plain_number(sum(a.seconds for one in counted for a in one.hand_in.answers)),
        grade.unmarked, grade.said, " ".join(one.hand_in.file for one in grade.tries),
    )  # fmt: skip


def per_item(book: GradeBook) -> BookFile:
    """A row a student and question: what was answered in the try that counts, and earned."""
    words = AnswerWords(book.questions)
    named = {id: (titled(each), each.kind) for id, each in book.questions.items()}
    rows = (
        _item(grade, mark, named[mark.question], words, tries[mark.question])
        for grade in book.grades
        for tries in [_tries(grade)]
        for mark in grade.marks
        if grade.tries or mark.note
    )
    return BookFile(csv_lines(chain((_ITEM,), rows)))


def _tries(grade: StudentGrade) -> Counter[str]:
    """How often each question was tried."""
    return Counter(
        answer.question for one in grade.tries for answer in one.hand_in.answers if answer.given
    )


def _item(
    grade: StudentGrade, mark: QuestionMark, named: tuple[str, str], words: AnswerWords, tries: int
) -> tuple[object, ...]:
    answer = mark.answer
    number = mark.attempt or len(grade.tries)
    one = grade.tries[number - 1].hand_in if grade.tries else None
    return (
        grade.student.id, grade.student.name, grade.student.section, mark.question, *named,
        words.response(answer) if answer else "", words.correct(answer) if answer else "",
        str(mark.mark),
        number_or_blank(mark.points), plain_number(mark.maximum), mark.rule,
        mark.attempt or "", tries, answer.hints if answer else 0,
        "yes" if answer and answer.guess else "no", answer.seconds if answer else 0,
        answer.number if answer else "", " ".join(answer.shown) if answer else "",
        one.seed if one else "", answer.at if answer else "", mark.note,
    )  # fmt: skip


def events(book: GradeBook) -> BookFile:
    """A row whatever happened in any try, of each student in the order of time."""
    words = AnswerWords(book.questions)
    rows = (
        row
        for grade in book.grades
        for number, one in enumerate(grade.tries, 1)
        for row in sorted(_events(grade, number, one, words), key=itemgetter(0))
    )
    return BookFile(csv_lines(chain((_EVENT,), rows)))


def _events(
    grade: StudentGrade, number: int, one: TryScore, words: AnswerWords
) -> Iterator[tuple[str, ...]]:
    of, who = one.hand_in, grade.student
    head = (who.id, who.name, who.section, of.file, of.uid, str(number))
    seed = str(of.seed)
    yield (of.started, *head, "began", *[""] * 7, seed)
    for answer in of.answers:
        if answer.given:
            yield (
                answer.at, *head, "answered", answer.question, words.response(answer),
                str(answer.grade.mark), str(plain_number(answer.grade.points)),
                str(plain_number(answer.grade.maximum)), str(answer.seconds), str(answer.hints),
                seed,
            )  # fmt: skip
    if of.finished:
        yield (of.finished, *head, "handed in", *[""] * 7, seed)
