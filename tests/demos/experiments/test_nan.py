"""NaN: it follows the gradient, not z; each suspect alone, and taken away."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from quizcli.demos.cells import shared
from quizcli.demos.cells.rnn import ACTIVATIONS
from quizcli.demos.declared import resolve
from quizcli.demos.evidence import DemoError, Value, Verdict
from quizcli.demos.experiments.nan import EXPERIMENT, judge
from quizcli.demos.registry import get
from quizcli.demos.worlds.recall import RecallWorld, descend, draw, largest_z, norm, tried
from quizcli.demos.worlds.suspects import make_worlds
from quizcli.report.pictures import Series, TextTable
from tests.support.laboratory import (
    FEW,
    HUNDRED,
    assert_fits,
    assert_lonely,
    assert_permutes,
    assert_repeats,
    bank_claims,
    measure,
    seeds_not_derived,
    seeds_not_undetermined,
    verdict,
    verdicts,
)

EVERY = list(EXPERIMENT.claims)
EXPLODING = {"cause": "exploding-gradients"}
RELU = {"cause": "large-z-relu"}
# world: NaN under both, under a large z alone, under the gradient alone, under neither
FOUR_RUNS = {
    "vanishing": ("0%", "0%", "0%", "0%"),
    "exploding": ("0%", "0%", "100%", "0%"),
    "large z, ReLU": ("100%", "0%", "0%", "0%"),
    "large z, sigmoid": ("0%", "0%", "0%", "0%"),
    "large z, tanh": ("0%", "0%", "0%", "0%"),
}


def four_runs(seed: int) -> dict[str, tuple[str, ...]]:
    table = measure(EXPERIMENT, EVERY, seed).pictures[0]
    assert isinstance(table, TextTable)
    return {row[0]: row[-4:] for row in table.rows}


def test_it_is_registered_under_its_name() -> None:
    assert get("nan") is EXPERIMENT


def test_the_key_is_derived() -> None:
    assert seeds_not_derived(EXPERIMENT, FEW) == []


@pytest.mark.slow
def test_the_key_is_derived_in_99_of_100_seeds() -> None:
    assert len(seeds_not_derived(EXPERIMENT, HUNDRED)) <= 1


def test_where_nothing_explodes_nothing_is_decided() -> None:
    assert seeds_not_undetermined(EXPERIMENT, FEW) == []


@pytest.mark.slow
def test_where_nothing_explodes_nothing_is_decided_in_99_of_100_seeds() -> None:
    assert len(seeds_not_undetermined(EXPERIMENT, HUNDRED)) <= 1


@pytest.mark.parametrize("seed", FEW)
def test_clipping_removes_every_nan_and_without_it_two_worlds_turn_nan(seed: int) -> None:
    """The whole table, to the last number: 0 % is none at all, 100 % is all. A large z saturates
    the exploding world and saves it."""
    assert four_runs(seed) == FOUR_RUNS


@pytest.mark.slow
def test_the_table_stands_in_every_one_of_100_seeds() -> None:
    assert [seed for seed in HUNDRED if four_runs(seed) != FOUR_RUNS] == []


def test_figures_are_exact() -> None:
    """All numbers or none turn NaN: 100 % for the key, exactly 0 for everything else."""
    for finding in measure(EXPERIMENT, EVERY, 1).findings:
        assert finding.figure.value == (100.0 if finding.claim == EXPLODING else 0.0)


def test_a_cause_that_is_in_no_bank_is_measured_too() -> None:
    assert verdict(EXPERIMENT, {"cause": "large-z-tanh"}, 0) is Verdict.REFUTED


def test_claims_are_judged_each_for_itself() -> None:
    assert_permutes(EXPERIMENT, bank_claims(EXPERIMENT), 5)
    assert_lonely(EXPERIMENT, EVERY, 5)


def test_same_seed_same_bytes_and_numpy_left_as_it_was() -> None:
    assert_repeats(EXPERIMENT, bank_claims(EXPERIMENT), 11)


def test_pictures_fit() -> None:
    assert_fits(measure(EXPERIMENT, EVERY, 0))


@pytest.mark.parametrize(
    "knobs",
    [{"precision": "float64"}, {"radius": 3.0}, {"T": 50}, {"units": 16}, {"radius": 100.0}],
)
@pytest.mark.parametrize("seed", FEW)
def test_a_gradient_that_grows_without_overflow_is_not_at_work(
    seed: int, knobs: dict[str, Value]
) -> None:
    """It is neither blamed nor cleared, and whatever else is blamed or cleared is so as before."""
    evidence = measure(EXPERIMENT, EVERY, seed, **knobs)
    assert [finding.verdict for finding in evidence.findings] == [
        Verdict.REFUTED,
        Verdict.UNDETERMINED,
        *[Verdict.REFUTED] * 3,
    ]
    assert "not at work" in evidence.findings[1].reason
    # Nor does another part of the screen say otherwise.
    row = next(row for row in evidence.pictures[0].rows if row[0] == "exploding")
    assert "overflow" not in row
    assert row[3:] == ("0%",) * 4


@pytest.mark.parametrize("seed", FEW)
def test_a_relu_that_multiplies_a_large_z_overflows_without_any_gradient(seed: int) -> None:
    """The break: the cause that the bank refutes truly holds, by the same rule."""
    finding = measure(EXPERIMENT, [RELU], seed, **EXPERIMENT.breaks[0].knobs).findings[0]
    assert finding.verdict is Verdict.HOLDS
    assert finding.figure.value > 90
    assert "no gradient is needed" in finding.reason


@pytest.mark.parametrize(
    "knobs", [{"relu_precision": "float32"}, {"relu_radius": 10.0}, {"relu_radius": 100.0}]
)
def test_neither_half_of_the_break_breaks_anything(knobs: dict[str, Value]) -> None:
    assert seeds_not_derived(EXPERIMENT, FEW, **knobs) == []


def test_a_cause_that_is_not_at_work_is_neither_blamed_nor_cleared() -> None:
    """With inputs of ordinary size no z is large: nothing follows about large z."""
    found = verdicts(EXPERIMENT, EVERY, 0, z=1.0)
    by_cause = dict(zip([claim["cause"] for claim in EVERY], found, strict=True))
    assert by_cause.pop("exploding-gradients") is Verdict.HOLDS
    assert by_cause.pop("vanishing-gradients") is Verdict.REFUTED
    assert set(by_cause.values()) == {Verdict.UNDETERMINED}


@pytest.mark.parametrize("seed", FEW)
def test_each_world_has_its_own_suspect_and_no_other(seed: int) -> None:
    """Small z where gradients vanish or explode; large z, but no growth over time, elsewhere."""
    for cause, world in make_worlds(resolve(EXPERIMENT, {})).items():
        large = cause.startswith("large-z")
        start = draw(np.random.default_rng(seed), world if large else replace(world, scale=1.0))
        growth, z = descend(start, 1).growth, largest_z(start)
        assert (growth >= 1e6) is (cause == "exploding-gradients")
        assert (z >= 1e6) is large
        assert z < 1000 or z > 1e29
    assert growth == 0.0  # a saturated tanh lets nothing through at all


@pytest.mark.parametrize("g", ["tanh", "sigmoid", "relu"])
def test_the_largest_z_is_no_less_than_any_that_is_met(g: str) -> None:
    start = draw(np.random.default_rng(0), RecallWorld("", g, radius=8.0, T=100, H=32))
    met = abs(start.cell.preactivations(start.cell.forward(start.X))).max()
    assert met <= largest_z(start) < 20 * met


@pytest.mark.parametrize("g", ACTIVATIONS)
def test_no_activation_turns_a_large_z_into_nan(g: str) -> None:
    assert tried(g) == 0


def test_a_sigmoid_that_divides_exponentials_would_be_caught(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The check above can fail: this sigmoid, a fault of code, is NaN for hundreds of values."""

    def naive(z):
        with np.errstate(over="ignore", invalid="ignore"):
            return np.exp(z) / (1 + np.exp(z))

    monkeypatch.setattr(shared, "sigmoid", naive)
    assert tried("sigmoid") > 500


