"""Answers, policies and plans as the columns of a row, and back.

The words and the forms are kept in journals: what is written here is read for ever.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from quizcli.quiz.grading import Grade, Mark, Response
from quizcli.quiz.session import Answer, Plan, Policy, StepKind

if TYPE_CHECKING:
    from quizcli.quiz.model import Rational


def policy_text(policy: Policy) -> str:
    facts = {
        "exam": policy.exam,
        "limit": policy.limit,
        "shuffle": policy.shuffle,
        "credit": policy.credit,
    }
    return json.dumps(facts, separators=(",", ":"))


def policy_of(text: str) -> Policy:
    facts = json.loads(text)
    return Policy(facts["exam"], facts["limit"], facts["shuffle"], facts["credit"])


def plan_of(text: str) -> Plan:
    return tuple((question, tuple(shown)) for question, shown in json.loads(text))


def answer_row(attempt: int, n: int, answer: Answer, at: str) -> tuple[Any, ...]:
    return (
        attempt,
        n,
        answer.question,
        json.dumps(answer.shown, separators=(",", ":")),
        json.dumps(answer.response.given, separators=(",", ":")),
        int(answer.response.guess),
        int(answer.flagged),
        answer.hints,
        answer.seconds,
        answer.grade.rule,
        str(answer.grade.points),
        str(answer.grade.maximum),
        answer.asked,
        answer.digest,
        at,
    )


def answer_of(row: tuple[Any, ...]) -> Answer:
    (_, question, shown, chosen, guess, flagged, hints, seconds, rule, points, maximum, asked,
     digest, _) = row  # fmt: skip
    response = Response(tuple(json.loads(chosen)), bool(guess))
    return Answer(
        did=StepKind.ANSWER,
        question=question,
        response=response,
        shown=tuple(json.loads(shown)),
        grade=_grade(response, rule, _rational(points), _rational(maximum)),
        seconds=seconds,
        hints=hints,
        flagged=bool(flagged),
        asked=asked,
        digest=digest,
    )


def _grade(response: Response, rule: str, points: Rational, maximum: Rational) -> Grade:
    """The grade as it was given then; a score recomputes it from the bank as it is now."""
    from fractions import Fraction

    credit = Fraction(points) / maximum
    mark = Mark.RIGHT if credit == 1 else Mark.PARTLY if credit else Mark.WRONG
    return Grade(mark if response.given else Mark.BLANK, credit, points, maximum, rule)


def _rational(text: str) -> Rational:
    if text.isdecimal():
        return int(text)
    from fractions import Fraction

    return Fraction(text)
