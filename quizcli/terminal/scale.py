"""Where numbers lie on the scale of a picture, and how they are written beside it."""

from __future__ import annotations

import math


def number(value: float) -> str:
    """Three significant digits, or the word for what is no number."""
    if math.isnan(value):
        return "–"
    if math.isinf(value):
        return "∞" if value > 0 else "−∞"
    if value == 0:
        return "0"
    if 1e-3 <= abs(value) < 1e5:
        return f"{value:.3g}" if abs(value) < 1000 else f"{value:,.0f}"
    mantissa, _, exponent = f"{value:.1e}".partition("e")
    return f"{mantissa}e{int(exponent)}"


def part(value: float, low: float, high: float) -> float:
    """Where ``value`` lies between two others, from 0 to 1; halved, since their difference may
    overflow."""
    return (value / 2 - low / 2) / ((high / 2 - low / 2) or 1.0)
