"""What goes back to a student: marks, reasons and where to see them measured, as Markdown.

The rule: a page holds what its student answered and what the bank says, and nothing of anybody
else.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from quizcli.quiz.kinds import kind_of
from quizcli.quiz.steps import Item
from quizcli.report.words import percent
from quizcli.scores.drawn_questions import DrawnQuestions
from quizcli.scores.grading import Status
from quizcli.scores.markdown_cells import md_blocks, md_lines, md_text, md_typed
from quizcli.scores.rows import plain_number

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from quizcli.quiz.model import Question
    from quizcli.scores.gradebooks.book import GradeBook
    from quizcli.scores.grading import QuestionMark, StudentGrade, TryScore

_NOT_IN_NAMES = re.compile(r"[^A-Za-z0-9_-]+")
_LONGEST = 80
# Windows keeps these names for devices, whatever follows the dot.
_DEVICES = frozenset(
    {"con", "prn", "aux", "nul", *(f"{d}{n}" for d in ("com", "lpt") for n in range(10))}
)


def feedback_names(book: GradeBook) -> Iterator[str]:
    """The name of a file for each student who was graded, in letters that every system takes, and
    no two alike."""
    used: set[str] = set()
    for grade in _graded(book):
        plain = _NOT_IN_NAMES.sub("_", grade.student.id or grade.student.name)[:_LONGEST]
        plain = f"_{plain}" if plain.lower() in _DEVICES or not plain else plain
        name, n = plain, 1
        while name.lower() in used:
            n += 1
            name = f"{plain}-{n}"
        used.add(name.lower())
        yield f"{name}.md"


def feedback_pages(book: GradeBook) -> Iterator[tuple[str, str]]:
    """The name of a file and its text, for each student who was graded."""
    draws = DrawnQuestions(book.questions)
    for name, grade in zip(feedback_names(book), _graded(book), strict=True):
        yield name, _page(book, grade, draws)


def _graded(book: GradeBook) -> Iterator[StudentGrade]:
    return (grade for grade in book.grades if grade.status is Status.GRADED)


def _page(book: GradeBook, grade: StudentGrade, draws: DrawnQuestions) -> str:
    who = [md_typed(each) for each in (grade.student.name, grade.student.id) if each]
    assert grade.points is not None
    assert grade.percent is not None
    score = f"{plain_number(grade.points)} of {plain_number(grade.maximum)} points"
    parts = [f"# {md_text(book.bank.title)}", " · ".join(
        [*who, f"**{score}** ({percent(float(grade.percent))}%)"])]  # fmt: skip
    if len(grade.tries) > 1 or any(one.late for one in grade.tries):
        rows = ["| Try | Handed in | Points | Late | Counts |", "|--:|---|--:|--:|---|"]
        for number, one in enumerate(grade.tries, 1):
            cells = (number, one.hand_in.finished or "–", plain_number(one.points), one.late or "",
                     "yes" if number in grade.counted else "")  # fmt: skip
            rows.append(f"| {' | '.join(map(str, cells))} |")
        parts += [f"{book.policy[:1].upper()}{md_text(book.policy[1:])}.", "\n".join(rows)]
    parts += [md_typed(note) for note in grade.notes]
    for number, mark in enumerate(grade.marks, 1):
        parts += _question(book, number, mark, draws, grade.tries)
    return "\n\n".join(filter(None, parts)) + "\n"


def _question(
    book: GradeBook,
    number: int,
    mark: QuestionMark,
    draws: DrawnQuestions,
    tries: Sequence[TryScore],
) -> Iterator[str]:
    answer = mark.answer
    if answer:
        values = answer.values
    else:  # of who handed in nothing it shows some numbers
        seed = tries[mark.attempt - 1].hand_in.seed if tries else 0
        values = draws.due(mark.question, seed, book.bank.id)
    question = draws.under(mark.question, values)
    kind = kind_of(question)
    given = answer.given if answer else ()
    earned = "not marked yet" if mark.points is None else f"{plain_number(mark.points)}"
    if mark.excused:
        earned = "left out"
    yield f"## {number}. {md_text(question.title or question.id)}"
    yield f"{earned} of {_worth(mark)}"
    yield md_typed(mark.note)
    yield md_blocks(question.prompt)
    if question.figure:
        yield md_lines(question.figure.text)
        yield md_text(question.figure.alt)
    if kind.chooses:
        yield "\n".join(_options(question, given))
    elif places := kind.placed(question, given):
        yield "\n".join(
            f"- {md_text(each.label)}: {md_text(each.given) or '–'}"
            + (" ✓" if each.is_right else f" ✗ (right: {md_text(each.right) or '–'})")
            + (f" — {md_text(each.reason)}" if each.reason else "")
            for each in places
        )
    else:
        yield f"Your answer: {md_typed(' '.join(kind.describe(question, given))) or '–'}"
        if kind.graded and (key := kind.describe(question, kind.key(question))):
            yield f"Right: {md_text(', '.join(key))}"
    if not kind.chooses and given:
        yield md_blocks(kind.reason(question, given))
    yield md_blocks(question.explanation)
    if question.demo:
        yield f"Run the experiment: `quizcli demo {book.bank.id}/{question.id}`"


def _worth(mark: QuestionMark) -> str:
    """``1 point``, ``2.5 points``."""
    most = plain_number(mark.maximum)
    return "1 point" if most == 1 else f"{most} points"


def _options(question: Question, given: tuple[str, ...]) -> Iterator[str]:
    """Each option: whether it was chosen, whether it is right, and why."""
    told = Item(question, question.options).explained(given)
    for option in question.options:
        chosen = option.id in given
        sign = "✓" if option.correct else "✗" if chosen else ""
        text = md_text(option.text)
        said = f"**{text}**" if chosen else text
        reason = option.reason(chosen=chosen) if option in told else ""
        yield f"- {'[x]' if chosen else '[ ]'} {said} {sign}".rstrip() + (
            f" — {md_text(reason)}" if reason else ""
        )
