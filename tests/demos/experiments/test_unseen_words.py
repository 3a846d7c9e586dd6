"""What is learned of labelled words carries over to others by embeddings, and by nothing random."""

from __future__ import annotations

import pytest

from quizcli.demos.evidence import Verdict
from quizcli.demos.experiments.unseen_words import EXPERIMENT, REPRESENTATIONS, decide
from tests.support import laboratory as lab

EVERY = [{"representation": name} for name in REPRESENTATIONS]


def held(seed: int, **knobs: object) -> set[str]:
    """What holds; everything else is refuted."""
    found = dict(zip(REPRESENTATIONS, lab.verdicts(EXPERIMENT, EVERY, seed, **knobs), strict=True))
    assert Verdict.UNDETERMINED not in found.values()
    return {name for name, verdict in found.items() if verdict is Verdict.HOLDS}


@pytest.mark.parametrize("seed", lab.FEW)
def test_what_was_learned_from_neighbours_carries_over(seed: int) -> None:
    assert held(seed) == {"embedding", "neighbours"}


@pytest.mark.parametrize("seed", lab.FEW)
def test_words_that_no_text_has_stay_unknown(seed: int) -> None:
    assert held(seed, **EXPERIMENT.breaks[0].knobs) == set()


@pytest.mark.parametrize("seed", lab.FEW)
def test_words_in_any_order_decide_nothing(seed: int) -> None:
    found = lab.verdicts(EXPERIMENT, EVERY, seed, **EXPERIMENT.null)
    assert set(found) == {Verdict.UNDETERMINED}


@pytest.mark.slow
def test_in_99_of_100_seeds() -> None:
    assert sum(held(seed) != {"embedding", "neighbours"} for seed in lab.HUNDRED) <= 1


@pytest.mark.parametrize(
    ("unseen", "learned", "company", "verdict"),
    [
        (0.8, 1, 1, Verdict.HOLDS),
        (0.6, 1, 1, Verdict.UNDETERMINED),
        (0.5, 1, 1, Verdict.REFUTED),
        (1.0, 0.5, 1, Verdict.UNDETERMINED),
        (1.0, 1, 0.0, Verdict.UNDETERMINED),
    ],
)
def test_the_rule(unseen: float, learned: float, company: float, verdict: Verdict) -> None:
    assert decide(unseen, learned, company) is verdict


def test_findings_follow_their_claims_and_repeat() -> None:
    lab.assert_permutes(EXPERIMENT, EXPERIMENT.claims, 5)
    lab.assert_lonely(EXPERIMENT, EVERY, 5)
    lab.assert_repeats(EXPERIMENT, EVERY, 6)


@pytest.mark.parametrize("knobs", [{}, EXPERIMENT.null, {"read": False}])
def test_the_pictures_fit_a_small_terminal(knobs: dict[str, float]) -> None:
    lab.assert_fits(lab.measure(EXPERIMENT, EVERY, 7, **knobs))