def test_descent_leaves_its_start_as_it_was() -> None:
    """So that both columns of the table begin with the same weights and inputs."""
    start = draw(np.random.default_rng(0), RecallWorld("", "identity", radius=1.3))
    arrays = [start.X, start.y, start.W_ya, *start.cell.parameters().values()]
    before = [array.tobytes() for array in arrays]
    assert descend(start, 3) == descend(start, 3)
    descend(start, 3, clip=0.5)
    assert [array.tobytes() for array in arrays] == before


def test_clipping_stops_the_growth_of_a_gradient() -> None:
    """1.3 a step over 30 steps is a factor of some 2000; held to a length, it cannot grow."""
    start = draw(np.random.default_rng(0), RecallWorld("", "identity", radius=1.3))
    assert descend(start, 1).growth > 300
    assert descend(start, 1, clip=0.5).growth < 2


def test_the_first_gradient_is_that_of_the_loss() -> None:
    """Its length against central differences of the mean of ½ (a<T> W_ya - y)²."""
    start = draw(np.random.default_rng(1), RecallWorld("", "tanh", radius=0.9, T=3, H=3))

    def loss() -> float:
        return float(((start.cell.forward(start.X).last @ start.W_ya - start.y) ** 2).mean() / 2)

    slopes = []
    for weights in start.cell.parameters().values():
        for place in np.ndindex(weights.shape):
            kept, ends = weights[place], []
            for nudge in (1e-5, -1e-5):
                weights[place] = kept + nudge
                ends.append(loss())
            weights[place] = kept
            slopes.append((ends[0] - ends[1]) / 2e-5)
    assert descend(start, 1).length == pytest.approx(np.linalg.norm(slopes), rel=1e-8)


