"""The least value of a smooth function within bounds: BFGS, projected. Nothing of memory in here.

Method (Nocedal & Wright, *Numerical Optimization*, 2nd ed., chapters 6.1 and 16.7; Bertsekas 1982,
"Projected Newton Methods"): a variable that stands at a bound, with the gradient pushing outward,
is held; the others move along −H g, H the BFGS estimate of the inverse Hessian, and each trial is
clipped to the bounds. A step is taken when it lowers the function as Armijo demands, and halved
until it does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from quizcli.numeric import np

if TYPE_CHECKING:
    from collections.abc import Callable

    from quizcli.scheduling.replay import Floats

_ARMIJO = 1e-4
_HALVINGS = 30


class Minimum(NamedTuple):
    """Where the descent ended, the value there, and how many times the function was asked."""

    x: Floats
    value: float
    evaluations: int


def minimum(
    function: Callable[[Floats], tuple[float, Floats]],
    x: Floats,
    low: Floats,
    high: Floats,
    *,
    evaluations: int = 500,
    tolerance: float = 1e-9,
) -> Minimum:
    """Descend from ``x`` (d) within ``low`` and ``high`` (d each).

    ``function`` gives a value and its gradient (d). Ends when a step from a fresh H lowers the
    value by less than ``tolerance``, or after about so many ``evaluations``.
    """
    x = np.clip(x, low, high)
    value, slope = function(x)
    asked, fresh = 1, True
    H = np.eye(x.size)
    while asked < evaluations:
        held = ((x <= low) & (slope > 0)) | ((x >= high) & (slope < 0))
        toward = np.where(held, 0.0, -H @ np.where(held, 0.0, slope))
        if fresh:
            toward = toward / max(1.0, float(np.abs(toward).max()))
        trial, gained, asked = _step(function, x, value, slope, toward, (low, high), asked)
        if trial is None or gained < tolerance:
            if trial is not None:
                x, value, slope = trial
            if fresh:
                break
            # What was learned of the curvature no longer helps: begin again with the steepest way.
            H, fresh = np.eye(x.size), True
            continue
        moved, bent = trial[0] - x, trial[2] - slope
        x, value, slope = trial
        H = _updated(H, moved, bent, fresh)
        fresh = False
    return Minimum(x, value, asked)


def _step(
    function: Callable[[Floats], tuple[float, Floats]],
    x: Floats,
    value: float,
    slope: Floats,
    toward: Floats,
    bounds: tuple[Floats, Floats],
    asked: int,
) -> tuple[tuple[Floats, float, Floats] | None, float, int]:
    """The first halving that goes down enough (point, value, gradient), the gain, the count."""
    length = 1.0
    for _ in range(_HALVINGS):
        there = np.clip(x + length * toward, *bounds)
        expected = float(slope @ (there - x))
        if expected >= 0:
            break
        found, slope_there = function(there)
        asked += 1
        # Where the function or its gradient overflows, the comparison is false, too.
        if np.isfinite(slope_there).all() and found <= value + _ARMIJO * expected:
            return (there, found, slope_there), value - found, asked
        length /= 2
    return None, 0.0, asked


def _updated(H: Floats, moved: Floats, bent: Floats, fresh: bool) -> Floats:
    """H after a step ``moved`` over which the gradient changed by ``bent`` (N&W 6.17)."""
    curve = float(moved @ bent)
    if curve <= 1e-12 * float(np.sqrt((moved @ moved) * (bent @ bent))):
        return H
    if fresh:  # N&W 6.20: the first step tells the scale
        H = np.eye(moved.size) * curve / float(bent @ bent)
    left = np.eye(moved.size) - np.outer(moved, bent) / curve
    updated: Floats = left @ H @ left.T + np.outer(moved, moved) / curve
    return updated
