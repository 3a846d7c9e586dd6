"""The root of d, and nothing else, keeps the spread of attention scores where it is."""

from __future__ import annotations

import pytest

from quizcli.demos.evidence import Verdict
from quizcli.demos.experiments.attention_scale import DIVISORS, EXPERIMENT, decide
from tests.support import laboratory as lab

EVERY = [{"divisor": name} for name in DIVISORS]
RIGHT = "sqrt-d"


def held(seed: int, **knobs: float) -> list[str]:
    """What holds; everything else is refuted."""
    found = dict(zip(DIVISORS, lab.verdicts(EXPERIMENT, EVERY, seed, **knobs), strict=True))
    assert Verdict.UNDETERMINED not in found.values()
    return [name for name, verdict in found.items() if verdict is Verdict.HOLDS]


@pytest.mark.parametrize("seed", lab.FEW)
@pytest.mark.parametrize("d", [36, 64, 256])
def test_the_root_of_d_alone_holds_at_every_size(seed: int, d: int) -> None:
    assert held(seed, d=d) == [RIGHT]


@pytest.mark.parametrize("seed", lab.FEW)
def test_components_that_are_all_0_leave_nothing_to_divide(seed: int) -> None:
    """The null is measured: there the undivided scores are spread alike for every d."""
    evidence = lab.measure(EXPERIMENT, EVERY, seed, **EXPERIMENT.null)
    assert {finding.verdict for finding in evidence.findings} == {Verdict.UNDETERMINED}
    assert abs(evidence.findings[0].figure.value) < 0.2


@pytest.mark.parametrize("seed", lab.FEW)
def test_components_that_say_the_same_are_divided_by_d(seed: int) -> None:
    held_then = held(seed, **EXPERIMENT.breaks[0].knobs)
    assert "d" in held_then
    assert RIGHT not in held_then


@pytest.mark.slow
def test_in_99_of_100_seeds() -> None:
    assert sum(held(seed) != [RIGHT] for seed in lab.HUNDRED) <= 1


@pytest.mark.parametrize(
    ("exponent", "undivided", "verdict"),
    [
        (0.1, 0.5, Verdict.HOLDS),
        (-0.1, 0.5, Verdict.HOLDS),
        (0.2, 0.5, Verdict.UNDETERMINED),
        (-0.25, 0.5, Verdict.REFUTED),
        (0.0, 0.2, Verdict.UNDETERMINED),  # nothing grew
    ],
)
def test_the_rule(exponent: float, undivided: float, verdict: Verdict) -> None:
    assert decide(exponent, undivided) is verdict


def test_findings_follow_their_claims_and_repeat() -> None:
    lab.assert_permutes(EXPERIMENT, EXPERIMENT.claims, 5)
    lab.assert_lonely(EXPERIMENT, EVERY, 5)
    lab.assert_repeats(EXPERIMENT, EVERY, 6)


@pytest.mark.parametrize("knobs", [{}, EXPERIMENT.null, {"d": 512}])
def test_the_pictures_fit_a_small_terminal(knobs: dict[str, float]) -> None:
    lab.assert_fits(lab.measure(EXPERIMENT, EVERY, 7, **knobs))
