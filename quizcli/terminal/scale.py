"""Where numbers lie on the scale of a picture, and how they are written beside it."""

from __future__ import annotations

import math


def number(value: float, digits: int = 3) -> str:
    """So many significant digits, or the word for what is no number."""
    if math.isnan(value):
        return "–"
    if math.isinf(value):
        return "∞" if value > 0 else "−∞"
    if value == 0:
        return "0"
    if 1e-3 <= abs(value) < 1e5:
        whole = abs(value) >= 1000
        return f"{value:,.{digits - 3}f}" if whole else f"{value:.{digits}g}"
    mantissa, _, exponent = f"{value:.{digits - 2}e}".partition("e")
    return f"{mantissa}e{int(exponent)}"


def ends(low: float, high: float) -> tuple[str, str]:
    """Both ends of a scale, with as many digits as it takes to tell them apart."""
    for digits in range(3, 20):
        said = number(low, digits), number(high, digits)
        if said[0] != said[1] or low == high:
            break
    return said


def part(value: float, low: float, high: float) -> float:
    """Where ``value`` lies between two others, from 0 to 1; halved, since their difference may
    overflow."""
    return (value / 2 - low / 2) / ((high / 2 - low / 2) or 1.0)
