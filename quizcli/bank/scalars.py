"""Words of a bank that stand for numbers, truths and ids."""

from __future__ import annotations

import math
import re
from functools import lru_cache
from typing import TYPE_CHECKING

from quizcli.bank.shapes import MAX_COUNT, MAX_RETENTION, MIN_RETENTION
from quizcli.quiz.fields import Type
from quizcli.report.numbers import whole

if TYPE_CHECKING:
    from quizcli.quiz.fields import Field
    from quizcli.quiz.model import Rational, Value

_ID = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}\Z")
_POINTS = re.compile(r"[0-9]{1,9}(\.[0-9]{1,9}|/[0-9]{1,9})?\Z")
_TIME = re.compile(r"([1-9][0-9]{0,4}) ?(s|min)?\Z")
_SHARE = re.compile(r"0?\.[0-9]{1,9}\Z")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}\Z")  # BCP 47, its usual part
_MEANT = dict.fromkeys(("yes", "y", "on", "1", "true"), "true")
_MEANT |= dict.fromkeys(("no", "n", "off", "0", "false"), "false")
_INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]{0,17})\Z")
_FLOAT = re.compile(r"[-+]?(0|[1-9][0-9]*)?(\.[0-9]+)?([eE][-+]?[0-9]{1,3})?\Z")
_LIKE_THOUSANDS = re.compile(r"[-+]?[1-9][0-9]{0,2}\.[0-9]{3}([eE][-+]?[0-9]{1,3})?\Z")


def number_or_text(text: str, style: str | None) -> Value:
    """Numbers where they are written as JSON would write them and unquoted; else the text."""
    if not style:  # the C parser says '' of plain text, the Python one None
        if text in {"true", "false"}:
            return text == "true"
        if _INTEGER.match(text):
            return int(text)
        if _FLOAT.match(text) and any(digit.isdigit() for digit in text):
            number = float(text)
            return number if math.isfinite(number) else text  # JSON knows no infinity
    return text


def with_comma(text: str, style: str | None) -> str:
    """A number that YAML itself reads as one, 1.250, as a language with a decimal comma writes it;
    only where it would else be taken for thousands, so that digests stay what they were."""
    return text.replace(".", ",") if not style and _LIKE_THOUSANDS.match(text) else text


@lru_cache(maxsize=64)
def rational(text: str) -> Rational | None:
    """The exact number above 0 that a text is, None where it is none."""
    from fractions import Fraction

    try:
        value = Fraction(text)
    except ZeroDivisionError:
        return None
    if value <= 0:
        return None
    return int(value) if value.denominator == 1 else value


def sanitised(text: str) -> str:
    """The id that is most like a text."""
    return re.sub(r"[^a-z0-9_-]+", "-", text.lower()).strip("-_")[:64] or "question-1"


class BadScalar(ValueError):
    """A word that is none of what its field takes."""

    def __init__(self, code: str, what: str, fix: str) -> None:
        super().__init__(what)
        self.code, self.what, self.fix = code, what, fix


def scalar(field: Field, text: str) -> Rational | float | str | bool:
    """What the word of a field stands for. Raises BadScalar."""
    match field.type:
        case Type.BOOLEAN:
            return _boolean(field.name, text)
        case Type.POINTS:
            if _POINTS.match(text) and (value := rational(text)):
                return value
            fix = f"write {Type.POINTS.value}"
        case Type.RETENTION:
            if _SHARE.match(text) and MIN_RETENTION <= float(text) <= MAX_RETENTION:
                return float(text)
            fix = f"write {Type.RETENTION.value}, such as 0.9"
        case Type.TIME:
            if (seconds := _seconds(text)) is not None:
                return seconds
            fix = f"write {Type.TIME.value}"
        case Type.COUNT:
            if (number := whole(text, 0, MAX_COUNT)) is not None:
                return number
            raise BadScalar(
                "bad-count", f"'{field.name}' is '{text[:80]}'", f"write {Type.COUNT.value}"
            )
        case Type.LANGUAGE:
            if _LANGUAGE.match(text):
                return text
            what, fix = f"'{text[:80]}' is not a language code", f"write {field.type.value}"
            raise BadScalar("bad-language", what, fix)
        case _:
            return _id(text)
    name = field.type.name.lower()
    raise BadScalar(f"bad-{name}", f"'{name}' is '{text[:80]}'", fix)


def _id(text: str) -> str:
    if _ID.match(text):
        return text
    fix = f"use {sanitised(text)!r}: lower-case letters, digits, '-' and '_', at most 64 characters"
    raise BadScalar("bad-id", f"'{text[:80]}' is not a valid id", fix)


def _boolean(name: str, text: str) -> bool:
    if text in {"true", "false"}:
        return text == "true"
    what = f"'{name}' is '{text[:80]}', neither true nor false"
    raise BadScalar("not-a-boolean", what, f"write {_MEANT.get(text.lower(), 'true or false')}")


def _seconds(text: str) -> int | None:
    if found := _TIME.match(text):
        seconds = int(found[1]) * (60 if found[2] == "min" else 1)
        if seconds <= 24 * 3600:
            return seconds
    return None
