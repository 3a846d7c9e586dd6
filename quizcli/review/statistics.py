"""Figures on a learner's reviews. The rule: too little data gives "12 of 30", never a figure.

Made of records, by the standard library only. Which records (a bank's, a month's) is for the caller
to choose; nothing here reads a clock. Each figure that could mislead says from how many
reviews it comes, and shares say how far chance alone could have moved them.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from quizcli.report.intervals import wilson
from quizcli.review.times import thought
from quizcli.scheduling.memory import RETENTION, TESTING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from quizcli.report.intervals import Interval
    from quizcli.scheduling.memory import Memory

# With 30 reviews, chance moves a retention of 90% by 5 points either way, and fewer say nothing.
LEAST_RETENTION = 30
# Guesses are rarer, and each side of the comparison needs so many.
LEAST_CALIBRATION = 20
# Below that a median is some card's, not the learner's.
LEAST_STABILITIES = 10

STABILITY_EDGES = (1.0, 7.0, 30.0, 90.0, 365.0)


class Reviewed(NamedTuple):
    """One review as it stands in the log.

    ``elapsed`` is the number of days since the card's previous review and ``recall`` what was
    predicted just before, both None at a card's first. ``right`` is the grade, None where the
    learner rated without being graded; ``guess`` whether the answer was marked as one;
    ``desired`` the retention that its interval was reckoned with.
    """

    card: str
    day: int
    rating: int
    milliseconds: int
    guess: bool = False
    right: bool | None = None
    recall: float | None = None
    elapsed: float | None = None
    desired: float = RETENTION


_DAY, _DESIRED = map(itemgetter, map(Reviewed._fields.index, ("day", "desired")))


def _tests_memory(elapsed: float | None) -> bool:
    """Whether a review so many days after the previous one does: the card's first of the day."""
    return elapsed is not None and elapsed >= TESTING


class Share(NamedTuple):
    """``hits`` of ``n``, of which ``needed`` are needed before it is a figure."""

    hits: int
    n: int
    needed: int

    @property
    def value(self) -> float | None:
        """The share from 0 to 1, or None with too little data."""
        return self.hits / self.n if self.n >= self.needed else None

    @property
    def bounds(self) -> Interval | None:
        """Its 95% interval, or None with too little data."""
        return wilson(self.value, self.n)

    def words(self, what: str = "reviews") -> str:
        """``87% of 210 reviews``, or ``12 of 30 reviews`` needed."""
        if self.value is None:
            return f"{self.n} of {self.needed} {what}"
        return f"{100 * self.value:.0f}% of {self.n} {what}"


class Retention(NamedTuple):
    """How often cards were recalled, the share that was desired, and what was predicted on average
    (None with too little data)."""

    true: Share
    desired: float
    predicted: float | None


class Day(NamedTuple):
    """A learning day: reviews, minutes spent, and how many of the reviews were Again."""

    day: int
    reviews: int
    minutes: float
    again: int


class Calibration(NamedTuple):
    """How often answers were right: those meant surely, and those marked as a guess.

    ``marks`` is whether this learner marks guesses at all; where not, "sure" means nothing.
    """

    sure: Share
    guess: Share

    @property
    def marks(self) -> bool:
        """Whether any guess was marked."""
        return self.guess.n > 0


class Stabilities(NamedTuple):
    """How many cards have a stability below the first edge, between each two, and from the last
    on; ``median`` in days, or None with fewer than ``needed`` of the ``n`` cards."""

    edges: tuple[float, ...]
    counts: tuple[int, ...]
    median: float | None
    n: int
    needed: int


class Streak(NamedTuple):
    """Days in a row with a review: up to today, or to yesterday where today has none yet, and the
    ``longest`` ever."""

    days: int
    longest: int


def streak(days: Iterable[int], today: int) -> Streak:
    """The learning days on which something was reviewed, as streaks."""
    length, lengths = 0, {0: 0}
    for day in sorted(set(days)):
        length = lengths.get(day - 1, 0) + 1
        lengths[day] = length
    return Streak(lengths.get(today, lengths.get(today - 1, 0)), max(lengths.values()))


class ReviewTally:
    """Reviews counted as they come, so that of a million none has to be kept; ``first`` and
    ``last`` are the days of a calendar."""

    def __init__(self, first: int = 1, last: int = 0) -> None:
        self.days: set[int] = set()
        self._calendar = {day: [0, 0, 0] for day in range(first, last + 1)}
        self._recalled = self._tests = self._predicted = 0
        self._chances = 0.0
        self._graded = {False: [0, 0], True: [0, 0]}
        self._desired = Counter[float]()

    @property
    def reviews(self) -> int:
        """How many there are."""
        return self._desired.total()

    def add(self, reviews: Sequence[Reviewed]) -> None:
        """Count some more."""
        self.days.update(map(_DAY, reviews))
        self._desired.update(map(_DESIRED, reviews))
        for _, day, rating, milliseconds, guess, right, recall, elapsed, _ in reviews:
            if _tests_memory(elapsed):
                self._tests += 1
                self._recalled += rating > 1
                if recall is not None:
                    self._predicted += 1
                    self._chances += recall
            if day in self._calendar:
                of_day = self._calendar[day]
                of_day[0] += 1
                of_day[1] += thought(milliseconds)
                of_day[2] += rating == 1
            if right is not None:
                side = self._graded[guess]
                side[0] += right
                side[1] += 1

    def retention(self, desired: float) -> Retention:
        """True retention: of the reviews that test memory, how many were not Again; beside what was
        desired of all reviews on average, or is ``desired`` where there is none yet."""
        if self._desired:
            desired = mean(self._desired)
        true = Share(self._recalled, self._tests, LEAST_RETENTION)
        enough = true.value is not None and self._predicted
        return Retention(true, desired, self._chances / self._predicted if enough else None)

    def calendar(self) -> tuple[Day, ...]:
        """Every day from the first to the last, also those without a review."""
        return tuple(
            Day(day, n, spent / 60_000, again) for day, (n, spent, again) in self._calendar.items()
        )

    def calibration(self) -> Calibration:
        """Graded answers, apart by whether they were marked as guesses."""
        sure, guess = (Share(hits, n, LEAST_CALIBRATION) for hits, n in self._graded.values())
        return Calibration(sure, guess)


def mean(counts: Counter[float]) -> float:
    """The mean of numbers that were counted; of a single one that very number."""
    if len(counts) == 1:
        return next(iter(counts))
    return sum(value * n for value, n in counts.items()) / counts.total()


def stabilities(
    memories: Iterable[Memory], edges: Sequence[float] = STABILITY_EDGES
) -> Stabilities:
    """The distribution of stabilities; ``edges`` in days, rising."""
    from statistics import median  # brings fractions and decimals along

    values = [memory.stability for memory in memories]
    counts = [0] * (len(edges) + 1)
    for value in values:
        counts[bisect_right(edges, value)] += 1
    middle = median(values) if len(values) >= LEAST_STABILITIES else None
    return Stabilities(tuple(edges), tuple(counts), middle, len(values), LEAST_STABILITIES)
