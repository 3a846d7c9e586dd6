"""The half-life that a forget bias gives to a fresh LSTM's memory."""

from __future__ import annotations

import math

import pytest

from quizcli.demos.evidence import Verdict
from quizcli.demos.experiments.forget_bias import (
    EXPERIMENT,
    NETWORKS,
    STEPS,
    HalfLife,
    _half_life,
    decide,
)
from quizcli.numeric import np
from tests.support import laboratory as lab

ALL = list(EXPERIMENT.claims)
EXPECTED = [*[Verdict.HOLDS] * 3, *[Verdict.REFUTED] * 2]


@pytest.mark.parametrize(
    ("bias", "half_life", "left"), [(0, 1.0, 9.5e-7), (1, 2.2, 1.9e-3), (2, 5.5, 0.079)]
)
def test_the_published_numbers_appear(bias: int, half_life: float, left: float) -> None:
    """σ(b)²⁰ and the half-life -1/log₂ σ(b), both measured, not computed: to a few per cent in a
    fresh network, and to all published digits where its other weights are 0."""
    for scale, few in ((0.01, 0.1), (0, 0.01)):
        claim = {"bias": bias, "half_life": half_life}
        evidence = lab.measure(EXPERIMENT, [claim], 0, scale=scale)
        assert evidence.findings[0].figure.value == pytest.approx(half_life, rel=0.02)
        line = evidence.pictures[0].lines[bias]  # type: ignore[union-attr]
        assert line.label == f"bias {bias}"
        assert line.values[20] == pytest.approx(left, rel=few)


def test_with_no_other_weights_the_half_life_is_exactly_the_formulas() -> None:
    for bias in (-1.0, 0.0, 0.5, 3.0, 6.0):
        claim = {"bias": bias, "half_life": 1.0}
        life = lab.measure(EXPERIMENT, [claim], 1, scale=0).findings[0].figure.value
        assert life == pytest.approx(-1 / math.log2(1 / (1 + math.exp(-bias))), rel=1e-9)


@pytest.mark.parametrize("seed", lab.FEW)
def test_the_right_half_lives_hold_and_the_wrong_ones_do_not(seed: int) -> None:
    assert lab.verdicts(EXPERIMENT, ALL, seed) == EXPECTED


@pytest.mark.parametrize("seed", lab.FEW)
def test_where_nothing_is_stored_nothing_is_decided(seed: int) -> None:
    evidence = lab.measure(EXPERIMENT, ALL, seed, **EXPERIMENT.null)
    assert {f.verdict for f in evidence.findings} == {Verdict.UNDETERMINED}
    assert all(math.isnan(f.figure.value) and f.figure.shown for f in evidence.findings)
    lines = evidence.pictures[0].lines  # type: ignore[union-attr]
    assert {value for line in lines for value in line.values} == {0.0}


@pytest.mark.slow
def test_the_same_verdicts_in_99_of_100_seeds_with_effect_and_without() -> None:
    held = [s for s in lab.HUNDRED if lab.verdicts(EXPERIMENT, ALL, s) == EXPECTED]
    silent = [
        s
        for s in lab.HUNDRED
        if set(lab.verdicts(EXPERIMENT, ALL, s, **EXPERIMENT.null)) == {Verdict.UNDETERMINED}
    ]
    assert min(len(held), len(silent)) >= 99


@pytest.mark.parametrize(
    ("claimed", "life", "verdict"),
    [
        (2.2, (2.2, 2.2, 2.2), Verdict.HOLDS),
        (2.0, (2.2, 1.9, 2.7), Verdict.HOLDS),
        (1.9, (2.2, 2.1, 2.3), Verdict.UNDETERMINED),
        (1.5, (2.2, 2.1, 2.3), Verdict.REFUTED),
        (20, (2.2, 2.1, 2.3), Verdict.REFUTED),
        (280, (2.2, 2.1, 2.3), Verdict.REFUTED),
        (20, (2.2, 2.0, 3.1), Verdict.UNDETERMINED),  # the networks do not agree
        (2.2, (2.2, 0.0, 2.3), Verdict.UNDETERMINED),
        # Longer than a run: no more is known than that.
        (280, (40.0, 30.0, 50.0), Verdict.UNDETERMINED),
        (40, (40.0, 30.0, 50.0), Verdict.UNDETERMINED),
        (16, (40.0, 30.0, 50.0), Verdict.UNDETERMINED),
        (5, (40.0, 30.0, 50.0), Verdict.REFUTED),
        (5, (math.inf, 300.0, math.inf), Verdict.REFUTED),
        (21, (21.0, 19.0, 23.0), Verdict.UNDETERMINED),
        (5, (math.nan, math.nan, math.nan), Verdict.UNDETERMINED),
    ],
)
def test_the_rule(claimed: float, life: tuple[float, float, float], verdict: Verdict) -> None:
    assert decide(claimed, HalfLife(*life)) is verdict


@pytest.mark.parametrize("knobs", [{}, {"scale": 0.1}, {"units": 1}, {"stored": 10}])
def test_no_true_half_life_is_refuted_whatever_the_bias(knobs: dict[str, float]) -> None:
    """Those of large biases are longer than a run, and left open, as are those that other weights
    have a say in."""
    claims = [
        {"bias": bias, "half_life": -1 / math.log2(1 / (1 + math.exp(-bias)))}
        for bias in (-5, -2, 0, 1, 2, 3, 4, 5, 6, 10)
    ]
    for seed in range(6):
        found = lab.verdicts(EXPERIMENT, claims, seed, **knobs)
        assert Verdict.REFUTED not in found
        assert set(found[6:]) == {Verdict.UNDETERMINED}


def test_large_weights_break_the_assumption_and_nothing_is_said() -> None:
    for seed in range(6):
        found = lab.measure(EXPERIMENT, ALL[:3], seed, **EXPERIMENT.breaks[0].knobs).findings
        assert Verdict.HOLDS not in {f.verdict for f in found}
        assert any("do not agree" in f.reason for f in found)


def test_a_memory_that_is_gone_at_once_is_not_taken_for_one_that_was_never_stored() -> None:
    gone = np.zeros((NETWORKS, STEPS + 1))
    assert math.isnan(_half_life(gone).mean)
    gone[:, 0] = 1
    assert _half_life(gone) == HalfLife(0, 0, 0)


def test_findings_follow_their_claims_and_repeat() -> None:
    lab.assert_permutes(EXPERIMENT, ALL, 5)
    lab.assert_lonely(EXPERIMENT, ALL, 5)
    lab.assert_repeats(EXPERIMENT, ALL, 6)


@pytest.mark.parametrize("knobs", [{}, EXPERIMENT.null, {"units": 1}, {"scale": 1}])
def test_the_pictures_fit_a_small_terminal(knobs: dict[str, float]) -> None:
    lab.assert_fits(lab.measure(EXPERIMENT, ALL, 7, **knobs))
