"""Is the key of an item wrong? The rule: accuse no item that chance alone would have accused.

Who does well on the other items mostly chooses the right option. Where another option's correlation
with the rest scores beats the key's, that option may be the right one. In classes of thirty chance
does so to a sound item in one quiz of four, so this is only the first of three levels; the other
two ask how often students drawn anew from this class, with replacement, would say the opposite.

A key that nobody chose, or everybody, says nothing of who knows: its correlation counts as 0, here
and in every drawing.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from quizcli.numeric import np
from quizcli.scores.items import analysis
from quizcli.scores.options import option_figures

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from quizcli.scores.items import Floats, QuizFigures

# So seldom does chance say the opposite where an item is called this.
PROBABLE, NEARLY_CERTAIN = 0.05, 0.005
# Drawings of fewer are too much like the class they are drawn from: of a thousand sound quizzes of
# twenty students 2 % would have a flag, of fifteen 4 %, of ten 6 %.
LEAST_STUDENTS = 20
DRAWINGS = 4000
# Numbers held at a time: a class of any size takes no more memory than this.
_AT_ONCE = 1_000_000


class Doubt(StrEnum):
    """How sure it is that a key is wrong; the last two are flags, the first is a note."""

    LOOK = "look"
    PROBABLE = "probable"
    NEARLY_CERTAIN = "nearly-certain"


class Suspicion(NamedTuple):
    """Another option than the key does better. ``p`` is the share of drawings in which it does not;
    ``n`` students were asked, ``heads`` of them chose the ``better`` option and ``key_heads`` the
    key; ``correlation`` is that of the better option with the rest scores, and ``key_correlation``
    that of the key, None where nobody or everybody chose it."""

    level: Doubt
    better: int
    p: float
    n: int
    heads: int
    key_heads: int
    correlation: float
    key_correlation: float | None


class Rekeyed(NamedTuple):
    """The quiz before and after another option was made the key, and how many gain and lose."""

    before: QuizFigures
    after: QuizFigures
    gain: int
    lose: int


def suspicion(
    choices: ArrayLike, key: int, rest: ArrayLike, options: int, *, seed: int = 0
) -> Suspicion | None:
    """What speaks against the ``key`` of an item, from what each student chose of the options
    0 … ``options`` - 1 (another number: none) and their rest scores (NaN: not asked).

    None where no other option does better, is chosen by enough, and by the better students. For
    typed answers and numbers, number the commonest responses, the right one being the key.
    """
    figures = option_figures(choices, rest, options)
    ranked = [found.correlation or 0.0 for found in figures]
    others = [i for i, found in enumerate(figures) if i != key and found.is_functional]
    better = max(others, key=ranked.__getitem__, default=key)
    if ranked[better] <= max(ranked[key], 0.0):
        return None
    chosen, score = np.asarray(choices), np.asarray(rest, np.float64)
    asked = ~np.isnan(score)
    chosen, score = chosen[asked], score[asked]
    p = _opposite(chosen == key, chosen == better, score, seed)
    return Suspicion(
        level=_level(p, score.size),
        better=better,
        p=p,
        n=score.size,
        heads=int((chosen == better).sum()),
        key_heads=int((chosen == key).sum()),
        correlation=ranked[better],
        key_correlation=figures[key].correlation,
    )


def rekeyed(
    marks: ArrayLike, maxima: ArrayLike, item: int, choices: ArrayLike, key: int
) -> Rekeyed:
    """What would become of the marks (students × items) were ``key`` the right option of an item,
    for which it alone earns the points."""
    before, worth = np.asarray(marks, np.float64), np.asarray(maxima, np.float64)
    after, was = before.copy(), before[:, item]
    after[:, item] = np.where(np.isnan(was), np.nan, worth[item] * (np.asarray(choices) == key))
    return Rekeyed(
        before=analysis(before, worth).quiz,
        after=analysis(after, worth).quiz,
        gain=int((after[:, item] > was).sum()),
        lose=int((after[:, item] < was).sum()),
    )


def _level(p: float, n: int) -> Doubt:
    if n < LEAST_STUDENTS or p >= PROBABLE:
        return Doubt.LOOK
    return Doubt.PROBABLE if p >= NEARLY_CERTAIN else Doubt.NEARLY_CERTAIN


def _opposite(key: NDArray[np.bool_], other: NDArray[np.bool_], rest: Floats, seed: int) -> float:
    """The share of drawings of as many students in which ``other`` does no better than ``key``.

    Students alike in what counts here are drawn together: how many of each sort is multinomial.
    To a hundredth of a standard deviation rest scores are alike: it moves no correlation by more
    than rounding it to four digits, and thirty thousand students take a second, not half a minute.
    """
    steps = np.round(100 * (rest - rest.mean()) / rest.std())
    # As one number a student, which sorts twenty times as fast as three: choices, then score.
    low, wide = steps.min(), np.ptp(steps) + 1
    alike, counts = np.unique((2 * key + other) * wide + steps - low, return_counts=True)
    choices, r = alike // wide, alike % wide + low
    k, o = choices // 2, choices % 2
    sums = np.stack([r, r * r, k, k * r, o, o * r], axis=1)
    # This generator is promised to give the same numbers in every version of NumPy.
    random, opposite = np.random.RandomState(seed), 0
    step = max(_AT_ONCE // counts.size, 1)
    for start in range(0, DRAWINGS, step):
        drawn = random.multinomial(rest.size, counts / rest.size, min(step, DRAWINGS - start))
        mean_r, mean_rr, *rests = (drawn @ sums / rest.size).T
        spread = mean_rr - mean_r**2
        k_there, o_there = (
            _correlation(share, both - share * mean_r, spread)
            for share, both in zip(rests[::2], rests[1::2], strict=True)
        )
        opposite += int((o_there <= k_there).sum())
    return (opposite + 1) / (DRAWINGS + 1)


def _correlation(share: Floats, covariance: Floats, spread: Floats) -> Floats:
    """Of having chosen an option with the rest scores, in each drawing; 0 where there is none."""
    product = share * (1 - share) * spread
    exists = product > 1e-12
    return np.where(exists, covariance / np.sqrt(np.where(exists, product, 1)), 0.0)
