"""The two-parameter model. The rule: what it assumes is said, and what has no estimate has none.

A student of ability θ solves an item with probability 1 / (1 + exp(-(slope · θ + intercept))), and
abilities are normal with mean 0 and deviation 1. Slopes and intercepts maximise the marginal
likelihood (Bock & Aitkin 1981): the integral over θ is a sum over equidistant points, and the
gradient comes from how many students are expected at each point, and to be right there.

By default each slope is drawn to 1.2 and each intercept to 0 by normal priors, so that a class of a
hundred gets estimates that a second class would confirm. A slope may be negative all the same: that
is what a wrong key looks like, and a prior that forbids it would hide it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from quizcli.numeric import np
from quizcli.scheduling.descent import minimum

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import ArrayLike

    from quizcli.scores.items import Floats

LEAST_STUDENTS = 100
# Of the priors tried on made-up classes of 100 and 300 (slopes lognormal around .7, 1, 1.2 and 1.5)
# these are never far from the best, and predict other students always better than no priors do.
SLOPE, SLOPE_SPREAD, INTERCEPT_SPREAD = 1.2, 0.7, 2.5
PRIORS = f"slope ~ normal({SLOPE:g}, {SLOPE_SPREAD:g}), intercept ~ normal(0, {INTERCEPT_SPREAD:g})"
NO_PRIORS = "none"
# Without priors the likelihood of some items grows with the slope for ever.
STEEPEST, FARTHEST = 10.0, 100.0
# How much a last step may gain of the log-likelihood: a hundredth of a standard error is 5e-5.
_TOLERANCE, _EVALUATIONS = 1e-5, 500
# Students at a time: their likelihoods at all points stay in the processor's cache.
_BLOCK = 512
# Beyond it one student in two million.
_REACH = 5.0


class TooFewStudents(ValueError):
    """A model of so few would be chance; the message says how many it takes."""


class Curve(NamedTuple):
    """How the chance to solve an item grows with ability."""

    slope: float
    intercept: float

    @property
    def difficulty(self) -> float | None:
        """The ability with which half solve it; None where ability makes no difference."""
        return -self.intercept / self.slope if self.slope else None


class FittedCurves(NamedTuple):
    """The curves of the items, fitted to ``n`` students under ``priors`` (in words).

    A curve is None where all marks are the same, and where without priors no slope is the best
    (fewer than three items, or one that parts the able from the others without exception).
    ``log_likelihood`` is of the marks alone, without the priors' part."""

    curves: tuple[Curve | None, ...]
    n: int
    log_likelihood: float
    priors: str
    is_converged: bool


class CurveErrors(NamedTuple):
    """The standard errors of a curve."""

    slope: float
    intercept: float
    difficulty: float | None


def fit(right: ArrayLike, *, priors: bool = True) -> FittedCurves:
    """The model of ``right`` (students × items): 1 right, 0 wrong, NaN not asked.

    Without ``priors`` it is plain maximum likelihood. Raises TooFewStudents below LEAST_STUDENTS.
    """
    x = _checked(right)
    varies = np.fmin.reduce(x, initial=1) < np.fmax.reduce(x, initial=0)
    curves: list[Curve | None] = [None] * x.shape[1]
    words = PRIORS if priors else NO_PRIORS
    if not varies.any():
        return FittedCurves(tuple(curves), len(x), 0.0, words, is_converged=True)
    ours = x if varies.all() else x[:, varies]
    share = np.mean(ours, axis=0, where=~np.isnan(ours))
    start = np.stack([np.ones_like(share), np.log(share / (1 - share))])
    if len(ours) >= 20 * LEAST_STUDENTS:
        # A tenth finds most of the way at a tenth of the cost; all may be right there, so priors.
        start, _, _ = _fitted(ours[::10], start, priors=True)
    found, value, is_converged = _fitted(ours, start, priors)
    # Two items have three frequencies, and four parameters that fit them in many ways.
    steepest = 0.99 * STEEPEST if priors or len(share) > 2 else 0.0
    for item, (slope, intercept) in zip(np.flatnonzero(varies), found.T.tolist(), strict=True):
        if abs(slope) < steepest:
            curves[item] = Curve(slope, intercept)
    return FittedCurves(tuple(curves), len(x), value, words, is_converged)


