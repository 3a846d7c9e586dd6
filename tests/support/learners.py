"""Learners made up from known parameters: their logs are what a fit should be able to explain."""

from __future__ import annotations

import numpy as np

from quizcli.scheduling.memory import DEFAULT_PARAMETERS
from quizcli.scheduling.replay import (
    Log,
    first_states,
    forgetting_factor,
    next_difficulty,
    next_stability,
)

FIRST_RATINGS = (0.3, 0.1, 0.5, 0.1)
RECALLED_AS = (0.0, 0.1, 0.8, 0.1)


def learner(truth, cards: int, days: int, seed: int) -> Log:
    """The log of one whose memory follows ``truth`` exactly, and whose reviews the default
    parameters schedule: ``cards`` begun evenly over ``days``, each reviewed until the end."""
    rng = np.random.default_rng(seed)
    w, plan = tuple(truth), DEFAULT_PARAMETERS
    card = np.arange(cards)
    day = 739_000 + np.sort(rng.integers(0, days, cards))
    end = 739_000 + days
    rating = rng.choice([1, 2, 3, 4], cards, p=FIRST_RATINGS)
    rows = [(card, day, rating)]
    true, known = first_states(rating, w), first_states(rating, plan)
    while card.size:
        interval = np.maximum(np.round(known.stability * rng.uniform(0.7, 1.6, card.size)), 1)
        going = day + interval < end
        card, day, t = card[going], (day + interval)[going], interval[going]
        S, D = true.stability[going], true.difficulty[going]
        recall = (1 + forgetting_factor(w) * t / S) ** -w[20]
        rating = np.where(
            rng.random(card.size) < recall, rng.choice([1, 2, 3, 4], card.size, p=RECALLED_AS), 1
        )
        true = type(true)(next_stability(S, D, t, rating, w), next_difficulty(D, rating, w))
        S, D = known.stability[going], known.difficulty[going]
        known = type(known)(next_stability(S, D, t, rating, plan), next_difficulty(D, rating, plan))
        rows.append((card, day, rating))
    card, day, rating = (np.concatenate(column) for column in zip(*rows, strict=True))
    order = np.argsort(day, kind="stable")
    return Log.of(card[order], day[order], rating[order])


def forgetful(seed: int, spread: float = 0.3) -> np.ndarray:
    """Parameters of somebody unlike the average: each default times e^{N(0, spread)}, in bounds."""
    from quizcli.scheduling.memory import LOWER_BOUNDS, UPPER_BOUNDS

    rng = np.random.default_rng(seed)
    drawn = np.asarray(DEFAULT_PARAMETERS) * np.exp(rng.normal(0, spread, 21))
    return np.clip(drawn, LOWER_BOUNDS, UPPER_BOUNDS)
