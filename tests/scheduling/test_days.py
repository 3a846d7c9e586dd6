"""Days as a learner lives them: past midnight, over daylight saving, in other zones."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from quizcli.scheduling.days import learning_day, noon, starts

ZONES = (
    "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu",
    "Pacific/Apia", "America/St_Johns", "America/Sao_Paulo",
)  # fmt: skip


def zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except ZoneInfoNotFoundError:
        pytest.skip(f"this system knows no zone {name}")


def day_of(year: int, month: int, day: int) -> int:
    return date(year, month, day).toordinal()


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (datetime(2026, 3, 1, 23, 59), (2026, 3, 1)),
        (datetime(2026, 3, 2, 0, 1), (2026, 3, 1)),
        (datetime(2026, 3, 2, 3, 59, 59, 999_999), (2026, 3, 1)),
        (datetime(2026, 3, 2, 4, 0), (2026, 3, 2)),
    ],
)
def test_a_day_ends_at_the_rollover_hour(at: datetime, expected: tuple[int, int, int]) -> None:
    tokyo = timezone(timedelta(hours=9))
    assert learning_day(at.replace(tzinfo=tokyo).astimezone(UTC), tokyo) == day_of(*expected)


def test_the_rollover_is_on_the_wall_clock_on_the_night_that_loses_an_hour() -> None:
    """In Berlin 02:00 became 03:00 on 29 March 2026; four hours earlier by the wall is 23:59."""
    berlin = zone("Europe/Berlin")
    before, after = (
        datetime(2026, 3, 29, 3, 59, tzinfo=berlin),
        datetime(2026, 3, 29, 4, 0, tzinfo=berlin),
    )
    assert learning_day(before, berlin) == day_of(2026, 3, 28)
    assert learning_day(after, berlin) == day_of(2026, 3, 29)


@pytest.mark.parametrize(("day", "hours"), [((2026, 3, 28), 23), ((2026, 10, 24), 25)])
def test_the_days_of_the_changes_have_23_and_25_hours(
    day: tuple[int, int, int], hours: int
) -> None:
    berlin, number = zone("Europe/Berlin"), day_of(*day)
    length = starts(number + 1, berlin) - starts(number, berlin)
    assert length == timedelta(hours=hours)


def test_a_day_whose_first_hour_is_leapt_over_begins_at_the_leap() -> None:
    """In New York 02:00 became 03:00 on 8 March 2026, at 07:00 UTC; on Lord Howe Island the clock
    leapt from 02:00 to 02:30 on 4 October 2026, at 15:30 UTC of the third."""
    new_york, howe = zone("America/New_York"), zone("Australia/Lord_Howe")
    assert starts(day_of(2026, 3, 8), new_york, 2) == datetime(2026, 3, 8, 7, tzinfo=UTC)
    assert starts(day_of(2026, 10, 4), howe, 2) == datetime(2026, 10, 3, 15, 30, tzinfo=UTC)


def test_a_leap_that_begins_before_the_rollover_hour() -> None:
    """Samoa left out 30 December 2011: after the 29th's midnight came the 31st's."""
    apia = zone("Pacific/Apia")
    skipped = day_of(2011, 12, 30)
    assert starts(skipped, apia) == datetime(2011, 12, 30, 10, tzinfo=UTC)
    assert starts(skipped + 1, apia) == datetime(2011, 12, 30, 14, tzinfo=UTC)


@given(
    st.sampled_from(ZONES),
    st.datetimes(datetime(2006, 1, 1), datetime(2037, 1, 1)),
    st.integers(0, 23),
)
def test_a_day_begins_where_the_one_before_ends(name: str, at: datetime, rollover: int) -> None:
    where = zone(name)
    day = learning_day(at.replace(tzinfo=UTC), where, rollover)
    begins = starts(day, where, rollover)
    assert learning_day(begins, where, rollover) == day
    assert learning_day(begins - timedelta(seconds=2), where, rollover) < day
    # St John's set its clocks back at one past midnight: that day begins twice.
    assume(name != "America/St_Johns" or at.year > 2011)
    assert begins <= at.replace(tzinfo=UTC) < starts(day + 1, where, rollover)


def test_the_same_instant_may_be_another_day_elsewhere() -> None:
    at = datetime(2026, 6, 1, 20, 0, tzinfo=UTC)
    honolulu, auckland = timezone(timedelta(hours=-10)), timezone(timedelta(hours=12))
    assert learning_day(at, auckland) == learning_day(at, honolulu) + 1


@given(st.integers(2, 3_000_000), st.integers(0, 400))
def test_between_noons_lie_exactly_the_days_between(day: int, gap: int) -> None:
    assert (noon(day + gap) - noon(day)).days == gap
    assert noon(day).tzinfo is UTC
    assert noon(day).hour == 12
    assert learning_day(noon(day), UTC) == day


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="hand in UTC"):
        learning_day(datetime(2026, 1, 1), UTC)


@pytest.mark.parametrize("rollover", [-1, 24])
def test_a_rollover_that_is_no_hour_is_refused(rollover: int) -> None:
    with pytest.raises(ValueError, match="0 to 23"):
        learning_day(datetime(2026, 1, 1, tzinfo=UTC), UTC, rollover)
