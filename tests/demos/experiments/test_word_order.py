"""Self-attention tells the order of words by their positions, and by nothing else that is added."""

from __future__ import annotations

import pytest

from quizcli.demos.evidence import Verdict
from quizcli.demos.experiments.word_order import ADDITIONS, EXPERIMENT, Order, decide
from tests.support import laboratory as lab

EVERY = [{"added": added} for added in ADDITIONS]


def held(seed: int, **knobs: object) -> list[str]:
    """What holds; everything else is refuted."""
    found = lab.verdicts(EXPERIMENT, EVERY, seed, **knobs)
    assert Verdict.UNDETERMINED not in found
    return [
        str(claim["added"])
        for claim, verdict in zip(EVERY, found, strict=True)
        if verdict is Verdict.HOLDS
    ]


@pytest.mark.parametrize("seed", lab.FEW)
@pytest.mark.parametrize("knobs", [{}, {"words": 3}, {"width": 32, "mixing": 2.0}])
def test_positions_alone_tell_the_order(seed: int, knobs: dict[str, float]) -> None:
    assert held(seed, **knobs) == ["positions"]


@pytest.mark.parametrize("seed", lab.FEW)
def test_a_mask_makes_order_matter_and_hides_words(seed: int) -> None:
    finding = lab.measure(EXPERIMENT, [{"added": "mask"}], seed).findings[0]
    assert finding.figure.value > 0.001
    assert "only 58% of all words are seen" in finding.reason  # 21 of 36 pairs
    assert finding.verdict is Verdict.REFUTED


@pytest.mark.parametrize("seed", lab.FEW)
def test_words_that_a_recurrent_network_has_read_need_nothing(seed: int) -> None:
    assert "layers" in held_where_recurrent(seed)


def held_where_recurrent(seed: int) -> list[str]:
    found = lab.verdicts(EXPERIMENT, EVERY, seed, **EXPERIMENT.breaks[0].knobs)
    return [str(c["added"]) for c, v in zip(EVERY, found, strict=True) if v is Verdict.HOLDS]


@pytest.mark.parametrize("seed", lab.FEW)
def test_deaf_words_decide_nothing(seed: int) -> None:
    found = lab.verdicts(EXPERIMENT, EVERY, seed, **EXPERIMENT.null)
    assert set(found) == {Verdict.UNDETERMINED}


@pytest.mark.parametrize(
    ("order", "plain", "verdict"),
    [
        (Order(0.5, 1), Order(0, 1), Verdict.HOLDS),
        (Order(0.5, 0.6), Order(0, 1), Verdict.REFUTED),
        (Order(1e-12, 1), Order(0, 1), Verdict.REFUTED),
        (Order(1e-5, 1), Order(0, 1), Verdict.UNDETERMINED),
        (Order(0.5, 1), Order(0, 0.2), Verdict.UNDETERMINED),
    ],
)
def test_the_rule(order: Order, plain: Order, verdict: Verdict) -> None:
    assert decide(order, plain) is verdict


def test_findings_follow_their_claims_and_repeat() -> None:
    lab.assert_permutes(EXPERIMENT, EXPERIMENT.claims, 5)
    lab.assert_lonely(EXPERIMENT, EVERY, 5)
    lab.assert_repeats(EXPERIMENT, EVERY, 6)


@pytest.mark.parametrize("knobs", [{}, EXPERIMENT.null])
def test_the_pictures_fit_a_small_terminal(knobs: dict[str, float]) -> None:
    lab.assert_fits(lab.measure(EXPERIMENT, EVERY, 7, **knobs))
