"""Intervals: as tables have them, as wide as they promise, and none where there is no figure."""

from __future__ import annotations

from math import sqrt

import numpy as np
import pytest

from quizcli.scores.intervals import bonett, fisher
from quizcli.scores.items import analysis
from tests.support.classes import LSAT6, published


def test_figures_of_tables() -> None:
    assert fisher(0.5, 28) == pytest.approx((0.15603, 0.73582), abs=1e-5)
    # ln .2 ± 1.96 · √(10 / (4 · 98))
    assert bonett(0.8, 100, 5) == pytest.approx((0.72648, 0.85376), abs=1e-5)


def test_every_figure_lies_in_its_interval() -> None:
    found = analysis(published(LSAT6), np.ones(5))
    for figure, interval in [
        *((item.facility, item.facility_interval) for item in found.items),
        *((item.item_rest, item.item_rest_interval) for item in found.items),
        (found.quiz.alpha, found.quiz.alpha_interval),
    ]:
        assert figure is not None
        assert interval is not None
        assert interval.low < figure < interval.high


@pytest.mark.parametrize("true", [0.3, 0.6])
def test_intervals_hold_what_they_promise(true: float) -> None:
    """19 of 20 hold the truth, of facility, correlation and alpha of normal marks."""
    random, held = np.random.default_rng(1), np.zeros(3)
    of_all = 4 * true / (1 + 3 * true)
    item_rest = 3 * true / sqrt(3 + 6 * true)
    for _ in range(1000):
        common = random.standard_normal((60, 1))
        marks = sqrt(true) * common + sqrt(1 - true) * random.standard_normal((60, 4))
        found = analysis(marks, np.ones(4))
        solved = analysis((marks > 0.5).astype(float), np.ones(4)).items[0]
        truths = [
            (solved.facility_interval, 0.30854),
            (found.items[0].item_rest_interval, item_rest),
            (found.quiz.alpha_interval, of_all),
        ]
        held += [interval is not None and interval[0] < x < interval[1] for interval, x in truths]
    assert held / 1000 == pytest.approx([0.95] * 3, abs=0.02)


def test_marks_outside_0_to_the_maximum_have_no_interval() -> None:
    items = analysis([[-1, 3], [0, 2], [-1, 3]], [1, 2]).items
    assert [item.facility for item in items] == pytest.approx([-2 / 3, 4 / 3])
    assert [item.facility_interval for item in items] == [None, None]


def test_no_figure_no_interval() -> None:
    assert (fisher(None, 5), bonett(None, 5, 5)) == (None, None)
    assert (fisher(0.5, 3), bonett(0.5, 2, 5)) == (None, None)
    assert (fisher(-1, 9), bonett(1, 9, 5)) == (None, None)
