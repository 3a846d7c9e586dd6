"""The rows of a score sheet, and numbers as it shows them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from quizcli.quiz.grading import BY_HAND, Mark, hundredths
from quizcli.report.words import out_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from quizcli.journal.acts import NewMark
    from quizcli.quiz.grading import Grade
    from quizcli.quiz.model import Rational


@dataclass(frozen=True, slots=True)
class Row:
    """One question of an attempt. ``seconds`` sums the thinking time of all its answers; ``given``,
    ``shown``, ``variables``, ``asked`` and ``digest`` are the facts from which it can be graded
    again; ``response`` and ``correct_today``, the key of the bank as it is, are ids where there are
    any, and with ``_words`` what a person reads."""

    number: int
    question: str
    title: str
    kind: str
    response: tuple[str, ...]
    response_words: tuple[str, ...]
    correct_today: tuple[str, ...]
    correct_today_words: tuple[str, ...]
    grade: Grade
    seconds: float
    hints: int
    guess: bool
    flagged: bool
    edited: bool
    at: str
    given: tuple[str, ...]
    shown: tuple[str, ...]
    variables: Mapping[str, str]
    asked: str
    digest: str

    @property
    def mark(self) -> Mark:
        """The grade in one word."""
        return self.grade.mark

    @property
    def points(self) -> Rational:
        """What it earned."""
        return self.grade.points

    @property
    def maximum(self) -> Rational:
        """What it was worth."""
        return self.grade.maximum

    @property
    def rule(self) -> str:
        """The credit rule by which it was graded."""
        return self.grade.rule

    @property
    def correct(self) -> tuple[str, ...]:
        """The key by which it was graded: of a question that was edited since nobody knows it, but
        from a right answer."""
        return self._key_then(self.correct_today, self.response)

    @property
    def correct_words(self) -> tuple[str, ...]:
        """The same as a person reads it."""
        return self._key_then(self.correct_today_words, self.response_words)

    def _key_then(self, now: tuple[str, ...], given: tuple[str, ...]) -> tuple[str, ...]:
        if not self.edited or not now:
            return now
        return given if self.mark is Mark.RIGHT and self.rule != BY_HAND else ()

    @property
    def counts(self) -> bool:
        """Whether it is part of the score: what was only recorded is none."""
        return self.grade.counts

    @property
    def percent(self) -> Rational | None:
        """Points in hundredths of the maximum; None where it does not count."""
        return hundredths(self.points, self.maximum) if self.counts else None


class Change(NamedTuple):
    """What a question earned, and what today's bank would give."""

    question: str
    title: str
    then: NewMark
    now: NewMark


def earned(row: Row | NewMark) -> str:
    """``1 of 2``; ``– of 2`` of what was only recorded."""
    return out_of(row.points if row.counts else None, row.maximum)


def plain_number(value: Rational | float) -> int | float:
    """A rational as JSON and tables show it: whole, or rounded to four decimals."""
    if type(value) is int:  # as most of a class's marks are
        return value
    if isinstance(value, float):
        whole = round(value)
        return whole if whole == value else round(value, 4)
    n, of = value.numerator, value.denominator  # a tenth of the time that rounding it takes
    return n if of == 1 else round(n / of, 4)
