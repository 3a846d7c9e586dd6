"""Credit rules: how much of a question a set of ticks earns, in exact rationals.

For a question with n options, K is the key, W the wrong options, S what was ticked. Every rule
gives a blank (S empty) 0, never less than 0 and never more than 1, and 1 for S = K. A rule sees
four counts only: n, k = |K|, hits = |S∩K| and extra = |S∖K|; who is behind them cannot matter.

Rules apply where several options may be ticked. A single choice is right or wrong.
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from itertools import product
from math import comb
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

    _Earn = Callable[[int, int, int, int], Fraction]


class CreditRule(NamedTuple):
    """A named rule: ``earn(n, k, hits, extra)`` is the credit from 0 to 1."""

    name: str
    formula: str
    says: str
    earn: _Earn

    def credit(self, n: int, k: int, hits: int, extra: int) -> Fraction:
        """Credit for ``hits`` right and ``extra`` wrong ticks of n options, k of them right.

        Raises ValueError for counts that cannot be (no key, more hits than keys).
        """
        if not (0 < k <= n and 0 <= hits <= k and 0 <= extra <= n - k):
            raise ValueError(f"impossible counts: {n=}, {k=}, {hits=}, {extra=}")
        return _earned(self.earn, n, k, hits, extra)

    def ticking_everything(self, n: int, k: int) -> Fraction:
        """What S = all options earns."""
        return self.credit(n, k, k, n - k)

    def blind_guessing(self, n: int, k: int) -> Fraction:
        """The mean credit of ticking each option at the toss of a fair coin."""
        total = sum(
            (
                comb(k, hits) * comb(n - k, extra) * self.credit(n, k, hits, extra)
                for hits, extra in product(range(k + 1), range(n - k + 1))
            ),
            start=Fraction(0),
        )
        return total / (1 << n)


def _all_or_nothing(n: int, k: int, hits: int, extra: int) -> Fraction:
    return Fraction(hits == k and extra == 0)


def _net_correct(n: int, k: int, hits: int, extra: int) -> Fraction:
    return Fraction(hits - extra, k)


def _coverage(n: int, k: int, hits: int, extra: int) -> Fraction:
    return Fraction(hits * hits, (hits + extra) * k)


def _every_decision(n: int, k: int, hits: int, extra: int) -> Fraction:
    return 1 - Fraction(k - hits + extra, n)


def _proportional(n: int, k: int, hits: int, extra: int) -> Fraction:
    return Fraction(hits, k) if extra == 0 else Fraction(0)


def _false2(n: int, k: int, hits: int, extra: int) -> Fraction:
    return Fraction(hits, k) - Fraction(extra, max(n - k, 2))


RULES = {
    rule.name: rule
    for rule in (
        CreditRule("all-or-nothing", "[S = K]", "all of the key and nothing else", _all_or_nothing),
        CreditRule(
            "net-correct",
            "max(0, (|S∩K| − |S∖K|) / |K|)",
            "each wrong tick cancels one right tick",
            _net_correct,
        ),
        CreditRule(
            "coverage",
            "(|S∩K| / |S|) · (|S∩K| / |K|)",
            "the share of ticks that are right, times the share of the key found",
            _coverage,
        ),
        CreditRule(
            "every-decision",
            "1 − |S△K| / n",
            "each option is a decision, ticking it or leaving it",
            _every_decision,
        ),
        CreditRule(
            "proportional",
            "|S∩K| / |K| if S ⊆ K else 0",
            "the share of the key found; one wrong tick loses all",
            _proportional,
        ),
        CreditRule(
            "false2",
            "max(0, |S∩K| / |K| − |S∖K| / max(|W|, 2))",
            "the more wrong options there are, the less a wrong tick costs, at most a half",
            _false2,
        ),
    )
}


@lru_cache(maxsize=4096)
def _earned(earn: _Earn, n: int, k: int, hits: int, extra: int) -> Fraction:
    if hits + extra == 0:
        return Fraction(0)  # a blank earns nothing, whatever the formula would say of it
    return max(Fraction(0), earn(n, k, hits, extra))
