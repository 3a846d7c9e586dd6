"""Item analysis of a class against what it cannot do without: prints ratios, fails nobody.

    pytest -m bench -s tests/bench/test_bench_items.py

The measure is one matrix product of the marks and one sort of the rest scores. Both are timed in
turn and the minimum counts. The aim is 3 at most.
"""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from quizcli.scores.items import analysis
from tests.bench.bench_bank import best

TURNS = 30


def marks(students: int, items: int, steps: int) -> NDArray[np.float64]:
    """Of learners of normal ability, in so many steps from 0 to 1."""
    random = np.random.default_rng(1)
    known = 1 / (1 + np.exp(-1.5 * random.standard_normal((students, 1))))
    return random.binomial(steps, np.repeat(known, items, axis=1)) / steps


def needed(x: NDArray[np.float64]) -> object:
    """The product of the marks with themselves, and the sorted rest scores."""
    return x.T @ x, np.sort(x.sum(1)[:, None] - x, axis=0)


@pytest.mark.bench
@pytest.mark.parametrize("steps", [1, 4], ids=["0 or 1", "quarters"])
@pytest.mark.parametrize("size", [(3000, 10), (100_000, 10), (30_000, 40), (1000, 200)], ids=str)
def test_analysis_against_a_product_and_a_sort(size: tuple[int, int], steps: int) -> None:
    """Prints; there is nothing to fail."""
    x = marks(*size, steps)
    ours, bare = best(lambda: analysis(x, np.ones(size[1])), lambda: needed(x), turns=TURNS)
    print(
        f"\n{size[0]:,} × {size[1]}, in steps of 1/{steps}: {ours * 1e3:.1f} ms, "
        f"product and sort {bare * 1e3:.1f} ms, ratio {ours / bare:.2f} (aim: 3 at most)"
    )
