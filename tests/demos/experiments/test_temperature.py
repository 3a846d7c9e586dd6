"""Warmth spreads the probabilities out and leaves the order of the words alone."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from quizcli.demos.evidence import DemoError, Verdict
from quizcli.demos.experiments.temperature import (
    EXPERIMENT,
    QUANTITIES,
    _drawn,
    entropy,
    trend,
    variety,
)
from quizcli.demos.worlds.trends import TRENDS
from tests.support import laboratory as lab

EVERY = [{"quantity": q, "goes": goes} for q, goes in product(QUANTITIES, TRENDS)]
TRUE = {"entropy": "up", "top": "down", "least": "up", "variety": "up", "order": "same"}
KEY = [
    Verdict.HOLDS if TRUE[claim["quantity"]] == claim["goes"] else Verdict.REFUTED
    for claim in EVERY
]


@pytest.mark.parametrize("seed", lab.FEW)
@pytest.mark.parametrize(("low", "high"), [(0.4, 2.0), (0.5, 1.5)])
def test_all_fifteen_claims_are_judged_by_what_is_true(seed: int, low: float, high: float) -> None:
    assert lab.verdicts(EXPERIMENT, EVERY, seed, low=low, high=high) == KEY


@pytest.mark.parametrize("seed", lab.FEW)
def test_words_of_one_score_decide_nothing(seed: int) -> None:
    found = lab.verdicts(EXPERIMENT, EVERY, seed, **EXPERIMENT.null)
    assert set(found) == {Verdict.UNDETERMINED}


@pytest.mark.slow
def test_in_99_of_100_seeds() -> None:
    asked = [EVERY.index({"quantity": q, "goes": TRUE[q]}) for q in ("entropy", "top", "order")]
    found = [lab.verdicts(EXPERIMENT, EVERY, seed, low=0.6, high=1.2) for seed in lab.HUNDRED]
    assert sum(any(each[i] is not Verdict.HOLDS for i in asked) for each in found) <= 1


def test_it_has_to_become_warmer() -> None:
    with pytest.raises(DemoError, match=r"high: 0.5 is no higher than low, 0.5"):
        lab.measure(EXPERIMENT, EVERY, 0, high=0.5)


def test_what_is_reckoned() -> None:
    p = np.array([[0.5, 0.25, 0.25, 0.0], [1.0, 0.0, 0.0, 0.0]])
    assert entropy(p).tolist() == [1.5, 0.0]
    assert variety(np.array([[3, 1, 3, 1], [2, 2, 2, 2]])).tolist() == [2, 1]
    assert trend(np.array([1.0] * 95 + [0.0] * 5)) == "up"
    assert trend(np.array([1.0] * 94 + [0.0] * 6)) is None
    assert trend(np.zeros(3)) == "same"
    assert trend(-np.ones(3)) == "down"


def test_words_are_drawn_as_often_as_they_are_likely() -> None:
    p = np.array([[0.1, 0.6, 0.3]])
    words = _drawn(p, np.random.default_rng(0).random((1, 100_000)))
    shares = np.bincount(words[0].astype(int)) / 100_000
    assert shares == pytest.approx([0.6, 0.3, 0.1], abs=0.01)


def test_findings_follow_their_claims_and_repeat() -> None:
    lab.assert_permutes(EXPERIMENT, EXPERIMENT.claims, 5)
    lab.assert_lonely(EXPERIMENT, EVERY, 5)
    lab.assert_repeats(EXPERIMENT, EVERY, 6)


@pytest.mark.parametrize("knobs", [{}, EXPERIMENT.null, {"low": 0.1, "high": 10, "gain": 6}])
def test_the_pictures_fit_a_small_terminal(knobs: dict[str, float]) -> None:
    lab.assert_fits(lab.measure(EXPERIMENT, EVERY, 7, **knobs))
