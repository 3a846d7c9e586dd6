"""Short answers, numbers and flashcards, as fields of ours."""

from __future__ import annotations

import re
from contextlib import suppress
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from quizcli.formats.carrier import FULL, UnfitQuestion, faults, sound
from quizcli.formats.source_texts import cleaned
from quizcli.quiz.quantities import LONGEST, as_written, written

if TYPE_CHECKING:
    from quizcli.formats.carrier import Carrier
    from quizcli.formats.sources import SourceAnswer, SourceNumber

_STAR = re.compile(r"(?<!\\)\*")  # stands for any letters
_ANY = "*"  # any other answer
_MOST_PLACES = 60  # of a number, behind its point: no reader takes as many
_ROUNDED = 10**13  # a number with fewer digits is meant as it is
_SIMPLE = 1000  # the largest denominator of a fraction that was rounded


def short(carrier: Carrier) -> dict[str, Any]:
    """Accepted answers, patterns of them, and those that were foreseen."""
    plain: list[str] = []
    wild: list[str] = []
    foreseen: list[tuple[SourceAnswer, str]] = []
    for answer in carrier.question.answers:
        text = " ".join(cleaned(answer.text.text, answer.line, carrier.losses).split())
        if not text:
            carrier.lose(answer.line, "answer without text", "answers without text")
        elif text == _ANY:
            _lose_any(carrier, answer)
        elif is_full(answer):
            (wild if _STAR.search(text) else plain).append(text)
        elif _STAR.search(text):
            carrier.lose(answer.line, "pattern of a wrong answer", "patterns of wrong answers")
        else:
            foreseen.append((answer, _bare(text)))
    if not plain and not wild:
        if any(answer.right and answer.weight for answer in carrier.question.answers):
            raise UnfitQuestion("no answer earns 100%", "take the weight of the right one away")
        raise UnfitQuestion("no answer is marked as right", "write = before an answer")
    fields: dict[str, Any] = {"kind": "text"}
    fields["answers"] = list(dict.fromkeys(map(_bare, plain or wild)))
    if wild:
        fields["patterns"] = [_pattern(text) for text in dict.fromkeys(wild)]
    return _with_foreseen(carrier, sound(fields), foreseen)


def card(carrier: Carrier) -> dict[str, Any]:
    """A flashcard, whose other side says something."""
    back = carrier.text(carrier.question.back, carrier.question.line)
    if not back:
        raise UnfitQuestion("there is nothing on the back", "write the answer")
    return {"kind": "card", "back": back}


def number(carrier: Carrier) -> dict[str, Any]:
    """A number with its tolerance; several exact ones are texts to be typed."""
    full: list[tuple[Fraction, Fraction]] = []
    foreseen: list[tuple[SourceAnswer, str]] = []
    for answer in carrier.question.answers:
        if answer.number is None:
            _lose_any(carrier, answer)
            continue
        value, tolerance = _range(answer.number)
        if is_full(answer):
            full.append((value, tolerance))
        else:
            foreseen.append((answer, _digits(value)))
    if not full:
        raise UnfitQuestion("no number is right", "write it as {#3.14:0.01}")
    return _with_foreseen(carrier, _in_units(carrier, sound(_right_numbers(full))), foreseen)


def _in_units(carrier: Carrier, fields: dict[str, Any]) -> dict[str, Any]:
    """The fields with the unit, where it is one."""
    unit = cleaned(carrier.question.unit, carrier.question.line, carrier.losses)
    if not unit:
        return fields
    if fields["kind"] == "number" and not faults(fields | {"unit": unit}):
        return fields | {"unit": unit}
    carrier.lose(carrier.question.line, "unit")
    return fields


def is_full(answer: SourceAnswer) -> bool:
    """Whether an answer earns all the points."""
    return answer.right and (answer.weight is None or answer.weight >= FULL)


def _lose_any(carrier: Carrier, answer: SourceAnswer) -> None:
    """What is said of any other answer has no place here; that any is right is no question."""
    if is_full(answer):
        raise UnfitQuestion("any answer is right", "make it an essay: {}")
    if answer.feedback:
        what, many = "feedback for any other answer", "feedback texts for any other answer"
        carrier.lose(answer.line, what, many)


def _right_numbers(full: list[tuple[Fraction, Fraction]]) -> dict[str, Any]:
    value, tolerance = max(full, key=lambda each: each[1])
    if all(abs(other - value) + reach <= tolerance for other, reach in full):
        fields = {"kind": "number", "answer": _digits(value)}
        return fields | ({"tolerance": _digits(tolerance)} if tolerance else {})
    if tolerance:
        raise UnfitQuestion("several numbers are right", "make each a question of its own")
    return {"kind": "text", "answers": list(dict.fromkeys(_digits(value) for value, _ in full))}


def _with_foreseen(
    carrier: Carrier, fields: dict[str, Any], foreseen: list[tuple[SourceAnswer, str]]
) -> dict[str, Any]:
    """The fields with the foreseen answers that their kind can have."""
    expect: list[dict[str, str]] = []
    for answer, text in foreseen:
        carrier.lose_part(answer)
        each = {"answer": text} | carrier.feedback(answer.feedback, answer.line)
        if not faults(fields | {"expect": [*expect, each]}):
            expect.append(each)
        elif answer.feedback:
            what = "feedback for an answer that is right as well"
            many = "feedback texts for answers that are right as well"
            carrier.lose(answer.line, what, many)
    _lose_of_right(carrier)
    return fields | ({"expect": expect} if expect else {})


def _lose_of_right(carrier: Carrier) -> None:
    """What is said of a right answer has no place here: an explanation is shown after any."""
    for answer in carrier.question.answers:
        if is_full(answer) and answer.feedback:
            carrier.lose(
                answer.line, "feedback for a right answer", "feedback texts for right answers"
            )


def _bare(text: str) -> str:
    return text.replace("\\*", "*")


def _pattern(text: str) -> str:
    """A wildcard answer as a regular expression."""
    return ".*".join(re.escape(_bare(part)) for part in _STAR.split(text))


def _range(number: SourceNumber) -> tuple[Fraction, Fraction]:
    """The middle of a range, and how far it reaches either way."""
    if number.low:
        low, high = _unrounded(Fraction(number.low)), _unrounded(Fraction(number.high))
        return (low + high) / 2, abs(high - low) / 2
    value = as_written(_unrounded(Fraction(number.number)), number.number)
    return value, abs(_unrounded(Fraction(number.tolerance or "0")))


def _unrounded(value: Fraction) -> Fraction:
    """1/3 of 0.333333333333333: the simple fraction that is this number in fifteen digits, which is
    what programs write of it, and so do our exports; else the number itself."""
    is_long = max(abs(value.numerator), value.denominator) >= _ROUNDED
    simple = value.limit_denominator(_SIMPLE)
    if not (is_long and simple and abs(value) < _ROUNDED):
        return value
    return simple if f"{float(simple):.15g}" == f"{float(value):.15g}" else value


def _digits(value: Fraction) -> str:
    """A number in digits, with a power of ten where these would be more than a number may have."""
    text = written(value, _MOST_PLACES)
    if len(text) > LONGEST:
        with suppress(OverflowError):
            short = f"{float(value):.15g}"
            return short if Fraction(short) == value else text
    return text
