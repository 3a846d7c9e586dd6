"""One vector loses long sentences; attention keeps them, by looking at the right place."""

from __future__ import annotations

from itertools import product

import pytest

from quizcli.demos.evidence import Verdict
from quizcli.demos.experiments.fixed_vector import EXPERIMENT, GOES, decide
from tests.support import laboratory as lab

EVERY = [{"fixed": fixed, "attention": attention} for fixed, attention in product(GOES, GOES)]
KEY = {"fixed": "down", "attention": "same"}


def held(seed: int, **knobs: object) -> list[dict[str, str]]:
    """What holds; everything else is refuted."""
    found = lab.verdicts(EXPERIMENT, EVERY, seed, **knobs)
    assert Verdict.UNDETERMINED not in found
    return [claim for claim, v in zip(EVERY, found, strict=True) if v is Verdict.HOLDS]


@pytest.mark.parametrize("seed", lab.FEW)
@pytest.mark.parametrize("longest", [20, 40])
def test_of_nine_claims_the_key_alone_holds(seed: int, longest: int) -> None:
    assert held(seed, longest=longest) == [KEY]


@pytest.mark.parametrize("knobs", [EXPERIMENT.null, EXPERIMENT.breaks[0].knobs])
def test_where_no_word_is_heard_or_there_is_room_for_all_it_does_not(
    knobs: dict[str, float],
) -> None:
    assert set(lab.verdicts(EXPERIMENT, EVERY, 0, **knobs)) == {Verdict.UNDETERMINED}


@pytest.mark.slow
def test_in_99_of_100_seeds() -> None:
    found = [lab.verdict(EXPERIMENT, KEY, seed) for seed in lab.HUNDRED]
    assert found.count(Verdict.HOLDS) >= 99


@pytest.mark.parametrize(
    ("changes", "control", "verdict"),
    [
        ((-0.15, 0.05), True, Verdict.HOLDS),
        ((-0.1, 0.0), True, Verdict.UNDETERMINED),
        ((-0.15, 0.1), True, Verdict.UNDETERMINED),
        ((0.15, 0.0), True, Verdict.REFUTED),
        ((-0.15, 0.0), False, Verdict.UNDETERMINED),
    ],
)
def test_the_rule(changes: tuple[float, float], control: bool, verdict: Verdict) -> None:
    assert decide(("down", "same"), changes, control) is verdict


def test_findings_follow_their_claims_and_repeat() -> None:
    lab.assert_permutes(EXPERIMENT, EXPERIMENT.claims[:3], 5)
    lab.assert_repeats(EXPERIMENT, EVERY, 6)


def test_the_picture_fits_a_small_terminal() -> None:
    lab.assert_fits(lab.measure(EXPERIMENT, EVERY, 7))
