"""What answers of ours are in Moodle's terms: weights in per cent, numbers in digits, stars."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from quizcli.formats.dropped import NoPlaceError
from quizcli.formats.losses import Loss
from quizcli.formats.weights import LEGAL, weights_of
from quizcli.quiz.quantities import written as number_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from quizcli.quiz.model import Rational

_LONGEST_NUMBER = 40  # characters


def is_right(option: Mapping[str, Any]) -> bool:
    """Whether an option is marked as right."""
    return "correct" in option


def option_weights(
    options: Sequence[Mapping[str, Any]], credit: str, losses: list[Loss]
) -> tuple[Fraction, Fraction]:
    """What a right and a wrong option are worth by a credit rule, or by the usual one."""
    rights = sum(map(is_right, options))
    weights = weights_of(credit, rights, len(options) - rights)
    if weights is None:
        losses.append(Loss(0, "credit rule", "", "replaced by net-correct"))
        weights = weights_of("net-correct", rights, len(options) - rights)
    assert weights is not None
    right, wrong = weights
    if right not in LEGAL or -wrong not in LEGAL:
        many = "weights that Moodle rounds"
        losses.append(Loss(0, "weight that Moodle rounds", many, "written unchanged"))
    return right, wrong


def wildcard(pattern: str) -> str:
    """An answer with stars, where a pattern says no more than that; else ""."""
    parts = [re.sub(r"\\(.)", r"\1", part) for part in pattern.split(".*")]
    if len(parts) < 2 or ".*".join(map(re.escape, parts)) != pattern:
        return ""
    wild = "*".join(part.replace("*", "\\*") for part in parts)
    return "" if wild.strip() != wild or wild == "*" else wild


def right_number(question: Mapping[str, Any], losses: list[Loss]) -> tuple[str, str]:
    """The digits of a number and of its tolerance. Raises NoPlaceError."""
    tolerance = digits(question.get("tolerance", Fraction(0)), losses)
    return digits(question["answer"], losses), tolerance


def digits(value: Rational, losses: list[Loss]) -> str:
    """A number in digits, rounded and told where these would not end. Raises NoPlaceError."""
    exact = number_text(value if isinstance(value, Fraction) else Fraction(value), _LONGEST_NUMBER)
    if "/" not in exact and len(exact) <= _LONGEST_NUMBER:
        return exact
    try:
        rounded = f"{float(value):.15g}"
    except OverflowError:
        raise NoPlaceError("number that is too large", "numbers that are too large") from None
    losses.append(Loss(0, "number", "", "rounded"))
    return rounded
