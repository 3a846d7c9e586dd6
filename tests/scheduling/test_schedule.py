"""The adapter against the package it adapts: same states, same days, nothing of the process used."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from collections import Counter

import pytest
from fsrs import Card
from fsrs import scheduler as package
from hypothesis import given
from hypothesis import strategies as st

from quizcli.scheduling.memory import (
    DEFAULT_PARAMETERS,
    LOWER_BOUNDS,
    UPPER_BOUNDS,
    Memory,
    Rating,
    expected_interval,
    recall,
)
from quizcli.scheduling.schedule import Schedule, fuzz_range
from tests.support.histories import (
    FIRST,
    new_card,
    noon,
    oracle,
    random_history,
    rated,
    real_log,
)

NEARLY = 1e-9
parameters = st.tuples(
    *(st.floats(low, high) for low, high in zip(LOWER_BOUNDS, UPPER_BOUNDS, strict=True))
)
histories = st.lists(
    st.tuples(st.sampled_from(list(Rating)), st.integers(-3, 400)), min_size=1, max_size=12
)


def test_the_defaults_and_the_bounds_are_those_of_the_package() -> None:
    assert package.DEFAULT_PARAMETERS == DEFAULT_PARAMETERS
    assert package.LOWER_BOUNDS_PARAMETERS == LOWER_BOUNDS
    assert package.UPPER_BOUNDS_PARAMETERS == UPPER_BOUNDS
    assert {r.name.upper(): r.value for r in package.Rating} == {r.name: r.value for r in Rating}


def agrees(history: list[tuple[int, int]], **options) -> None:
    """Every state, recall and due day of this history is the package's."""
    retention = options.pop("retention", 0.9)
    schedule = Schedule(retention=retention, fuzz=False, **options)
    peer = oracle(desired_retention=retention, **options)
    card, memory = new_card(), None
    for rating, day in history:
        if memory is not None:
            chance = peer.get_card_retrievability(card, noon(day))
            assert recall(memory, day, schedule.parameters) == pytest.approx(chance, rel=NEARLY)
        card = rated(peer, card, rating, noon(day))
        memory = schedule.review(memory, Rating(rating), day)
        assert memory == pytest.approx((card.stability, card.difficulty, day), rel=NEARLY)
        assert noon(schedule.due(memory, seed=1, card="a", count=1)) == card.due


def test_2000_random_histories_agree_with_the_package() -> None:
    for seed in range(2000):
        agrees(random_history(seed))


@given(histories, parameters, st.floats(0.5, 0.99), st.integers(1, 36500))
def test_any_parameters_retention_and_maximum_agree(history, weights, retention, most) -> None:
    day, days = FIRST, []
    for rating, gap in history:
        day += gap
        days.append((rating, day))
    agrees(days, parameters=weights, retention=retention, maximum_interval=most)


def test_the_real_log_agrees_state_by_state() -> None:
    """Days are counted as the package counts them there: from one review's time to the next."""
    schedule, peer = Schedule(fuzz=False), oracle()
    cards: dict[str, Card] = {}
    memories: dict[str, Memory] = {}
    for card, rating, at in real_log():
        before, memory = cards.get(card, new_card()), memories.get(card)
        gap = (at - before.last_review).days if before.last_review else 0
        day = (memory.day if memory else FIRST) + gap
        cards[card] = rated(peer, before, rating, at)
        memories[card] = schedule.review(memory, Rating(rating), day)
        after = cards[card]
        assert memories[card][:2] == pytest.approx((after.stability, after.difficulty), rel=NEARLY)
        days = schedule.interval(memories[card], seed=1, card=card, count=1)
        assert days == (after.due - at).days
    assert len(memories) == 1205


def test_a_review_on_a_day_before_the_last_counts_as_one_on_the_same_day() -> None:
    schedule = Schedule()
    memory = schedule.review(None, Rating.GOOD, FIRST)
    same, earlier = (schedule.review(memory, Rating.GOOD, FIRST - gap) for gap in (0, 40))
    assert earlier[:2] == same[:2]
    assert earlier.day == FIRST - 40
    assert recall(memory, FIRST - 40) == recall(memory, FIRST) == 1


def test_recall_is_nine_in_ten_after_as_many_days_as_the_stability_says() -> None:
    assert recall(Memory(30.0, 5.0, FIRST), FIRST + 30) == pytest.approx(0.9, rel=1e-12)
    assert expected_interval(Memory(30.0, 5.0, FIRST)) == 30


