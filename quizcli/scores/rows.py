"""The rows of a score sheet, and numbers as it shows them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from quizcli.journal.acts import NewMark
    from quizcli.quiz.grading import Mark
    from quizcli.quiz.model import Rational


@dataclass(frozen=True, slots=True)
class Row:
    """One question of an attempt. ``seconds`` sums the thinking time of all its answers."""

    number: int
    question: str
    title: str
    kind: str
    response: tuple[str, ...]
    correct: tuple[str, ...]
    mark: Mark
    points: Rational
    maximum: Rational
    rule: str
    seconds: float
    hints: int
    guess: bool
    flagged: bool
    edited: bool
    at: str


class Change(NamedTuple):
    """What a question earned, and what today's bank would give."""

    question: str
    title: str
    then: NewMark
    now: NewMark


def plain_number(value: Rational | float) -> int | float:
    """A rational as JSON and tables show it: whole, or rounded to four decimals."""
    whole = round(value)
    return whole if whole == value else round(float(value), 4)
