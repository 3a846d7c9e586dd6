"""Classes that several tests analyse: two that are published, and made-up ones."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

# Bock & Lieberman 1970: 1000 people, 5 items each; how many gave the pattern 00000 … 11111.
LSAT6 = (
    "3 6 2 11 1 1 3 4 1 8 0 16 0 3 2 15 10 29 14 81 3 28 15 80 16 56 21 173 11 61 28 298"
)  # fmt: skip
LSAT7 = (
    "12 19 1 7 3 19 3 17 10 5 3 7 7 23 8 28 7 39 11 34 14 51 15 90 6 25 7 35 18 136 32 308"
)  # fmt: skip


def published(counts: str) -> NDArray[np.float64]:
    """The marks (1000 × 5) that a list of counts stands for, the first item first."""
    patterns = [[int(mark) for mark in f"{number:05b}"] for number in range(32)]
    return np.repeat(np.array(patterns, float), [int(n) for n in counts.split()], axis=0)


class MadeUp(NamedTuple):
    """What a simulated class chose (students × items); option 0 is right everywhere."""

    choices: NDArray[np.int64]

    @property
    def marks(self) -> NDArray[np.float64]:
        return (self.choices == 0).astype(float)

    def popular(self, item: int) -> int:
        """The distractor that most chose."""
        return 1 + int(np.bincount(self.choices[:, item], minlength=OPTIONS)[1:].argmax())


ITEMS, OPTIONS = 10, 4
# With this slope the mean item-rest correlation of such classes is .43.
SLOPE = 1.49


def made_up(seed: int, students: int, *, first: float | None = None) -> MadeUp:
    """Ten items of four options answered by two-parameter learners of normal ability; difficulties
    from -1.5 to 1.5 (``first``: that of the first item), distractors by Dirichlet(1)."""
    random = np.random.default_rng(seed)
    ability = random.standard_normal(students)
    difficulty = random.uniform(-1.5, 1.5, ITEMS)
    if first is not None:
        difficulty[0] = first
    wrong = random.dirichlet(np.ones(OPTIONS - 1), ITEMS).cumsum(1)
    knows = 1 / (1 + np.exp(-SLOPE * (ability[:, None] - difficulty)))
    right = random.random((students, ITEMS)) < knows
    distractor = 1 + (random.random((students, ITEMS, 1)) > wrong[:, :-1]).sum(2)
    return MadeUp(np.where(right, 0, distractor))
