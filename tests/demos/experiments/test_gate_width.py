"""Question 7: how many values the gate Γ_u of an LSTM has."""

from __future__ import annotations

import math

import pytest

from quizcli.demos.evidence import DemoError, Verdict
from quizcli.demos.experiments.gate_width import APART, EXPERIMENT, SAME, decide
from tests.support import laboratory as lab

BANK = lab.bank_claims(EXPERIMENT)


@pytest.mark.parametrize("seed", lab.FEW)
def test_the_measured_numbers_alone_single_out_the_key(seed: int) -> None:
    assert lab.seeds_not_derived(EXPERIMENT, [seed]) == []


@pytest.mark.parametrize("seed", lab.FEW)
def test_with_equal_gates_nothing_is_decided(seed: int) -> None:
    assert lab.seeds_not_undetermined(EXPERIMENT, [seed]) == []


@pytest.mark.slow
def test_the_key_is_derived_and_the_null_stays_silent_in_99_of_100_seeds() -> None:
    assert len(lab.seeds_not_derived(EXPERIMENT, lab.HUNDRED)) <= 1
    assert len(lab.seeds_not_undetermined(EXPERIMENT, lab.HUNDRED)) <= 1


def test_width_one_is_refuted_by_its_error_and_not_by_its_shape() -> None:
    finding = lab.measure(EXPERIMENT, [{"width": 1}], 1).findings[0]
    assert finding.verdict is Verdict.REFUTED
    assert finding.figure.value > 0.3
    assert "100 different values" in finding.reason


def test_the_right_width_has_an_error_of_exactly_zero() -> None:
    assert lab.measure(EXPERIMENT, [{"width": 100}], 1).findings[0].figure.value == 0.0


@pytest.mark.parametrize("width", [2, 50, 99, 101, 200, 400, 1_000_000])
def test_a_width_nobody_foresaw_is_refused_by_numpy_and_refuted(width: int) -> None:
    finding = lab.measure(EXPERIMENT, [{"width": width}], 1).findings[0]
    assert finding.verdict is Verdict.REFUTED
    assert math.isnan(finding.figure.value)
    assert finding.figure.shown == f"cannot multiply: {width:,} against 100"


@pytest.mark.parametrize("units", [10, 50, 300])
def test_the_right_width_follows_the_units(units: int) -> None:
    """So the verdict hangs on what was measured and not on the number 100."""
    claims = [{"width": width} for width in (1, 10, 50, 100, 300)]
    for claim, verdict in zip(
        claims, lab.verdicts(EXPERIMENT, claims, 2, units=units), strict=True
    ):
        assert verdict is (Verdict.HOLDS if claim["width"] == units else Verdict.REFUTED)


def test_the_right_width_does_not_follow_the_vocabulary() -> None:
    for vocabulary in (2, 50, 10_000):
        assert lab.verdict(EXPERIMENT, {"width": 100}, 3, vocabulary=vocabulary) is Verdict.HOLDS


def test_with_one_unit_one_value_and_one_for_each_are_the_same_and_nothing_is_decided() -> None:
    """NumPy would even stretch that unit to 300: the experiment does not take it for a fit."""
    assert set(lab.verdicts(EXPERIMENT, BANK, 4, units=1)) == {Verdict.UNDETERMINED}
    stretched = lab.measure(EXPERIMENT, [{"width": 300}], 4, units=1).findings[0]
    assert math.isnan(stretched.figure.value)


@pytest.mark.parametrize(
    ("width", "error", "independent", "shared", "verdict"),
    [
        (7, 0.0, 7, 0.4, Verdict.HOLDS),
        (7, SAME, 7, APART, Verdict.HOLDS),
        (7, 0.0, 7, APART / 2, Verdict.UNDETERMINED),  # one value would do for all
        (7, None, 7, APART / 2, Verdict.UNDETERMINED),
        (7, 0.0, 6, 0.4, Verdict.UNDETERMINED),  # it fits, but not all values act
        (7, None, 6, 0.4, Verdict.REFUTED),
        (1, APART, 6, 0.4, Verdict.REFUTED),
        (1, APART / 2, 6, 0.4, Verdict.UNDETERMINED),
    ],
)
def test_the_rule(
    width: int, error: float | None, independent: int, shared: float, verdict: Verdict
) -> None:
    """It asks for the control first, then for the product, then for the values at work."""
    assert decide(width, error, independent, shared) is verdict


def test_findings_follow_their_claims_and_do_not_depend_on_company() -> None:
    lab.assert_permutes(EXPERIMENT, BANK, 5)
    lab.assert_lonely(EXPERIMENT, BANK, 5)


def test_the_same_seed_gives_the_same_bytes_and_numpys_error_state_stays() -> None:
    lab.assert_repeats(EXPERIMENT, BANK, 6)


@pytest.mark.parametrize(
    "knobs", [{}, {"units": 1}, {"units": 33}, {"units": 512, "vocabulary": 100}, EXPERIMENT.null]
)
def test_the_pictures_fit_a_small_terminal(knobs: dict[str, float]) -> None:
    lab.assert_fits(lab.measure(EXPERIMENT, EXPERIMENT.claims, 7, **knobs))


@pytest.mark.usefixtures("little_memory")
def test_a_table_too_large_is_refused_with_the_memory_it_would_need() -> None:
    with pytest.raises(DemoError, match="781 MB"):
        lab.measure(EXPERIMENT, BANK, 8, units=512, vocabulary=100_000)
