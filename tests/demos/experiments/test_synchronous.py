"""Question 2: which lengths suit a network with one output at every step."""

from __future__ import annotations

import pytest

from quizcli.demos.evidence import DemoError, Verdict
from quizcli.demos.experiments.synchronous import EXPERIMENT, RELATIONS, decide
from quizcli.report.pictures import AlignedRows
from tests.support import laboratory as lab

BANK = lab.bank_claims(EXPERIMENT)
EVERY = [{"relation": name} for name in RELATIONS]
RIGHT = {"relation": "T_x = T_y"}


@pytest.mark.parametrize("seed", lab.FEW)
def test_the_measured_numbers_alone_single_out_the_key(seed: int) -> None:
    assert lab.seeds_not_derived(EXPERIMENT, [seed]) == []


@pytest.mark.parametrize("seed", lab.FEW)
def test_with_one_step_and_one_symbol_nothing_is_decided(seed: int) -> None:
    assert lab.seeds_not_undetermined(EXPERIMENT, [seed]) == []


@pytest.mark.slow
def test_the_key_is_derived_and_the_null_stays_silent_in_99_of_100_seeds() -> None:
    assert len(lab.seeds_not_derived(EXPERIMENT, lab.HUNDRED)) <= 1
    assert len(lab.seeds_not_undetermined(EXPERIMENT, lab.HUNDRED)) <= 1


@pytest.mark.parametrize("n", range(4, 9))
def test_of_all_relations_only_equal_lengths_hold(n: int) -> None:
    """For every length that a bank may ask for; longer ones are too much for the control."""
    for claim, verdict in zip(EVERY, lab.verdicts(EXPERIMENT, EVERY, 1, steps=n), strict=True):
        assert verdict is (Verdict.HOLDS if claim == RIGHT else Verdict.REFUTED)


@pytest.mark.parametrize("n", [1, 2, 6, 7])
def test_every_task_has_lengths_of_its_relation(n: int) -> None:
    for name, lengths in RELATIONS.items():
        T_x, T_y = lengths(n)
        says = name.replace(" = ", " == ").replace("2 T", "2 * T").replace("3 T", "3 * T")
        assert eval(says, {}, {"T_x": T_x, "T_y": T_y}), name


def test_unequal_lengths_never_come_out_right_exactly() -> None:
    for finding in lab.measure(EXPERIMENT, EVERY, 2).findings:
        if finding.claim != RIGHT:
            assert finding.figure.value == 0.0


def test_with_a_single_step_one_input_and_equal_lengths_are_the_same_and_both_hold() -> None:
    """The verdict hangs on the lengths that were run, not on what the relation is called."""
    claims = [RIGHT, {"relation": "T_x = 1"}, {"relation": "T_x < T_y"}]
    verdicts = lab.verdicts(EXPERIMENT, claims, 3, steps=1)
    assert verdicts == [Verdict.HOLDS, Verdict.HOLDS, Verdict.REFUTED]


@pytest.mark.parametrize("seed", lab.FEW)
def test_a_network_that_hears_nothing_decides_nothing(seed: int) -> None:
    """Without input weights the control fails as well, so no wiring can be blamed."""
    assert set(lab.verdicts(EXPERIMENT, EVERY, seed, input_gain=0)) == {Verdict.UNDETERMINED}


def test_without_memory_the_tags_cannot_be_learnt_and_equal_lengths_are_not_confirmed() -> None:
    assert lab.verdict(EXPERIMENT, RIGHT, 4, radius=0) is Verdict.UNDETERMINED


@pytest.mark.parametrize(
    ("exact", "control", "guess", "verdict"),
    [
        (1.0, 0.0, 0.3, Verdict.HOLDS),
        (0.9, 0.0, 0.3, Verdict.HOLDS),
        (0.8, 1.0, 0.3, Verdict.UNDETERMINED),
        (0.5, 1.0, 0.3, Verdict.REFUTED),
        (0.0, 0.9, 0.3, Verdict.REFUTED),
        (0.0, 0.8, 0.3, Verdict.UNDETERMINED),  # nobody could learn the task
        (1.0, 1.0, 0.75, Verdict.UNDETERMINED),  # anybody could guess it
        (0.0, 1.0, 1.0, Verdict.UNDETERMINED),
    ],
)
def test_the_rule(exact: float, control: float, guess: float, verdict: Verdict) -> None:
    """It asks for a task that cannot be guessed, and blames the wiring only if it can be learnt."""
    assert decide(exact, control, guess) is verdict


def test_findings_follow_their_claims_and_do_not_depend_on_company() -> None:
    lab.assert_permutes(EXPERIMENT, BANK, 5)
    lab.assert_lonely(EXPERIMENT, BANK, 5)


def test_the_same_seed_gives_the_same_bytes_and_numpys_error_state_stays() -> None:
    lab.assert_repeats(EXPERIMENT, BANK, 6)


@pytest.mark.parametrize("knobs", [{}, {"steps": 40, "symbols": 16}, EXPERIMENT.null])
def test_the_pictures_fit_a_small_terminal(knobs: dict[str, float]) -> None:
    lab.assert_fits(lab.measure(EXPERIMENT, EVERY, 7, **knobs))


def test_another_seed_draws_other_sequences() -> None:
    first, second = (lab.measure(EXPERIMENT, [RIGHT], seed).pictures[0] for seed in (1, 2))
    assert isinstance(first, AlignedRows)
    assert isinstance(second, AlignedRows)
    assert first.rows[1].symbols != second.rows[1].symbols


@pytest.mark.usefixtures("little_memory")
def test_a_million_steps_are_refused_with_the_memory_they_would_need() -> None:
    with pytest.raises(DemoError, match=r"1000001 steps and 80 units need [\d,]+ MB"):
        lab.measure(EXPERIMENT, BANK, 8, steps=1_000_000)
