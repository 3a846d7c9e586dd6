"""How far a share may be from the truth. The rule: no figure, no interval."""

from __future__ import annotations

from math import sqrt
from typing import NamedTuple

# The normal deviate of an interval that covers 95 of 100.
Z = 1.959963984540054


class Interval(NamedTuple):
    """From where to where a figure may lie, at 95 %."""

    low: float
    high: float


def wilson(p: float | None, n: int) -> Interval | None:
    """Wilson's interval of a share ``p`` of ``n``; with part marks wider than it need be, since no
    marks from 0 to the maximum vary more than those that are one or the other."""
    if p is None or not 0 <= p <= 1:  # marks below 0, or above the maximum
        return None
    centre, half = p + Z**2 / (2 * n), Z * sqrt(p * (1 - p) / n + Z**2 / (4 * n**2))
    low, high = (centre - half) / (1 + Z**2 / n), (centre + half) / (1 + Z**2 / n)
    return Interval(max(low, 0.0), min(high, 1.0))  # which only rounding leaves


def percents(share: Interval | None) -> str:
    """An interval in percent: ``96–100%``; "" for none."""
    return f"{100 * share.low:.0f}–{100 * share.high:.0f}%" if share else ""


def share_text(times: int, n: int, of: str = "") -> str:
    """How often of how many, with the interval: ``12 of 12 (76–100%)``, or ``12 of 12 seeds (…)``
    where it is said what they are ``of``."""
    return f"{times} of {n}{of and f' {of}'} ({percents(wilson(times / n, n))})"
