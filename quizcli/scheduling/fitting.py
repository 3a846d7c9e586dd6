"""The 21 parameters, learned from a learner's own log. The rule: only held-out reviews prove it.

Method. The parameters minimise the natural log loss of the recalls that FSRS-6 predicts (formulas:
``replay``; gradient: ``gradient``; descent within the package's bounds: ``descent``), summed over
the reviews that come a day or more after the card's previous one, plus a penalty:

- Later reviews weigh more, 0.25 + 0.75 x³ with x from 0 for the first to 1 for the last, as in the
  fitting published with FSRS: a learner changes, and the next review is made by today's.
- Each parameter is drawn to its default by ½ ((w − w_default) / σ)², σ the greater of 35% of the
  default and 0.07: the maximum a posteriori estimate under a normal prior of that width. What the
  log says nothing about (a rating never given) therefore keeps its default exactly.

It is done twice. Fitted on the first 80% of those reviews, by time, and judged on the rest, the
parameters show what a fit is worth on reviews it has not seen; the difference between the gain on
either part is what it only learned by heart. The parameters handed back are then fitted on all.
Nothing is changed here: whether to use them is the learner's decision.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from quizcli.numeric import np
from quizcli.scheduling.descent import minimum
from quizcli.scheduling.gradient import gradient, losses
from quizcli.scheduling.memory import DEFAULT_PARAMETERS, LOWER_BOUNDS, TESTING, UPPER_BOUNDS
from quizcli.scheduling.replay import Batches

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from quizcli.scheduling.replay import Floats, Log

# Measured on made-up learners whose parameters differ from the defaults by 30%: fitted on 600
# reviews, 7 of 16 were predicted worse than by the defaults, on 1,000 it was 4, on 1,500 it was 2
# (tests/bench/bench_fitting.py).
LEAST_REVIEWS = 1000

HELD_OUT = 0.2
_SHARE, _LEAST_WIDTH = 0.35, 0.07
# Of the mean loss; a step that gains less changes no prediction that a learner could notice.
_TOLERANCE, _EVALUATIONS = 1e-8, 200


class TooFewReviews(ValueError):
    """The log says too little; the message says how much is missing."""


class Losses(NamedTuple):
    """The mean natural log loss of the same reviews before and after a fit."""

    before: float
    after: float

    @property
    def gain(self) -> float:
        """How much the fit lowered it."""
        return self.before - self.after


class Fit(NamedTuple):
    """What a fit found, and what it is worth.

    ``parameters`` are fitted on all ``reviews`` that count, and ``whole`` is their loss on those.
    ``trial`` are fitted on the earlier part only; ``seen`` is their loss on that part, ``unseen``
    on the ``held_out`` later ones. ``constant`` is the loss on these of saying each time how often
    the earlier reviews succeeded; ``error`` is the standard error of the gain on unseen reviews,
    from its spread between them. ``before`` is always the loss under the parameters in use.
    """

    parameters: tuple[float, ...]
    trial: tuple[float, ...]
    reviews: int
    held_out: int
    whole: Losses
    seen: Losses
    unseen: Losses
    constant: float
    error: float

    @property
    def helps(self) -> bool:
        """Whether reviews that the fit had not seen were predicted better than before."""
        return self.unseen.gain > 0

    @property
    def overfitting(self) -> float:
        """The part of the gain on seen reviews that unseen ones did not confirm."""
        return self.seen.gain - self.unseen.gain

    def sentences(self) -> list[str]:
        """The same in words, for whoever has to decide."""
        unseen, seen, whole = self.unseen, self.seen, self.whole
        unconfirmed = max(self.overfitting, 0.0)
        advice = "no better: keep the current parameters."
        if self.helps:
            sure = unseen.gain > 2 * self.error
            advice = f"better{'' if sure else ', perhaps by chance'}: use the new parameters."
        return (
            f"Fitted on the first {self.reviews - self.held_out} reviews that count, tested on the "
            f"last {self.held_out}, by mean log loss (lower is better).\n"
            f"Held out: {unseen.before:.4f} before, {unseen.after:.4f} after, a gain of "
            f"{unseen.gain:.4f} (standard error {self.error:.4f}); always predicting the same "
            f"probability: {self.constant:.4f}.\n"
            f"In sample: {seen.before:.4f} before, {seen.after:.4f} after; "
            f"of that gain of {seen.gain:.4f}, {unconfirmed:.4f} was not confirmed on the "
            "held-out reviews.\n"
            f"Fitted on all {self.reviews}: {whole.before:.4f} before, {whole.after:.4f} after, "
            "in sample.\n"
            f"Reviews that the fit had not seen are predicted {advice}"
        ).splitlines()


def fit(
    log: Log,
    *,
    current: Sequence[float] = DEFAULT_PARAMETERS,
    held_out: float = HELD_OUT,
    least: int = LEAST_REVIEWS,
) -> Fit:
    """Learn the parameters of whoever made ``log``; ``current`` are those in use.

    ``held_out`` is the share of the reviews, the latest, to judge by. Raises TooFewReviews when
    fewer than ``least`` reviews count.
    """
    batches = Batches(log)
    counting = _counting(batches)
    if counting.size < least:
        raise TooFewReviews(
            f"A fit needs {least:,} reviews made at least a day after the card's previous one, and "
            f"the log has {counting.size:,}. With fewer, what it finds may well be chance: keep "
            "the current parameters."
        )
    early = counting.size - round(counting.size * held_out)
    parts = counting, counting[:early], counting[early:]
    trial, final = _fitted(batches, parts[1]), _fitted(batches, parts[0])
    by_current, by_trial, by_final = (losses(batches, w) for w in (current, trial, final))

    def both(after: Floats, part: NDArray[np.int64]) -> Losses:
        return Losses(float(by_current[part].mean()), float(after[part].mean()))

    return Fit(
        parameters=final,
        trial=trial,
        reviews=counting.size,
        held_out=counting.size - early,
        whole=both(by_final, parts[0]),
        seen=both(by_trial, parts[1]),
        unseen=both(by_trial, parts[2]),
        constant=_constant(batches, parts[1], parts[2]),
        error=float((by_current - by_trial)[parts[2]].std() / np.sqrt(parts[2].size)),
    )


def _counting(batches: Batches) -> NDArray[np.int64]:
    """The reviews that count, oldest first, as places among those after a card's first."""
    later = slice(batches.begins[1], None)
    places = np.flatnonzero(batches.elapsed[later] >= TESTING)
    return places[np.argsort(batches.at[later][places])]


