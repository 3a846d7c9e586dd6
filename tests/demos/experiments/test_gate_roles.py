"""Question 9: which GRU quantities play the parts of an LSTM's update and forget gate."""

from __future__ import annotations

from itertools import product

import pytest

from quizcli.demos.evidence import DemoError, Verdict
from quizcli.demos.experiments.gate_roles import (
    APART,
    EXPERIMENT,
    RELEVANCE,
    SAME,
    UPDATE,
    Errors,
    decide,
)
from tests.support import laboratory as lab

BANK = lab.bank_claims(EXPERIMENT)
RIGHT = {"update": "u", "forget": "1-u"}


@pytest.mark.parametrize("seed", lab.FEW)
def test_the_measured_numbers_alone_single_out_the_key(seed: int) -> None:
    assert lab.seeds_not_derived(EXPERIMENT, [seed]) == []


@pytest.mark.parametrize("seed", lab.FEW)
def test_with_zero_weights_nothing_is_decided(seed: int) -> None:
    assert lab.seeds_not_undetermined(EXPERIMENT, [seed]) == []


@pytest.mark.slow
def test_the_key_is_derived_and_the_null_stays_silent_in_99_of_100_seeds() -> None:
    assert len(lab.seeds_not_derived(EXPERIMENT, lab.HUNDRED)) <= 1
    assert len(lab.seeds_not_undetermined(EXPERIMENT, lab.HUNDRED)) <= 1


@pytest.mark.parametrize(("update", "relevance"), list(product(UPDATE, RELEVANCE)))
def test_of_all_36_pairs_only_one_holds_and_the_rest_are_refuted(
    update: str, relevance: str
) -> None:
    """Whatever the letters. Among them Γ_f with 1-Γ_f, which no bank asks for: a proper pair, of a
    stranger's gate."""
    quantities = [name for gate in (update, relevance, "f") for name in (gate, f"1-{gate}")]
    pairs = [{"update": u, "forget": f} for u, f in product(quantities, repeat=2)]
    letters = {"update": update, "relevance": relevance}
    found = lab.verdicts(EXPERIMENT, pairs, 1, **letters)
    right = {"update": update, "forget": f"1-{update}"}
    for pair, verdict in zip(pairs, found, strict=True):
        assert verdict is (Verdict.HOLDS if pair == right else Verdict.REFUTED)


def test_a_gate_that_has_another_letter_is_told() -> None:
    with pytest.raises(DemoError, match="there is no gate u — the gates are z, r and f"):
        lab.measure(EXPERIMENT, [RIGHT], 1, update="z")


def test_the_right_pair_makes_both_networks_the_same_up_to_rounding() -> None:
    figure = lab.measure(EXPERIMENT, [RIGHT], 2).findings[0].figure
    assert figure.value < 1e-14
    assert figure.shown == "< 1e-12"


def test_with_zero_weights_every_memory_is_the_same_exactly() -> None:
    findings = lab.measure(EXPERIMENT, BANK, 3, scale=0).findings
    assert [finding.figure.value for finding in findings] == [0.0] * len(BANK)


def test_with_the_usual_output_the_equality_is_lost_and_the_right_pair_not_confirmed() -> None:
    """a = Γ_o * tanh(c): the weights still agree, the memories do not."""
    finding = lab.measure(EXPERIMENT, [RIGHT], 4, **EXPERIMENT.breaks[0].knobs).findings[0]
    assert finding.figure.value > APART
    assert finding.verdict is Verdict.UNDETERMINED
    assert "weights are right" in finding.reason


@pytest.mark.parametrize(
    ("errors", "runner_up", "verdict"),
    [
        (Errors(0, 0, 0), 0.8, Verdict.HOLDS),
        (Errors(0, 0, 0), APART, Verdict.UNDETERMINED),  # another pair does as well
        (Errors(0, 0.5, 0.5), 0.8, Verdict.REFUTED),
        (Errors(0.5, 0, 0.5), 0.8, Verdict.REFUTED),
        (Errors(0, 0, 0.5), 0.8, Verdict.UNDETERMINED),  # the two measurements disagree
        (Errors(0.5, 0.5, 0), 0.8, Verdict.UNDETERMINED),
        (Errors(SAME, 0, 0), 0.8, Verdict.UNDETERMINED),  # too large for rounding, too small else
    ],
)
def test_the_rule(errors: Errors, runner_up: float, verdict: Verdict) -> None:
    """It asks for both measurements to agree, and for every other pair to be away."""
    assert decide(errors, runner_up) is verdict


def test_findings_follow_their_claims_and_do_not_depend_on_company() -> None:
    lab.assert_permutes(EXPERIMENT, BANK, 5)
    lab.assert_lonely(EXPERIMENT, BANK, 5)


def test_the_same_seed_gives_the_same_bytes_and_numpys_error_state_stays() -> None:
    lab.assert_repeats(EXPERIMENT, BANK, 6)


@pytest.mark.parametrize("knobs", [{}, {"steps": 240, "units": 64, "scale": 2}, EXPERIMENT.null])
def test_the_pictures_fit_a_small_terminal(knobs: dict[str, float]) -> None:
    lab.assert_fits(lab.measure(EXPERIMENT, EXPERIMENT.claims, 7, **knobs))
