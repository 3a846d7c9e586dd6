"""Question 8: whose simplified GRU lets a gradient pass with little decay."""

from __future__ import annotations

import pytest

from quizcli.demos.cells import GRU, RNN
from quizcli.demos.declared import resolve
from quizcli.demos.evidence import DemoError, Verdict
from quizcli.demos.experiments.simplified_gru import EXPERIMENT, decide
from quizcli.demos.worlds.gru_flows import Flow
from quizcli.numeric import np
from tests.support import laboratory as lab

BANK = lab.bank_claims(EXPERIMENT)
BETTY = {"removed": "relevance", "other": 0}


@pytest.mark.parametrize("seed", lab.FEW)
def test_the_measured_numbers_alone_single_out_the_key(seed: int) -> None:
    assert lab.seeds_not_derived(EXPERIMENT, [seed]) == []


@pytest.mark.parametrize("seed", lab.FEW)
def test_over_a_single_step_there_is_nothing_to_escape(seed: int) -> None:
    assert lab.seeds_not_undetermined(EXPERIMENT, [seed]) == []


@pytest.mark.slow
def test_the_key_is_derived_and_the_null_stays_silent_in_99_of_100_seeds() -> None:
    assert len(lab.seeds_not_derived(EXPERIMENT, lab.HUNDRED)) <= 1
    assert len(lab.seeds_not_undetermined(EXPERIMENT, lab.HUNDRED)) <= 1


@pytest.mark.parametrize("seed", lab.FEW)
def test_the_null_decides_no_claim_of_the_schema(seed: int) -> None:
    """Not even one whose gate stands where the null leaves it."""
    claims = [
        {"removed": removed, "other": other}
        for removed in ("update", "relevance")
        for other in (0, 0.25, 0.5, 0.75, 1)
    ]
    found = lab.verdicts(EXPERIMENT, claims, seed, **EXPERIMENT.null)
    assert set(found) == {Verdict.UNDETERMINED}


@pytest.mark.slow
@pytest.mark.parametrize("steps", [50, 100, 200])
def test_more_likely_is_a_share_of_networks(steps: int) -> None:
    """Over a hundred seeds, all networks or hardly any."""
    shares = [
        [f.figure.value for f in lab.measure(EXPERIMENT, BANK, seed, steps=steps).findings]
        for seed in lab.HUNDRED
    ]
    means = dict(zip(map(repr, BANK), np.mean(shares, axis=0), strict=True))
    assert means.pop(repr(BETTY)) > 99
    assert max(means.values()) < 25


def test_a_network_may_be_lucky_and_most_are_not() -> None:
    """Among plain RNNs some keep the length, which is why one network proves nothing."""
    flows = EXPERIMENT.run([BETTY], 8, resolve(EXPERIMENT, {"networks": 60}))
    plain = next(row for row in flows.pictures[1].rows if row[0] == "plain RNN")
    assert 0 < int(plain[1]) < 30


@pytest.mark.parametrize("drive", [0.5, 1.0, 2.0])
def test_the_right_claim_and_the_nearest_wrong_one_are_far_apart(drive: float) -> None:
    """All networks against one in three at most, for weak and strong inputs."""
    right, *wrong = (
        finding.figure.value
        for finding in lab.measure(
            EXPERIMENT, [BETTY, *(c for c in BANK if c != BETTY)], 1, drive=drive
        ).findings
    )
    assert right == 100
    assert max(wrong) < 34


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        ({"removed": "relevance", "other": 0.01}, Verdict.HOLDS),
        ({"removed": "relevance", "other": 0.5}, Verdict.REFUTED),
        ({"removed": "update", "other": 0.5}, Verdict.REFUTED),
        ({"removed": "update", "other": 0.9}, Verdict.REFUTED),
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
    ("wanted", "gate", "kept", "plain", "verdict"),
    [
        (0, 0.01, 1.0, 0.1, Verdict.HOLDS),
        (0, 0.01, 0.9, 0.5, Verdict.HOLDS),
        (0, 0.01, 0.8, 0.1, Verdict.UNDETERMINED),
        (0, 0.01, 0.5, 0.1, Verdict.REFUTED),
        (0, 0.01, 1.0, 0.6, Verdict.UNDETERMINED),  # there is nothing to escape
        (0, 0.01, 0.0, 0.6, Verdict.UNDETERMINED),
        (0, 0.2, 1.0, 0.1, Verdict.UNDETERMINED),  # the gate is not where the claim puts it
        (1, 0.8, 0.0, 0.1, Verdict.UNDETERMINED),
        (0, float("nan"), 1.0, 0.1, Verdict.UNDETERMINED),
    ],
)
def test_the_rule(wanted: float, gate: float, kept: float, plain: float, verdict: Verdict) -> None:
    """The share of networks counts, where the condition is met and plain RNNs fail."""
    assert decide(wanted, gate, kept, plain) is verdict


@pytest.mark.parametrize(
    ("steps", "end", "kept"),
    [
        (100, -1, 1), (100, 1, 1), (100, -1.1, 0),
        (100, 1.1, 0),  # exploding is no way to escape, either
        (100, float("-inf"), 0), (400, 4, 1), (400, 4.1, 0), (10, 1, 1), (10, 1.1, 0),
    ],
)  # fmt: skip
def test_a_length_is_kept_that_changes_little_in_either_direction(
    steps: int, end: float, kept: int
) -> None:
    assert Flow(gate=0.5, ends=(end,), path=(0.0,) * steps).kept == kept


@pytest.mark.parametrize("drawn", [1.0, 2.0])
def test_the_radius_that_is_drawn_does_not_change_the_verdicts(drawn: float) -> None:
    assert lab.seeds_not_derived(EXPERIMENT, [4], radius=drawn) == []


@pytest.mark.usefixtures("little_memory")
def test_too_many_steps_are_refused_with_the_memory_they_would_need() -> None:
    with pytest.raises(DemoError, match=r"1,000,000 steps .* need 5,\d+ MB"):
        lab.measure(EXPERIMENT, BANK, 0, steps=1_000_000)


def test_findings_follow_their_claims_and_do_not_depend_on_company() -> None:
    lab.assert_permutes(EXPERIMENT, BANK, 5)
    lab.assert_lonely(EXPERIMENT, BANK, 5)


def test_the_same_seed_gives_the_same_bytes_and_numpys_error_state_stays() -> None:
    lab.assert_repeats(EXPERIMENT, BANK, 6)


@pytest.mark.parametrize("knobs", [{}, {"steps": 10}, {"steps": 400, "units": 8}, EXPERIMENT.null])
def test_the_pictures_fit_a_small_terminal(knobs: dict[str, float]) -> None:
    lab.assert_fits(lab.measure(EXPERIMENT, EXPERIMENT.claims, 7, **knobs))


@pytest.mark.parametrize("seed", lab.FEW)
def test_strong_inputs_push_the_gate_open_and_the_gradient_is_lost(seed: int) -> None:
    """The break: the key is refuted, though its gate is near 0 on average."""
    strong = lab.measure(EXPERIMENT, BANK, seed, **EXPERIMENT.breaks[0].knobs).findings
    assert [finding.verdict for finding in strong] == [Verdict.REFUTED] * 4
