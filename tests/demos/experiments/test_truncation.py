"""Truncated backpropagation: a gradient goes back to where its stretch begins, and no further."""

from __future__ import annotations

import pytest

from quizcli.demos.cells import RNN
from quizcli.demos.declared import resolve
from quizcli.demos.evidence import Verdict
from quizcli.demos.experiments import truncation
from quizcli.demos.experiments.truncation import EXPERIMENT, decide, measure
from quizcli.numeric import np
from tests.support import laboratory as lab

ALL = list(EXPERIMENT.claims)
EXPECTED = [Verdict.HOLDS, *[Verdict.REFUTED] * 4]


@pytest.mark.parametrize("seed", lab.FEW)
def test_the_reach_is_the_distance_to_the_beginning_of_the_stretch(seed: int) -> None:
    assert lab.verdicts(EXPERIMENT, ALL, seed) == EXPECTED
    for stretch, step in ((10, 57), (25, 83), (50, 146), (20, 61), (20, 60), (1, 9)):
        claims = [{"reach": n} for n in range(step)]
        found = lab.verdicts(EXPERIMENT, claims, seed, stretch=stretch, step=step)
        begin = max(first for first in range(1, step + 1, stretch))
        assert [n for n in range(step) if found[n] is Verdict.HOLDS] == [step - begin]
        assert Verdict.UNDETERMINED not in found


@pytest.mark.parametrize("seed", lab.FEW)
def test_where_nothing_recurs_nothing_is_decided(seed: int) -> None:
    verdicts = lab.verdicts(EXPERIMENT, ALL, seed, **EXPERIMENT.null)
    assert set(verdicts) == {Verdict.UNDETERMINED}


@pytest.mark.slow
def test_the_same_verdicts_in_99_of_100_seeds() -> None:
    assert sum(lab.verdicts(EXPERIMENT, ALL, s) != EXPECTED for s in lab.HUNDRED) <= 1


def test_within_the_stretch_the_gradient_is_the_whole_one_and_beyond_it_exactly_0() -> None:
    found = measure(3, resolve(EXPERIMENT, {}))
    assert found.cut[40:] == pytest.approx(found.whole[40:], rel=1e-12)
    assert (found.cut[:40] == 0).all()
    assert (found.whole > 0).all()
    assert found.nudged > 0  # memory is not cut


def test_a_gradient_is_that_of_differences_while_the_state_that_came_in_is_held() -> None:
    rng = np.random.default_rng(5)
    cell = RNN.random(rng, 3, 4, radius=1.0)
    X, dlast = rng.standard_normal((7, 1, 3)), rng.standard_normal((1, 4))
    state = cell.forward(X[:5]).last  # stretches of 5: the last one has the steps 6 and 7
    slopes = []
    for d in range(3):
        ends = []
        for by in (1e-6, -1e-6):
            moved = X[5:].copy()
            moved[0, 0, d] += by
            ends.append(float((dlast * cell.forward(moved, state).last).sum()))
        slopes.append((ends[0] - ends[1]) / 2e-6)
    lengths = truncation._in_stretches(cell, X, dlast, 5)
    assert lengths[5] == pytest.approx(np.linalg.norm(slopes), rel=1e-6)
    assert (lengths[:5] == 0).all()


def test_where_gradients_pass_on_every_step_is_reached() -> None:
    knobs = EXPERIMENT.breaks[0].knobs
    assert lab.verdict(EXPERIMENT, {"reach": 56}, 1, **knobs) is Verdict.HOLDS
    assert lab.verdict(EXPERIMENT, {"reach": 16}, 1, **knobs) is Verdict.REFUTED


def test_the_rule() -> None:
    assert decide(16, 16, control=True) is Verdict.HOLDS
    assert decide(16, 17, control=True) is Verdict.REFUTED
    assert decide(16, 16, control=False) is Verdict.UNDETERMINED


def test_findings_follow_their_claims_and_repeat() -> None:
    lab.assert_permutes(EXPERIMENT, ALL, 5)
    lab.assert_lonely(EXPERIMENT, ALL, 5)
    lab.assert_repeats(EXPERIMENT, ALL, 6)


@pytest.mark.parametrize("knobs", [{}, EXPERIMENT.null, {"step": 1}, {"step": 400}, {"stretch": 1}])
def test_the_pictures_fit_a_small_terminal(knobs: dict[str, float]) -> None:
    lab.assert_fits(lab.measure(EXPERIMENT, ALL, 7, **knobs))
