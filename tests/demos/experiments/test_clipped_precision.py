"""BLEU's clipped precision: what one reference has, and no more of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from quizcli.bank.shelf import load_bank
from quizcli.demos.evidence import Verdict
from quizcli.demos.experiments.clipped_precision import (
    EXPERIMENT,
    clipped_precision,
    decide,
    plain_precision,
)
from quizcli.quiz.drawing import draw, drawn
from tests.support import laboratory as lab

ALL = list(EXPERIMENT.claims)
KEY = [Verdict.HOLDS, *[Verdict.REFUTED] * 3]


@pytest.mark.parametrize("seed", lab.FEW)
def test_the_better_reference_decides(seed: int) -> None:
    assert lab.verdicts(EXPERIMENT, ALL, seed) == KEY
    swapped = lab.verdicts(EXPERIMENT, ALL, seed, first=1, second=2)
    assert swapped == KEY


@pytest.mark.parametrize("seed", lab.FEW)
def test_of_one_word_nothing_can_be_clipped(seed: int) -> None:
    found = lab.verdicts(EXPERIMENT, ALL, seed, **EXPERIMENT.null)
    assert set(found) == {Verdict.UNDETERMINED}


def test_counted_by_hand() -> None:
    """ "a" stands twice in one reference and "small" once in the other; "grey" in none."""
    lines = ("a cat and a dog slept", "the small cat slept", "a small small grey cat and a a dog")
    *references, mixed = map(str.split, lines)
    assert clipped_precision(["a"] * 5, references) == pytest.approx(2 / 5)
    assert plain_precision(["a"] * 5, references) == 1
    # a 2 of 3, small 1 of 2, grey 0 of 1, cat, and, dog 1 of 1 each
    assert clipped_precision(mixed, references) == pytest.approx(6 / 9)
    assert plain_precision(mixed, references) == pytest.approx(8 / 9)


def test_a_stutter_beats_an_honest_translation_until_it_is_clipped() -> None:
    for seed in lab.FEW:
        bars = lab.measure(EXPERIMENT, ALL, seed).pictures[1].bars  # type: ignore[union-attr]
        mean = {bar.label: bar.value for bar in bars}
        assert mean["stutter, plain"] == 1 > mean["honest, plain"]
        assert mean["stutter, clipped"] < mean["honest, clipped"]


def test_what_the_question_says_is_what_the_experiment_counts() -> None:
    """The words of the question, counted by hand, under a hundred draws."""
    bank = load_bank(Path(__file__).parents[3] / "questions" / "sequence-models.yaml")
    written = bank.question("clipped-precision")
    for seed in range(100):
        asked = drawn(written, draw(written, seed, bank.id, vary=True))
        candidate, *references = [
            line.split() for line in asked.prompt.splitlines() if line.startswith("  ")
        ]
        assert asked.demo
        knobs = dict(asked.demo.parameters)
        counts = [words.count("the") for words in (candidate, *references)]
        assert counts == [int(knobs[name]) for name in ("copies", "first", "second")]


@pytest.mark.parametrize(
    ("claimed", "clipped", "plain", "verdict"),
    [
        (0.289, 0.286, 1.0, Verdict.HOLDS),
        (0.3, 0.286, 1.0, Verdict.UNDETERMINED),
        (0.31, 0.286, 1.0, Verdict.REFUTED),
        (1.0, 1.0, 1.0, Verdict.UNDETERMINED),
    ],
)
def test_the_rule(claimed: float, clipped: float, plain: float, verdict: Verdict) -> None:
    assert decide(claimed, clipped, plain) is verdict


def test_findings_follow_their_claims_and_repeat() -> None:
    lab.assert_permutes(EXPERIMENT, ALL, 5)
    lab.assert_lonely(EXPERIMENT, ALL, 5)
    lab.assert_repeats(EXPERIMENT, ALL, 6)


@pytest.mark.parametrize("knobs", [{}, EXPERIMENT.null, {"first": 10, "copies": 40}])
def test_the_pictures_fit_a_small_terminal(knobs: dict[str, float]) -> None:
    lab.assert_fits(lab.measure(EXPERIMENT, ALL, 7, **knobs))
