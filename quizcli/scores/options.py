"""How the options of one item did. The rule: an option is judged by who chose it.

A good key is chosen by those who did well on the other items, a good distractor by those who did
not, and an option that hardly anybody chooses does no work at all. The same figures serve for
whatever students answered, when the commonest responses are numbered like options.
"""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING, NamedTuple

from quizcli.numeric import np
from quizcli.scores.items import centre, covariance

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from quizcli.scores.items import Floats

# An option that fewer choose does not do its work as a distractor.
LEAST_SHARE = 0.05

# What each figure is; r: rest scores.
OPTION_FORMULAS = {
    "share": "students who chose it / students asked",
    "mean_rest": "mean r of those who chose it",
    "correlation": "Pearson's correlation of r with having chosen it (1) or not (0)",
    "thirds": "share of the lowest, middle and highest third by r",
}


class OptionFigures(NamedTuple):
    """One option of an item among those who were asked it. ``is_functional`` tells whether it is
    chosen often enough to do any work; ``thirds`` are its shares of the students with the lowest,
    middle and highest rest scores."""

    n: int
    share: float | None
    mean_rest: float | None
    correlation: float | None
    is_functional: bool
    thirds: tuple[float | None, float | None, float | None]


def option_figures(choices: ArrayLike, rest: ArrayLike, options: int) -> tuple[OptionFigures, ...]:
    """The figures of the options 0 … ``options`` − 1 of one item, from what each student chose
    (another number: none of them) and their rest scores (NaN: not asked)."""
    chosen, score = np.asarray(choices), np.asarray(rest, np.float64)
    asked = ~np.isnan(score)
    # Sums of part marks differ in their last digits where the scores are the same.
    chosen, score = chosen[asked], np.round(score[asked], 9)
    thirds = _thirds(score)
    return tuple(_option(chosen == option, score, thirds) for option in range(options))


def _thirds(score: Floats) -> list[Floats]:
    """How far each student belongs to the lowest, middle and highest third. Students of the same
    score share their places evenly, so that the order in which they come decides nothing."""
    ranked, third = np.sort(score), score.size / 3
    first, last = np.searchsorted(ranked, score, "left"), np.searchsorted(ranked, score, "right")
    return [
        np.clip(np.minimum(last, (part + 1) * third) - np.maximum(first, part * third), 0, None)
        / (last - first)
        for part in range(3)
    ]


def _option(chosen: NDArray[np.bool_], rest: Floats, thirds: list[Floats]) -> OptionFigures:
    n, heads = chosen.size, int(chosen.sum())
    own, other = centre(chosen.astype(np.float64)), centre(rest.copy())
    spread = sqrt(covariance(own, own) * covariance(other, other))
    low, middle, high = (float(part[chosen].sum() / part.sum()) if n else None for part in thirds)
    return OptionFigures(
        n=n,
        share=heads / n if n else None,
        mean_rest=float(rest[chosen].mean()) if heads else None,
        correlation=covariance(own, other) / spread if spread else None,
        is_functional=heads > 0 and heads >= LEAST_SHARE * n,
        thirds=(low, middle, high),
    )