@given(st.integers(1, 36500), st.integers(1, 36500))
def test_fuzz_ranges_are_those_of_the_package(days: int, most: int) -> None:
    """The package draws ``round(random * (high - low + 1) + low)``: with its generator at 0 that is
    the lower end, and just under 1 the day after the upper end, which ours never gives."""
    days = min(days, most)
    low, high = fuzz_range(days, most)
    if days < 2.5:
        assert low == high == days
    else:
        assert drawn_by_package(most, days, 0.0) == low
        assert drawn_by_package(most, days, 1 - 2**-53) == min(high + 1, most)


def drawn_by_package(most: int, days: int, draw: float) -> int:
    interval = noon(FIRST + days) - noon(FIRST)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(package, "random", lambda: draw)
        return oracle(maximum_interval=most)._get_fuzzed_interval(interval=interval).days


def test_fuzz_reaches_every_day_of_its_range_equally_often() -> None:
    schedule, memory = Schedule(), Memory(30.0, 5.0, FIRST)
    low, high = fuzz_range(30)
    assert (low, high) == (27, 33)
    found = Counter(
        schedule.interval(memory, seed=8131, card=f"rnn/{i}", count=3) for i in range(7000)
    )
    assert set(found) == set(range(low, high + 1))
    assert all(850 < n < 1150 for n in found.values())


def test_fuzz_hangs_on_seed_card_and_count_and_on_nothing_else() -> None:
    memory = Memory(300.0, 5.0, FIRST)

    def of(seed: int | str = 1, card: str = "rnn/nan", count: int = 1, day: int = FIRST) -> int:
        return Schedule().interval(memory._replace(day=day), seed=seed, card=card, count=count)

    assert of() == of() == of(day=FIRST + 1) == of(seed="1")
    assert len({of(seed=seed) for seed in range(40)}) > 10
    assert len({of(card=f"rnn/{i}") for i in range(40)}) > 10
    assert len({of(count=count) for count in range(40)}) > 10


def test_fuzz_is_the_same_on_every_machine() -> None:
    """Frozen: a journal is replayed for years, on other versions of Python."""
    memory = Memory(300.0, 5.0, FIRST)
    drawn = [Schedule().interval(memory, seed=8131, card="rnn/nan", count=n) for n in range(1, 7)]
    assert drawn == [316, 290, 295, 300, 287, 302]


@given(histories)
def test_what_is_promised_is_what_is_given(history) -> None:
    schedule, memory, day = Schedule(), None, FIRST
    for count, (rating, gap) in enumerate(history, 1):
        day += gap
        promised = schedule.outlook(memory, day, seed=5, card="a/b", count=count)
        assert list(promised) == list(Rating)
        assert sorted(promised.values()) == list(promised.values()), "better, yet sooner"
        recalled = memory is not None and rating is not Rating.AGAIN
        elapsed = day - memory.day if recalled else 0
        memory = schedule.review(memory, rating, day)
        drawn = {"seed": 5, "card": "a/b", "count": count, "elapsed": elapsed}
        assert promised[rating] == schedule.interval(memory, **drawn)
        assert schedule.due(memory, **drawn) == day + promised[rating]


def test_the_generator_of_the_process_is_left_alone() -> None:
    random.seed(1)
    before = random.getstate()
    schedule = Schedule()
    memory = schedule.review(None, Rating.EASY, FIRST)
    schedule.outlook(memory, FIRST + 9, seed=1, card="a", count=2)
    assert random.getstate() == before


def test_neither_sleeps_nor_reads_the_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    from fsrs import card

    class NoClock:
        def __getattr__(self, name: str):
            raise AssertionError(f"the clock was asked: {name}")

    def no_sleep(seconds: float) -> None:
        raise AssertionError("slept")

    monkeypatch.setattr(time, "sleep", no_sleep)
    monkeypatch.setattr(card, "datetime", NoClock())
    monkeypatch.setattr(package, "datetime", NoClock())
    schedule = Schedule()
    memory = schedule.review(None, Rating.GOOD, FIRST)
    schedule.outlook(memory, FIRST + 3, seed=1, card="a", count=2)
    with pytest.raises(AssertionError, match="the clock was asked"):
        Card()