def standard_errors(model: FittedCurves, right: ArrayLike) -> tuple[CurveErrors | None, ...]:
    """Of the curves that ``fit`` found for ``right``, from the information observed (Louis 1982):
    what complete data would tell, less what is not known of each student's ability. None where
    the marks cannot tell the curves apart."""
    x = _checked(right)
    known = [j for j, curve in enumerate(model.curves) if curve is not None]
    errors: list[CurveErrors | None] = [None] * len(model.curves)
    if not known:
        return tuple(errors)
    at = np.array([curve for curve in model.curves if curve is not None]).T
    told = _observed(x[:, known], at)
    if model.priors == PRIORS:
        spreads = np.repeat([SLOPE_SPREAD, INTERCEPT_SPREAD], len(known))
        told += np.diag(1 / spreads**2)
    if np.linalg.eigvalsh(told)[0] <= 0:
        return tuple(errors)
    spread = np.linalg.inv(told).reshape(2, len(known), 2, len(known))
    for i, (item, slope, intercept) in enumerate(zip(known, *at.tolist(), strict=True)):
        both = spread[:, i, :, i]
        toward = np.array([intercept / slope**2, -1 / slope]) if slope else None
        errors[item] = CurveErrors(
            float(np.sqrt(both[0, 0])),
            float(np.sqrt(both[1, 1])),
            None if toward is None else float(np.sqrt(toward @ both @ toward)),
        )
    return tuple(errors)


def information(curves: tuple[Curve | None, ...], abilities: ArrayLike) -> Floats:
    """What each item tells of each of the ``abilities`` (items × abilities), slope² · P · (1 - P);
    0 for an item without a curve, and for one that the better students get wrong."""
    known = [(0.0, 0.0) if c is None or c.slope <= 0 else (c.slope, c.intercept) for c in curves]
    slope, intercept = np.asarray(known, np.float64).reshape(-1, 2).T[:, :, None]
    P = _chance(slope * np.asarray(abilities, np.float64) + intercept)
    told: Floats = slope**2 * P * (1 - P)
    return told


def shortest(curves: tuple[Curve | None, ...], share: float = 0.9) -> tuple[int, ...]:
    """The fewest items that keep a ``share`` of the information, which is averaged over normal
    abilities; in the order of the quiz. Information adds up, so the most telling are the fewest."""
    points = _points(len(curves))
    told = information(curves, points) @ _weights(points)
    if not told.any():
        return ()
    # Items that tell the same do so on every machine, whose last digits differ.
    told = np.round(told / told.max(), 12)
    best = np.argsort(-told, kind="stable")
    kept = np.cumsum(told[best])
    enough = int(np.searchsorted(kept, share * kept[-1] * (1 - 1e-9))) + 1
    return tuple(sorted(best[:enough].tolist()))


def _checked(right: ArrayLike) -> Floats:
    x = np.asarray(right, np.float64)
    if x.ndim != 2 or not (np.isnan(x) | (x == 0) | (x == 1)).all():
        raise ValueError("right must be a table of 0 and 1, and NaN where an item was not asked")
    asked = ~np.isnan(x).all(axis=1)
    x = x if asked.all() else x[asked]  # which would be a copy
    if len(x) < LEAST_STUDENTS:
        raise TooFewStudents(
            f"A two-parameter model needs {LEAST_STUDENTS} hand-ins, and there are {len(x)}: with "
            "fewer its curves are left to chance. The classical figures hold for any number."
        )
    return x


def _chance(z: Floats) -> Floats:
    chance: Floats = 0.5 + 0.5 * np.tanh(z / 2)
    return chance


def _points(items: int) -> Floats:
    """Where the abilities are summed. The more items, the narrower the likelihood of a student
    (here for slopes around 1.5), and points farther apart than it is wide would miss it."""
    apart = min(0.25, 1.15 / np.sqrt(1 + items / 2))
    return np.linspace(-_REACH, _REACH, 2 * int(np.ceil(_REACH / apart)) + 1)


def _weights(points: Floats) -> Floats:
    density = np.exp(-(points**2) / 2)
    weights: Floats = density / density.sum()
    return weights


