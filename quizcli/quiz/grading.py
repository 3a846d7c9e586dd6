"""Grading: a response against a question's key, by a credit rule, in exact rationals."""

from __future__ import annotations

from enum import StrEnum
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from quizcli.named_tuple import NamedTuple
from quizcli.quiz import face
from quizcli.quiz.kinds import kind_of
from quizcli.quiz.kinds.base import RECORDED, credit_rules
from quizcli.quiz.model import Question
from quizcli.quiz.responses import BadResponse, Response

__all__ = [
    "DEFAULT_RULE",
    "RECORDED",
    "BadResponse",
    "Grade",
    "Mark",
    "Response",
    "grade",
    "rule_for",
    "rule_in_force",
]

if TYPE_CHECKING:
    from collections.abc import Iterable
    from fractions import Fraction

    from quizcli.quiz.model import Bank, Rational

DEFAULT_RULE = "net-correct"
BY_HAND = "by-hand"  # the rule of what a person marked


class Mark(StrEnum):
    """A grade in one word."""

    RIGHT = "right"
    PARTLY = "partly right"
    WRONG = "wrong"
    BLANK = "not answered"
    RECORDED = "recorded"


class Grade(NamedTuple):
    """``credit`` is the share from 0 to 1; ``points`` = credit × ``maximum``. All exact."""

    mark: Mark
    credit: Rational
    points: Rational
    maximum: Rational
    rule: str

    @property
    def counts(self) -> bool:
        """Whether it is part of a score: what was only recorded is none."""
        return self.rule != RECORDED

    @property
    def missed(self) -> bool:
        """Whether it did not earn all that counts, a blank included."""
        return self.counts and self.points != self.maximum


def rule_in_force(question: Question, bank: Bank, asked: str | None = None) -> str:
    """The credit rule of a question: the one that was ``asked`` for, else its own, else the
    bank's."""
    return asked or question.credit or bank.credit


def rule_for(question: Question, rule: str) -> str:
    """The rule that applies: that of the learner or the bank where several may be ticked, else one
    that the question names of its kind's own, or the first of these."""
    kind = kind_of(question)
    if kind.several and kind.graded:
        return rule
    return question.credit if question.credit in kind.rules else kind.rules[0]


def grade(
    question: Question, response: Response | Iterable[str], rule: str = DEFAULT_RULE
) -> Grade:
    """The grade of ``response`` (or of plain words, such as option ids) to ``question``.

    Raises BadResponse for what cannot be an answer to it, such as an option it does not have;
    ValueError for a rule nobody defined, TypeError for what is no question or no answer.
    """
    face.instance("question", question, Question)
    if isinstance(response, str):
        response = (response,)
    given = face.words("response", response.given if isinstance(response, Response) else response)
    kind = kind_of(question)
    # What has no key is recorded, whatever rule its parent grades it by.
    if not question.keyless and rule not in kind.rules and rule not in credit_rules():
        names = ", ".join(credit_rules())
        raise ValueError(f"no credit rule is named '{rule}' (the rules are {names})")
    kind.check(question, given)
    applied = rule_for(question, rule)
    if not (kind.graded or given or question.keyless):
        applied = BY_HAND  # there is nothing to be marked
    credit = kind.credit(question, given, applied) if given else _nothing()
    points = credit if question.points == 1 else credit * question.points
    return Grade(mark_of(given, credit, applied), credit, points, question.points, applied)


@cache
def _nothing() -> Fraction:
    """The credit of a blank."""
    from fractions import Fraction

    return Fraction(0)


def is_known(grade: Grade, *, guess: bool) -> bool:
    """Whether an answer shows that it is known: it was wholly right, and no guess."""
    return grade.credit == 1 and not guess


def written_grade(given: tuple[str, ...], points: Rational, maximum: Rational, rule: str) -> Grade:
    """A grade as it was written down: what a response earned then."""
    from fractions import Fraction

    credit = Fraction(points) / maximum
    return Grade(mark_of(given, credit, rule), credit, points, maximum, rule)


@lru_cache(4096)  # of a class many have the same, and each is asked for again and again
def hundredths(points: Rational, maximum: Rational) -> Rational:
    """Points in hundredths of the maximum, exact; 0 where nothing could be earned."""
    from fractions import Fraction

    return Fraction(100 * points, maximum) if maximum else 0


def mark_of(given: tuple[str, ...], credit: Rational, rule: str) -> Mark:
    """The mark of a response that earned this share of the points by a rule."""
    if not given:
        return Mark.BLANK
    if rule == RECORDED:
        return Mark.RECORDED
    if credit == 1:
        return Mark.RIGHT
    return Mark.PARTLY if credit else Mark.WRONG
