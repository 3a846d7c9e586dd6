"""The adding problem: 1/6 for remembering nothing, 1/12 for one number, 0 for both."""

from __future__ import annotations

import pytest

from quizcli.demos.evidence import Verdict
from quizcli.demos.experiments import adding_problem
from quizcli.demos.experiments.adding_problem import EXPERIMENT, FITTED, FRESH, decide
from quizcli.numeric import np
from tests.support import laboratory as lab

ALL = list(EXPERIMENT.claims)
EXPECTED = [*[Verdict.HOLDS] * 3, *[Verdict.REFUTED] * 2]


@pytest.mark.parametrize("seed", lab.FEW)
def test_the_published_baseline_appears(seed: int) -> None:
    """0.1667 measured on fresh sequences to three digits, and half of it with one number kept."""
    nothing, last, both, *_ = lab.measure(EXPERIMENT, ALL, seed).findings
    assert nothing.figure.value == pytest.approx(1 / 6, rel=5e-3)
    assert last.figure.value == pytest.approx(1 / 12, rel=1e-2)
    assert both.figure.value < 1e-9


def test_the_task_marks_two_numbers_and_wants_their_sum() -> None:
    X, wanted = adding_problem._task(np.random.default_rng(1), 20, 1.0)
    numbers, marks = X[..., 0], X[..., 1]
    assert set(marks.ravel()) == {0.0, 1.0}
    assert (marks[:10].sum(axis=0) == 1).all()
    assert (marks[10:].sum(axis=0) == 1).all()
    assert (np.where(marks == 1, numbers, 0).sum(axis=0) == wanted).all()
    assert 0 <= numbers.min() <= numbers.max() <= 1
    assert len(wanted) == FITTED + FRESH


def test_the_three_networks_remember_what_their_names_say() -> None:
    X, wanted = adding_problem._task(np.random.default_rng(2), 30, 1.0)
    second = np.sum(X[15:, :, 0] * X[15:, :, 1], axis=0)
    kept = {
        keeps: adding_problem._network(keeps).forward(X).last[:, 0] / adding_problem.SMALL
        for keeps in adding_problem.KEEPS
    }
    assert set(kept["nothing"]) == {0.0}
    assert abs(kept["last"] - second).max() < 1e-4
    assert abs(kept["both"] - wanted).max() < 1e-4


@pytest.mark.parametrize("seed", lab.FEW)
def test_the_right_errors_hold_and_the_wrong_ones_do_not(seed: int) -> None:
    assert lab.verdicts(EXPERIMENT, ALL, seed) == EXPECTED


@pytest.mark.parametrize("seed", lab.FEW)
def test_with_all_numbers_alike_nothing_is_decided(seed: int) -> None:
    verdicts = lab.verdicts(EXPERIMENT, ALL, seed, **EXPERIMENT.null)
    assert set(verdicts) == {Verdict.UNDETERMINED}


@pytest.mark.slow
def test_the_same_verdicts_in_99_of_100_seeds_with_effect_and_without() -> None:
    held = [s for s in lab.HUNDRED if lab.verdicts(EXPERIMENT, ALL, s) == EXPECTED]
    silent = [
        s
        for s in lab.HUNDRED
        if set(lab.verdicts(EXPERIMENT, ALL, s, **EXPERIMENT.null)) == {Verdict.UNDETERMINED}
    ]
    assert min(len(held), len(silent)) >= 99


@pytest.mark.parametrize("steps", [2, 3, 500])
def test_the_length_of_the_sequences_changes_nothing(steps: int) -> None:
    assert lab.verdicts(EXPERIMENT, ALL, 3, steps=steps) == EXPECTED


@pytest.mark.parametrize(
    ("claimed", "measured", "baseline", "verdict"),
    [
        (0.1667, 0.166, 0.166, Verdict.HOLDS),
        (0.15, 0.166, 0.166, Verdict.UNDETERMINED),
        (0.08, 0.166, 0.166, Verdict.REFUTED),
        (0, 1e-9, 0.166, Verdict.HOLDS),
        (0, 0, 0, Verdict.UNDETERMINED),
    ],
)
def test_the_rule(claimed: float, measured: float, baseline: float, verdict: Verdict) -> None:
    assert decide(claimed, measured, baseline) is verdict


def test_findings_follow_their_claims_and_repeat() -> None:
    lab.assert_permutes(EXPERIMENT, ALL, 5)
    lab.assert_lonely(EXPERIMENT, ALL, 5)
    lab.assert_repeats(EXPERIMENT, ALL, 6)


@pytest.mark.parametrize("knobs", [{}, EXPERIMENT.null, {"steps": 2}, {"steps": 500}])
def test_the_pictures_fit_a_small_terminal(knobs: dict[str, float]) -> None:
    lab.assert_fits(lab.measure(EXPERIMENT, ALL, 7, **knobs))
