"""What is known of a card, and the curve by which it is forgotten.

The rule: what the first card of a session needs stands here, so that asking it costs no import of
the ``fsrs`` package. Changing a memory is the package's business, and lives in ``schedule``.

The formulas are those of FSRS-6, as published by the Open Spaced Repetition project ("The
Algorithm", FSRS-6); w_20 is the last of the 21 parameters.
"""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, NamedTuple

from quizcli.quiz.cards import MAXIMUM_INTERVAL

if TYPE_CHECKING:
    from collections.abc import Sequence


class Rating(IntEnum):
    """How well a card was recalled. Everything but AGAIN means that it was."""

    AGAIN = 1
    HARD = 2
    GOOD = 3
    EASY = 4


# A review so many days after the card's previous one tests memory; a sooner one tests no schedule.
TESTING = 1


class Memory(NamedTuple):
    """The state of a card after a review.

    ``stability`` is the number of days after which recall has fallen to 90%, ``difficulty`` lies
    from 1 to 10, ``day`` is the learning day of the review that led here.
    """

    stability: float
    difficulty: float
    day: int


# Learned by the authors of FSRS-6 from the logs of many learners; equal to those of the package.
DEFAULT_PARAMETERS: tuple[float, ...] = (
    0.212, 1.2931, 2.3065, 8.2956,
    6.4133, 0.8334, 3.0194, 0.001,
    1.8722, 0.1666, 0.796,
    1.4835, 0.0614, 0.2629, 1.6483,
    0.6014, 1.8729,
    0.5425, 0.0912, 0.0658,
    0.1542,
)  # fmt: skip

# The least and the greatest value of each parameter, as the package demands them.
LOWER_BOUNDS: tuple[float, ...] = (
    0.001, 0.001, 0.001, 0.001,
    1.0, 0.001, 0.001, 0.001,
    0.0, 0.0, 0.001,
    0.001, 0.001, 0.001, 0.0,
    0.0, 1.0,
    0.0, 0.0, 0.0,
    0.1,
)  # fmt: skip
UPPER_BOUNDS: tuple[float, ...] = (
    100.0, 100.0, 100.0, 100.0,
    10.0, 4.0, 4.0, 0.75,
    4.5, 0.8, 3.5,
    5.0, 0.25, 0.9, 4.0,
    1.0, 6.0,
    2.0, 2.0, 0.8,
    0.8,
)  # fmt: skip

RETENTION = 0.9


def recall(memory: Memory, day: int, parameters: Sequence[float] = DEFAULT_PARAMETERS) -> float:
    """The probability, from 0 to 1, that the card is recalled on ``day``.

    R(t, S) = (1 + F·t/S)^(−w_20) with F = 0.9^(−1/w_20) − 1, so that R(S, S) = 0.9; t is the
    number of days since the last review, and 0 where ``day`` lies before it.
    """
    decay = -parameters[20]
    factor = 0.9 ** (1 / decay) - 1
    return float((1 + factor * max(0, day - memory.day) / memory.stability) ** decay)


def expected_interval(
    memory: Memory,
    parameters: Sequence[float] = DEFAULT_PARAMETERS,
    retention: float = RETENTION,
    maximum_interval: int = MAXIMUM_INTERVAL,
) -> int:
    """Days until recall has fallen to ``retention``: the curve of ``recall`` solved for t.

    Rounded to whole days (halves to even), at least 1 and at most ``maximum_interval``. The
    operations stand in the package's order, so that not even rounding errors differ.
    """
    decay = -parameters[20]
    factor = 0.9 ** (1 / decay) - 1
    days: float = (memory.stability / factor) * ((retention ** (1 / decay)) - 1)
    return min(max(round(days), 1), maximum_interval)


def checked_parameters(parameters: Sequence[float]) -> tuple[float, ...]:
    """The parameters as a tuple. Raises ValueError naming the first that FSRS-6 cannot use."""
    if len(parameters) != len(DEFAULT_PARAMETERS):
        raise ValueError(f"FSRS-6 has 21 parameters, not {len(parameters)}")
    for i, (value, low, high) in enumerate(
        zip(parameters, LOWER_BOUNDS, UPPER_BOUNDS, strict=True)
    ):
        if not low <= value <= high:  # false for NaN, too
            raise ValueError(f"parameter {i} must be from {low} to {high}, not {value}")
    return tuple(float(value) for value in parameters)
