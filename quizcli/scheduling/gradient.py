"""The log loss of a log, and its gradient in the 21 parameters, by hand and backwards.

The rule: derivatives of FSRS-6's published formulas, checked against differences, nothing else.

Method: reverse mode. Going forward, ``replay.states`` keeps S and D after every review. Each
review's own derivatives (of its new S and D in the old S and D, in R and in each parameter) hang
on its own old state alone, so they are computed for all reviews in one sweep. What has to go step
by step, from the last batch to the first, is only the adjoint of the two states:

    S̄_old = S̄_new · ∂S_new/∂S + ∂loss/∂S        D̄_old = S̄_new · ∂S_new/∂D + D̄_new · ∂D_new/∂D

Then each parameter's gradient is one sum over all reviews: S̄_new · ∂S_new/∂w + D̄_new · ∂D_new/∂w,
and for w_20 what reaches the loss through R directly. Where a formula is clamped, or the lesser of
two terms is taken, the derivative is that of the side which the forward pass took.

The loss of one review is the natural log loss −y ln R − (1 − y) ln(1 − R), y = 1 unless the rating
was Again. With a = −ln R = w_20 ln(1 + F t/S), neither logarithm loses digits near R = 1.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from quizcli.numeric import np
from quizcli.scheduling.replay import (
    DIFFICULTIES,
    LEAST_STABILITY,
    bonus,
    forgetting_factor,
    states,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from quizcli.scheduling.replay import Batches, Floats, States

# A failure that was held to be impossible costs as much as one with a chance of 1e-12.
_LEAST_CHANCE = 1e-12


class Old(NamedTuple):
    """The states that each review after a card's first found, in the layout without first ones.

    ``a`` is −ln R; ``slope`` and ``slope_w`` are its derivatives in S and in w_20.
    """

    S: Floats
    D: Floats
    t: Floats
    rating: Floats
    bonus: Floats
    R: Floats
    a: Floats
    slope: Floats
    slope_w: Floats


def losses(batches: Batches, w: Sequence[float]) -> Floats:
    """The loss of each review after a card's first, in the layout without first ones."""
    old = _old(batches, states(batches, w), w)
    return _loss(old)


def gradient(batches: Batches, w: Sequence[float], weight: Floats) -> tuple[float, Floats]:
    """The weighted sum of the losses, and its gradient (21).

    ``weight`` has an entry for each review after a card's first, as ``losses`` has; reviews that
    do not count weigh 0. Under parameters that let a stability grow beyond all numbers, the
    gradient is not finite.
    """
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
        return _gradient(batches, w, weight)


def _gradient(batches: Batches, w: Sequence[float], weight: Floats) -> tuple[float, Floats]:
    new = states(batches, w)
    old = _old(batches, new, w)
    missed = np.maximum(-np.expm1(-old.a), _LEAST_CHANCE)
    by_a = weight * np.where(old.rating > 1, 1.0, -old.R / missed)
    of_S, of_D = _stability_partials(old, w), _difficulty_partials(old, w)
    S_S = of_S["S"] - of_S["R"] * old.R * old.slope
    S_bar, D_bar = _adjoints(batches, S_S, of_S["D"], of_D["D"], by_a * old.slope)
    n = batches.begins[1]
    total = np.zeros(21)
    for bar, partials in ((S_bar[n:], of_S), (D_bar[n:], of_D)):
        for name, partial in partials.items():
            if isinstance(name, int):
                total[name] += _dot(bar, partial)
    total[20] += _dot(by_a - S_bar[n:] * of_S["R"] * old.R, old.slope_w)
    total += _first(batches.rating[:n], S_bar[:n], D_bar[:n], w)
    return _dot(weight, _loss(old)), total


def _dot(a: Floats, b: Floats) -> float:
    """Not ``a @ b``: BLAS splits that among threads, which for a log's length costs more than it
    brings and makes the last digits hang on the machine."""
    return float((a * b).sum())


def _loss(old: Old) -> Floats:
    failed = -np.log(np.maximum(-np.expm1(-old.a), _LEAST_CHANCE))
    loss: Floats = np.where(old.rating > 1, old.a, failed)
    return loss


def _old(batches: Batches, new: States, w: Sequence[float]) -> Old:
    later = slice(batches.begins[1], None)
    before = batches.before[later]
    S, D, t = new.stability[before], new.difficulty[before], batches.elapsed[later]
    rating = batches.rating[later]
    F = forgetting_factor(w)
    F_w = (F + 1) * np.log(0.9) / w[20] ** 2
    u = F * t / S
    a = w[20] * np.log1p(u)
    da_S = -w[20] * u / (1 + u) / S
    da_w = np.log1p(u) + w[20] * F_w * t / S / (1 + u)
    return Old(S, D, t, rating.astype(float), bonus(rating, w), np.exp(-a), a, da_S, da_w)


def _stability_partials(old: Old, w: Sequence[float]) -> dict[int | str, Floats]:
    """The derivatives of the new S in the old S ("S") and D ("D"), in R ("R") and in each w."""
    same = old.t < 1
    failed = ~same & (old.rating == 1)
    recalled = ~same & (old.rating > 1)
    partials: dict[int | str, Floats] = {}
    for rule, chosen in ((_same_day, same), (_forgotten, failed), (_recalled, recalled)):
        part = Old(*(values[chosen] for values in old))
        after, derivatives = rule(part, w)
        free = after > LEAST_STABILITY
        for name, values in derivatives.items():
            whole = partials.setdefault(name, np.zeros(old.S.size))
            whole[chosen] += np.where(free, values, 0.0)
    return partials


