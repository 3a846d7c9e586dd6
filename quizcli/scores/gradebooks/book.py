"""What every grade book is written from: the marks of a class, and how answers are said."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from quizcli.quiz.drawing import drawn
from quizcli.quiz.kinds import kind_of
from quizcli.scores.rows import plain_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from quizcli.quiz.model import Bank, Question, Rational
    from quizcli.scores.grading import StudentGrade
    from quizcli.scores.hand_ins import HandedAnswer
    from quizcli.scores.tries import FileNote


@dataclass(frozen=True, slots=True)
class GradeBook:
    """The marks of a class. ``grades`` can be gone through again and again; ``policy`` says in
    words which try counts; ``column`` is what the quiz is called in a grade book."""

    bank: Bank
    questions: Mapping[str, Question]
    grades: Iterable[StudentGrade]
    notes: tuple[FileNote, ...]
    policy: str
    column: str

    @property
    def maximum(self) -> Rational:
        """What the quiz is worth: the most that any student could earn."""
        worth = max((grade.maximum for grade in self.grades), default=0)
        return worth or sum(question.points for question in self.questions.values())


@dataclass(frozen=True, slots=True)
class BookFile:
    """A grade book as text. ``notices`` say what its system will do with it; students who have no
    place in it are ``unplaced``."""

    text: str
    notices: tuple[str, ...] = ()
    unplaced: int = 0


class AnswerWords:
    """Says answers and keys in words; of a question without numbers of its own once only."""

    def __init__(self, questions: Mapping[str, Question]) -> None:
        self._questions = questions
        self._said: dict[tuple[str, tuple[str, ...]], str] = {}

    def response(self, answer: HandedAnswer) -> str:
        """What was answered."""
        return self._words(answer, answer.given)

    def correct(self, answer: HandedAnswer) -> str:
        """What is right."""
        question = self._question(answer)
        return self._words(answer, kind_of(question).key(question))

    def _question(self, answer: HandedAnswer) -> Question:
        return drawn(self._questions[answer.question], answer.values)

    def _words(self, answer: HandedAnswer, words: tuple[str, ...]) -> str:
        key = (answer.question, words)
        if answer.values or not kind_of(self._questions[answer.question]).chooses:
            return self._described(answer, words)
        if key not in self._said:
            self._said[key] = self._described(answer, words)
        return self._said[key]

    def _described(self, answer: HandedAnswer, words: tuple[str, ...]) -> str:
        question = self._question(answer)
        return " ".join(kind_of(question).describe(question, words))


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
