"""Grading: a response against a question's key, by a credit rule, in exact rationals."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from quizcli.quiz.kinds import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from quizcli.quiz.model import Question, Rational

DEFAULT_RULE = "net-correct"


class Mark(StrEnum):
    """A grade in one word."""

    RIGHT = "right"
    PARTLY = "partly right"
    WRONG = "wrong"
    BLANK = "not answered"


class BadResponse(ValueError):
    """A response that the question cannot have received: an unknown option, several for one."""


class Response(NamedTuple):
    """What a learner chose: option ids, and whether they called it a guess."""

    chosen: frozenset[str]
    guess: bool = False

    @classmethod
    def of(cls, *ids: str, guess: bool = False) -> Response:
        """``Response.of("yes")`` for ``Response(frozenset({"yes"}))``."""
        return cls(frozenset(ids), guess)


class Grade(NamedTuple):
    """``credit`` is the share from 0 to 1; ``points`` = credit × ``maximum``. All exact."""

    mark: Mark
    credit: Rational
    points: Rational
    maximum: Rational
    rule: str


def rule_for(question: Question, rule: str) -> str:
    """The rule that applies: credit rules are for questions where several may be ticked."""
    return rule if KINDS[question.kind].several else "all-or-nothing"


def grade(
    question: Question, response: Response | Iterable[str], rule: str = DEFAULT_RULE
) -> Grade:
    """The grade of ``response`` (or of plain option ids) to ``question``.

    Raises BadResponse for an option the question does not have and for several options where
    one can be chosen; ValueError for a rule nobody defined.
    """
    from quizcli.quiz.credit import RULES

    if rule not in RULES:
        raise ValueError(f"no credit rule is named '{rule}' (there are {', '.join(RULES)})")
    chosen = response.chosen if isinstance(response, Response) else frozenset(response)
    check_response(question, chosen)
    # One pass rather than sets: a class has hundreds of thousands of responses.
    keys = hits = 0
    for option in question.options:
        if option.correct:
            keys += 1
            hits += option.id in chosen
    applied = rule_for(question, rule)
    credit = RULES[applied].credit(len(question.options), keys, hits, len(chosen) - hits)
    points = credit if question.points == 1 else credit * question.points
    return Grade(_mark(chosen, credit), credit, points, question.points, applied)


def check_response(question: Question, chosen: frozenset[str]) -> None:
    """Raises BadResponse unless ``chosen`` can be a response to ``question``."""
    unknown = chosen.difference([option.id for option in question.options])
    if unknown:
        raise BadResponse(f"'{question.id}' has no option '{min(unknown)}'")
    if len(chosen) > 1 and not KINDS[question.kind].several:
        raise BadResponse(f"'{question.id}' takes one option, not {len(chosen)}")


def _mark(chosen: frozenset[str], credit: Rational) -> Mark:
    if not chosen:
        return Mark.BLANK
    if credit == 1:
        return Mark.RIGHT
    return Mark.PARTLY if credit else Mark.WRONG
