"""The queue of a day: order, limits, siblings; the same from the same, however handed in."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizcli.review.memory import Memory, recall
from quizcli.review.queue import Queued, queue
from tests.review.histories import FIRST


def due(card: str, stability: float = 5.0, since: int = 5, late: int = 0, note: str = "") -> Queued:
    """A card last reviewed ``since`` days ago and due ``late`` days ago."""
    return Queued(card, Memory(stability, 5.0, FIRST - since), FIRST - late, note)


def new(card: str, note: str = "") -> Queued:
    return Queued(card, note=note)


def asked(*cards: Queued, **options) -> list[str]:
    return [row.card for row in queue(cards, FIRST, **{"seed": 1, **options}).cards]


def test_the_card_most_likely_forgotten_comes_first_whatever_its_due_day() -> None:
    """Long overdue and hardly forgotten comes after due today and nearly forgotten."""
    strong, weak = due("strong", stability=400, since=100, late=60), due("weak", 2, since=9)
    assert asked(strong, weak) == ["weak", "strong"]


def test_due_cards_come_before_new_ones_and_new_ones_in_the_order_of_the_bank() -> None:
    assert asked(new("z"), new("a"), due("m"), new("k")) == ["m", "z", "a", "k"]


def test_a_card_that_is_due_tomorrow_is_not_asked() -> None:
    assert asked(due("today"), due("tomorrow", late=-1)) == ["today"]


def test_the_daily_limit_counts_what_the_day_has_already_seen() -> None:
    fresh = [new(str(i)) for i in range(9)]
    assert asked(*fresh, new_limit=5) == list("01234")
    assert asked(*fresh, new_limit=5, introduced=3) == list("01")
    assert asked(*fresh, due("d"), new_limit=5, introduced=7) == ["d"]


@pytest.mark.parametrize(
    ("options", "n"),
    [
        ({"limit": 4}, 4),
        ({"limit": 0}, 0),
        ({"limit": 99}, 10),
        ({"minutes": 1}, 3),
        ({"minutes": 1, "seconds_a_card": 9.0}, 6),
        ({"minutes": 0.1}, 1),
        ({"minutes": 2, "limit": 5}, 5),
        ({"minutes": 1, "limit": 5}, 3),
    ],
)
def test_limit_and_minutes_cap_the_queue_and_say_how_much_is_left(options, n) -> None:
    cards = [*(due(f"d{i}") for i in range(5)), *(new(f"n{i}") for i in range(5))]
    found = queue(cards, FIRST, seed=1, **options)
    assert len(found.cards) == n
    assert (found.due, found.new, found.over_limit) == (min(n, 5), max(0, n - 5), 10 - n)


def test_of_siblings_one_a_day_is_asked_the_most_forgotten() -> None:
    rows = (due("a", since=5, note="n"), due("b", since=50, note="n"), new("c", "n"), due("d"))
    found = queue(rows, FIRST, seed=1)
    assert [row.card for row in found.cards] == ["b", "d"]
    assert found.siblings == 2


def test_a_sibling_reviewed_earlier_on_the_day_buries_the_others() -> None:
    rows = (due("a", note="n"), new("b", "n"), new("c", "m"), new("d", "m"))
    found = queue(rows, FIRST, seed=1, asked_notes={"n"})
    assert [row.card for row in found.cards] == ["c"]
    assert found.siblings == 3


def test_a_sibling_takes_no_place_of_the_daily_limit() -> None:
    assert asked(new("a", "n"), new("b", "n"), new("c"), new_limit=2) == ["a", "c"]


def test_new_siblings_beyond_the_daily_limit_are_not_counted_as_waiting() -> None:
    found = queue([new("a"), new("b", "n"), new("c", "n")], FIRST, seed=1, new_limit=1)
    assert (len(found.cards), found.siblings, found.over_limit) == (1, 0, 0)
    found = queue([new("a"), new("b"), new("c")], FIRST, seed=1, new_limit=1)
    assert (len(found.cards), found.siblings, found.over_limit) == (1, 0, 0)


def test_equals_are_ordered_by_the_seed() -> None:
    cards = [due(f"c{i}") for i in range(8)]
    orders = {tuple(asked(*cards, seed=seed)) for seed in range(20)}
    assert len(orders) > 15
    assert asked(*cards, seed=3) == asked(*cards, seed=3)
    assert {order[0] for order in orders} == {f"c{i}" for i in range(8)}


rows = st.lists(
    st.builds(
        Queued,
        st.uuids().map(str),
        st.builds(Memory, st.floats(0.1, 900), st.floats(1, 10), st.integers(FIRST - 99, FIRST)),
        st.integers(FIRST - 9, FIRST + 3),
        st.sampled_from(["", "", "n", "m"]),
    )
    | st.builds(Queued, st.uuids().map(str), st.none(), st.none(), st.sampled_from(["", "n", "o"])),
    max_size=30,
    unique_by=lambda row: row.card,
)


@given(rows, st.integers(0, 9), st.none() | st.integers(0, 40), st.randoms())
def test_what_holds_of_every_queue(cards, new_limit, limit, shuffle: Random) -> None:
    found = queue(cards, FIRST, seed=7, new_limit=new_limit, limit=limit)
    names = [row.card for row in found.cards]
    assert len(set(names)) == len(names)
    chances = [recall(row.memory, FIRST) for row in found.cards if row.memory]
    assert chances == pytest.approx(sorted(chances), rel=1e-12)
    assert [row.memory is None for row in found.cards] == [False] * found.due + [True] * found.new
    assert all(row.due <= FIRST for row in found.cards if row.due is not None)
    assert found.new <= new_limit
    assert limit is None or len(names) <= limit
    notes = [row.note for row in found.cards if row.note]
    assert len(set(notes)) == len(notes)
    # Due cards handed in another order give the same queue; the order of new ones is the bank's.
    again = [row for row in cards if row.memory]
    shuffle.shuffle(again)
    again += [row for row in cards if not row.memory]
    assert queue(again, FIRST, seed=7, new_limit=new_limit, limit=limit) == found