def _same_day(old: Old, w: Sequence[float]) -> tuple[Floats, dict[int | str, Floats]]:
    """S' = S · e^{w_17 (G − 3 + w_18)} · S^{−w_19}, the growth at least 1 unless forgotten."""
    S, G = old.S, old.rating
    growth = np.exp(w[17] * (G - 3 + w[18])) * S ** -w[19]
    held = (G > 1) & (growth < 1)
    after = np.where(held, S, S * growth)
    moved = np.where(held, 0.0, after)
    return after, {
        "S": np.where(held, 1.0, growth * (1 - w[19])),
        17: moved * (G - 3 + w[18]),
        18: moved * w[17],
        19: -moved * np.log(S),
    }


def _forgotten(old: Old, w: Sequence[float]) -> tuple[Floats, dict[int | str, Floats]]:
    """S' = min(w_11 · D^{−w_12} · ((S + 1)^{w_13} − 1) · e^{w_14 (1 − R)},  S / e^{w_17 w_18})."""
    S, D, Q = old.S, old.D, 1 - old.R
    scale = D ** -w[12] * np.exp(Q * w[14])
    power = (S + 1) ** w[13]
    lost = w[11] * scale * (power - 1)
    bound = S / np.exp(w[17] * w[18])
    held = bound < lost
    one, other = np.where(held, 0.0, 1.0), np.where(held, bound, 0.0)
    return np.minimum(lost, bound), {
        "S": one * w[11] * scale * w[13] * power / (S + 1) + other / S,
        "D": -one * w[12] * lost / D,
        "R": -one * w[14] * lost,
        11: one * scale * (power - 1),
        12: -one * lost * np.log(D),
        13: one * w[11] * scale * power * np.log(S + 1),
        14: one * lost * Q,
        17: -other * w[18],
        18: -other * w[17],
    }


def _recalled(old: Old, w: Sequence[float]) -> tuple[Floats, dict[int | str, Floats]]:
    """S' = S · (1 + e^{w_8} · (11 − D) · S^{−w_9} · (e^{w_10 (1 − R)} − 1) · bonus)."""
    S, D, Q = old.S, old.D, 1 - old.R
    plain = S * np.exp(w[8]) * (11 - D) * S ** -w[9]
    grown = np.exp(Q * w[10])
    base = plain * (grown - 1)
    gain = base * old.bonus
    return S + gain, {
        "S": 1 + gain * (1 - w[9]) / S,
        "D": -gain / (11 - D),
        "R": -plain * grown * w[10] * old.bonus,
        8: gain,
        9: -gain * np.log(S),
        10: plain * grown * Q * old.bonus,
        15: np.where(old.rating == 2, base, 0.0),
        16: np.where(old.rating == 4, base, 0.0),
    }


def _difficulty_partials(old: Old, w: Sequence[float]) -> dict[int | str, Floats]:
    """D' = w_7 · D_0(easy) + (1 − w_7) · (D − w_6 (G − 3)(10 − D) / 9), from 1 to 10."""
    step = (old.rating - 3) / 9
    easy = w[4] - np.exp(3 * w[5]) + 1
    moved = old.D - (10 - old.D) * w[6] * step
    free = _free(w[7] * easy + (1 - w[7]) * moved)
    return {
        "D": free * (1 - w[7]) * (1 + w[6] * step),
        4: free * w[7],
        5: free * -3 * w[7] * np.exp(3 * w[5]),
        6: free * (w[7] - 1) * (10 - old.D) * step,
        7: free * (easy - moved),
    }


def _adjoints(
    batches: Batches, S_S: Floats, S_D: Floats, D_D: Floats, loss_S: Floats
) -> tuple[Floats, Floats]:
    """S̄ and D̄ of every review in the layout of ``batches``, from the last batch to the first."""
    n = batches.begins[1]
    S_bar, D_bar = np.zeros(batches.at.size), np.zeros(batches.at.size)
    for before, own in reversed(list(batches.steps())):
        here = slice(own.start - n, own.stop - n)
        S_bar[before] = S_bar[own] * S_S[here] + loss_S[here]
        D_bar[before] = S_bar[own] * S_D[here] + D_bar[own] * D_D[here]
    return S_bar, D_bar


def _first(rating: NDArray[np.int64], S_bar: Floats, D_bar: Floats, w: Sequence[float]) -> Floats:
    """What first reviews add: S_0 = w_{G−1}, D_0 = w_4 − e^{w_5 (G − 1)} + 1."""
    total = np.zeros(21)
    total[:4] = np.bincount(rating - 1, S_bar, minlength=4)
    grade = rating - 1.0
    D_bar = D_bar * _free(w[4] - np.exp(w[5] * grade) + 1)
    total[4] = D_bar.sum()
    total[5] = -(D_bar * grade * np.exp(w[5] * grade)).sum()
    return total


def _free(D: Floats) -> Floats:
    """1 where a difficulty is not clamped, 0 where it is."""
    least, most = DIFFICULTIES
    free: Floats = ((least < D) & (most > D)).astype(float)
    return free
