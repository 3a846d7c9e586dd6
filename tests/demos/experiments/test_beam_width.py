"""A wider beam: better sentences for more work and memory, in as many steps."""

from __future__ import annotations

import math
from itertools import product

import pytest

from quizcli.demos.evidence import DemoError, Verdict
from quizcli.demos.experiments.beam_width import EXPERIMENT, QUANTITIES
from quizcli.demos.worlds.trends import TRENDS
from tests.support import laboratory as lab

EVERY = [{"quantity": q, "goes": goes} for q, goes in product(QUANTITIES, TRENDS)]
TRUE = {"probability": "up", "time": "up", "memory": "up", "steps": "same"}


def wrong(seed: int, **knobs: float) -> list[dict[str, str]]:
    """The claims whose verdict is not what is true."""
    found = lab.verdicts(EXPERIMENT, EVERY, seed, **knobs)
    return [
        claim
        for claim, verdict in zip(EVERY, found, strict=True)
        if verdict is not (Verdict.HOLDS if TRUE[claim["quantity"]] == claim["goes"] else Verdict.REFUTED)
    ]  # fmt: skip


@pytest.mark.parametrize("seed", lab.FEW)
@pytest.mark.parametrize(("narrow", "wide"), [(1, 8), (3, 8), (3, 20)])
def test_all_twelve_claims_are_judged_by_what_is_true(seed: int, narrow: int, wide: int) -> None:
    assert wrong(seed, narrow=narrow, wide=wide) == []


@pytest.mark.parametrize("seed", lab.FEW)
def test_a_decoder_that_does_not_hear_its_words_decides_nothing(seed: int) -> None:
    """The null is measured: work and memory grow there as well, but nothing is found."""
    evidence = lab.measure(EXPERIMENT, EVERY, seed, **EXPERIMENT.null)
    assert {finding.verdict for finding in evidence.findings} == {Verdict.UNDETERMINED}
    ratios = {f.claim["quantity"]: f.figure.value for f in evidence.findings}
    assert ratios == pytest.approx({"probability": 1, "time": 5, "memory": 5, "steps": 1})


@pytest.mark.slow
def test_in_99_of_100_seeds() -> None:
    assert sum(wrong(seed, narrow=3, wide=8) != [] for seed in lab.HUNDRED) <= 1


@pytest.mark.parametrize("seed", [0, 4])
def test_hardly_another_sentence_decides_nothing(seed: int) -> None:
    """Of six words a beam of 3 misses so little that 10 gain less than one per cent."""
    claim = {"quantity": "probability", "goes": "up"}
    finding = lab.measure(EXPERIMENT, [claim], seed, vocabulary=6, narrow=3).findings[0]
    assert 1 < finding.figure.value < 1.01
    assert finding.verdict is Verdict.UNDETERMINED


def test_what_is_the_same_is_not_once_as_much() -> None:
    """A ratio of 1 is told in words."""
    claim = {"quantity": "steps", "goes": "same"}
    (finding,) = lab.measure(EXPERIMENT, [claim], 1, narrow=2, wide=10).findings
    assert finding.reason == "At width 10 the number of steps is the same as that at width 2."


def test_a_beam_that_is_no_wider_is_refused() -> None:
    with pytest.raises(DemoError, match="wide: 3 is no wider than narrow, 3"):
        lab.measure(EXPERIMENT, EVERY, 0, narrow=3, wide=3)


@pytest.mark.usefixtures("little_memory")
def test_a_beam_that_does_not_fit_is_refused() -> None:
    with pytest.raises(DemoError, match="too much memory — give 8 or less"):
        lab.measure(EXPERIMENT, EVERY, 0, wide=1000, sources=500, vocabulary=1000)


def test_findings_follow_their_claims_and_repeat() -> None:
    lab.assert_permutes(EXPERIMENT, EXPERIMENT.claims, 5)
    lab.assert_lonely(EXPERIMENT, EVERY, 5)
    lab.assert_repeats(EXPERIMENT, EVERY, 6)


@pytest.mark.parametrize("knobs", [{}, EXPERIMENT.null, {"narrow": 1, "words": 1, "sources": 10}])
def test_the_pictures_fit_a_small_terminal(knobs: dict[str, float]) -> None:
    lab.assert_fits(lab.measure(EXPERIMENT, EVERY, 7, **knobs))


def test_the_dose_rises_with_the_width() -> None:
    dose = EXPERIMENT.dose
    assert dose
    assert dose.measure
    from quizcli.demos.declared import resolve

    ratios = [dose.measure(1, resolve(EXPERIMENT, {"wide": wide})) for wide in (4, 30)]
    assert 1 < ratios[0] < ratios[1] < math.inf
