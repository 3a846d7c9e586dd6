"""Up, down, the same, or open: what a change is called, and what is said of a claim."""

from __future__ import annotations

import pytest

from quizcli.demos.evidence import Verdict
from quizcli.demos.worlds.trends import Margins, decide


@pytest.mark.parametrize(
    ("low", "high", "trend"),
    [
        (5.0, None, "up"),
        (4.9, None, None),
        (-5.0, None, "down"),
        (1.0, None, "same"),
        (-1.0, 1.0, "same"),
        (-1.1, 0.0, None),
        (4.0, 9.0, None),  # an interval must lie there as a whole
        (6.0, 9.0, "up"),
        (-9.0, -5.0, "down"),
        (-9.0, -2.0, None),
        (float("nan"), None, None),
    ],
)
def test_the_margins(low: float, high: float | None, trend: str | None) -> None:
    assert Margins(same=1.0, apart=5.0).trend(low, high) == trend


def test_the_verdict() -> None:
    assert decide("up", "up", control=True) is Verdict.HOLDS
    assert decide("same", "up", control=True) is Verdict.REFUTED
    assert decide("up", "up", control=False) is Verdict.UNDETERMINED
    assert decide("up", None, control=True) is Verdict.UNDETERMINED
