"""Where the model prefers the good translation the search is at fault, and else the model."""

from __future__ import annotations

import pytest

from quizcli.demos.evidence import DemoError, Verdict
from quizcli.demos.experiments.error_analysis import APART, ENOUGH, EXPERIMENT, decide
from tests.support import laboratory as lab

ALL = list(EXPERIMENT.claims)
KEY = [
    Verdict.HOLDS if (c["likelier"], c["blame"]) in {("reference", "search"), ("output", "model")}
    else Verdict.REFUTED
    for c in ALL
]  # fmt: skip


@pytest.mark.parametrize("seed", lab.FEW)
def test_each_case_has_its_culprit(seed: int) -> None:
    assert lab.verdicts(EXPERIMENT, ALL, seed) == KEY


@pytest.mark.slow
def test_in_99_of_100_seeds() -> None:
    assert sum(lab.verdicts(EXPERIMENT, ALL, seed) != KEY for seed in lab.HUNDRED) <= 1


@pytest.mark.parametrize("seed", lab.FEW)
def test_without_errors_nothing_is_decided(seed: int) -> None:
    evidence = lab.measure(EXPERIMENT, ALL, seed, **EXPERIMENT.null)
    assert {finding.verdict for finding in evidence.findings} == {Verdict.UNDETERMINED}


def test_no_search_finds_what_the_model_likes_less_than_its_output() -> None:
    """Exactly none, whatever the model: a wide beam ends at least as high as the narrow one."""
    for fault in (0.05, 0.2, 1.0):
        claim = {"likelier": "output", "blame": "search"}
        finding = lab.measure(EXPERIMENT, [claim], 3, fault=fault).findings[0]
        assert finding.figure.value == 0


def test_a_model_without_fault_has_a_search_to_blame_alone() -> None:
    found = lab.verdicts(EXPERIMENT, ALL, 2, fault=0, width=1)
    assert found == [Verdict.HOLDS, Verdict.REFUTED, Verdict.UNDETERMINED, Verdict.UNDETERMINED]


@pytest.mark.parametrize(
    ("own", "other", "count", "verdict"),
    [
        (0.5, 0.5 - APART, 20, Verdict.HOLDS),
        (0.5, 0.5 + APART, 20, Verdict.REFUTED),
        (0.5, 1.0, ENOUGH, Verdict.REFUTED),
        (5 / 6, 1.0, ENOUGH, Verdict.UNDETERMINED),  # one error
        (8 / 12, 6 / 12, 12, Verdict.UNDETERMINED),  # two
        (0.5, 0.4, 100, Verdict.UNDETERMINED),
        (1.0, 0.0, ENOUGH - 1, Verdict.UNDETERMINED),
    ],
)
def test_the_rule(own: float, other: float, count: int, verdict: Verdict) -> None:
    assert decide(own, other, count) is verdict


def test_beams_that_cannot_be_are_refused() -> None:
    with pytest.raises(DemoError, match="wide: 24 is no remedy for width 7 — give 28"):
        lab.measure(EXPERIMENT, ALL, 0, width=7)


@pytest.mark.usefixtures("little_memory")
def test_a_beam_that_does_not_fit_is_refused() -> None:
    with pytest.raises(DemoError, match="too much memory — give 80 or less"):
        lab.measure(EXPERIMENT, ALL, 0, wide=500, sources=500, vocabulary=100)


def test_findings_follow_their_claims_and_repeat() -> None:
    lab.assert_permutes(EXPERIMENT, ALL, 5)
    lab.assert_lonely(EXPERIMENT, ALL, 5)
    lab.assert_repeats(EXPERIMENT, ALL, 6)


@pytest.mark.parametrize("knobs", [{}, EXPERIMENT.null, {"fault": 1, "width": 1, "sources": 50}])
def test_the_pictures_fit_a_small_terminal(knobs: dict[str, float]) -> None:
    lab.assert_fits(lab.measure(EXPERIMENT, ALL, 7, **knobs))