def test_a_failed_card_returns_tomorrow_and_a_good_one_after_two_days() -> None:
    promised = Schedule(fuzz=False).outlook(None, FIRST, seed=1, card="a", count=1)
    assert list(promised.values()) == [1, 1, 2, 8]


@given(st.floats(0.01, 36500), st.integers(1, 400))
def test_retention_and_maximum_interval_are_respected(stability: float, most: int) -> None:
    memory = Memory(stability, 5.0, FIRST)
    days = [
        Schedule(retention=retention, fuzz=False).interval(memory, seed=1, card="a", count=1)
        for retention in (0.8, 0.9, 0.95)
    ]
    assert days == sorted(days, reverse=True)
    # As long as rounding to whole days allows, recall on the due day is what was asked for.
    assert recall(memory, FIRST + days[0] - 1) >= 0.8 or days[0] == 1
    capped = Schedule(maximum_interval=most)
    assert all(
        1 <= capped.interval(memory, seed=seed, card="a", count=1) <= most for seed in range(20)
    )


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"retention": 1.0}, "desired retention is from 0.5 to 0.99, not 1.0"),
        ({"retention": float("nan")}, "desired retention"),
        ({"maximum_interval": 0}, "from 1 to 36500 days, not 0"),
        ({"parameters": DEFAULT_PARAMETERS[:19]}, "FSRS-6 has 21 parameters, not 19"),
        ({"parameters": (*DEFAULT_PARAMETERS[:20], 0.9)}, "parameter 20 must be from 0.1 to 0.8"),
        ({"parameters": (float("nan"), *DEFAULT_PARAMETERS[1:])}, "parameter 0 must be"),
    ],
)
def test_values_that_no_schedule_can_use_are_refused(options: dict, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Schedule(**options)


def test_a_first_card_loads_neither_the_package_nor_numpy() -> None:
    script = """
import sys
from quizcli.scheduling.days import learning_day, noon, starts
from quizcli.scheduling.memory import Memory, recall
from quizcli.scheduling.schedule import Schedule
assert Schedule().due(Memory(3.0, 5.0, 739000), seed=1, card="a/b", count=1) > 739000
recall(Memory(3.0, 5.0, 739000), 739003)
print([name for name in ("fsrs", "numpy", "sqlite3", "rich") if name in sys.modules])
"""
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False
    )
    assert done.stdout == "[]\n", done.stderr


@pytest.mark.parametrize("wishes", [{"retention": 0.8}, {"maximum_interval": 60}])
def test_fuzz_does_not_bring_a_card_back_sooner_that_was_reviewed_late(wishes) -> None:
    """More days have passed than the last interval had, which holds all the same."""
    plan, plain, longer = Schedule(**wishes), Schedule(**wishes, fuzz=False), 0
    for n in range(60):
        memory, day, last, elapsed = None, FIRST, 0, 0
        for count in range(1, 10):
            rating = (Rating.GOOD, Rating.HARD, Rating.EASY)[(n + count) % 3]
            memory = plan.review(memory, rating, day)
            drawn = {"seed": n, "card": "a/b", "count": count}
            days = plan.interval(memory, **drawn, elapsed=elapsed)
            if plain.interval(memory, **drawn) >= last:
                assert days >= last, (n, count, last, days)
                longer += days > last
            last, elapsed = days, days + (0, 1, 5)[count % 3]
            day += elapsed
    assert longer > 200


def test_fuzz_never_brings_a_recalled_card_back_sooner_than_last_time() -> None:
    """Over thousands of reviews on their days: where the interval without fuzz is not shorter than
    the last one, the one with fuzz is not either; and it still varies."""
    plain, shorter, kept = Schedule(fuzz=False, retention=0.95), 0, 0
    plan = Schedule(retention=0.95)
    for n in range(250):
        memory, elapsed, day = plan.review(None, Rating.GOOD, 739000), 0, 739000
        for count in range(1, 10):
            days = plan.interval(memory, seed=n, card="a/b", count=count, elapsed=elapsed)
            without = plain.interval(memory, seed=n, card="a/b", count=count)
            if without >= elapsed:
                assert days >= elapsed, (n, count, elapsed, without, days)
                free = plan.interval(memory, seed=n, card="a/b", count=count)
                shorter += free < elapsed
                kept += 1
            day, elapsed = day + days, days
            memory = plan.review(memory, Rating.HARD, day)
    assert kept > 2000
    assert shorter > 0  # without the rule it does happen
