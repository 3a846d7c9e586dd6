"""The loss of a character model that has learned nothing: T ln V."""

from __future__ import annotations

import math

import pytest

from quizcli.demos.evidence import Verdict
from quizcli.demos.experiments.iteration_zero import EXPERIMENT, decide, formulas, gap
from tests.support import laboratory as lab

ALL = list(EXPERIMENT.claims)
FIRST_ONLY = [Verdict.HOLDS, *[Verdict.REFUTED] * 4]


@pytest.mark.parametrize(("V", "logged"), [(65, 104.35968), (80, 109.55067)])
def test_the_published_numbers_appear(V: int, logged: float) -> None:
    """25 ln V, as min-char-rnn logs it: by formula to five places, measured to four digits."""
    assert formulas(25, V, 100)["T ln V"] == pytest.approx(logged, abs=5e-6)
    evidence = lab.measure(EXPERIMENT, ALL, 0, vocabulary=V)
    assert evidence.findings[0].figure.value < 0.02  # per cent
    assert f"T ln V = {logged:.5f}" in evidence.pictures[1].says


def test_a_network_without_weights_pays_exactly_the_uniform_price() -> None:
    """All outputs equal: the perplexity is V, up to the rounding of the sum."""
    evidence = lab.measure(EXPERIMENT, ALL, 1, scale=0)
    assert evidence.findings[0].figure.value < 1e-12
    assert "is 65." in evidence.pictures[0].says


@pytest.mark.parametrize("seed", lab.FEW)
def test_one_formula_holds_and_the_others_are_refuted(seed: int) -> None:
    assert lab.verdicts(EXPERIMENT, ALL, seed) == FIRST_ONLY


@pytest.mark.parametrize("seed", lab.FEW)
def test_with_one_character_nothing_is_decided(seed: int) -> None:
    verdicts = lab.verdicts(EXPERIMENT, ALL, seed, **EXPERIMENT.null)
    assert set(verdicts) == {Verdict.UNDETERMINED}


@pytest.mark.slow
def test_the_same_verdicts_in_99_of_100_seeds_with_effect_and_without() -> None:
    held = [s for s in lab.HUNDRED if lab.verdicts(EXPERIMENT, ALL, s) == FIRST_ONLY]
    silent = [
        s
        for s in lab.HUNDRED
        if set(lab.verdicts(EXPERIMENT, ALL, s, **EXPERIMENT.null)) == {Verdict.UNDETERMINED}
    ]
    assert min(len(held), len(silent)) >= 99


def test_large_weights_cost_more_than_an_honest_guess() -> None:
    evidence = lab.measure(EXPERIMENT, ALL, 2, **EXPERIMENT.breaks[0].knobs)
    assert evidence.findings[0].verdict is Verdict.REFUTED
    assert evidence.pictures[0].bars[0].value > 25 * math.log(65)  # type: ignore[union-attr]


def test_formulas_that_give_the_same_number_cannot_be_told_apart() -> None:
    """With as many units as characters, T ln H is T ln V: neither is said to hold."""
    verdicts = lab.verdicts(EXPERIMENT, ALL, 3, units=65)
    assert verdicts[0] is verdicts[3] is Verdict.UNDETERMINED
    assert verdicts[1] is Verdict.REFUTED


def test_a_formula_that_fits_one_vocabulary_by_chance_does_not_hold() -> None:
    """With weights of middling size the loss of 65 characters happens to be T ln 100."""
    finding = lab.measure(EXPERIMENT, [{"formula": "T ln H"}], 70000, scale=0.173205).findings[0]
    assert finding.figure.value < 1
    assert finding.verdict is Verdict.UNDETERMINED


def test_the_rule() -> None:
    predicted = {"a": 100.0, "b": 120.0, "c": 104.0}
    assert decide("b", 120.5, predicted) is Verdict.HOLDS
    assert decide("a", 100.5, predicted) is Verdict.UNDETERMINED  # c is too near
    assert decide("b", 117.0, predicted) is Verdict.UNDETERMINED
    assert decide("b", 113.0, predicted) is Verdict.REFUTED
    assert gap(0, 0) == 0.0
    assert gap(0, 2) == 1.0


def test_findings_follow_their_claims_and_repeat() -> None:
    lab.assert_permutes(EXPERIMENT, ALL, 5)
    lab.assert_lonely(EXPERIMENT, ALL, 5)
    lab.assert_repeats(EXPERIMENT, ALL, 6)


@pytest.mark.parametrize(
    "knobs", [{}, EXPERIMENT.null, EXPERIMENT.breaks[0].knobs, {"vocabulary": 5000, "scale": 3}]
)
def test_the_pictures_fit_a_small_terminal(knobs: dict[str, float]) -> None:
    lab.assert_fits(lab.measure(EXPERIMENT, ALL, 7, **knobs))
