"""Classical item analysis. The rule: a matrix of marks in, figures out, and no figure is made up.

One row a student, one column an item. The rest score of an item is what the same student earned on
all others, so that an item is never compared with itself. What has no meaning (a correlation with
marks that are all the same) is None: never 0, and nothing is clipped to where it "should" lie.

A cell that is not a number (NaN) was not asked. Where such cells are, a score is what was earned of
what was asked, in proportion to the whole; alpha and what follows from it need everyone to have had
the same items, and are None then.
"""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING, Any, NamedTuple

from quizcli.numeric import np
from quizcli.report.intervals import wilson
from quizcli.scores.intervals import bonett, fisher

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from quizcli.report.intervals import Interval

    Floats = NDArray[np.float64]

# A share of the largest value: what differs by less differs by the rounding of sums.
_ROUNDING = 1e-9
# What each figure is, for whoever reads it. x: marks of the item, r: rest scores, t: total scores,
# s: students, k: items; variances and covariances over s - 1.
FORMULAS = {
    "facility": "mean x / maximum; interval: Wilson, wider than need be with partial marks",
    "item_rest": "Pearson's correlation of x and r; interval: Fisher's z",
    "discrimination_index": "100 · cov(x, r) / √(var x · var r)",
    "discriminative_efficiency": "100 · cov(x, r) / cov(sorted x, sorted r)",
    "effective_weight": "100 · √cov(x, t) / Σ √cov(x, t); n/a if cov(x, t) is negative",
    "alpha_if_deleted": "alpha of the other items",
    "mean": "Σ t / s",
    "median": "the middle value of t",
    "sd": "√(Σ (t − mean)² / (s − 1))",
    "skewness": "k₃ / k₂^(3/2), from k-statistics",
    "kurtosis": "k₄ / k₂², from k-statistics; a normal distribution has 0",
    "alpha": "Cronbach's alpha = k / (k − 1) · (1 − Σ var x / var t), which is KR-20 if all marks "
    "are 0 or 1; interval: Bonett",
    "sem": "standard error of a score = sd · √(1 − alpha)",
    "cic": "coefficient of internal consistency = 100 · alpha",
    "error_ratio": "100 · √(1 − alpha)",
}


class ItemFigures(NamedTuple):
    """One item among those who were asked it, ``n``. Facility is from 0 to 1; discrimination,
    efficiency and weight are per cent."""

    n: int
    facility: float | None
    facility_interval: Interval | None
    item_rest: float | None
    item_rest_interval: Interval | None
    discrimination_index: float | None
    discriminative_efficiency: float | None
    effective_weight: float | None
    alpha_if_deleted: float | None


class QuizFigures(NamedTuple):
    """The total scores of ``n`` students, in points; ``cic`` and ``error_ratio`` are per cent."""

    n: int
    mean: float | None
    median: float | None
    sd: float | None
    skewness: float | None
    kurtosis: float | None
    alpha: float | None
    alpha_interval: Interval | None
    sem: float | None
    cic: float | None
    error_ratio: float | None


class Analysis(NamedTuple):
    """Every item in the order of the columns, and the quiz as a whole."""

    items: tuple[ItemFigures, ...]
    quiz: QuizFigures


def analysis(marks: ArrayLike, maxima: ArrayLike) -> Analysis:
    """The figures of a class: ``marks`` (students × items) and what each item was worth (items)."""
    x, worth = _checked(marks, maxima)
    total, k = _total(x, worth), worth.size
    sums = _sums(x, _rests(x, worth))
    is_complete = all(each.n == total.size for each in sums)
    together = sum(each.own for each in sums) if is_complete else None
    weights = sum(sqrt(max(each.shared, 0.0)) for each in sums)
    items = tuple(
        _item(each, float(most), weights)._replace(
            alpha_if_deleted=_alpha(k - 1, together, each.own, each.rest)
        )
        for each, most in zip(sums, worth, strict=True)
    )
    total = total[~np.isnan(total)]
    return Analysis(items, _quiz(total, k, _alpha(k, together, 0.0, _variance(total))))


def rest_scores(marks: ArrayLike, maxima: ArrayLike) -> Floats:
    """What each student earned on all items but one (students × items), NaN where that item was
    not asked or nothing else was."""
    return _rests(*_checked(marks, maxima))


def _rests(x: Floats, worth: Floats) -> Floats:
    if not np.isnan(x).any():
        whole: Floats = x.sum(1)[:, None] - x
        return whole
    earned, possible = _earned(x, worth)
    other = possible[:, None] - worth
    left = np.where(other > 0, other, np.nan)
    rests: Floats = (earned[:, None] - x) / left * (worth.sum() - worth)
    return rests


def _checked(marks: ArrayLike, maxima: ArrayLike) -> tuple[Floats, Floats]:
    """Both as arrays of numbers, columns side by side in memory; ValueError for what is no table
    of marks."""
    x = np.array(marks, np.float64, order="F")
    worth = np.asarray(maxima, np.float64)
    if x.ndim != 2 or worth.shape != (x.shape[1],):
        raise ValueError("marks must be a table, with one maximum for each of its columns")
    if np.isinf(x).any() or not (worth > 0).all() or np.isinf(worth).any():
        raise ValueError("marks must be numbers, and maxima numbers above 0")
    return x, worth


def _earned(x: Floats, worth: Floats) -> tuple[Floats, Floats]:
    """What each student earned, and could have earned with what was asked."""
    return np.nansum(x, axis=1), ~np.isnan(x) @ worth


