"""A whole review log replayed at once. The rule: the same states as the package, card by card.

A card's reviews depend on one another, but cards do not: the k-th reviews of all cards are one
batch, computed together. Within the batches the cards stand in one order, those with most reviews
first, so that each batch is the beginning of the one before and no index is looked up.

The formulas are those of FSRS-6 as published by the Open Spaced Repetition project and as the
``fsrs`` package computes them; w is the 21 parameters, S stability, D difficulty, R recall, t days.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import count
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from quizcli.numeric import np
from quizcli.scheduling.memory import DEFAULT_PARAMETERS, Memory

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[np.float64]
    Integers = NDArray[np.int64]

LEAST_STABILITY = 0.001
DIFFICULTIES = (1.0, 10.0)


class Log(NamedTuple):
    """A review log, oldest first: three arrays of the same length n.

    ``card`` counts from 0; ``day`` is the learning day, or a time in days whose whole days between
    are counted; ``rating`` is from 1 to 4.
    """

    card: Integers
    day: Floats
    rating: Integers

    @classmethod
    def of(cls, card: ArrayLike, day: ArrayLike, rating: ArrayLike) -> Log:
        """A log of any sequences of numbers. Raises ValueError for what is no log."""
        log = cls(
            np.asarray(card, np.int64), np.asarray(day, np.float64), np.asarray(rating, np.int64)
        )
        if not log.card.shape == log.day.shape == log.rating.shape == (log.card.size,):
            raise ValueError("card, day and rating must be three lists of the same length")
        for name, wrong in (
            ("card must be 0 or more", log.card < 0),
            ("day must be a number", ~np.isfinite(log.day)),
            ("rating must be from 1 to 4", (log.rating < 1) | (log.rating > 4)),
        ):
            if wrong.any():
                raise ValueError(f"review {int(wrong.argmax())} of the log: {name}")
        return log


def named(reviews: Iterable[tuple[Any, ...]]) -> tuple[Log, list[str]]:
    """The log of reviews given as card, day, rating and whatever else, and the cards in its
    numbers' order."""
    numbers = _numbers()
    return _numbered(reviews, numbers), list(numbers)


def _numbers() -> defaultdict[str, int]:
    """Gives whatever it is asked for the next number, and the same one when it is asked again."""
    return defaultdict(count().__next__)


def _numbered(reviews: Iterable[tuple[Any, ...]], numbers: defaultdict[str, int]) -> Log:
    rows = reviews if isinstance(reviews, Sequence) else list(reviews)
    card, day, rating = map(itemgetter, range(3))
    return Log.of(
        np.fromiter(map(numbers.__getitem__, map(card, rows)), np.int64, len(rows)),
        np.fromiter(map(day, rows), np.float64, len(rows)),
        np.fromiter(map(rating, rows), np.int64, len(rows)),
    )


class Batches:
    """A log laid out by the number of the review: first all first reviews, then all second ones.

    ``at`` (n) is each place's index in the log; batch k fills the places from ``begins[k]`` up to
    ``begins[k + 1]``, and its i-th place follows the i-th place of batch k − 1. ``rating`` and
    ``elapsed`` (whole days since the card's previous review, 0 for its first and where the clock
    was set back) stand in this layout.
    """

    def __init__(self, log: Log) -> None:
        n = log.card.size
        counts = np.bincount(log.card, minlength=1)
        by_card = np.argsort(log.card, kind="stable")
        number = np.empty(n, np.int64)
        number[by_card] = np.arange(n) - np.repeat(np.cumsum(counts) - counts, counts)
        place = np.empty(counts.size, np.int64)
        place[np.argsort(-counts, kind="stable")] = np.arange(counts.size)
        sizes = np.bincount(number, minlength=1)
        first = np.cumsum(sizes) - sizes
        self.at = np.empty(n, np.int64)
        self.at[first[number] + place[log.card]] = np.arange(n)
        self.begins = [*first.tolist(), n]
        self.rating = log.rating[self.at]
        self.before = np.arange(n) - np.repeat(np.r_[0, sizes[:-1]], sizes)
        day = log.day[self.at]
        self.elapsed = np.maximum(np.floor(day - day[self.before]), 0.0)

    def steps(self) -> Iterable[tuple[slice, slice]]:
        """For each batch after the first: the places of the reviews before, and its own."""
        for k in range(1, len(self.begins) - 1):
            before, begin, end = self.begins[k - 1 : k + 2]
            yield slice(before, before + end - begin), slice(begin, end)

    def in_log_order(self, values: Floats) -> Floats:
        """Values of this layout in the order of the log."""
        ordered = np.empty_like(values)
        ordered[self.at] = values
        return ordered


class States(NamedTuple):
    """In the layout of ``Batches``: stability and difficulty after each review."""

    stability: Floats
    difficulty: Floats


def states(batches: Batches, w: Sequence[float], known: States | None = None) -> States:
    """All states after all reviews, batch by batch. ``known`` are those before the first batch, NaN
    for a card that is new."""
    S, D = np.empty(batches.at.size), np.empty(batches.at.size)
    own = slice(*batches.begins[:2])
    S[own], D[own] = first_states(batches.rating[own], w)
    with np.errstate(over="ignore"):
        if known is not None and (old := np.flatnonzero(known.stability == known.stability)).size:
            t, rating = batches.elapsed[old], batches.rating[old]
            S[old] = next_stability(known.stability[old], known.difficulty[old], t, rating, w)
            D[old] = next_difficulty(known.difficulty[old], rating, w)
        for before, own in batches.steps():
            t, rating = batches.elapsed[own], batches.rating[own]
            S[own] = next_stability(S[before], D[before], t, rating, w)
            D[own] = next_difficulty(D[before], rating, w)
    return States(S, D)


