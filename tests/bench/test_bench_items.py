"""Item analysis of a class against what it cannot do without: prints ratios, fails nobody.

    pytest -m bench -n 0 -s tests/bench/test_bench_items.py

Of the classical figures the measure is one matrix product of the marks and one sort of the rest
scores, and the aim is 3 at most. Of the model it is one plain pass over all students and points, as
each step of any such fit takes. What is compared is timed in turn and the minimum counts.
"""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from quizcli.scores.irt import fit, standard_errors
from quizcli.scores.items import analysis, rest_scores
from quizcli.scores.wrong_key import suspicion
from tests.bench.bench_bank import best

TURNS = 30


def marks(students: int, items: int, steps: int) -> NDArray[np.float64]:
    """Of learners of normal ability, in so many steps from 0 to 1."""
    random = np.random.default_rng(1)
    known = 1 / (1 + np.exp(-1.5 * random.standard_normal((students, 1))))
    shift = random.uniform(0.5, 1.5, items)
    return random.binomial(steps, known**shift) / steps


def needed(x: NDArray[np.float64]) -> object:
    """The product of the marks with themselves, and the sorted rest scores."""
    return x.T @ x, np.sort(x.sum(1)[:, None] - x, axis=0)


@pytest.mark.bench
@pytest.mark.parametrize("steps", [1, 4], ids=["0 or 1", "quarters"])
@pytest.mark.parametrize(
    "size",
    [(3000, 10), (100_000, 10), (30_000, 40), (1000, 200)],
    ids=lambda size: "×".join(map(str, size)),
)
def test_analysis_against_a_product_and_a_sort(size: tuple[int, int], steps: int) -> None:
    """Prints; there is nothing to fail."""
    x = marks(*size, steps)
    ours, bare = best(lambda: analysis(x, np.ones(size[1])), lambda: needed(x), turns=TURNS)
    print(
        f"\n{size[0]:,} × {size[1]}, in steps of 1/{steps}: {ours * 1e3:.1f} ms, "
        f"product and sort {bare * 1e3:.1f} ms, ratio {ours / bare:.2f} (aim: 3 at most)"
    )


def plain_pass(x: NDArray[np.float64]) -> object:
    """How likely each student is at each of 41 abilities, and the right answers expected there."""
    points = np.linspace(-5, 5, 41)
    chance = 1 / (1 + np.exp(-1.5 * points)) * np.ones((x.shape[1], 1))
    joint = np.exp(x @ np.log(chance) + (1 - x) @ np.log(1 - chance) - points**2 / 2)
    joint /= joint.sum(1, keepdims=True)
    return x.T @ joint, joint.sum(0)


@pytest.mark.bench
@pytest.mark.parametrize("size", [(3000, 10), (30_000, 40)], ids=["small", "large"])
def test_the_model_against_a_plain_pass(size: tuple[int, int]) -> None:
    """Prints; there is nothing to fail."""
    x = marks(*size, 1)
    model = fit(x)
    ours, errors, bare = best(
        lambda: fit(x), lambda: standard_errors(model, x), lambda: plain_pass(x), turns=3
    )
    print(
        f"\n{size[0]:,} × {size[1]}: model {ours:.2f} s, {ours / bare:.1f} plain passes; standard "
        f"errors {errors:.2f} s, {errors / bare:.1f} passes"
    )


@pytest.mark.bench
@pytest.mark.parametrize("steps", [1, 4], ids=["0 or 1", "quarters"])
def test_the_drawings_of_an_item(steps: int) -> None:
    """Prints; only an item of which another option does better is drawn at all."""
    x = marks(30_000, 40, steps)
    rest = rest_scores(x, np.ones(40))[:, 0]
    choices = np.where(x[:, 0] > 0.5, 1, 0)
    ours, bare = best(lambda: suspicion(choices, 0, rest, 2), lambda: needed(x), turns=3)
    print(
        f"\n30,000 students, marks in steps of 1/{steps}: 4000 drawings {ours:.2f} s, "
        f"{ours / bare:.1f} times the product and sort of the whole class"
    )
