"""Errors add up where a model is fed its own words and has learned from true ones alone."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from quizcli.demos.evidence import DemoError, Verdict
from quizcli.demos.experiments.exposure_bias import EXPERIMENT, FED, Rules, learned
from quizcli.demos.worlds.trends import TRENDS
from tests.support import laboratory as lab

EVERY = [
    {"trained": trained, "fed": fed, "errors": errors}
    for trained, fed, errors in product(FED, FED, TRENDS)
]


def true(claim: dict[str, str]) -> bool:
    """Where two words back matter."""
    grows = (claim["trained"], claim["fed"]) == ("truth", "own")
    return claim["errors"] == ("up" if grows else "same")


KEY = [Verdict.HOLDS if true(claim) else Verdict.REFUTED for claim in EVERY]


@pytest.mark.parametrize("seed", lab.FEW)
@pytest.mark.parametrize("slip", [0.01, 0.03])
def test_all_twelve_claims_are_judged_by_what_is_true(seed: int, slip: float) -> None:
    assert lab.verdicts(EXPERIMENT, EVERY, seed, slip=slip) == KEY


@pytest.mark.parametrize("seed", lab.FEW)
def test_a_model_that_never_slips_decides_nothing(seed: int) -> None:
    found = lab.verdicts(EXPERIMENT, EVERY, seed, **EXPERIMENT.null)
    assert set(found) == {Verdict.UNDETERMINED}


@pytest.mark.parametrize("seed", lab.FEW)
def test_where_all_contexts_are_known_nothing_adds_up(seed: int) -> None:
    broken = lab.measure(EXPERIMENT, EVERY, seed, **EXPERIMENT.breaks[0].knobs)
    for finding in broken.findings:
        same = finding.claim["errors"] == "same"
        assert finding.verdict is (Verdict.HOLDS if same else Verdict.REFUTED)


@pytest.mark.slow
def test_in_99_of_100_seeds() -> None:
    assert sum(lab.verdicts(EXPERIMENT, EVERY, seed) != KEY for seed in lab.HUNDRED) <= 1


def test_true_text_keeps_to_the_rules() -> None:
    legal = np.zeros((3, 3))
    legal[[0, 1, 2], [1, 2, 0]] = 1
    rules = Rules(np.array([[1], [2], [0]]), legal)
    text = rules.text(np.random.default_rng(0), 50, 6)
    assert ((text[:, 1:] - text[:, :-1]) % 3 == 1).all()


def test_what_is_counted_behind_two_words() -> None:
    """0 1 is followed by 2 always; with a slip of 0.3 each of three words has 0.1 more."""
    rules = Rules(np.zeros((3, 1), int), np.ones((3, 3)))
    words = np.array([[0, 1, 2]] * 5)
    model = learned(words, words[:, 2:], rules, 0.3, 2)
    assert model.below[0 * 3 + 1] == pytest.approx([0.1, 0.2, 1.0])
    assert model.below[2 * 3 + 2] == pytest.approx([1 / 3, 2 / 3, 1.0])  # never seen


def test_too_few_words_are_refused() -> None:
    with pytest.raises(DemoError, match="vocabulary: 16 words are too few for 6 followers"):
        lab.measure(EXPERIMENT, EVERY, 0, vocabulary=16, followers=6)


def test_findings_follow_their_claims_and_repeat() -> None:
    lab.assert_permutes(EXPERIMENT, EXPERIMENT.claims, 5)
    lab.assert_lonely(EXPERIMENT, EXPERIMENT.claims, 5)
    lab.assert_repeats(EXPERIMENT, EVERY, 6)


@pytest.mark.parametrize("knobs", [{}, EXPERIMENT.null, {"steps": 24, "vocabulary": 16}])
def test_the_pictures_fit_a_small_terminal(knobs: dict[str, float]) -> None:
    lab.assert_fits(lab.measure(EXPERIMENT, EVERY, 7, **knobs))
