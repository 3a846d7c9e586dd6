"""The learner's days. The rule: days are counted as a person lives them, not as 24-hour blocks.

A day begins at the rollover hour on the wall clock, 4 in the morning unless said otherwise, so
that a session past midnight still belongs to the evening. A day is a number, the proleptic
Gregorian ordinal of its date, so a daylight-saving change makes a day of 23 or 25 hours and
nothing else. Where a clock was set back or a traveller went west, days may repeat; they are never
corrected here, since what the wall clock said is what happened.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import tzinfo

ROLLOVER = 4


def learning_day(at: datetime, zone: tzinfo | None, rollover: int = ROLLOVER) -> int:
    """The number of the learning day to which the instant ``at`` belongs in ``zone``;
    None stands for the time zone of this machine.

    Raises ValueError for a time without a zone of its own and for a rollover outside 0 to 23.
    """
    if at.tzinfo is None:
        raise ValueError("a time without a time zone belongs to no day: hand in UTC")
    wall = at.astimezone(zone).replace(tzinfo=None)
    return (wall - timedelta(hours=_hour(rollover))).toordinal()


def noon(day: int) -> datetime:
    """Noon in UTC of the day with this number: the time that the ``fsrs`` package is handed.

    The package counts whole 24-hour blocks between two times, so between two noons it counts
    exactly the days between.
    """
    return datetime.combine(date.fromordinal(day), time(12), UTC)


def starts(day: int, zone: tzinfo | None, rollover: int = ROLLOVER) -> datetime:
    """The instant, in UTC, at which this learning day begins in ``zone``.

    That is the first instant whose wall clock shows the rollover hour of that date or later: where
    daylight saving leaps over the hour, the leap itself.
    """
    wall = datetime.combine(date.fromordinal(day), time(_hour(rollover)))
    early, late = sorted(wall.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    if _wall(early, zone) >= wall:
        return early
    # The hour does not exist; the leap lies between the readings by the old and the new offset.
    while late - early > timedelta(seconds=1):
        middle = early + timedelta(seconds=(late - early) // timedelta(seconds=2))
        early, late = (early, middle) if _wall(middle, zone) >= wall else (middle, late)
    return late


def _wall(at: datetime, zone: tzinfo | None) -> datetime:
    return at.astimezone(zone).replace(tzinfo=None)


def _hour(rollover: int) -> int:
    if not 0 <= rollover <= 23:
        raise ValueError(f"a rollover hour is from 0 to 23, not {rollover}")
    return rollover
