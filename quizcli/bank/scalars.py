"""Words of a bank that stand for numbers, truths and ids."""

from __future__ import annotations

import math
import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from quizcli.quiz.model import Rational, Value

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
