"""Answers, policies and plans as the columns of a row, and back.

The words and the forms are kept in journals: what is written here is read for ever.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from quizcli.journal.connection import ColumnError
from quizcli.quiz.grading import Response, written_grade
from quizcli.quiz.steps import Answer, Plan, Policy, StepKind, check_policy

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
    """Raises ColumnError, as the others do."""
    facts = json.loads(text)
    policy = Policy(*(facts[name] for name in ("exam", "limit", "shuffle", "credit")))
    try:
        check_policy(policy)
    except (TypeError, ValueError):
        raise ColumnError("policy") from None
    return policy


def plan_of(text: str) -> Plan:
    plan = tuple((question, _texts("plan", shown)) for question, shown in json.loads(text))
    return plan if _texts("plan", [question for question, _ in plan]) else ()


def values_of(column: str, values: object) -> dict[str, str]:
    """The values of variables by name. Raises ColumnError."""
    if not isinstance(values, dict) or not all(
        isinstance(name, str) and isinstance(value, str) for name, value in values.items()
    ):
        raise ColumnError(column)
    return values


def texts(column: str, text: str) -> tuple[str, ...]:
    """An array of texts."""
    return _texts(column, json.loads(text))


def _texts(column: str, values: object) -> tuple[str, ...]:
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        raise ColumnError(column)
    return tuple(values)


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
    response = Response(texts("chosen", chosen), bool(guess))
    return Answer(
        did=StepKind.ANSWER,
        question=question,
        response=response,
        shown=texts("shown", shown),
        grade=written_grade(response.given, rational(points), rational(maximum), rule),
        seconds=seconds,
        hints=hints,
        flagged=bool(flagged),
        asked=asked,
        digest=digest,
    )


def rational(text: str) -> Rational:
    """Points as they are written down. Raises ValueError, and TypeError for what is no text."""
    if not isinstance(text, str):
        raise TypeError(f"{text!r} is no text")
    if text.isascii() and text.isdecimal():
        return int(text)
    from fractions import Fraction

    return Fraction(text)
