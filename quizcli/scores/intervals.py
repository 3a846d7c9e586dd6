"""How far a figure of a class may be from the truth. The rule: no figure, no interval."""

from __future__ import annotations

from math import atanh, exp, log, sqrt, tanh
from typing import NamedTuple

# The normal deviate of an interval that covers 95 of 100.
Z = 1.959963984540054
# So near to 1 it is 1, and says nothing about how sure it is.
_SURE = 1e-9


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


def fisher(r: float | None, n: int) -> Interval | None:
    """Fisher's interval of a correlation of ``n`` pairs."""
    if r is None or n < 4 or abs(r) >= 1 - _SURE:
        return None
    half = Z / sqrt(n - 3)
    return Interval(tanh(atanh(r) - half), tanh(atanh(r) + half))


def bonett(alpha: float | None, n: int, k: int) -> Interval | None:
    """Bonett's (2002) interval of the alpha of ``k`` items and ``n`` students."""
    if alpha is None or n < 3 or alpha >= 1 - _SURE:
        return None
    half = Z * sqrt(2 * k / ((k - 1) * (n - 2)))
    return Interval(1 - exp(log(1 - alpha) + half), 1 - exp(log(1 - alpha) - half))
