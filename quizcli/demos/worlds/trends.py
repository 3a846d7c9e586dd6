"""Up, down or the same: how a measured change becomes a verdict on a claim of where it goes."""

from __future__ import annotations

from typing import NamedTuple

from quizcli.demos.evidence import Verdict

TRENDS = ("up", "same", "down")


class Margins(NamedTuple):
    """A change of at most ``same`` is none, and from ``apart`` on it is one."""

    same: float
    apart: float

    def trend(self, low: float, high: float | None = None) -> str | None:
        """Where a change goes that lies between ``low`` and ``high``, which may be one number;
        None where that is open."""
        high = low if high is None else high
        if low >= self.apart:
            return "up"
        if high <= -self.apart:
            return "down"
        return "same" if low >= -self.same and high <= self.same else None


def decide(claimed: str, trend: str | None, *, control: bool) -> Verdict:
    """Nothing is decided where the ``control`` failed or the trend is open."""
    if not control or trend is None:
        return Verdict.UNDETERMINED
    return Verdict.HOLDS if claimed == trend else Verdict.REFUTED
