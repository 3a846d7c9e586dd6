"""The error cliff of Pascanu, Mikolov and Bengio (2013)."""

from __future__ import annotations

import pytest

from quizcli.demos.cells import RNN
from quizcli.demos.evidence import Verdict
from quizcli.demos.experiments import error_cliff
from quizcli.demos.experiments.error_cliff import EXPERIMENT, Ground, decide
from quizcli.numeric import np
from tests.support import laboratory as lab

SHAPES = list(EXPERIMENT.claims)
CLIFF_ONLY = [Verdict.HOLDS, *[Verdict.REFUTED] * 3]


def test_the_published_lattice_gives_the_published_numbers() -> None:
    """60 by 40 points: median gradient 0.065, steepest 1.1e4, 1.7e5 times the median."""
    w = error_cliff._axis(error_cliff.W, 60, 1.0)
    b = error_cliff._axis(error_cliff.B, 40, 1.0)
    assert (w[0], w[-1], b[0], b[-1]) == pytest.approx((4.5, 7.0, -3.4, -2.2))
    _, slope = error_cliff._surface(*np.meshgrid(w, b), 50)
    assert np.median(slope) == pytest.approx(0.0646, abs=5e-5)
    assert slope.max() == pytest.approx(11138.9, rel=1e-3)
    says = lab.measure(EXPERIMENT, SHAPES, 0).pictures[1].says
    assert "median 0.065, steepest 1.1e4, ratio 1.7e5" in says


def test_error_and_gradient_are_those_of_a_stock_network_of_one_unit() -> None:
    """σ(x⟨t⟩) is the state of an RNN with U = w and bias b, and its backward pass the oracle."""
    for w, b in ((4.6, -3.3), (5.5, -2.5), (6.9, -2.3)):
        cell = RNN(np.zeros((1, 1)), np.array([[w]]), np.array([b]), g="sigmoid")
        trace = cell.forward(np.zeros((50, 1, 1)), np.array([[error_cliff.sigmoid(0.5)]]))
        miss = trace.last - 0.7
        back = cell.backward(trace, dlast=2 * miss)
        error, slope = error_cliff._surface(np.array([w]), np.array([b]), 50)
        assert error[0] == pytest.approx(miss.item() ** 2, rel=1e-12)
        assert slope[0] == pytest.approx(np.hypot(back.dU.item(), back.db.item()), rel=1e-9)


@pytest.mark.parametrize("seed", lab.FEW)
def test_there_is_a_cliff_and_no_other_shape(seed: int) -> None:
    assert lab.verdicts(EXPERIMENT, SHAPES, seed) == CLIFF_ONLY


@pytest.mark.parametrize("seed", lab.FEW)
def test_a_single_point_shows_no_shape(seed: int) -> None:
    verdicts = lab.verdicts(EXPERIMENT, SHAPES, seed, **EXPERIMENT.null)
    assert set(verdicts) == {Verdict.UNDETERMINED}


@pytest.mark.slow
def test_the_same_verdicts_in_99_of_100_seeds_with_effect_and_without() -> None:
    held = [s for s in lab.HUNDRED if lab.verdicts(EXPERIMENT, SHAPES, s) == CLIFF_ONLY]
    silent = [
        s
        for s in lab.HUNDRED
        if set(lab.verdicts(EXPERIMENT, SHAPES, s, **EXPERIMENT.null)) == {Verdict.UNDETERMINED}
    ]
    assert min(len(held), len(silent)) >= 99


def test_without_recurrence_the_ground_is_even() -> None:
    cliff, even, *_ = lab.verdicts(EXPERIMENT, SHAPES, 1, **EXPERIMENT.breaks[0].knobs)
    assert (cliff, even) == (Verdict.REFUTED, Verdict.HOLDS)


def test_the_wall_is_found_wherever_the_lattice_lies() -> None:
    """Looking for it, every seed finds a gradient that a lattice meets by luck or not at all."""
    steepest = []
    for seed in range(5):
        finding = lab.measure(EXPERIMENT, [{"shape": "flat"}], seed).findings[0]
        steepest.append(finding.figure.value)
    assert min(steepest) > 1e6


@pytest.mark.parametrize(
    ("shape", "ground", "verdict"),
    [
        ("cliff", Ground(0.4, 0.1, 100), Verdict.HOLDS),
        ("cliff", Ground(0.4, 0.1, 50), Verdict.UNDETERMINED),
        ("cliff", Ground(0.4, 0.1, 10), Verdict.REFUTED),
        ("even", Ground(0.4, 0.1, 10), Verdict.HOLDS),
        ("even", Ground(0.4, 0.1, 100), Verdict.REFUTED),
        ("steep", Ground(0.4, 1, 2), Verdict.HOLDS),
        ("steep", Ground(0.4, 0.7, 2), Verdict.UNDETERMINED),
        ("flat", Ground(0.4, 1e-4, 1e-3), Verdict.HOLDS),
        ("flat", Ground(0.4, 1e-4, 0.5), Verdict.UNDETERMINED),
        ("cliff", Ground(1e-12, 0.1, 100), Verdict.UNDETERMINED),
        ("flat", Ground(0.4, 0, 0), Verdict.UNDETERMINED),
    ],
)
def test_the_rule(shape: str, ground: Ground, verdict: Verdict) -> None:
    assert decide(shape, ground) is verdict


def test_findings_follow_their_claims_and_repeat() -> None:
    lab.assert_permutes(EXPERIMENT, SHAPES, 5)
    lab.assert_lonely(EXPERIMENT, SHAPES, 5)
    lab.assert_repeats(EXPERIMENT, SHAPES, 6)


@pytest.mark.parametrize("knobs", [{}, EXPERIMENT.null, EXPERIMENT.breaks[0].knobs, {"steps": 200}])
def test_the_pictures_fit_a_small_terminal(knobs: dict[str, float]) -> None:
    lab.assert_fits(lab.measure(EXPERIMENT, SHAPES, 7, **knobs))
