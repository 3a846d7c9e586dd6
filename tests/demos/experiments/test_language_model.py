"""The language model: its output is the probability of the next word given all before it."""

from __future__ import annotations

import re

import numpy as np
import pytest

from quizcli.demos.declared import resolve
from quizcli.demos.evidence import DemoError, Verdict
from quizcli.demos.experiments.language_model import EXPERIMENT, judge
from quizcli.demos.registry import get
from quizcli.demos.worlds.language import GIVEN, OF
from quizcli.demos.worlds.language_model import interventions, make_world, train
from tests.support.laboratory import (
    FEW,
    HUNDRED,
    assert_fits,
    assert_lonely,
    assert_permutes,
    assert_repeats,
    bank_claims,
    measure,
    seeds_not_derived,
    seeds_not_undetermined,
    verdicts,
)

EVERY = [{"of": of, "given": given} for of in OF for given in GIVEN]
PAST, PRESENT = {"of": "word", "given": "past"}, {"of": "word", "given": "past-and-present"}
HOLDS, REFUTED, UNDETERMINED = Verdict.HOLDS, Verdict.REFUTED, Verdict.UNDETERMINED


def trained(seed: int, **knobs):
    """(network, world) as the experiment trains them, but with its own random numbers."""
    parameters = resolve(EXPERIMENT, knobs)
    rng = np.random.default_rng(seed)
    world = make_world(rng, parameters)
    corpus = rng.multinomial(20_000, world.language.p)
    return train(rng, world, corpus, 24, int(parameters["updates"])), world


def test_it_is_registered_under_its_name() -> None:
    assert get("language-model") is EXPERIMENT


def test_the_key_is_derived() -> None:
    assert seeds_not_derived(EXPERIMENT, FEW) == []


@pytest.mark.slow
def test_the_key_is_derived_in_99_of_100_seeds() -> None:
    assert len(seeds_not_derived(EXPERIMENT, HUNDRED)) <= 1


def test_a_source_without_context_decides_nothing() -> None:
    assert seeds_not_undetermined(EXPERIMENT, FEW) == []


@pytest.mark.slow
def test_a_source_without_context_decides_nothing_in_99_of_100_seeds() -> None:
    assert len(seeds_not_undetermined(EXPERIMENT, HUNDRED)) <= 1


def test_readings_that_are_in_no_bank_are_measured_too() -> None:
    """Among all eight only the key holds; the last word alone, in no bank, is refuted."""
    found = verdicts(EXPERIMENT, EVERY, 2)
    assert [c for c, v in zip(EVERY, found, strict=True) if v is HOLDS] == [PAST]
    assert found.count(REFUTED) == 7


@pytest.mark.slow
def test_only_the_key_holds_among_all_eight_in_99_of_100_seeds() -> None:
    wanted = [HOLDS if claim == PAST else REFUTED for claim in EVERY]
    assert sum(verdicts(EXPERIMENT, EVERY, seed) != wanted for seed in HUNDRED) <= 1


@pytest.mark.parametrize("step", ["k", 3, 4])
@pytest.mark.parametrize("seed", FEW)
def test_the_key_is_derived_of_a_step_by_any_name(seed: int, step: str | int) -> None:
    """And what is said of it is said of that step."""
    claims = [claim | {"step": step} for claim in EVERY]
    evidence = measure(EXPERIMENT, claims, seed)
    found = [finding.verdict for finding in evidence.findings]
    assert found == [HOLDS if claim["given"] == "past" and claim["of"] == "word" else REFUTED
                     for claim in claims]  # fmt: skip
    said = " ".join(f"{f.predicts} {f.reason}" for f in evidence.findings)
    assert f"y^{{<{step}>}}" in said
    assert "<t" not in said
    assert f"at step {step} " in evidence.pictures[0].title


def test_each_claim_is_of_its_own_step() -> None:
    """Several in one run come out as each by itself; a letter is the mean over the steps."""
    claims = [PAST | {"step": step} for step in ("k", "t", 3, 4)]
    together = measure(EXPERIMENT, claims, 0)
    for claim, finding in zip(claims, together.findings, strict=True):
        assert repr(measure(EXPERIMENT, [claim], 0).findings[0]) == repr(finding)
    assert len({finding.figure.value for finding in together.findings}) == 3
    assert measure(EXPERIMENT, [PAST], 0).findings[0].figure == together.findings[0].figure


def test_a_step_needs_a_word_behind_it() -> None:
    with pytest.raises(DemoError, match="T: step 5 has a word after it in 6 words or more, not 5"):
        measure(EXPERIMENT, [PAST | {"step": 5}], 0)


def test_at_the_first_step_there_is_no_context_and_nothing_is_decided() -> None:
    assert verdicts(EXPERIMENT, [PAST | {"step": 1}], 0) == [UNDETERMINED]


def test_claims_are_judged_each_for_itself() -> None:
    assert_permutes(EXPERIMENT, bank_claims(EXPERIMENT), 5)
    assert_lonely(EXPERIMENT, EVERY, 5)


def test_same_seed_same_bytes_and_numpy_left_as_it_was() -> None:
    assert_repeats(EXPERIMENT, bank_claims(EXPERIMENT), 11)


