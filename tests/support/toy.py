"""A kind of question that the program does not have: a year, typed. One file; the line that
registers it is in the test."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from quizcli.quiz.kinds.base import Given, Kind, Misread, OwnFault
from quizcli.quiz.responses import BadResponse

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quizcli.quiz.fields import Field
    from quizcli.quiz.model import Question, Rational


class Year(Kind):
    """Half of the points for a neighbouring year."""

    name = "year"
    ask = "Type a year."
    needs = ("prompt", "year")
    takes = ("points",)

    def fields(self) -> tuple[Field, ...]:
        from quizcli.quiz.fields import Field, Type

        return (Field("year", Type.TEXT, "the right year (required of a year)"),)

    def faults(self, question: Question) -> list[OwnFault]:
        if question.own["year"].isdecimal():
            return []
        return [OwnFault("year", f"'{question.own['year']}' is no year", "write it in digits")]

    def read(self, question: Question, parts: Sequence[str]) -> tuple[Given, list[Misread]]:
        wrong = [part for part in parts if part and not part.isdecimal()]
        bad = [Misread(0, "year", f"'{part}' is no year", "write it in digits") for part in wrong]
        return tuple(part for part in parts if part.isdecimal()), bad

    def check(self, question: Question, given: Given) -> None:
        if given and not given[0].isdecimal():
            raise BadResponse(f"'{given[0][:20]}' is no year: type digits.")

    def credit(self, question: Question, given: Given, rule: str) -> Rational:
        if not given:
            return Fraction(0)
        apart = abs(int(given[0]) - int(question.own["year"]))
        return Fraction(1, apart + 1) if apart < 2 else Fraction(0)

    def key(self, question: Question) -> Given:
        return (question.own["year"],)

    def reason(self, question: Question, given: Given) -> str:
        return "It was a year earlier or later." if self.credit(question, given, "") == 0.5 else ""
