"""The product of probabilities prefers short sentences, and the mean of their logarithms does not."""

from __future__ import annotations

import pytest

from quizcli.demos.declared import resolve
from quizcli.demos.evidence import DemoError, Verdict
from quizcli.demos.experiments.beam_length import EXPERIMENT
from tests.support import laboratory as lab

ALL = list(EXPERIMENT.claims)
SHORTER = [Verdict.HOLDS, Verdict.REFUTED, Verdict.REFUTED]
SILENT = [Verdict.UNDETERMINED] * 3


@pytest.mark.parametrize("seed", lab.FEW)
@pytest.mark.parametrize(("width", "length"), [(5, 8), (10, 6)])
def test_what_is_found_is_shorter_than_what_is_drawn(seed: int, width: int, length: int) -> None:
    assert lab.verdicts(EXPERIMENT, ALL, seed, width=width, length=length) == SHORTER


@pytest.mark.parametrize("seed", lab.FEW)
def test_a_length_that_is_known_exactly_decides_nothing(seed: int) -> None:
    evidence = lab.measure(EXPERIMENT, ALL, seed, **EXPERIMENT.null)
    assert [finding.verdict for finding in evidence.findings] == SILENT
    assert evidence.findings[0].figure.value == 0


@pytest.mark.slow
def test_in_99_of_100_seeds() -> None:
    assert sum(lab.verdicts(EXPERIMENT, ALL, seed) != SHORTER for seed in lab.HUNDRED) <= 1


@pytest.mark.parametrize("seed", lab.FEW)
def test_the_mean_of_logarithms_makes_nothing_shorter(seed: int) -> None:
    """The same model, beam and sources: what shortens them is the score."""
    broken = lab.measure(EXPERIMENT, ALL, seed, **EXPERIMENT.breaks[0].knobs)
    assert broken.findings[0].verdict is not Verdict.HOLDS
    usual = lab.measure(EXPERIMENT, ALL, seed)
    by_product, by_mean = usual.findings[0].figure.value, broken.findings[0].figure.value
    assert by_product < by_mean - 1.5


def test_half_of_the_sentences_are_longer_than_the_length_that_is_said() -> None:
    for sureness in (0.2, 0.4, 2.0):
        evidence = lab.measure(EXPERIMENT, ALL, 4, sureness=sureness, length=12, sources=200)
        assert evidence.pictures[0].mark == pytest.approx(12, abs=1.0)  # type: ignore[union-attr]


def test_a_wider_beam_finds_shorter_sentences() -> None:
    assert EXPERIMENT.dose
    measured = EXPERIMENT.dose.measure
    assert measured
    few, many = (measured(2, resolve(EXPERIMENT, {"width": width})) for width in (2, 32))
    assert many < few < 0


@pytest.mark.usefixtures("little_memory")
def test_a_beam_that_does_not_fit_is_refused() -> None:
    with pytest.raises(DemoError, match="too much memory — give 100 or less"):
        lab.measure(EXPERIMENT, ALL, 0, width=1000, sources=200, vocabulary=200)


def test_findings_follow_their_claims_and_repeat() -> None:
    lab.assert_permutes(EXPERIMENT, ALL, 5)
    lab.assert_lonely(EXPERIMENT, ALL, 5)
    lab.assert_repeats(EXPERIMENT, ALL, 6)


@pytest.mark.parametrize(
    "knobs", [{}, EXPERIMENT.null, EXPERIMENT.breaks[0].knobs, {"sources": 10, "length": 4}]
)
def test_the_pictures_fit_a_small_terminal(knobs: dict[str, float]) -> None:
    lab.assert_fits(lab.measure(EXPERIMENT, ALL, 7, **knobs))
