"""The perplexity of a model that has learned its language is the number of words that may follow."""

from __future__ import annotations

import numpy as np
import pytest

from quizcli.demos.evidence import DemoError, Verdict
from quizcli.demos.experiments.perplexity import EXPERIMENT, WordPairs, decide, perplexity
from tests.support import laboratory as lab

ALL = list(EXPERIMENT.claims)
KEY = [Verdict.HOLDS, *[Verdict.REFUTED] * 3]


def claims(*values: float) -> list[dict[str, float]]:
    """Of so many words."""
    return [{"perplexity": value} for value in values]


@pytest.mark.parametrize("seed", lab.FEW)
def test_it_is_the_number_of_words_that_may_follow(seed: int) -> None:
    assert lab.verdicts(EXPERIMENT, ALL, seed) == KEY
    for k, V in ((16, 400), (32, 500)):
        found = lab.verdicts(EXPERIMENT, claims(k, V), seed, followers=k, vocabulary=V)
        assert found == [Verdict.HOLDS, Verdict.REFUTED]


@pytest.mark.parametrize("seed", lab.FEW)
def test_a_model_that_has_read_nothing_decides_nothing(seed: int) -> None:
    """It is exactly as perplexed as there are words, and even that is not said to hold."""
    evidence = lab.measure(EXPERIMENT, claims(8, 200), seed, **EXPERIMENT.null)
    assert {finding.verdict for finding in evidence.findings} == {Verdict.UNDETERMINED}
    assert evidence.findings[1].figure.value == pytest.approx(0, abs=1e-9)


@pytest.mark.slow
def test_in_99_of_100_seeds() -> None:
    assert sum(lab.verdicts(EXPERIMENT, ALL, seed) != KEY for seed in lab.HUNDRED) <= 1


@pytest.mark.parametrize("each", EXPERIMENT.breaks, ids=lambda each: each.name)
def test_strange_words_and_little_reading_cost_a_lot(each) -> None:
    assert lab.verdict(EXPERIMENT, ALL[0], 3, **each.knobs) is Verdict.REFUTED


def test_counted_by_hand() -> None:
    """Behind 0 came 1 three times and 2 once; the model gives them 3/4 and 1/4, nearly."""
    read = WordPairs(np.zeros(4000, int), np.array([1, 1, 1, 2] * 1000))
    tested = WordPairs(np.zeros(2, int), np.array([1, 2]))
    assert perplexity(read, tested, 3) == pytest.approx((3 / 4 * 1 / 4) ** -0.5, rel=1e-3)


@pytest.mark.parametrize(
    ("claimed", "measured", "verdict"),
    [
        (108, 100, Verdict.HOLDS),
        (110, 100, Verdict.UNDETERMINED),
        (120, 100, Verdict.REFUTED),
        (100, 401, Verdict.UNDETERMINED),  # hardly better than nothing
    ],
)
def test_the_rule(claimed: float, measured: float, verdict: Verdict) -> None:
    assert decide(claimed, measured, 500) is verdict


def test_more_followers_than_words_are_refused() -> None:
    with pytest.raises(DemoError, match="followers: 64 cannot be chosen from 20 words"):
        lab.measure(EXPERIMENT, ALL, 0, followers=64, vocabulary=20)


def test_findings_follow_their_claims_and_repeat() -> None:
    lab.assert_permutes(EXPERIMENT, ALL, 5)
    lab.assert_lonely(EXPERIMENT, ALL, 5)
    lab.assert_repeats(EXPERIMENT, ALL, 6)


@pytest.mark.parametrize(
    "knobs", [{}, EXPERIMENT.null, {"followers": 64, "vocabulary": 64, "strange": 1.0}]
)
def test_the_pictures_fit_a_small_terminal(knobs: dict[str, float]) -> None:
    lab.assert_fits(lab.measure(EXPERIMENT, ALL, 7, **knobs))
