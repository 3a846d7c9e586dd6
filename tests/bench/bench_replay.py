"""Replaying a million reviews against the package's own replay: prints ratios, fails nobody.

    python -m tests.bench.bench_replay
    pytest -m bench -n 0 -s tests/bench/bench_replay.py

Ours computes every state of all reviews, once from arrays and once from rows of Python as a
database hands them out, with names for cards; the package is timed on a share of the same cards,
already as it wants them. Times are per review; the sides take turns, and the least processor time
counts. The aim is 5 times as fast at least.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime, timedelta
from time import process_time

import numpy as np
import pytest
from fsrs import Card, Rating, ReviewLog

from quizcli.scheduling.replay import Log, named, replay
from tests.support.histories import oracle

CARDS, REVIEWS, SHARE, TURNS = 100_000, 1_000_000, 40, 5


def made() -> Log:
    """Ten reviews a card on average, some many more; gaps grow, one review in eight fails."""
    rng = np.random.default_rng(1)
    card = rng.permutation(np.r_[np.arange(CARDS), rng.integers(0, CARDS, REVIEWS - CARDS)])
    day = np.sort(rng.integers(700_000, 703_650, REVIEWS))
    return Log.of(card, day, rng.choice([1, 2, 3, 4], REVIEWS, p=[0.12, 0.08, 0.7, 0.1]))


def of_package(log: Log) -> list[tuple[Card, list[ReviewLog]]]:
    """Every SHARE-th card as the package wants it."""
    zero = datetime(1, 1, 1, 12, tzinfo=UTC)
    logs: dict[int, list[ReviewLog]] = {}
    for number, day, rating in zip(*(values.tolist() for values in log), strict=True):
        if number % SHARE == 0:
            at = zero + timedelta(days=day - 1)
            logs.setdefault(number, []).append(ReviewLog(number, Rating(rating), at, None))
    return [(Card(card_id=number, due=zero), reviews) for number, reviews in logs.items()]


def report() -> None:
    """Print the time of a review on both sides, and that the states are the same."""
    log, peer = made(), oracle()
    cards = of_package(log)
    n = sum(len(reviews) for _, reviews in cards)
    rows = list(
        zip(map(str, log.card.tolist()), log.day.tolist(), log.rating.tolist(), strict=True)
    )
    ours = theirs = from_rows = float("inf")
    for _ in range(TURNS):
        start = process_time()
        replayed = replay(log)
        middle = process_time()
        final = [peer.reschedule_card(card, reviews) for card, reviews in cards]
        ours = min(ours, (middle - start) / REVIEWS)
        end = process_time()
        theirs = min(theirs, (end - middle) / n)
        replay(named(rows)[0])
        from_rows = min(from_rows, (process_time() - end) / REVIEWS)
    last = replayed.last[[card.card_id for card in final]]
    np.testing.assert_allclose(replayed.stability[last], [c.stability for c in final], rtol=1e-9)
    print(f"{REVIEWS:,} reviews of {CARDS:,} cards, microseconds a review, best of {TURNS} turns")
    by_rows, by_arrays = theirs / from_rows, theirs / ours
    print(f"  the package on {n:,}   {theirs * 1e6:6.2f}   1.0")
    print(f"  ours from rows        {from_rows * 1e6:6.2f}   {by_rows:.1f} times as fast (aim: 5)")
    print(f"  ours from arrays      {ours * 1e6:6.2f}   {by_arrays:.1f} times as fast")


@pytest.mark.bench
def test_replay_against_the_package() -> None:
    """Prints; there is nothing to fail but the states."""
    report()


if __name__ == "__main__":
    sys.exit(report())
