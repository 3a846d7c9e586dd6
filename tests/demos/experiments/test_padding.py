"""Padding changes the last state, wherever it stands; a mask, or reading the last word, does not."""

from __future__ import annotations

import pytest

from quizcli.demos.cells import GRU, RNN
from quizcli.demos.evidence import Verdict
from quizcli.demos.experiments import padding
from quizcli.demos.experiments.padding import EXPERIMENT, decide
from quizcli.numeric import np
from tests.support import laboratory as lab

ALL = list(EXPERIMENT.claims)
EXPECTED = [*[Verdict.REFUTED] * 3, *[Verdict.HOLDS] * 2]


@pytest.mark.parametrize("seed", lab.FEW)
@pytest.mark.parametrize("cell", ["RNN", "GRU"])
@pytest.mark.parametrize("longest", [12, 30])
def test_the_last_word_and_the_mask_hold_and_nothing_else(
    seed: int, cell: str, longest: int
) -> None:
    assert lab.verdicts(EXPERIMENT, ALL, seed, cell=cell, longest=longest) == EXPECTED


@pytest.mark.parametrize("seed", lab.FEW)
def test_where_nothing_was_filled_up_nothing_is_decided(seed: int) -> None:
    verdicts = lab.verdicts(EXPERIMENT, ALL, seed, **EXPERIMENT.null)
    assert set(verdicts) == {Verdict.UNDETERMINED}


@pytest.mark.slow
def test_the_same_verdicts_in_99_of_100_seeds() -> None:
    for cell in ("RNN", "GRU"):
        held = [lab.verdicts(EXPERIMENT, ALL, s, cell=cell) == EXPECTED for s in lab.HUNDRED]
        assert sum(held) >= 99


@pytest.mark.parametrize("kind", [RNN, GRU])
def test_each_way_is_what_it_says(kind: type[RNN | GRU]) -> None:
    """One sentence of two words in four columns, padded by hand."""
    rng = np.random.default_rng(2)
    cell = kind.random(rng, 3, 5, bias=0.5)
    X, filler, zero = rng.standard_normal((4, 1, 3)), rng.standard_normal(3), np.zeros(3)
    states = padding._padded(cell, X, np.array([2]), filler)
    alone = cell.forward(X[:2]).last

    def read(*columns: object) -> object:
        return cell.forward(np.array(columns)[:, None]).last

    a, b = X[0, 0], X[1, 0]
    assert states["zeros-after"] == pytest.approx(read(a, b, zero, zero))
    assert states["zeros-before"] == pytest.approx(read(zero, zero, a, b))
    assert states["own-vector"] == pytest.approx(read(a, b, filler, filler))
    assert states["last-word"] == pytest.approx(alone, abs=1e-15)
    assert states["mask"] == pytest.approx(alone, abs=1e-15)


@pytest.mark.parametrize("cell", ["RNN", "GRU"])
def test_without_biases_zeros_before_a_sentence_do_nothing(cell: str) -> None:
    knobs = EXPERIMENT.breaks[0].knobs
    verdicts = lab.verdicts(EXPERIMENT, ALL, 1, cell=cell, **knobs)
    held = [c["way"] for c, v in zip(ALL, verdicts, strict=True) if v is Verdict.HOLDS]
    assert held == ["zeros-before", "last-word", "mask"]


@pytest.mark.parametrize(
    ("difference", "padded", "verdict"),
    [
        (0.0, 5, Verdict.HOLDS),
        (1e-12, 5, Verdict.HOLDS),
        (1e-9, 5, Verdict.UNDETERMINED),
        (0.01, 5, Verdict.REFUTED),
        (0.0, 0, Verdict.UNDETERMINED),
        (0.5, 0, Verdict.UNDETERMINED),
    ],
)
def test_the_rule(difference: float, padded: int, verdict: Verdict) -> None:
    assert decide(difference, padded) is verdict


def test_findings_follow_their_claims_and_repeat() -> None:
    lab.assert_permutes(EXPERIMENT, ALL, 5)
    lab.assert_lonely(EXPERIMENT, ALL, 5)
    lab.assert_repeats(EXPERIMENT, ALL, 6)


@pytest.mark.parametrize("knobs", [{}, EXPERIMENT.null, {"longest": 4}, {"longest": 100}])
def test_the_pictures_fit_a_small_terminal(knobs: dict[str, float]) -> None:
    lab.assert_fits(lab.measure(EXPERIMENT, ALL, 7, **knobs))