def first_states(rating: Integers, w: Sequence[float]) -> States:
    """S_0 = w_{G−1} and D_0 = w_4 − e^{w_5 (G−1)} + 1, G the rating."""
    S = np.maximum(np.asarray(w[:4])[rating - 1], LEAST_STABILITY)
    return States(S, np.clip(w[4] - np.exp(w[5] * (rating - 1.0)) + 1, *DIFFICULTIES))


def forgetting_factor(w: Sequence[float]) -> float:
    """F of R(t, S) = (1 + F t/S)^(−w_20), chosen so that R(S, S) = 0.9."""
    return float(0.9 ** (-1 / w[20]) - 1)


def bonus(rating: Integers, w: Sequence[float]) -> Floats:
    """What a recall rated hard (w_15) or easy (w_16) makes of the gain."""
    return np.array([np.nan, 1.0, w[15], 1.0, w[16]])[rating]


def next_stability(S: Floats, D: Floats, t: Floats, rating: Integers, w: Sequence[float]) -> Floats:
    """S after reviews t days after the previous ones; arrays of one length."""
    R = (1 + forgetting_factor(w) * t / S) ** -w[20]
    gain = np.exp(w[8]) * (11 - D) * S ** -w[9] * (np.exp((1 - R) * w[10]) - 1) * bonus(rating, w)
    lost = w[11] * D ** -w[12] * ((S + 1) ** w[13] - 1) * np.exp((1 - R) * w[14])
    growth = np.exp(w[17] * (rating - 3 + w[18])) * S ** -w[19]
    growth = np.where(rating > 1, np.maximum(growth, 1), growth)
    failed = np.minimum(lost, S / np.exp(w[17] * w[18]))
    later = np.where(rating == 1, failed, S * (1 + gain))
    after: Floats = np.maximum(np.where(t < 1, S * growth, later), LEAST_STABILITY)
    return after


def next_difficulty(D: Floats, rating: Integers, w: Sequence[float]) -> Floats:
    """D after the reviews: damped towards 10, and a little of w_7 drawn back to D_0(easy)."""
    easy = w[4] - np.exp(3 * w[5]) + 1
    moved = D - (10 - D) * w[6] * (rating - 3.0) / 9
    after: Floats = np.clip(w[7] * easy + (1 - w[7]) * moved, *DIFFICULTIES)
    return after


class Replayed(NamedTuple):
    """Before and after each review, in the order of the log; arrays of its length n.

    ``stability_before``, ``difficulty_before`` and ``recall_before`` are NaN at a card's first
    review, and ``elapsed``, the whole days since the one before, is 0. ``last`` (one a card) is the
    index of each card's last review, −1 where it has none.
    """

    stability_before: Floats
    difficulty_before: Floats
    recall_before: Floats
    stability: Floats
    difficulty: Floats
    elapsed: Floats
    last: Integers

    def memories(self, log: Log) -> list[Memory | None]:
        """The final memory of each card of ``log``, None where it has no review."""
        return [
            None
            if i < 0
            else Memory(float(self.stability[i]), float(self.difficulty[i]), int(log.day[i]))
            for i in self.last.tolist()
        ]


def replay(
    log: Log, parameters: Sequence[float] = DEFAULT_PARAMETERS, known: Floats | None = None
) -> Replayed:
    """Every state of every card, and each recall that was predicted. ``known`` (3 × cards) are the
    day of each card's last review before these, stability and difficulty after it; else NaN."""
    w, n, cards = tuple(parameters), log.card.size, int(log.card.max(initial=-1)) + 1
    batches = Batches(log)
    first, later = slice(*batches.begins[:2]), slice(batches.begins[1], None)
    day, S, D = (np.full((3, cards), np.nan) if known is None else known)[
        :, log.card[batches.at[first]]
    ]
    elapsed = np.floor(log.day[batches.at[first]] - day)
    batches.elapsed[first] = np.maximum(np.nan_to_num(elapsed), 0.0)
    after = states(batches, w, States(S, D))
    before = [np.empty(n) for _ in range(3)]
    for values, at_first, all_after in zip(before, (S, D), after, strict=False):
        values[first], values[later] = at_first, all_after[batches.before[later]]
    before[2] = (1 + forgetting_factor(w) * batches.elapsed / before[0]) ** -w[20]
    last = np.full(cards, -1)
    last[log.card] = np.arange(n)  # where a card stands twice, the later one stays
    ordered = map(batches.in_log_order, (*before, *after, batches.elapsed))
    return Replayed._make((*ordered, last))


class PartwiseReplay:
    """A log replayed part by part, of which only each card's last state is kept."""

    def __init__(self, parameters: Sequence[float] = DEFAULT_PARAMETERS) -> None:
        self._parameters = parameters
        self._numbers = _numbers()
        self._known = np.empty((3, 0))

    def part(self, reviews: Sequence[tuple[Any, ...]]) -> Replayed:
        """The states around the next reviews, given as card, day, rating and whatever else."""
        log = _numbered(reviews, self._numbers)
        numbers, card = np.unique(log.card, return_inverse=True)
        log = log._replace(card=card)
        more = max(0, len(self._numbers) - self._known.shape[1])
        if more:  # twice as many, so that this is seldom done
            more = max(more, self._known.shape[1])
            self._known = np.pad(self._known, ((0, 0), (0, more)), constant_values=np.nan)
        found = replay(log, self._parameters, self._known[:, numbers])
        last = found.last
        self._known[:, numbers] = log.day[last], found.stability[last], found.difficulty[last]
        return found