def _total(x: Floats, worth: Floats) -> Floats:
    """The score of each student, in proportion where not everything was asked."""
    if not np.isnan(x).any():
        whole: Floats = x.sum(1)
        return whole
    earned, possible = _earned(x, worth)
    total: Floats = earned / np.where(possible > 0, possible, np.nan) * worth.sum()
    return total


def centre(values: Floats) -> Floats:
    """Take the mean of each column off, in place, since a copy costs as much as all sums; a column
    that differs by rounding only becomes zeros. Returns ``values``."""
    if len(values):
        low, high = np.fmin.reduce(values), np.fmax.reduce(values)
        values -= _mean(values)
        values[..., high - low <= _ROUNDING * np.maximum(-low, high)] = 0
    return values


def covariance(one: Floats, other: Floats) -> Any:
    """Of values less their mean, column by column, over s - 1; 0 where there are too few."""
    products, s = np.einsum("i...,i...->...", one, other), np.asarray(len(one))
    if np.isnan(products).any():
        products, s = np.nansum(one * other, axis=0), _known(one)
    return products / np.maximum(s - 1, 1)


def _variance(values: Floats) -> Any:
    spread = centre(values.copy())
    return covariance(spread, spread)


def _known(values: Floats) -> Any:
    return len(values) - np.isnan(values).sum(0)


def _mean(values: Floats) -> Any:
    mean = values.sum(0) / max(len(values), 1)
    if np.isnan(mean).any():
        mean = np.nansum(values, axis=0) / np.maximum(_known(values), 1)
    return mean


class _Sums(NamedTuple):
    """What the figures of an item are made of: who was asked and what they earned on average;
    variances of the marks and of the rest scores, their covariance and the most it could be."""

    n: int
    mean: float
    own: float
    rest: float
    both: float
    most: float

    @property
    def shared(self) -> float:
        """The covariance of the marks with the total, which is they and the rest."""
        return self.own + self.both


def _sums(x: Floats, rests: Floats) -> list[_Sums]:
    """The sums of each item, over the students who were asked it and something else; uses up both
    tables."""
    n, mean = _known(x), _mean(x)
    np.copyto(x, np.nan, where=np.isnan(rests))
    centre(x)
    centre(rests)
    own, rest, both = covariance(x, x), covariance(rests, rests), covariance(x, rests)
    x.sort(axis=0)
    rests.sort(axis=0)
    each = (a.tolist() for a in (n, mean, own, rest, both, covariance(x, rests)))
    return [_Sums(*row) for row in zip(*each, strict=True)]


def _alpha(k: int, together: float | None, without: float, total: float) -> float | None:
    """Alpha of ``k`` items from the sum of their variances, one left out, and that of the total."""
    if k < 2 or together is None or total == 0:
        return None
    return k / (k - 1) * (1 - (together - without) / total)


def _item(sums: _Sums, worth: float, weights: float) -> ItemFigures:
    n, varies = sums.n, sums.own > 0 and sums.rest > 0
    facility = sums.mean / worth if n else None
    correlation = sums.both / sqrt(sums.own * sums.rest) if varies else None
    weighs = sums.own > 0 and sums.shared >= 0 and weights > 0
    return ItemFigures(
        n=n,
        facility=facility,
        facility_interval=wilson(facility, n),
        item_rest=correlation,
        item_rest_interval=fisher(correlation, n),
        discrimination_index=None if correlation is None else 100 * correlation,
        discriminative_efficiency=100 * sums.both / sums.most if varies and sums.most else None,
        effective_weight=100 * sqrt(sums.shared) / weights if weighs else None,
        alpha_if_deleted=None,
    )


def _quiz(total: Floats, k: int, alpha: float | None) -> QuizFigures:
    n, ordered, spread = total.size, np.sort(total), centre(total.copy())
    deviation = sqrt(covariance(spread, spread))
    skewness, kurtosis = _shape(spread)
    # Where all items agree, rounding can bring alpha above 1.
    error = None if alpha is None else sqrt(max(1 - alpha, 0.0))
    return QuizFigures(
        n=n,
        mean=float(total.mean()) if n else None,
        median=float(ordered[(n - 1) // 2] + ordered[n // 2]) / 2 if n else None,
        sd=deviation if n > 1 else None,
        skewness=skewness,
        kurtosis=kurtosis,
        alpha=alpha,
        alpha_interval=bonett(alpha, n, k),
        sem=None if error is None else deviation * error,
        cic=None if alpha is None else 100 * alpha,
        error_ratio=None if error is None else 100 * error,
    )


def _shape(spread: Floats) -> tuple[float | None, float | None]:
    """Skewness and excess kurtosis by k-statistics, as far as there are students enough."""
    s = spread.size
    if s < 3 or not spread.any():
        return None, None
    squared = spread * spread  # a power would take twenty times as long
    m2, m3, m4 = (float(x.mean()) for x in (squared, squared * spread, squared * squared))
    k2 = s * m2 / (s - 1)
    k3 = s**2 * m3 / ((s - 1) * (s - 2))
    if s < 4:
        return k3 / k2**1.5, None
    k4 = s**2 * ((s + 1) * m4 - 3 * (s - 1) * m2**2) / ((s - 1) * (s - 2) * (s - 3))
    return k3 / k2**1.5, k4 / k2**2
