"""Figures on reviews, worked out by hand here; and silence where there are too few."""

from __future__ import annotations

import subprocess
import sys
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizcli.review.forecasts import Forecast
from quizcli.review.forecasts import forecast as forecast_of
from quizcli.review.statistics import (
    Reviewed,
    ReviewTally,
    Share,
    stabilities,
)
from quizcli.scheduling.memory import Memory, Rating
from tests.support.histories import FIRST

AGAIN, GOOD = Rating.AGAIN, Rating.GOOD


def review(rating: Rating = GOOD, elapsed: int | None = 3, **values) -> Reviewed:
    return Reviewed("a/b", FIRST, rating, 4000, elapsed=elapsed, **values)


def tallied(rows: list[Reviewed], first: int = 1, last: int = 0) -> ReviewTally:
    """Counted in two parts."""
    tally = ReviewTally(first, last)
    tally.add(rows[:3])
    tally.add(rows[3:])
    return tally


def test_retention_counts_reviews_a_day_or_more_after_the_previous_one() -> None:
    """First ones, a second on the same day, and one with the clock set back test no memory."""
    rows = [review()] * 27 + [review(AGAIN)] * 9
    rows += [review(AGAIN, elapsed=None), review(AGAIN, elapsed=0), review(AGAIN, elapsed=-2)] * 5
    found = tallied(rows).retention(0.9)
    assert found.true == (27, 36, 30)
    assert found.true.value == 0.75
    assert found.desired == 0.9
    assert found.true.words() == "75% of 36 reviews"


def test_hard_counts_as_recalled() -> None:
    assert tallied([review(Rating.HARD)] * 30).retention(0.9).true.value == 1


def test_retention_is_told_beside_what_was_predicted() -> None:
    rows = [review(recall=0.8)] * 20 + [review(recall=0.95)] * 20
    assert tallied(rows).retention(0.9).predicted == pytest.approx(0.875)
    assert tallied([review()] * 40).retention(0.9).predicted is None


def test_with_too_little_data_there_is_no_figure() -> None:
    found = tallied([review(recall=0.9)] * 29).retention(0.9)
    assert (found.true.value, found.true.bounds, found.predicted) == (None, None, None)
    assert found.true.words() == "29 of 30 reviews"
    assert tallied([]).retention(0.9).true.words() == "0 of 30 reviews"


def test_bounds_are_wilsons() -> None:
    """Published values: 81 of 263 lie from 0.2553 to 0.3662 (Newcombe 1998, table I)."""
    low, high = Share(81, 263, 1).bounds or (0, 0)
    assert (round(low, 4), round(high, 4)) == (0.2553, 0.3662)
    assert Share(0, 20, 1).bounds == pytest.approx((0, 0.1611), abs=5e-5)


@given(st.integers(0, 500), st.integers(1, 500))
def test_a_share_lies_within_its_bounds(hits: int, n: int) -> None:
    share = Share(min(hits, n), n, 1)
    low, high = share.bounds or (0, 0)
    assert 0 <= low <= (share.value or 0) + 1e-12 <= high + 2e-12 <= 1 + 2e-12


def test_days_without_a_review_are_days_too() -> None:
    rows = [
        Reviewed("a", FIRST, GOOD, 30_000),
        Reviewed("b", FIRST, AGAIN, 60_000),
        Reviewed("a", FIRST + 2, GOOD, 6_000),
        Reviewed("a", FIRST + 9, GOOD, 6_000),
    ]
    assert tallied(rows, FIRST, FIRST + 2).calendar() == (
        (FIRST, 2, 1.5, 1),
        (FIRST + 1, 0, 0, 0),
        (FIRST + 2, 1, 0.1, 0),
    )


def test_a_terminal_left_open_over_night_is_not_a_night_of_learning() -> None:
    left, back = Reviewed("a", FIRST, GOOD, 30_000_000), Reviewed("a", FIRST, GOOD, -5)
    assert tallied([left, back], FIRST, FIRST).calendar()[0].minutes == 5


def test_calibration_compares_sure_answers_with_marked_guesses() -> None:
    """By the grade, not the rating: a lucky guess is rated Again and was right."""
    rows = [review(right=True)] * 18 + [review(AGAIN, right=False)] * 6
    rows += [review(AGAIN, right=True, guess=True)] * 5
    rows += [review(AGAIN, right=False, guess=True)] * 10
    rows += [review()] * 50  # rated by hand, never graded
    found = tallied(rows).calibration()
    assert found.sure.value == 0.75
    assert found.guess == (5, 15, 20)
    assert found.guess.value is None
    assert found.marks


def test_who_never_marks_a_guess_is_never_sure() -> None:
    assert not tallied([review(right=True)] * 50).calibration().marks


def test_the_distribution_of_stabilities() -> None:
    memories = [Memory(days, 5.0, FIRST) for days in (0.5, 1, 2, 3, 7, 29, 30, 89, 400, 800)]
    found = stabilities(memories)
    assert found.counts == (1, 3, 2, 2, 0, 2)
    assert found.median == 18
    assert stabilities(memories[:9]).median is None
    assert sum(stabilities(memories[:9]).counts) == 9


def forecast(dues: list[int], today: int, days: int = 30) -> Forecast:
    """That of cards without siblings."""
    return forecast_of([(f"a/q{n}", due) for n, due in enumerate(dues)], today, days)


def test_siblings_are_foreseen_one_a_day() -> None:
    """Of the gaps of one text one is asked a day; where one was reviewed today, from tomorrow on."""
    dues = [("a/one", FIRST - 1), ("a/one", FIRST - 2), ("a/one", FIRST), ("a/two", FIRST)]
    assert forecast_of(dues, FIRST).counts[:4] == (2, 1, 1, 0)
    assert forecast_of(dues, FIRST).overdue == 1
    assert forecast_of(dues, FIRST, reviewed={"a/one"}).counts[:5] == (1, 1, 1, 1, 0)
    assert forecast_of(dues, FIRST, days=1).later == ((1, 1), (2, 1))
    assert forecast_of(dues, FIRST, days=1).next == (1, 1)


def test_the_forecast_counts_overdue_cards_today_and_stops_after_its_days() -> None:
    dues = [FIRST - 4, FIRST - 1, FIRST, FIRST + 1, FIRST + 1, FIRST + 29, FIRST + 30]
    found = forecast(dues, FIRST)
    assert len(found.counts) == 30
    assert found.counts[:3] == (3, 2, 0)
    assert found.counts[29] == 1
    assert sum(found.counts) == 6
    assert found.overdue == 2


@given(st.lists(st.integers(FIRST - 50, FIRST + 80)), st.randoms())
def test_a_forecast_loses_no_card(dues: list[int], shuffle: Random) -> None:
    found = forecast(dues, FIRST, days=100)
    assert sum(found.counts) == len(dues)
    again = list(dues)
    shuffle.shuffle(again)
    assert forecast(again, FIRST, days=100) == found


def test_statistics_load_neither_numpy_nor_the_package() -> None:
    script = "import sys, quizcli.review.statistics, quizcli.review.csv_log\n"
    script += "print([name for name in ('fsrs', 'numpy', 'sqlite3') if name in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False
    )
    assert done.stdout == "[]\n", done.stderr
