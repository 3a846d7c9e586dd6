"""Sampling: the way of the key writes the model's own sentences, and no other way does."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from quizcli.demos.cells import RNN
from quizcli.demos.declared import resolve
from quizcli.demos.evidence import DemoError, Verdict
from quizcli.demos.experiments.sampling import EXPERIMENT, judge
from quizcli.demos.registry import get
from quizcli.demos.worlds.prefixes import tabulate, write
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
    verdict,
    verdicts,
)

EVERY = [
    {"pick": pick, "feed": feed}
    for pick in ("argmax", "draw", "uniform")
    for feed in ("truth", "chosen", "nothing")
]
OWN = {"pick": "draw", "feed": "chosen"}


def test_it_is_registered_under_its_name() -> None:
    assert get("sampling") is EXPERIMENT


def test_the_key_is_derived() -> None:
    assert seeds_not_derived(EXPERIMENT, FEW) == []


@pytest.mark.slow
def test_the_key_is_derived_in_99_of_100_seeds() -> None:
    assert len(seeds_not_derived(EXPERIMENT, HUNDRED)) <= 1


def test_a_model_without_memory_decides_nothing() -> None:
    assert seeds_not_undetermined(EXPERIMENT, FEW) == []


@pytest.mark.slow
def test_a_model_without_memory_decides_nothing_in_99_of_100_seeds() -> None:
    assert len(seeds_not_undetermined(EXPERIMENT, HUNDRED)) <= 1


def test_ways_that_are_in_no_bank_are_measured_too() -> None:
    """Only draws that are fed back hold, among all nine ways."""
    found = verdicts(EXPERIMENT, EVERY, 3)
    assert [c for c, v in zip(EVERY, found, strict=True) if v is Verdict.HOLDS] == [OWN]
    assert found.count(Verdict.REFUTED) == 8


def test_claims_are_judged_each_for_itself() -> None:
    assert_permutes(EXPERIMENT, bank_claims(EXPERIMENT), 5)
    assert_lonely(EXPERIMENT, EVERY, 5)


def test_same_seed_same_bytes_and_numpy_left_as_it_was() -> None:
    assert_repeats(EXPERIMENT, bank_claims(EXPERIMENT), 11)


def test_pictures_fit_for_the_bank_and_for_all_ways() -> None:
    assert_fits(measure(EXPERIMENT, bank_claims(EXPERIMENT), 0))
    assert_fits(measure(EXPERIMENT, EVERY, 0))


def test_sharpened_draws_are_not_the_models_own() -> None:
    """At temperature 0.5, all four ways of the bank miss the model, fed back or not."""
    found = verdicts(EXPERIMENT, bank_claims(EXPERIMENT), 0, **EXPERIMENT.breaks[0].knobs)
    assert found == [Verdict.REFUTED] * 4


def test_sentences_of_one_word_leave_nothing_to_feed() -> None:
    assert verdict(EXPERIMENT, OWN, 0, T=1) is Verdict.UNDETERMINED


@pytest.mark.parametrize(
    ("distance", "floor", "control", "wanted"),
    [
        (0.15, 0.1, 0.3, Verdict.HOLDS),
        (0.16, 0.1, 0.3, Verdict.UNDETERMINED),
        (0.2, 0.1, 0.3, Verdict.REFUTED),
        (0.1, 0.1, 0.19, Verdict.UNDETERMINED),
        (0.9, 0.1, 0.19, Verdict.UNDETERMINED),
        (0.0, 0.0, 0.5, Verdict.UNDETERMINED),
    ],
)
def test_the_rule(distance: float, floor: float, control: float, wanted: Verdict) -> None:
    """Up to 1.5 floors holds, from 2 is refuted, between is open; and so is all if the control
    stays below 2 floors, or if there is no floor to compare with."""
    assert judge(distance, floor, control) is wanted


def test_the_listed_probabilities_are_those_of_running_the_network() -> None:
    """Oracle: the same cell, run over each whole sentence, and the chain rule by hand."""
    parameters = resolve(EXPERIMENT, {"V": 3, "T": 4})
    language = tabulate(np.random.default_rng(1), parameters).language
    rng = np.random.default_rng(1)
    cell = RNN.random(rng, 3, 16, radius=1.0, input_gain=2.0)
    W_ya = rng.standard_normal((16, 3)) * (2.5 / 4)
    for number, sentence in enumerate(product(range(3), repeat=4)):
        X = np.zeros((4, 1, 3))
        X[np.arange(1, 4), 0, sentence[:-1]] = 1
        e = np.exp(cell.forward(X).states[:, 0] @ W_ya)
        wanted = np.prod([e[t, word] / e[t].sum() for t, word in enumerate(sentence)])
        assert language.p[number] == pytest.approx(wanted, rel=1e-12)
    assert language.p.sum() == pytest.approx(1, abs=1e-12)


def test_greedy_decoding_writes_one_sentence_the_likeliest_word_at_each_step() -> None:
    model = tabulate(np.random.default_rng(4), resolve(EXPERIMENT, {}))
    number = 0
    for outputs in model.told:
        number = number * 4 + int(outputs[number].argmax())
    written = write(np.random.default_rng(0), model, ("argmax", "chosen"), np.zeros(500, int))
    assert set(written.tolist()) == {number}


def test_word_frequencies_would_not_have_told() -> None:
    """Draws fed with true words get every position right, and yet their sentences are wrong."""
    rng = np.random.default_rng(9)
    model = tabulate(rng, resolve(EXPERIMENT, {}))
    truth = model.language.draw(rng, 200_000)
    written = write(rng, model, ("draw", "truth"), truth)
    for place in (4**4, 4**3, 4**2, 4, 1):
        frequencies = (np.bincount(numbers // place % 4) for numbers in (written, truth))
        assert np.subtract(*frequencies) / 200_000 == pytest.approx(np.zeros(4), abs=0.01)
    assert model.language.distance(written) > 0.3
    assert model.language.distance(write(rng, model, ("draw", "chosen"), truth)) < 0.05


@pytest.mark.usefixtures("little_memory")
def test_a_million_words_are_refused_with_the_memory_they_would_need() -> None:
    with pytest.raises(DemoError, match=r"T: .* 10\^602\d{3} GB of memory — give 8 or less"):
        measure(EXPERIMENT, [OWN], 0, T=1_000_000)


@pytest.mark.parametrize(
    "knobs",
    [
        {"gain": 20.0, "radius": 10.0, "units": 256, "temperature": 0.1},
        {"V": 2, "T": 16, "N": 100, "units": 1, "radius": 0.0},
        {"V": 12, "T": 4, "N": 100, "temperature": 10.0},
    ],
)
def test_extreme_knobs_give_finite_figures_and_no_warning(knobs: dict[str, float]) -> None:
    evidence = measure(EXPERIMENT, EVERY, 0, **knobs)
    assert all(0 <= finding.figure.value <= 1 for finding in evidence.findings)
    assert_fits(evidence)
