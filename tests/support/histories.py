"""Histories to test on: random ones, a real log where it lies beside the checkout, and the package
that publishes FSRS-6 as the oracle, which is handed the same synthetic times."""

from __future__ import annotations

import csv
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import NamedTuple

import pytest
from fsrs import Card, Scheduler
from fsrs import Rating as Rated

LOG = Path(__file__).parents[3] / "shared" / "data" / "review-log" / "reviews.csv"
FIRST = 739_000  # a learning day of 2024


class Logged(NamedTuple):
    """One review of the real log."""

    card: str
    rating: int
    at: datetime


def real_log() -> list[Logged]:
    """12,580 reviews of 1,205 cards by one learner, in the order in which they happened."""
    if not LOG.exists():
        pytest.skip(f"needs the review log at {LOG.parent}")
    with LOG.open(newline="") as file:
        return [
            Logged(
                row["card_id"],
                int(row["review_rating"]),
                datetime.fromisoformat(row["review_time"]),
            )
            for row in csv.DictReader(file)
        ]


def noon(day: int) -> datetime:
    """Noon in UTC of a day, worked out apart from the code under test."""
    return datetime(1, 1, 1, 12, tzinfo=UTC) + timedelta(days=day - 1)


def random_history(seed: int) -> list[tuple[int, int]]:
    """Ratings and days of one card: gaps of 0 to 400 days, one in ten of 0, some backwards."""
    random = Random(seed)
    day, history = FIRST, []
    for _ in range(random.randint(1, 12)):
        history.append((random.choice((1, 2, 3, 3, 4)), day))
        step = random.random()
        if step < 0.1:
            day += 0
        elif step < 0.13:
            day -= random.randint(1, 3)
        else:
            day += random.randint(0, 400)
    return history


def oracle(**options) -> Scheduler:
    """The package without learning steps and without fuzz."""
    return Scheduler(enable_fuzzing=False, learning_steps=(), relearning_steps=(), **options)


def new_card() -> Card:
    """A card that neither sleeps nor reads the clock."""
    return Card(card_id=1, due=noon(FIRST))


def rated(scheduler: Scheduler, card: Card, rating: int, at: datetime) -> Card:
    """The card after a review."""
    return scheduler.review_card(card, Rated(rating), review_datetime=at)[0]
