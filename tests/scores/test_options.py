"""The options of an item: who chose them, how often, and how well those did elsewhere."""

from __future__ import annotations

import numpy as np
import pytest

from quizcli.scores.options import OPTION_FORMULAS, OptionFigures, option_figures


def test_figures_of_a_small_class() -> None:
    key, distractor, nobody = option_figures([0, 0, 1, 1, 0, -1], [5, 4, 1, 2, 3, 0], 3)
    assert (key.share, key.mean_rest) == (0.5, 4)
    assert key.thirds == (0, 0.5, 1)
    assert key.correlation == pytest.approx(
        np.corrcoef([1, 1, 0, 0, 1, 0], [5, 4, 1, 2, 3, 0])[0, 1]
    )
    assert (distractor.share, distractor.mean_rest) == (pytest.approx(1 / 3), 1.5)
    assert (nobody.share, nobody.mean_rest, nobody.correlation) == (0, None, None)
    assert not nobody.is_functional


@pytest.mark.parametrize(("heads", "is_functional"), [(0, False), (6, False), (7, True)])
def test_one_in_twenty_is_enough(heads: int, is_functional: bool) -> None:
    """7 are 5 % of 140."""
    choices = np.zeros(140, int)
    choices[:heads] = 1
    assert option_figures(choices, np.arange(140), 2)[1].is_functional is is_functional


def test_thirds_do_not_depend_on_how_a_sum_was_rounded() -> None:
    choices, rest = [0] * 10 + [1] * 10 + [0, 1] * 5, [0.1 + 0.2] * 10 + [0.3] * 10 + [3] * 10
    for options in (option_figures(choices, rest, 2), option_figures(choices[::-1], rest[::-1], 2)):
        assert options[0].thirds == pytest.approx((0.5, 0.5, 0.5))


def test_students_of_the_same_score_share_their_places() -> None:
    """Of six the four lowest are alike: each stands half in the lowest third, half in the middle."""
    options = option_figures([0, 0, 0, 1, 1, 1], [1, 1, 1, 1, 2, 3], 2)
    assert options[0].thirds == pytest.approx((0.75, 0.75, 0))
    assert options[1].thirds == pytest.approx((0.25, 0.25, 1))


def test_groups_of_different_size_in_one_third() -> None:
    options = option_figures([0, 1, 1, 0, 0, 0, 0, 0, 0], [1, 2, 2, 3, 4, 5, 6, 7, 8], 2)
    assert options[0].thirds == pytest.approx((1 / 3, 1, 1))


def test_who_was_not_asked_is_not_counted() -> None:
    found = option_figures([0, 1, -1, 0], [1, 2, np.nan, np.nan], 2)
    assert [option.n for option in found] == [2, 2]
    assert found[0].share == 0.5


def test_nobody_asked() -> None:
    assert option_figures([], [], 1) == (
        OptionFigures(0, None, None, None, False, (None, None, None)),
    )


def test_scores_that_are_all_the_same_correlate_with_nothing() -> None:
    assert option_figures([0, 1, 0], [0.3, 0.1 + 0.2, 0.3], 2)[0].correlation is None


def test_every_figure_has_its_formula() -> None:
    assert OPTION_FORMULAS.keys() == {*OptionFigures._fields} - {"n", "is_functional"}