def _fitted(x: Floats, start: Floats, priors: bool) -> tuple[Floats, float, bool]:
    """Slopes and intercepts (2 × items) from ``start`` on, their log-likelihood, and whether the
    descent came to an end."""
    points, n = _points(x.shape[1]), len(x)
    # In units of what one student of the start tells of each, and with the intercept taken where
    # most is told, so that a step of one hardly moves what is best for the other.
    P = _chance(np.outer(start[0], points) + start[1][:, None])
    told = P * (1 - P) * _weights(points)
    middle = told @ points / told.sum(1)
    unit = 1 / np.sqrt(np.stack([told @ points**2 - told.sum(1) * middle**2, told.sum(1)]))
    centre = np.array([[SLOPE], [0.0]])
    width = np.array([[SLOPE_SPREAD], [INTERCEPT_SPREAD]]) if priors else np.inf
    bound = np.stack([np.full(x.shape[1], STEEPEST), np.full(x.shape[1], FARTHEST)])

    def place(z: Floats) -> Floats:
        moved = unit * z.reshape(2, -1)
        at: Floats = start + np.stack([moved[0], moved[1] - moved[0] * middle])
        return at

    def prior(at: Floats) -> float:
        return float((((at - centre) / width) ** 2).sum()) / 2

    def penalised(z: Floats) -> tuple[float, Floats]:
        at = place(z)
        value, slope = _likelihood(x, at, points)
        slope = (slope - (at - centre) / width**2) / n
        return (prior(at) - value) / n, -np.concatenate(
            [unit[0] * (slope[0] - middle * slope[1]), unit[1] * slope[1]]
        )

    found = minimum(
        penalised,
        np.zeros(start.size),
        ((-bound - start) / unit).ravel(),
        ((bound - start) / unit).ravel(),
        evaluations=_EVALUATIONS,
        tolerance=_TOLERANCE / n,
    )
    at = place(found.x)
    return at, prior(at) - found.value * n, found.evaluations < _EVALUATIONS


class _Block(NamedTuple):
    """Some students: their marks, 0 where not asked; what was asked, None if all of it; how likely
    each is of each ability; and their log-likelihood."""

    marks: Floats
    asked: Floats | None
    abilities: Floats
    value: float


def _blocks(x: Floats, z: Floats, points: Floats) -> Iterator[_Block]:
    """All students, a block at a time; ``z`` are the logits (items × points)."""
    wrong, weights = -np.logaddexp(0, z), np.log(_weights(points))
    is_complete = not np.isnan(x).any()
    for start in range(0, len(x), _BLOCK):
        marks, asked = x[start : start + _BLOCK], None
        if is_complete:
            joint = marks @ z + (wrong.sum(0) + weights)
        else:
            asked, marks = (~np.isnan(marks)).astype(np.float64), np.nan_to_num(marks)
            joint = marks @ z + asked @ wrong + weights
        top = joint.max(1)
        joint = np.exp(joint - top[:, None])
        each = joint.sum(1)
        joint /= each[:, None]
        yield _Block(marks, asked, joint, float((np.log(each) + top).sum()))


def _likelihood(x: Floats, at: Floats, points: Floats) -> tuple[float, Floats]:
    """The marginal log-likelihood, and its gradient (2 × items)."""
    z = np.outer(at[0], points) + at[1][:, None]
    value, solved, present = 0.0, np.zeros_like(z), np.zeros_like(z)
    for marks, asked, abilities, of_block in _blocks(x, z, points):
        value += of_block
        solved += marks.T @ abilities
        present += abilities.sum(0) if asked is None else asked.T @ abilities
    left = solved - present * _chance(z)
    return value, np.stack([left @ points, left.sum(1)])


def _observed(x: Floats, at: Floats) -> Floats:
    """The observed information of all slopes, then all intercepts."""
    k, points = x.shape[1], _points(x.shape[1])
    z = np.outer(at[0], points) + at[1][:, None]
    P, powers = _chance(z), np.stack([points, np.ones_like(points)])
    # Indexed by slope or intercept and item, twice.
    told = np.zeros((2, k, 2, k))
    for marks, asked, abilities, _ in _blocks(x, z, points):
        there = np.ones_like(marks) if asked is None else asked
        of_item = np.einsum("aq,bq,jq->jab", powers, powers, (there.T @ abilities) * P * (1 - P))
        told[:, range(k), :, range(k)] += of_item
        mean = np.zeros((2, *marks.shape))
        for q, power in enumerate(powers.T):
            score = (marks - P[:, q]) * there
            weighed = score * abilities[:, [q]]
            mean += power[:, None, None] * weighed
            told -= np.einsum("a,b,jl->ajbl", power, power, weighed.T @ score)
        told += np.einsum("anj,bnl->ajbl", mean, mean, optimize=True)
    observed: Floats = told.reshape(2 * k, 2 * k)
    return observed
