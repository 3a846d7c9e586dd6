"""Wilson's interval: as tables have it, within 0 to 1, and none where there is no share."""

from __future__ import annotations

import pytest

from quizcli.report.intervals import wilson


def test_the_figure_of_a_table() -> None:
    assert wilson(0.8, 10) == pytest.approx((0.49016, 0.94332), abs=1e-5)


@pytest.mark.parametrize("n", range(1, 60))
def test_a_share_stays_a_share(n: int) -> None:
    """Rounding would bring the ends to -0.000 and beyond 1."""
    none, everyone = wilson(0, n), wilson(1, n)
    assert none is not None
    assert everyone is not None
    assert 0 <= none.low < 1e-15 < none.high < 1
    assert 0 < everyone.low < 1 - 1e-15 < everyone.high <= 1


def test_no_share_no_interval() -> None:
    assert [wilson(p, 5) for p in (None, -0.1, 1.1)] == [None] * 3
