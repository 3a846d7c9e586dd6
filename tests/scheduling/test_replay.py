"""The replay of a whole log against the package, which replays one review after another."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizcli.scheduling.memory import DEFAULT_PARAMETERS, LOWER_BOUNDS, UPPER_BOUNDS, Rating
from quizcli.scheduling.replay import Log, PartwiseReplay, named, replay
from quizcli.scheduling.schedule import Schedule
from tests.support.histories import (
    FIRST,
    new_card,
    noon,
    oracle,
    random_history,
    rated,
    real_log,
)

weights = st.tuples(
    *(st.floats(low, high) for low, high in zip(LOWER_BOUNDS, UPPER_BOUNDS, strict=True))
)
logs = st.lists(
    st.tuples(st.integers(0, 6), st.integers(FIRST, FIRST + 500), st.integers(1, 4)), max_size=60
)


def by_package(log: Log, parameters=DEFAULT_PARAMETERS) -> np.ndarray:
    """(n, 5): stability, difficulty and recall before, then stability and difficulty after."""
    peer, cards, rows = oracle(parameters=parameters), {}, []
    for number, day, rating in zip(*(values.tolist() for values in log), strict=True):
        card, at = cards.get(number, new_card()), noon(int(day))
        before = [np.nan] * 3
        if card.last_review:
            before = [card.stability, card.difficulty, peer.get_card_retrievability(card, at)]
        cards[number] = card = rated(peer, card, rating, at)
        rows.append([*before, card.stability, card.difficulty])
    return np.array(rows).reshape(-1, 5)


def agrees(log: Log, parameters=DEFAULT_PARAMETERS) -> None:
    ours = replay(log, parameters)
    np.testing.assert_allclose(np.transpose(ours[:5]), by_package(log, parameters), rtol=1e-9)


def interleaved(cards: int) -> Log:
    """The random histories of many cards, shuffled into one another, each in its own order."""
    histories = [random_history(seed) for seed in range(cards)]
    order = [i for i, history in enumerate(histories) for _ in history]
    Random(1).shuffle(order)
    turns = [iter(history) for history in histories]
    rows = [(i, *next(turns[i])) for i in order]
    return Log.of([i for i, _, _ in rows], [day for *_, day in rows], [r for _, r, _ in rows])


def test_2000_random_histories_agree_with_the_package() -> None:
    agrees(interleaved(2000))


@given(logs, weights)
def test_any_log_under_any_parameters_agrees(rows, parameters) -> None:
    agrees(Log.of(*zip(*rows, strict=True)) if rows else Log.of([], [], []), parameters)


def test_the_real_log_agrees_state_by_state() -> None:
    """Handed times, the replay counts whole days between them as the package does."""
    reviews, peer = real_log(), oracle()
    numbers = {card: i for i, card in enumerate(dict.fromkeys(row.card for row in reviews))}
    days = [(row.at - reviews[0].at).total_seconds() / 86400 for row in reviews]
    log = Log.of([numbers[row.card] for row in reviews], days, [row.rating for row in reviews])
    cards, rows = {}, []
    for card, rating, at in reviews:
        cards[card] = rated(peer, cards.get(card, new_card()), rating, at)
        rows.append((cards[card].stability, cards[card].difficulty))
    np.testing.assert_allclose(np.transpose(replay(log)[3:5]), rows, rtol=1e-9)


def test_the_memories_at_the_end_are_those_of_the_schedule() -> None:
    rows = [(f"card {i % 7}", rating, day) for i in range(50) for rating, day in random_history(i)]
    log, cards = named((card, day, rating) for card, rating, day in rows)
    schedule, expected = Schedule(), {}
    for card, rating, day in rows:
        expected[card] = schedule.review(expected.get(card), Rating(rating), day)
    assert cards == list(expected)
    for memory, card in zip(replay(log).memories(log), cards, strict=True):
        assert memory == pytest.approx(expected[card], rel=1e-9)


@pytest.mark.parametrize("size", [1, 7, 64])
def test_in_parts_it_is_the_same(size: int) -> None:
    """Cards go on where they were, some the same day, and new ones come."""
    rows = [(f"card {i % 9}", FIRST + day, r) for i in range(40) for r, day in random_history(i)]
    whole, parts = replay(named(rows)[0]), PartwiseReplay()
    found = [parts.part(rows[i : i + size])[:6] for i in range(0, len(rows), size)]
    np.testing.assert_array_equal(np.concatenate(found, axis=1), whole[:6])


def test_days_are_counted_from_the_review_before() -> None:
    """None from a later one, as after a clock was set back."""
    rows = [("a", 9, 3), ("b", 2, 3), ("a", 11, 3), ("a", 11, 3), ("a", 5, 3), ("b", 3, 3)]
    assert replay(named(rows)[0]).elapsed.tolist() == [0, 0, 2, 0, 0, 1]


def test_a_card_without_a_review_has_no_memory_and_an_empty_log_no_cards() -> None:
    log = Log.of([2, 0], [FIRST, FIRST], [3, 3])
    assert replay(log).memories(log)[1] is None
    assert replay(log).last.tolist() == [1, -1, 0]
    empty = Log.of([], [], [])
    assert replay(empty).memories(empty) == []
    assert named([])[1] == []


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        (([0, 0], [1, 2], [3]), "same length"),
        (([0, 0], [1, 2], [3, 5]), "review 1 of the log: rating must be from 1 to 4"),
        (([0, -1], [1, 2], [3, 3]), "review 1 of the log: card must be 0 or more"),
        (([0, 0], [float("nan"), 2], [3, 3]), "review 0 of the log: day must be a number"),
    ],
)
def test_what_is_no_log_is_refused(columns, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Log.of(*columns)
