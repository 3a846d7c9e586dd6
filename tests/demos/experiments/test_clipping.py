"""Clipping by norm keeps the direction and bounds the length; by value it does neither."""

from __future__ import annotations

from itertools import product
from math import nan

import pytest

from quizcli.demos.evidence import Verdict
from quizcli.demos.experiments.clipping import (
    EXPERIMENT,
    PROPERTIES,
    WAYS,
    ClippedGradient,
    by_norm,
    by_value,
    compare,
    decide,
)
from quizcli.numeric import np
from tests.support import laboratory as lab

ALL = [{"by": by, "keeps": keeps} for by, keeps in product(WAYS, PROPERTIES)]
TRUE = {"norm": {"direction", "length", "entries"}, "value": {"entries", "small-entries"}}
EXPECTED = [Verdict.HOLDS if c["keeps"] in TRUE[c["by"]] else Verdict.REFUTED for c in ALL]


@pytest.mark.parametrize("seed", lab.FEW)
@pytest.mark.parametrize("knobs", [{}, {"limit": 0.5, "excess": 15}, {"limit": 10, "excess": 30}])
def test_all_eight_claims_are_judged_by_what_is_true(seed: int, knobs: dict[str, float]) -> None:
    assert lab.verdicts(EXPERIMENT, ALL, seed, **knobs) == EXPECTED


@pytest.mark.parametrize("seed", lab.FEW)
def test_a_gradient_within_the_limit_decides_nothing(seed: int) -> None:
    verdicts = lab.verdicts(EXPERIMENT, ALL, seed, **EXPERIMENT.null)
    assert set(verdicts) == {Verdict.UNDETERMINED}


@pytest.mark.slow
def test_the_same_verdicts_in_99_of_100_seeds() -> None:
    assert sum(lab.verdicts(EXPERIMENT, ALL, s) != EXPECTED for s in lab.HUNDRED) <= 1


def test_two_entries_by_hand() -> None:
    gradient = np.array([0.6, 8.0, 0.0])
    assert by_norm(gradient, 1.0) == pytest.approx(gradient / np.hypot(0.6, 8.0))
    assert by_value(gradient, 1.0).tolist() == [0.6, 1.0, 0.0]
    left = compare(gradient, by_value(gradient, 1.0), 1.0)
    turned = np.degrees(np.arctan2(8.0, 0.6) - np.arctan2(1.0, 0.6))
    assert left == pytest.approx(ClippedGradient(turned, np.hypot(0.6, 1), 1, 0, touched=True))
    assert compare(gradient, by_norm(gradient, 1.0), 1.0).angle == 0
    assert by_norm(gradient, 9.0).tolist() == by_value(gradient, 9.0).tolist() == gradient.tolist()


def test_a_single_weight_keeps_its_direction_in_either_way() -> None:
    knobs = EXPERIMENT.breaks[0].knobs
    for keeps in ("direction", "length"):
        assert lab.verdict(EXPERIMENT, {"by": "value", "keeps": keeps}, 1, **knobs) is Verdict.HOLDS


@pytest.mark.parametrize(
    ("keeps", "left", "verdict"),
    [
        ("direction", ClippedGradient(0, 9, 9, 9, touched=True), Verdict.HOLDS),
        ("direction", ClippedGradient(4.9, 1, 1, 0, touched=True), Verdict.UNDETERMINED),
        ("direction", ClippedGradient(5, 1, 1, 0, touched=True), Verdict.REFUTED),
        ("direction", ClippedGradient(0, 1, 1, 0, touched=False), Verdict.UNDETERMINED),
        ("length", ClippedGradient(9, 1, 9, 9, touched=True), Verdict.HOLDS),
        ("length", ClippedGradient(9, 1.9, 9, 9, touched=True), Verdict.UNDETERMINED),
        ("length", ClippedGradient(9, 2, 9, 9, touched=True), Verdict.REFUTED),
        ("entries", ClippedGradient(9, 9, 0.5, 9, touched=True), Verdict.HOLDS),
        ("entries", ClippedGradient(9, 9, 2, 9, touched=True), Verdict.REFUTED),
        ("small-entries", ClippedGradient(9, 9, 9, 0, touched=True), Verdict.HOLDS),
        ("small-entries", ClippedGradient(9, 9, 9, 0.01, touched=True), Verdict.REFUTED),
        ("small-entries", ClippedGradient(9, 9, 9, nan, touched=True), Verdict.UNDETERMINED),
    ],
)
def test_the_rule(keeps: str, left: ClippedGradient, verdict: Verdict) -> None:
    assert decide(keeps, left) is verdict


def test_findings_follow_their_claims_and_repeat() -> None:
    lab.assert_permutes(EXPERIMENT, EXPERIMENT.claims, 5)
    lab.assert_lonely(EXPERIMENT, ALL, 5)
    lab.assert_repeats(EXPERIMENT, ALL, 6)


@pytest.mark.parametrize("knobs", [{}, EXPERIMENT.null, {"units": 1}, {"units": 64, "limit": 100}])
def test_the_pictures_fit_a_small_terminal(knobs: dict[str, float]) -> None:
    lab.assert_fits(lab.measure(EXPERIMENT, ALL, 7, **knobs))


def test_what_does_not_change_is_said_to_not_change() -> None:
    kept, shrunk = (
        lab.measure(EXPERIMENT, [{"by": by, "keeps": "small-entries"}], 1).findings[0].reason
        for by in ("value", "norm")
    )
    assert kept == "Clipped by value, entries within the limit do not change."
    assert "change by up to 9" in shrunk
