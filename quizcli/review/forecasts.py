"""How many cards are asked a day, from when each is due."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Container, Iterable

FORECAST_DAYS = 30


class Forecast(NamedTuple):
    """Cards asked on each day from today; ``overdue`` of today's were due before. ``later`` are
    those of days beyond."""

    counts: tuple[int, ...]
    overdue: int
    later: tuple[tuple[int, int], ...] = ()

    @property
    def next(self) -> tuple[int, int] | None:
        """The next day on which a card is asked, in days from today, and how many are."""
        days = enumerate(self.counts[1:], 1)
        return next(((day, n) for day, n in days if n), self.later[0] if self.later else None)


def forecast(
    dues: Iterable[tuple[str, int]],
    today: int,
    days: int = FORECAST_DAYS,
    reviewed: Container[str] = (),
) -> Forecast:
    """Of cards, each as its note and the day on which it is due, how many are asked a day.

    Of a note one is asked a day, the others after it; one that was ``reviewed`` today has its next
    tomorrow.
    """
    by_note: dict[str, list[int]] = {}
    for name, due in dues:
        by_note.setdefault(name, []).append(due - today)
    counts, later, overdue = [0] * days, Counter[int](), 0
    for name, offsets in by_note.items():
        asked = 0 if name in reviewed else -1
        for offset in sorted(offsets):
            asked = max(offset, asked + 1)
            overdue += asked == 0 and offset < 0
            if asked < days:
                counts[asked] += 1
            else:
                later[asked] += 1
    return Forecast(tuple(counts), overdue, tuple(sorted(later.items())))


def within_limits(free: Forecast, today: int, a_day: int) -> Forecast:
    """What is asked a day where the learner's limit leaves room for so many due cards ``today``,
    and for so many ``a_day`` after it: the others wait."""
    counts, waiting = [], 0
    for day, due in enumerate(free.counts):
        waiting += due
        counts.append(min(waiting, a_day if day else today))
        waiting -= counts[-1]
    later = Counter(dict(free.later))
    later[len(counts)] += waiting
    return Forecast(tuple(counts), min(free.overdue, counts[0]), tuple(sorted((+later).items())))
