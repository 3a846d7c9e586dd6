"""Tags that a later word decides: who has read it can give them, and nobody else."""

from __future__ import annotations

import pytest

from quizcli.demos.declared import resolve
from quizcli.demos.evidence import Verdict
from quizcli.demos.experiments import later_words
from quizcli.demos.experiments.later_words import EXPERIMENT, decide
from quizcli.numeric import np
from tests.support import laboratory as lab

ALL = list(EXPERIMENT.claims)
READ_IT = {"delayed", "backward", "both"}
EXPECTED = [Verdict.HOLDS if claim["reads"] in READ_IT else Verdict.REFUTED for claim in ALL]


@pytest.mark.parametrize("seed", lab.FEW)
@pytest.mark.parametrize("lag", [2, 3, 4])
def test_those_can_tag_that_have_read_the_word_that_tells(seed: int, lag: int) -> None:
    assert lab.verdicts(EXPERIMENT, ALL, seed, lag=lag) == EXPECTED


@pytest.mark.parametrize("seed", lab.FEW)
def test_tags_drawn_by_lot_decide_nothing(seed: int) -> None:
    verdicts = lab.verdicts(EXPERIMENT, ALL, seed, **EXPERIMENT.null)
    assert set(verdicts) == {Verdict.UNDETERMINED}


@pytest.mark.slow
def test_the_same_verdicts_in_99_of_100_seeds_with_effect_and_without() -> None:
    held = [s for s in lab.HUNDRED if lab.verdicts(EXPERIMENT, ALL, s, lag=4) == EXPECTED]
    silent = [
        s
        for s in lab.HUNDRED
        if set(lab.verdicts(EXPERIMENT, ALL, s, **EXPERIMENT.null)) == {Verdict.UNDETERMINED}
    ]
    assert min(len(held), len(silent)) >= 99


def test_what_is_gained_is_owed_to_the_later_words() -> None:
    """With those of another sentence all fall to chance, though their units are the same."""
    found = later_words._tagging(np.random.default_rng(3), resolve(EXPERIMENT, {}))
    assert all(0.3 < share < 0.7 for share in found.placebo.values())
    assert all(found.true[reads] - found.placebo[reads] > 0.25 for reads in READ_IT)
    assert found.true["forward"] == found.placebo["forward"]  # it has read none of them
    assert found.told == 1


def test_where_an_earlier_word_tells_the_mirror_is_seen() -> None:
    verdicts = lab.verdicts(EXPERIMENT, ALL, 1, **EXPERIMENT.breaks[0].knobs)
    refuted = [c["reads"] for c, v in zip(ALL, verdicts, strict=True) if v is Verdict.REFUTED]
    assert refuted == ["backward"]
    assert verdicts[0] is Verdict.HOLDS


@pytest.mark.parametrize(
    ("share", "told", "verdict"),
    [
        (0.9, 1.0, Verdict.HOLDS),
        (0.89, 1.0, Verdict.UNDETERMINED),
        (0.7, 1.0, Verdict.REFUTED),
        (1.0, 0.89, Verdict.UNDETERMINED),
        (0.5, 0.5, Verdict.UNDETERMINED),
    ],
)
def test_the_rule(share: float, told: float, verdict: Verdict) -> None:
    assert decide(share, told) is verdict


def test_findings_follow_their_claims_and_repeat() -> None:
    lab.assert_permutes(EXPERIMENT, ALL, 5)
    lab.assert_lonely(EXPERIMENT, ALL, 5)
    lab.assert_repeats(EXPERIMENT, ALL, 6)


@pytest.mark.parametrize("knobs", [{}, EXPERIMENT.null, {"lag": 1, "units": 96}])
def test_the_pictures_fit_a_small_terminal(knobs: dict[str, float]) -> None:
    lab.assert_fits(lab.measure(EXPERIMENT, ALL, 7, **knobs))
