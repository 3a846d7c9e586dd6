"""A number is typed: right within a tolerance, with a unit or without.

What is no number, or one of another unit, is told and not counted. Every number that is typed can
be a claim (``claim: {width: "{given}"}``), so an experiment measures it, foreseen or not.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from quizcli.quiz.fields import Field, Type
from quizcli.quiz.kinds.base import Given, Kind, OwnFault
from quizcli.quiz.kinds.foreseen import ANSWER, CLAIM, EXPECT, SHAPES, Foreseen, foreseen
from quizcli.quiz.responses import BadResponse

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from fractions import Fraction

    from quizcli.quiz.model import Option, Question, Rational, Value

GIVEN = "{given}"
# A unit ends in none of these, if anything stands before them.
_BROKEN_OFF = re.compile(r"\S\s*(\b(?:per|of|by|and|or)|[/*·×^(])\s*\Z", re.IGNORECASE)


class Number(Kind):
    """The kind of a question whose answer is a number."""

    name = "number"
    ask = "Type a number."
    speaks = True
    begins = frozenset({"-"})
    handed = ("unit", "unit_required")
    needs = ("prompt", "answer")
    takes = ("points", "demo", "tolerance", "unit", "unit_required", "expect", "claim")

    def fields(self) -> tuple[Field, ...]:
        """Answer, tolerance, unit, foreseen answers, and the claim that any answer is."""
        return (
            ANSWER,
            Field("tolerance", Type.TEXT, "how far off an answer may be: 0.5, or 5% of the answer"),
            Field("unit", Type.TEXT, "the unit of the answer; SI prefixes are converted"),
            Field("unit_required", Type.BOOLEAN, "whether an answer without its unit is rejected"),
            EXPECT,
            CLAIM,
        )

    def shapes(self) -> Mapping[str, tuple[Field, ...]]:
        """That of a foreseen answer."""
        return SHAPES

    def faults(self, question: Question) -> list[OwnFault]:
        """Numbers that are none, and a foreseen answer that is right within the tolerance."""
        from quizcli.quiz.quantities import NotNumber

        found = list(_unit_faults(question))
        for field, text, part in () if found else _numbers(question):
            try:
                value = amount(question, text)
            except BadResponse as bad:
                what, fix = bad.what, bad.fix or "write it as 100, 0.5, 1e-3 or 1/3"
                if field == "tolerance":
                    what = f"'tolerance' is '{question.own[field][:40]}'"
                    fix = f"write a number, such as 0.5, or a share of the answer: {_share(text)}"
                elif not isinstance(bad, NotNumber):
                    what, fix = _of_another_unit(text, question.own.get("unit", ""))
                found.append(OwnFault(field, what, fix, part))
                continue
            if field == "tolerance" and value < 0:
                what = f"'tolerance' is {question.own[field]}"
                found.append(OwnFault(field, what, "write 0 or more"))
        if found:
            return found
        for index, each in enumerate(foreseen(question)):
            if self._is_right(question, each.answer):
                what, fix = f"the anticipated answer '{each.answer}' is right", "remove it"
                if now := question.own.get("tolerance"):
                    what += " within the tolerance"
                    fix += f", or make the tolerance smaller ({now} now)"
                found.append(OwnFault("expect", what, fix, index))
            for other in foreseen(question)[:index]:
                if amount(question, each.answer) == amount(question, other.answer):
                    what = f"the answer '{each.answer}' is anticipated twice"
                    found.append(OwnFault("expect", what, "keep one", index))
        return found

    def asked(self, question: Question) -> Any:
        """The unit: it is part of the question."""
        return question.own.get("unit")

    def instruction(self, question: Question) -> str:
        """How to answer, with the unit that the answer has."""
        from quizcli.quiz.currencies import is_sign

        unit = question.own.get("unit")
        if unit and is_sign(unit):
            return f"Type an amount in {unit}."
        return f"Type a number, in {unit}." if unit else self.ask

    def check(self, question: Question, given: Given) -> None:
        """One number, in a unit that leads to the question's."""
        if len(given) > 1:
            raise BadResponse(f"'{question.id}' takes one number, not {len(given)}")
        for text in given:
            amount(question, text, required=question.own.get("unit_required", False))

    def credit(self, question: Question, given: Given, _rule: str) -> Rational:
        """All of it within the tolerance, else nothing."""
        return int(any(self._is_right(question, text) for text in given))

    def _is_right(self, question: Question, text: str) -> bool:
        answer = amount(question, question.own["answer"])
        return abs(amount(question, text) - answer) <= tolerance(question)

    def key(self, question: Question) -> Given:
        """The answer with its unit."""
        from quizcli.quiz.currencies import said_amount

        unit, answer = question.own.get("unit", ""), question.own["answer"]
        if not unit or _has_unit(question, answer):
            return (answer,)
        return (said_amount(answer, unit, question.own.get("language", "")),)

    def reason(self, question: Question, given: Given) -> str:
        """The feedback of the wrong answer that was foreseen."""
        found = self._foreseen(question, given)
        return found.feedback if found else ""

    def _foreseen(self, question: Question, given: Given) -> Foreseen | None:
        if not given or self._is_right(question, given[0]):
            return None
        value = amount(question, given[0])
        near = [
            (abs(amount(question, each.answer) - value), index, each)
            for index, each in enumerate(foreseen(question))
        ]
        close = [one for one in near if one[0] <= tolerance(question)]
        return min(close)[2] if close else None

    def mistakes(self, question: Question, given: Given) -> tuple[str, ...]:
        """The number itself, however it was written."""
        from quizcli.quiz.quantities import written

        wrong = [text for text in given if not self._is_right(question, text)]
        return tuple(written(amount(question, text)) for text in wrong)

    def sides(self, question: Question, given: Given = ()) -> tuple[Option, ...]:
        """The answer, those foreseen, and what was ``given``, each with what it claims."""
        from quizcli.quiz.model import Option
        from quizcli.quiz.quantities import written

        answer = question.own["answer"]
        texts = [(answer, None), *((each.answer, each.claim) for each in foreseen(question))]
        known = [amount(question, text) for text, _ in texts]
        texts += [(text, None) for text in given if amount(question, text) not in known]
        sides = []
        for text, claim in texts:
            value = amount(question, text)
            stated = claim or _claimed(question.own.get("claim"), value)
            right = self._is_right(question, text)
            sides.append(Option(written(value), written(value), right, claim=stated))
        return tuple(sides)

    def sided(self, question: Question, given: Given) -> frozenset[str]:
        """The number, however it was written."""
        from quizcli.quiz.quantities import written

        return frozenset(written(amount(question, text)) for text in given)


