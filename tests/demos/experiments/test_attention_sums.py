"""A table of attention weights sums to the number of its softmaxes."""

from __future__ import annotations

import pytest

from quizcli.demos.evidence import Verdict
from quizcli.demos.experiments.attention_sums import EXPERIMENT, decide
from tests.support import laboratory as lab

ALL = list(EXPERIMENT.claims)


def held(seed: int, totals: list[int], **knobs: object) -> list[int]:
    """Which of these totals holds; all others are refuted."""
    found = lab.verdicts(EXPERIMENT, [{"total": n} for n in totals], seed, **knobs)
    assert set(found) <= {Verdict.HOLDS, Verdict.REFUTED}
    return [n for n, verdict in zip(totals, found, strict=True) if verdict is Verdict.HOLDS]


@pytest.mark.parametrize("seed", lab.FEW)
@pytest.mark.parametrize(("T_x", "T_y"), [(7, 5), (4, 12), (60, 2)])
def test_of_all_totals_only_the_number_of_written_words_holds(
    seed: int, T_x: int, T_y: int
) -> None:
    assert held(seed, list(range(1, 130)), T_x=T_x, T_y=T_y) == [T_y]


@pytest.mark.parametrize("seed", lab.FEW)
def test_a_softmax_along_the_other_axis_sums_to_the_words_read(seed: int) -> None:
    assert held(seed, [1, 5, 7, 35], **EXPERIMENT.breaks[0].knobs) == [7]


@pytest.mark.parametrize("seed", lab.FEW)
def test_scores_that_are_no_weights_decide_nothing(seed: int) -> None:
    found = lab.verdicts(EXPERIMENT, ALL, seed, **EXPERIMENT.null)
    assert set(found) == {Verdict.UNDETERMINED}


@pytest.mark.parametrize(
    ("claimed", "total", "even", "verdict"),
    [
        (5, 5 + 1e-12, True, Verdict.HOLDS),
        (5, 5.001, True, Verdict.UNDETERMINED),
        (5, 5.02, True, Verdict.REFUTED),
        (5, 5, False, Verdict.UNDETERMINED),
    ],
)
def test_the_rule(claimed: float, total: float, even: bool, verdict: Verdict) -> None:
    assert decide(claimed, total, even) is verdict


def test_findings_follow_their_claims_and_repeat() -> None:
    lab.assert_permutes(EXPERIMENT, ALL, 5)
    lab.assert_lonely(EXPERIMENT, ALL, 5)
    lab.assert_repeats(EXPERIMENT, ALL, 6)


@pytest.mark.parametrize("knobs", [{}, EXPERIMENT.null, {"T_x": 60, "T_y": 60}])
def test_the_pictures_fit_a_small_terminal(knobs: dict[str, float]) -> None:
    lab.assert_fits(lab.measure(EXPERIMENT, ALL, 7, **knobs))
