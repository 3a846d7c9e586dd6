"""The one adapter over the ``fsrs`` package. The rule: same input, same schedule, on any machine.

The package is handed ids and times (noon in UTC of each learning day) and never reads the clock;
its own fuzz is off, since it draws from the process-wide generator, and ours is on, drawn from
the seed, the card and the number of its review. There are no learning steps: a failed card comes
back tomorrow.

Two reviews on one day follow FSRS-6's formula for the same day, as the package applies it. A
review on a day *before* the last one, because a clock was set back or a time zone changed, is
taken as one on the same day: no time is known to have passed. Its own day is kept, and the next
interval counts from there, so a clock that once ran a year ahead delays nothing for a year.
"""

from __future__ import annotations

from functools import cached_property
from math import inf
from typing import TYPE_CHECKING

from quizcli.quiz.cards import MAXIMUM_INTERVAL, RETENTION_RANGE
from quizcli.quiz.shuffle import draw
from quizcli.scheduling.days import noon
from quizcli.scheduling.memory import (
    DEFAULT_PARAMETERS,
    RETENTION,
    Memory,
    Rating,
    checked_parameters,
    expected_interval,
    recall,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fsrs import Scheduler

# FSRS's published table: intervals from 2.5 days on vary by one day and, of the days that lie
# within each stretch, by this share.
_FUZZ = ((2.5, 7.0, 0.15), (7.0, 20.0, 0.1), (20.0, inf, 0.05))


class Schedule:
    """When to ask again.

    ``parameters`` are the 21 of FSRS-6, ``retention`` is the recall at which a card is due (from
    0.5 to 0.99), ``maximum_interval`` is in days, ``fuzz`` spreads cards learned together over
    neighbouring days. Raises ValueError for values outside.
    """

    def __init__(
        self,
        parameters: Sequence[float] = DEFAULT_PARAMETERS,
        retention: float = RETENTION,
        maximum_interval: int = MAXIMUM_INTERVAL,
        fuzz: bool = True,
    ) -> None:
        least, most = RETENTION_RANGE
        if not least <= retention <= most:
            raise ValueError(f"desired retention is from {least} to {most}, not {retention}")
        if not 1 <= maximum_interval <= MAXIMUM_INTERVAL:
            raise ValueError(
                f"the maximum interval is from 1 to {MAXIMUM_INTERVAL} days, not {maximum_interval}"
            )
        self.parameters = checked_parameters(parameters)
        self.retention = retention
        self.maximum_interval = maximum_interval
        self.fuzz = fuzz

    @cached_property
    def _scheduler(self) -> Scheduler:
        from fsrs import Scheduler

        return Scheduler(
            parameters=self.parameters,
            desired_retention=self.retention,
            learning_steps=(),
            relearning_steps=(),
            maximum_interval=self.maximum_interval,
            enable_fuzzing=False,
        )

    def recall(self, memory: Memory, day: int) -> float:
        """The probability that the card is recalled on ``day``."""
        return recall(memory, day, self.parameters)

    def review(self, memory: Memory | None, rating: Rating, day: int) -> Memory:
        """The memory after a review on ``day``; ``memory`` is None for a card never reviewed."""
        from fsrs import Card, State
        from fsrs import Rating as Rated

        at = noon(day)
        if memory is None:
            card = Card(card_id=0, due=at)
        else:
            last = noon(memory.day)
            card = Card(
                card_id=0,
                state=State.Review,
                stability=memory.stability,
                difficulty=memory.difficulty,
                due=last,
                last_review=last,
            )
        after, _ = self._scheduler.review_card(card, Rated(rating), review_datetime=at)
        assert after.stability is not None
        assert after.difficulty is not None
        return Memory(after.stability, after.difficulty, day)

    def interval(
        self, memory: Memory, *, seed: int | str, card: str, count: int, elapsed: int = 0
    ) -> int:
        """Days from the review that led to ``memory`` to the next.

        Without fuzz, exactly the package's interval. ``count`` is the number of reviews of this
        card so far, that one included, so that each draws anew. ``elapsed`` are the days between
        the last two of them if the card was recalled: where the interval is not shorter, fuzz does
        not make it so, since such a card is not to come back sooner than last time. Where it was
        reviewed late, the last interval was shorter than that, so fuzz only makes it longer.
        """
        days = expected_interval(memory, self.parameters, self.retention, self.maximum_interval)
        if not self.fuzz:
            return days
        low, high = fuzz_range(days, self.maximum_interval)
        low = max(low, min(elapsed, days))
        return low + int(draw(seed, "interval", card, str(count)) * (high - low + 1))

    def due(
        self, memory: Memory, *, seed: int | str, card: str, count: int, elapsed: int = 0
    ) -> int:
        """The learning day on which the card is due; arguments as for ``interval``."""
        days = self.interval(memory, seed=seed, card=card, count=count, elapsed=elapsed)
        return memory.day + days

    def after(
        self, before: Memory | None, rating: Rating, day: int, *, seed: int | str, card: str,
        count: int,
    ) -> tuple[Memory, int]:  # fmt: skip
        """The memory after a review on ``day``, and the learning day on which the card is due;
        other arguments as for ``interval``."""
        memory = self.review(before, rating, day)
        elapsed = 0 if before is None or rating is Rating.AGAIN else day - before.day
        return memory, self.due(memory, seed=seed, card=card, count=count, elapsed=elapsed)

    def outlook(
        self, memory: Memory | None, day: int, *, seed: int | str, card: str, count: int
    ) -> dict[Rating, int]:
        """The next interval in days under each rating, were the card reviewed on ``day``.

        ``count`` counts the reviews so far *and* the one that is about to be rated, so that what
        was promised is what ``interval`` gives afterwards.
        """
        return {
            rating: self.after(memory, rating, day, seed=seed, card=card, count=count)[1] - day
            for rating in Rating
        }


def fuzz_range(days: int, maximum_interval: int = MAXIMUM_INTERVAL) -> tuple[int, int]:
    """The least and the greatest interval that fuzz makes of ``days``, both possible.

    The ranges are FSRS's. The package rounds its draw in a way that now and then lands one day
    above the range; here every day of it is equally likely and none outside is.
    """
    if days < 2.5:
        return days, days
    spread = 1.0
    for start, end, share in _FUZZ:
        if days > start:
            spread += share * (min(days, end) - start)
    low, high = max(2, round(days - spread)), min(round(days + spread), maximum_interval)
    return min(low, high), high