def test_pictures_fit_for_the_bank_and_for_the_largest_vocabulary() -> None:
    assert_fits(measure(EXPERIMENT, bank_claims(EXPERIMENT), 0))
    assert_fits(measure(EXPERIMENT, EVERY, 0, V=4, T=3, updates=2))


@pytest.mark.parametrize("seed", FEW)
def test_the_output_is_not_moved_at_all_by_the_word_of_its_own_step(seed: int) -> None:
    """Exactly zero, not small; the words before do move it."""
    moves = interventions(*trained(seed), 4)
    assert moves[0] == 0.0
    assert min(moves[1:3]) > 0.02


@pytest.mark.parametrize("seed", FEW)
def test_a_network_that_is_fed_the_answer_copies_it(seed: int) -> None:
    """With x<t> = y<t>, the distractor 'given the present too' becomes true."""
    assert verdicts(EXPERIMENT, [PAST, PRESENT], seed, **EXPERIMENT.breaks[0].knobs) == [
        REFUTED,
        HOLDS,
    ]
    assert interventions(*trained(seed, fed="same-word"), 4)[0] > 0.9


def test_a_source_of_order_1_cannot_tell_the_last_word_from_all_words() -> None:
    """Both readings are the same numbers then; that the word stands alone is still refuted."""
    claims = [{"of": "word", "given": given} for given in ("nothing", "last-word", "past")]
    assert verdicts(EXPERIMENT, claims, 0, order=1) == [REFUTED, UNDETERMINED, UNDETERMINED]


@pytest.mark.parametrize("seed", [0, 10014])
def test_an_untrained_network_decides_nothing_and_says_why(seed: int) -> None:
    """In some seeds an output that knows nothing is by chance nearest to the word alone."""
    findings = measure(EXPERIMENT, EVERY, seed, updates=0).findings
    assert {finding.verdict for finding in findings} == {UNDETERMINED}
    assert all("has not learned" in finding.reason for finding in findings)


@pytest.mark.slow
def test_no_network_that_learned_too_little_says_anything_but_the_key() -> None:
    for knobs in ({"updates": 0}, {"updates": 20}, {"units": 4}, {"corpus": 1}):
        for seed in HUNDRED:
            found = verdicts(EXPERIMENT, EVERY, seed, **knobs)
            assert HOLDS not in [v for c, v in zip(EVERY, found, strict=True) if c != PAST]
            assert found[EVERY.index(PAST)] is not REFUTED


@pytest.mark.parametrize("updates", [0, 60])
def test_outputs_multiply_to_a_distribution_over_sentences(updates: int) -> None:
    """The chain rule: over all 243 sentences the products add up to 1, trained or not."""
    network, world = trained(3, updates=updates)
    output = network.output(world.X)
    read = np.prod([output[t, np.arange(81), world.words[t]] for t in range(4)], axis=0)
    assert (read[:, None] * output[4]).sum() == pytest.approx(1, abs=1e-12)


def test_training_brings_the_output_to_the_source() -> None:
    """The reason of the key names the distance reached; more sentences bring it closer."""
    few, many = (
        measure(EXPERIMENT, [PAST], 0, corpus=corpus).findings[0] for corpus in (500, 500_000)
    )
    assert many.figure.value < 0.03 < few.figure.value
    assert re.search(r"is 0\.0\d+ away from .*, and 0\.\d+ from the next nearest", many.reason)


def test_the_rule() -> None:
    """Twice as near as every other reading holds, twice as far as the best is refuted, between
    is open; and so is all, unless context counts for twice the distance reached, and that is
    small."""
    figures = {("word", "past"): 0.04, ("word", "last-word"): 0.08, ("word", "nothing"): 0.5}
    assert list(judge(figures, context=0.3).values()) == [HOLDS, REFUTED, REFUTED]
    assert set(judge(figures, context=0.07).values()) == {UNDETERMINED}
    figures["word", "last-word"] = 0.07
    assert list(judge(figures, context=0.3).values()) == [UNDETERMINED, UNDETERMINED, REFUTED]
    tied = {("word", "past"): 0.04, ("word", "last-word"): 0.04, ("word", "nothing"): 0.5}
    assert list(judge(tied, context=0.3).values()) == [UNDETERMINED, UNDETERMINED, REFUTED]
    far = {("word", "past"): 0.041, ("word", "last-word"): 0.3, ("word", "nothing"): 0.5}
    assert set(judge(far, context=0.3).values()) == {UNDETERMINED}


@pytest.mark.usefixtures("little_memory")
def test_a_million_words_are_refused_with_the_memory_they_would_need() -> None:
    with pytest.raises(DemoError, match=r"T: .* 10\^477\d{3} GB of memory — give 7 or less"):
        measure(EXPERIMENT, [PAST], 0, T=1_000_000)


@pytest.mark.parametrize(
    "knobs",
    [
        {"V": 4, "T": 6, "order": 4, "concentration": 0.1, "updates": 3},
        {"V": 2, "T": 3, "order": 0, "units": 4, "corpus": 1, "updates": 30},
        {"V": 2, "T": 12, "fed": "same-word", "updates": 2},
    ],
)
def test_extreme_knobs_give_finite_figures_and_no_warning(knobs: dict[str, float]) -> None:
    evidence = measure(EXPERIMENT, EVERY, 0, **knobs)
    assert all(0 <= finding.figure.value <= 2 for finding in evidence.findings)
    assert_fits(evidence)