def test_a_linear_gradient_grows_by_the_spectral_radius_at_each_step() -> None:
    """Growth law: within 5 % of 0.5, 1 and 2 a step, over the last 40 of 60 steps."""
    series = measure(EXPERIMENT, EVERY, 0).pictures[1]
    assert isinstance(series, Series)
    for line, radius in zip(series.lines, (0.5, 1.0, 2.0), strict=True):
        growth = 10 ** ((line.values[-1] - line.values[20]) / 39)
        assert growth == pytest.approx(radius, rel=0.05)
    steps = int(series.says.split("overflows after ")[1].split()[0])
    assert 110 < steps < 150  # 2^128 is where 32 bits end


@pytest.mark.parametrize(
    ("at_work", "alone", "without", "anywhere", "wanted"),
    [
        (True, 1.0, 0.0, True, Verdict.HOLDS),
        (True, 0.9, 0.1, True, Verdict.HOLDS),
        (True, 1.0, 0.5, True, Verdict.UNDETERMINED),
        (True, 0.5, 0.0, True, Verdict.UNDETERMINED),
        (True, 0.1, 0.0, True, Verdict.REFUTED),
        (False, 1.0, 0.0, True, Verdict.UNDETERMINED),
        (True, 0.0, 0.0, False, Verdict.UNDETERMINED),
    ],
)
def test_the_rule(
    at_work: bool, alone: float, without: float, anywhere: bool, wanted: Verdict
) -> None:
    """NaN alone and none without: holds. NaN in both: open. None alone: refuted. A cause not at
    work, or no NaN anywhere: open."""
    assert judge(at_work, alone, without, anywhere) is wanted


def test_norm_does_not_overflow_where_32_bits_would() -> None:
    assert norm(np.full((2, 2), 1e30, "float32")) == pytest.approx(2e30)


@pytest.mark.usefixtures("little_memory")
def test_a_million_steps_are_refused_with_the_memory_they_would_need() -> None:
    with pytest.raises(
        DemoError, match=r"T: 1000000 steps .* 6\.1 GB of memory — give 10416 or less"
    ):
        measure(EXPERIMENT, [EXPLODING], 0, T=1_000_000)


@pytest.mark.parametrize(
    "knobs",
    [
        {"radius": 0.0, "T": 2, "units": 1, "updates": 1, "clip": 1e6},
        {"radius": 100.0, "z": 1e100, "updates": 20, "clip": 0.001, "T": 30},
        {"radius": 2.0, "z": 1e10, "precision": "float64", "clip": 1e6},
    ],
)
def test_extreme_knobs_give_a_share_and_no_warning(knobs: dict[str, float]) -> None:
    evidence = measure(EXPERIMENT, EVERY, 0, **knobs)
    assert all(0 <= finding.figure.value <= 100 for finding in evidence.findings)
    assert_fits(evidence)
