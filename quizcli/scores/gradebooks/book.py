"""What every grade book is written from: the marks of a class, and how answers are said."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from quizcli.quiz.drawing import NO_VALUES
from quizcli.quiz.kinds import kind_of
from quizcli.scores.drawn_questions import DrawnQuestions
from quizcli.scores.rows import plain_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from quizcli.quiz.model import Bank, Question, Rational
    from quizcli.scores.grading import StudentGrade
    from quizcli.scores.hand_ins import HandedAnswer
    from quizcli.scores.repairs import Repair
    from quizcli.scores.tries import FileNote


_REMEMBERED = 5_000  # answers to each question


@dataclass(frozen=True)
class GradeBook:
    """The marks of a class. ``grades`` can be gone through again and again; ``policy`` says in
    words which try counts; ``column`` is what the quiz is called in a grade book; ``repair`` is
    what the marks were mended by."""

    bank: Bank
    questions: Mapping[str, Question]
    grades: Iterable[StudentGrade]
    notes: tuple[FileNote, ...]
    policy: str
    column: str
    repair: Repair | None = None

    @cached_property
    def maximum(self) -> Rational:
        """What the quiz is worth: the most that any student could earn."""
        worth = max((grade.maximum for grade in self.grades), default=0)
        return worth or sum(question.points for question in self.questions.values())


@dataclass(frozen=True)
class BookFile:
    """A grade book as text, in ``parts`` that can be gone through once. ``notices`` say what its
    system will do with it; students who have no place in it are ``unplaced``."""

    parts: Iterable[str]
    notices: tuple[str, ...] = ()
    unplaced: int = 0

    @cached_property
    def text(self) -> str:
        """All of it."""
        return "".join(self.parts)


class AnswerWords:
    """Says answers and keys in words, each once."""

    def __init__(self, questions: Mapping[str, Question]) -> None:
        self._questions = questions
        self._draws = DrawnQuestions(questions)
        # Ids of options say the same whatever numbers stand in them.
        self._varied = {
            id for id, each in questions.items()
            if "variables" in each.own and not kind_of(each).chooses
        }  # fmt: skip
        self._said: dict[str, dict[Any, str]] = {id: {} for id in questions}

    def response(self, answer: HandedAnswer) -> str:
        """What was answered."""
        return self._words(answer, answer.given)

    def correct(self, answer: HandedAnswer) -> str:
        """What is right."""
        return self._words(answer, None)

    def _words(self, answer: HandedAnswer, given: tuple[str, ...] | None) -> str:
        """The words of what was given, or of the key."""
        id, known = answer.question, self._said[answer.question]
        values = answer.values if id in self._varied else NO_VALUES
        key = (given, *values.values()) if values else given
        said = known.get(key)
        if said is None:
            if len(known) >= _REMEMBERED:
                known.clear()
            question = self._draws.under(id, values)
            kind = kind_of(question)
            words = kind.key(question) if given is None else given
            between = "; " if kind.form == "pairs" else " "
            said = known[key] = between.join(kind.describe(question, words))
        return said


def number_or_blank(value: Rational | None) -> int | float | str:
    """A number as tables show it, and nothing where there is none."""
    return "" if value is None else plain_number(value)


def scaled(grade: StudentGrade, possible: Rational) -> Rational | None:
    """The points of a student where the whole is worth so many; None where there is no mark."""
    if grade.points is None or not grade.maximum:
        return None
    if grade.maximum == possible:
        return grade.points
    from fractions import Fraction

    return Fraction(grade.points) / grade.maximum * possible
