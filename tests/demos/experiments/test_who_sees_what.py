"""Which words change an output of each part of a transformer, to the last bit."""

from __future__ import annotations

from itertools import product

import pytest

from quizcli.demos.evidence import DemoError, Verdict
from quizcli.demos.experiments.who_sees_what import EXPERIMENT, PARTS, SEEN
from tests.support import laboratory as lab

RIGHT = list(EXPERIMENT.claims)
EVERY = [
    {"part": part, "source": source, "target": target}
    for part, source, target in product(PARTS, SEEN, SEEN)
]


@pytest.mark.parametrize("seed", lab.FEW)
@pytest.mark.parametrize(
    "knobs", [{}, {"layers": 6}, {"source": 9, "target": 7, "place": 5}, {"mixing": 0.25}]
)
def test_of_all_64_claims_four_hold_and_the_others_are_refuted(
    seed: int, knobs: dict[str, float]
) -> None:
    found = lab.verdicts(EXPERIMENT, EVERY, seed, **knobs)
    assert [c for c, v in zip(EVERY, found, strict=True) if v is Verdict.HOLDS] == RIGHT
    assert found.count(Verdict.REFUTED) == 60


@pytest.mark.parametrize("seed", lab.FEW)
def test_without_a_mask_a_word_sees_those_to_be_predicted(seed: int) -> None:
    encoder, decoder, cross, whole = lab.verdicts(
        EXPERIMENT, RIGHT, seed, **EXPERIMENT.breaks[0].knobs
    )
    assert (encoder, cross) == (Verdict.HOLDS, Verdict.HOLDS)
    assert (decoder, whole) == (Verdict.REFUTED, Verdict.REFUTED)
    everything = {"part": "whole", "source": "all", "target": "all"}
    assert lab.verdict(EXPERIMENT, everything, seed, masked=False) is Verdict.HOLDS


@pytest.mark.parametrize("seed", lab.FEW)
def test_heads_that_hear_nothing_decide_nothing(seed: int) -> None:
    found = lab.verdicts(EXPERIMENT, EVERY, seed, **EXPERIMENT.null)
    assert set(found) == {Verdict.UNDETERMINED}


def test_at_the_last_word_nothing_could_be_told_apart() -> None:
    with pytest.raises(DemoError, match="place: 5 is the last word"):
        lab.measure(EXPERIMENT, RIGHT, 1, place=5)


def test_findings_follow_their_claims_and_repeat() -> None:
    lab.assert_permutes(EXPERIMENT, RIGHT, 5)
    lab.assert_lonely(EXPERIMENT, RIGHT, 5)
    lab.assert_repeats(EXPERIMENT, RIGHT, 6)


@pytest.mark.parametrize("knobs", [{}, EXPERIMENT.null, {"source": 24, "target": 24}])
def test_the_pictures_fit_a_small_terminal(knobs: dict[str, float]) -> None:
    lab.assert_fits(lab.measure(EXPERIMENT, RIGHT, 7, **knobs))