def _fitted(batches: Batches, part: NDArray[np.int64]) -> tuple[float, ...]:
    """The parameters that explain these reviews best; in units of σ around the defaults."""
    centre = np.asarray(DEFAULT_PARAMETERS)
    low, high = np.asarray(LOWER_BOUNDS), np.asarray(UPPER_BOUNDS)
    width = np.maximum(_SHARE * centre, _LEAST_WIDTH)
    weight = np.zeros(batches.at.size - batches.begins[1])
    weight[part] = 0.25 + 0.75 * np.linspace(0, 1, part.size) ** 3
    weight *= part.size / weight.sum()

    def penalised(z: Floats) -> tuple[float, Floats]:
        loss, slope = gradient(batches, tuple(centre + width * z), weight)
        value = float(loss + z @ z / 2) / part.size
        return value, (slope * width + z) / part.size

    found = minimum(
        penalised,
        np.zeros(centre.size),
        (low - centre) / width,
        (high - centre) / width,
        evaluations=_EVALUATIONS,
        tolerance=_TOLERANCE,
    )
    # What rounding moved off a bound goes back onto it.
    return tuple(np.clip(centre + width * found.x, low, high).tolist())


def _constant(batches: Batches, early: NDArray[np.int64], late: NDArray[np.int64]) -> float:
    recalled = batches.rating[batches.begins[1] :] > 1
    # Laplace's rule, so that a part without a failure says no 100%.
    chance = (recalled[early].sum() + 1) / (early.size + 2)
    return float(-np.log(np.where(recalled[late], chance, 1 - chance)).mean())
