"""Question 8: whose simplified GRU lets a gradient pass with little decay."""

from __future__ import annotations

import pytest

from quizcli.demos.cells import GRU, RNN
from quizcli.demos.evidence import DemoError, Verdict
from quizcli.demos.experiments.simplified_gru import EXPERIMENT, decide
from quizcli.numeric import np
from tests.demos import laboratory as lab

BANK = lab.bank_claims(EXPERIMENT)
BETTY = {"removed": "relevance", "other": 0}


@pytest.mark.parametrize("seed", lab.FEW)
def test_the_measured_numbers_alone_single_out_the_key(seed: int) -> None:
    assert lab.seeds_not_derived(EXPERIMENT, [seed]) == []


@pytest.mark.parametrize("seed", lab.FEW)
def test_with_gates_at_one_half_nothing_is_decided(seed: int) -> None:
    assert lab.seeds_not_undetermined(EXPERIMENT, [seed]) == []


@pytest.mark.slow
def test_the_key_is_derived_and_the_null_stays_silent_in_99_of_100_seeds() -> None:
    assert len(lab.seeds_not_derived(EXPERIMENT, lab.HUNDRED)) <= 1
    assert len(lab.seeds_not_undetermined(EXPERIMENT, lab.HUNDRED)) <= 1


@pytest.mark.parametrize("drive", [0.5, 1.0, 2.0])
def test_the_right_claim_and_the_nearest_wrong_one_are_far_apart(drive: float) -> None:
    """Under one power of ten against more than thirty, for weak and strong inputs."""
    right, *wrong = (
        finding.figure.value
        for finding in lab.measure(
            EXPERIMENT, [BETTY, *(c for c in BANK if c != BETTY)], 1, drive=drive
        ).findings
    )
    assert right < 1
    assert min(wrong) > 30


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        ({"removed": "relevance", "other": 0.01}, Verdict.HOLDS),
        ({"removed": "relevance", "other": 0.5}, Verdict.REFUTED),
        ({"removed": "update", "other": 0.5}, Verdict.REFUTED),
        ({"removed": "relevance", "other": 0.05}, Verdict.UNDETERMINED),  # 2 to 3 decades
    ],
)
def test_gate_values_that_are_in_no_bank_are_measured_like_the_rest(
    claim: lab.Claim, verdict: Verdict
) -> None:
    assert lab.verdict(EXPERIMENT, claim, 2) is verdict


def test_with_all_gates_open_betty_and_alice_have_the_same_plain_rnn() -> None:
    """The picture says so; here it is shown: both gates at 1 leave tanh(xW + cU + b)."""
    rng = np.random.default_rng(3)
    gru = GRU.random(rng, 4, 6, bias=0.5)
    X = rng.standard_normal((9, 1, 4))
    plain = RNN(*gru.gate("c_tilde")).forward(X).a
    assert abs(gru.pinned(Γ_u=1, Γ_r=1).forward(X).c - plain).max() < 1e-15
    says = lab.measure(EXPERIMENT, BANK, 3).pictures[0].says
    assert "same plain RNN" in says


@pytest.mark.parametrize(
    ("wanted", "gate", "worst", "verdict"),
    [
        (0, 0.01, -2, Verdict.HOLDS),
        (0, 0.01, 2, Verdict.HOLDS),
        (0, 0.01, -3, Verdict.UNDETERMINED),
        (0, 0.01, -5, Verdict.REFUTED),
        (0, 0.01, 5, Verdict.REFUTED),  # exploding is no way to escape, either
        (0, 0.01, float("-inf"), Verdict.REFUTED),
        (0, 0.2, 0, Verdict.UNDETERMINED),  # the gate is not where the claim puts it
        (1, 0.8, -50, Verdict.UNDETERMINED),
        (0, float("nan"), 0, Verdict.UNDETERMINED),
    ],
)
def test_the_rule(wanted: float, gate: float, worst: float, verdict: Verdict) -> None:
    """Distance from 1 counts, in either direction, and only where the condition is met."""
    assert decide(wanted, gate, worst, steps=100) is verdict


@pytest.mark.parametrize("drawn", [1.0, 2.0])
def test_the_radius_that_is_drawn_does_not_change_the_verdicts(drawn: float) -> None:
    assert lab.seeds_not_derived(EXPERIMENT, [4], radius=drawn) == []


@pytest.mark.usefixtures("little_memory")
def test_too_many_steps_are_refused_with_the_memory_they_would_need() -> None:
    with pytest.raises(DemoError, match=r"1,000,000 steps .* 85\.8 GB"):
        lab.measure(EXPERIMENT, BANK, 0, steps=1_000_000)


def test_findings_follow_their_claims_and_do_not_depend_on_company() -> None:
    lab.assert_permutes(EXPERIMENT, BANK, 5)
    lab.assert_lonely(EXPERIMENT, BANK, 5)


def test_the_same_seed_gives_the_same_bytes_and_numpys_error_state_stays() -> None:
    lab.assert_repeats(EXPERIMENT, BANK, 6)


@pytest.mark.parametrize("knobs", [{}, {"steps": 10}, {"steps": 400, "units": 8}, EXPERIMENT.null])
def test_the_pictures_fit_a_small_terminal(knobs: dict[str, float]) -> None:
    lab.assert_fits(lab.measure(EXPERIMENT, EXPERIMENT.claims, 7, **knobs))
