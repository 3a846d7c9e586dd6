"""Orthogonal weights keep a gradient's length; normal ones of half or twice the size do not."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest

from quizcli.bank.shelf import load_bank
from quizcli.demos.declared import resolve
from quizcli.demos.evidence import Verdict
from quizcli.demos.experiments.recurrent_start import (
    CLAIMED,
    EXPERIMENT,
    FATES,
    BackFate,
    decide,
    measure,
)
from quizcli.numeric import np
from tests.support import laboratory as lab

ALL = [{"start": start, "gradient": fate} for start, fate in product(CLAIMED, FATES)]
BANK = Path(__file__).parents[3] / "questions" / "sequence-models.yaml"
CLAIMS = [pair["claim"] for pair in load_bank(BANK).question("recurrent-start").own["pairs"]]
PAIRS = {claim["start"]: claim["gradient"] for claim in CLAIMS}


def wrong(seed: int, **knobs: float) -> list[dict[str, str]]:
    """Claims whose verdict is not what the bank's pairs say: these hold, and no other."""
    found = lab.verdicts(EXPERIMENT, ALL, seed, **knobs)
    return [
        claim
        for claim, verdict in zip(ALL, found, strict=True)
        if verdict
        is not (Verdict.HOLDS if PAIRS[claim["start"]] == claim["gradient"] else Verdict.REFUTED)
    ]


@pytest.mark.parametrize("seed", lab.FEW)
@pytest.mark.parametrize(("units", "steps"), [(32, 100), (64, 50), (100, 50)])
def test_the_pairs_of_the_bank_hold_and_all_others_are_refuted(
    seed: int, units: int, steps: int
) -> None:
    """``bank prove`` asks for the pairs that are right; here no other may hold either."""
    assert wrong(seed, units=units, steps=steps) == []


@pytest.mark.parametrize("seed", lab.FEW)
def test_without_a_step_back_nothing_is_decided(seed: int) -> None:
    verdicts = lab.verdicts(EXPERIMENT, ALL, seed, **EXPERIMENT.null)
    assert set(verdicts) == {Verdict.UNDETERMINED}


@pytest.mark.slow
def test_in_99_of_100_seeds() -> None:
    assert sum(wrong(seed) != [] for seed in lab.HUNDRED) <= 1


def test_a_normal_matrix_of_the_same_size_is_no_orthogonal_one() -> None:
    """The control of size: its gradients are powers of ten away, by another amount in each draw."""
    fates = [measure(seed, resolve(EXPERIMENT, {})) for seed in range(10)]
    medians = [float(fate["same"].by_step[-1]) for fate in fates]
    assert max(medians) - min(medians) > 2
    for fate in fates:
        assert max(-fate["orthogonal"].least, fate["orthogonal"].most) < 1e-12


def test_a_step_back_is_a_product_with_the_transposed_matrix() -> None:
    """Half and twice the same matrix: over 100 steps 2²⁰⁰ lies between them, which is 60.2."""
    fates = measure(4, resolve(EXPERIMENT, {}))
    apart = fates["double"].by_step - fates["half"].by_step
    assert apart == pytest.approx(2 * np.log10(2) * np.arange(101), abs=1e-6)


def test_with_tanh_an_orthogonal_start_fades_as_well() -> None:
    claim = {"start": "orthogonal", "gradient": "fades"}
    assert lab.verdict(EXPERIMENT, claim, 1, **EXPERIMENT.breaks[0].knobs) is Verdict.HOLDS


@pytest.mark.parametrize(
    ("claimed", "least", "most", "verdict"),
    [
        ("keeps", -0.01, 0.01, Verdict.HOLDS),
        ("keeps", -0.1, 0.1, Verdict.UNDETERMINED),
        ("keeps", -1, 1, Verdict.REFUTED),
        ("keeps", -3, -1, Verdict.REFUTED),
        ("fades", -3, -1, Verdict.HOLDS),
        ("fades", -1, -0.9, Verdict.UNDETERMINED),
        ("fades", 0, 0, Verdict.REFUTED),
        ("explodes", 1, 2, Verdict.HOLDS),
        ("explodes", -3, -1, Verdict.REFUTED),
    ],
)
def test_the_rule(claimed: str, least: float, most: float, verdict: Verdict) -> None:
    fate = BackFate(least, most, np.zeros(1))
    assert decide(claimed, fate, control=True) is verdict
    assert decide(claimed, fate, control=False) is Verdict.UNDETERMINED


def test_findings_follow_their_claims_and_repeat() -> None:
    lab.assert_permutes(EXPERIMENT, EXPERIMENT.claims, 5)
    lab.assert_lonely(EXPERIMENT, ALL, 5)
    lab.assert_repeats(EXPERIMENT, ALL, 6)


@pytest.mark.parametrize("knobs", [{}, EXPERIMENT.null, {"steps": 400}, {"linear": False}])
def test_the_pictures_fit_a_small_terminal(knobs: dict[str, float]) -> None:
    lab.assert_fits(lab.measure(EXPERIMENT, ALL, 7, **knobs))
