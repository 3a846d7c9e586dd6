"""How far a figure of a class may be from the truth. The rule: no figure, no interval."""

from __future__ import annotations

from math import atanh, exp, log, sqrt, tanh

from quizcli.report.intervals import Interval, Z

# So near to 1 it is 1, and says nothing about how sure it is.
_SURE = 1e-9


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