def _claimed(claim: Mapping[str, Value] | None, value: Fraction) -> Mapping[str, Value] | None:
    """The question's claim with a number in the place of ``{given}``."""
    if claim is None:
        return None
    number = value.numerator if value.denominator == 1 else float(value)
    return {name: number if said == GIVEN else said for name, said in claim.items()}


def _of_another_unit(text: str, unit: str) -> tuple[str, str]:
    """What an author is told of a number that is not in the question's unit."""
    if unit:
        what = f"'{text}' has a unit that does not lead to '{unit}', the question's"
        return what, f"write the number in {unit}, or change the 'unit'"
    return f"'{text}' has a unit, and the question has none", "write the number alone, or a 'unit'"


def _numbers(question: Question) -> list[tuple[str, str, int | None]]:
    """All numbers of a question, each with its field and its place in a list."""
    numbers: list[tuple[str, str, int | None]] = [("answer", question.own["answer"], None)]
    if "tolerance" in question.own:
        numbers.append(("tolerance", question.own["tolerance"].removesuffix("%"), None))
    expected = enumerate(foreseen(question))
    return [*numbers, *(("expect", each.answer, part) for part, each in expected)]


def amount(question: Question, text: str, *, required: bool = False) -> Fraction:
    """A number in the question's unit. Raises NotNumber, and BadResponse for another unit."""
    from quizcli.quiz.currencies import is_sign, said_amount, same_currency
    from quizcli.quiz.quantities import factor, quantity

    wanted = question.own.get("unit", "")
    language = question.own.get("language", "")
    value, unit = quantity(_unit_behind(text, wanted), language, text)
    if not unit and not required:
        return value
    by = factor(unit, wanted) if wanted else None
    if by is not None:
        return value * by
    if same_currency(unit, wanted):
        return value
    if not wanted:
        raise BadResponse("The answer has no unit", f"type the number without '{unit[:20]}'")
    how = f"the number followed by {wanted}"
    if is_sign(wanted):
        how = f"an amount like {said_amount('100', wanted, language)}"
    raise BadResponse(f"The answer must be in {wanted}", f"type {how}")


def _has_unit(question: Question, text: str) -> bool:
    """Whether a number is written with a unit, be it the question's or one that leads to it."""
    from quizcli.quiz.quantities import NotNumber, quantity

    wanted, language = question.own.get("unit", ""), question.own.get("language", "")
    try:
        return bool(quantity(_unit_behind(text, wanted), language, text).unit)
    except NotNumber:  # an expression over variables
        return wanted in text


def _unit_faults(question: Question) -> Iterator[OwnFault]:
    """A unit that breaks off, or that has to be typed and cannot be read behind a number."""

    unit = question.own.get("unit", "")
    if broken := _BROKEN_OFF.search(unit):
        what = f"'unit' is '{unit[:40]}', and nothing follows '{broken[1]}'"
        yield OwnFault("unit", what, f"write what follows it, or leave '{broken[1]}' out")
    elif unit.count("(") != unit.count(")"):
        what = f"'unit' is '{unit[:40]}', and a bracket in it has no partner"
        yield OwnFault("unit", what, "write both of them, or neither")
    elif unit and question.own.get("unit_required", False):
        try:
            is_read = amount(question, f"5 {unit}", required=True) == 5
        except BadResponse:
            is_read = False
        if not is_read:
            what = f"'5 {unit[:40]}' is not read as 5 of this unit, which is required"
            yield OwnFault("unit", what, "write a unit that begins with no digit, such as s^-1")


def _unit_behind(text: str, wanted: str) -> str:
    """The text with a unit that stands before its number behind it: ``$7``, ``-€ 5``, ``EUR 5``."""
    from quizcli.quiz.currencies import currency_behind

    behind = currency_behind(text)
    if behind != text:
        return behind
    bare = text.strip()
    sign = bare[:1] if bare[:1] in {"+", "-", "−"} else ""
    rest = bare.removeprefix(sign).lstrip()
    number = rest.removeprefix(wanted) if wanted else rest
    if number != rest and (number[:1].isspace() or not wanted[-1].isalpha()) and number.strip():
        return f"{sign}{number.strip()} {wanted}"
    return text


def _share(text: str) -> str:
    """``5%``: as it was meant, where a number and its percent are written in another way."""
    meant = re.match(r"\s*([0-9]+(\.[0-9]+)?)\s*(%|per ?cent)", text, re.IGNORECASE)
    return f"{meant[1]}%" if meant else "5%"


def tolerance(question: Question) -> Fraction:
    """How far from the answer is right, in the question's unit."""
    text = question.own.get("tolerance", "0")
    value = amount(question, text.removesuffix("%"))
    if not text.endswith("%"):
        return value
    return value * abs(amount(question, question.own["answer"])) / 100


KIND = Number()
