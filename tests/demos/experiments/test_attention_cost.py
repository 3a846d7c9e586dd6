"""A text that is n times as long takes n² times the dot products of self-attention."""

from __future__ import annotations

import pytest

from quizcli.demos.evidence import Verdict
from quizcli.demos.experiments.attention_cost import EXPERIMENT, decide
from tests.support import laboratory as lab

ALL = list(EXPERIMENT.claims)


@pytest.mark.parametrize("times", [2, 3, 5, 10])
@pytest.mark.parametrize("words", [30, 40])
def test_the_square_alone_holds(times: int, words: int) -> None:
    factors = sorted({times**2, times, 2 * times + 1, times**3, 1})
    found = lab.verdicts(EXPERIMENT, [{"factor": n} for n in factors], 1, times=times, words=words)
    assert [n for n, verdict in zip(factors, found, strict=True) if verdict is Verdict.HOLDS] == [
        times**2
    ]
    assert found.count(Verdict.REFUTED) == len(factors) - 1


def test_each_pair_of_words_is_counted_once() -> None:
    evidence = lab.measure(EXPERIMENT, ALL, 1)
    assert "40 words take 1,600 dot products" in evidence.findings[0].reason
    assert "120 words 14,400" in evidence.findings[0].reason


@pytest.mark.parametrize("seed", lab.FEW)
def test_neighbours_alone_take_work_by_the_word(seed: int) -> None:
    nine, three, *_ = lab.verdicts(EXPERIMENT, ALL, seed, **EXPERIMENT.breaks[0].knobs)
    assert (nine, three) == (Verdict.REFUTED, Verdict.HOLDS)


@pytest.mark.parametrize("seed", lab.FEW)
def test_texts_of_one_length_decide_nothing(seed: int) -> None:
    found = lab.verdicts(EXPERIMENT, ALL, seed, **EXPERIMENT.null)
    assert set(found) == {Verdict.UNDETERMINED}


@pytest.mark.parametrize(
    ("claimed", "factor", "times", "verdict"),
    [
        (9, 9.5, 3, Verdict.HOLDS),
        (9, 10, 3, Verdict.UNDETERMINED),
        (9, 11, 3, Verdict.REFUTED),
        (0, 9, 3, Verdict.REFUTED),
        (1, 1, 1, Verdict.UNDETERMINED),
    ],
)
def test_the_rule(claimed: float, factor: float, times: int, verdict: Verdict) -> None:
    assert decide(claimed, factor, times) is verdict


def test_findings_follow_their_claims_and_repeat() -> None:
    lab.assert_permutes(EXPERIMENT, ALL, 5)
    lab.assert_lonely(EXPERIMENT, ALL, 5)
    lab.assert_repeats(EXPERIMENT, ALL, 6)


@pytest.mark.parametrize("knobs", [{}, EXPERIMENT.null, {"local": True}])
def test_the_pictures_fit_a_small_terminal(knobs: dict[str, float]) -> None:
    lab.assert_fits(lab.measure(EXPERIMENT, ALL, 7, **knobs))
