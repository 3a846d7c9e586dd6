"""The gradient against central differences, and the loss against the package's own recalls."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizcli.scheduling.gradient import gradient, losses
from quizcli.scheduling.memory import DEFAULT_PARAMETERS
from quizcli.scheduling.replay import Batches, Log, named, replay
from tests.support.histories import random_history, real_log
from tests.support.learners import forgetful, learner


def agrees(log: Log, w: np.ndarray) -> None:
    """Compares where the loss has a slope: where forward and backward differences part, a clamp
    lies at this very point, and neither is the derivative."""
    batches = Batches(log)
    weight = np.linspace(0.5, 1.5, log.card.size - batches.begins[1])
    value, slope = gradient(batches, w, weight)
    assert value == pytest.approx(losses(batches, w) @ weight, rel=1e-12)
    compared = 0
    for i in range(21):
        step = np.zeros(21)
        step[i] = 1e-6 * max(abs(w[i]), 1e-2)
        up, down = (losses(batches, w + sign * step) @ weight for sign in (1, -1))
        forward, backward = (up - value) / step[i], (value - down) / step[i]
        # Half of what they part by is what the middle between them is off from either.
        if forward == pytest.approx(backward, rel=2e-4, abs=2e-4):
            compared += 1
            assert slope[i] == pytest.approx((up - down) / (2 * step[i]), rel=2e-4, abs=2e-4), i
    assert compared >= 18


@given(st.integers(0, 10_000))
def test_the_gradient_is_that_of_central_differences(seed: int) -> None:
    agrees(learner(forgetful(seed), cards=8, days=200, seed=seed), forgetful(seed + 1, 0.2))


def test_the_gradient_holds_with_every_rating_and_same_day_reviews() -> None:
    rows = [(str(seed), day, rating) for seed in range(300) for rating, day in random_history(seed)]
    log, _ = named(rows)
    batches = Batches(log)
    # All three rules and both sides of each clamp are on the way.
    later = slice(batches.begins[1], None)
    assert (batches.elapsed[later] < 1).any()
    assert set(batches.rating[later].tolist()) == {1, 2, 3, 4}
    _, slope = gradient(batches, forgetful(3), np.ones(log.card.size - batches.begins[1]))
    assert np.count_nonzero(slope) == 21, "a parameter is without effect"
    agrees(log, forgetful(3))


def test_reviews_that_weigh_nothing_add_nothing() -> None:
    batches = Batches(learner(DEFAULT_PARAMETERS, cards=20, days=100, seed=1))
    weight = np.zeros(batches.at.size - batches.begins[1])
    value, slope = gradient(batches, DEFAULT_PARAMETERS, weight)
    assert value == 0
    assert not slope.any()


def test_the_loss_is_that_of_the_predicted_recalls() -> None:
    log = learner(forgetful(5), cards=50, days=300, seed=5)
    batches, replayed = Batches(log), replay(log)
    R = replayed.recall_before[batches.at][batches.begins[1] :]
    recalled = batches.rating[batches.begins[1] :] > 1
    later = batches.elapsed[batches.begins[1] :] >= 1
    expected = -np.log(np.where(recalled, R, 1 - R))
    np.testing.assert_allclose(
        losses(batches, DEFAULT_PARAMETERS)[later], expected[later], rtol=1e-9
    )


def test_the_published_figures_of_the_real_log() -> None:
    """The defaults' log loss there, by the package's own recalls: 0.4587, and 0.4472 on the last
    fifth of the 5,329 reviews that count; whole days are counted from time to time."""
    reviews = real_log()
    days = [(row.at - reviews[0].at).total_seconds() / 86400 for row in reviews]
    numbers = {card: i for i, card in enumerate(dict.fromkeys(row.card for row in reviews))}
    log = Log.of([numbers[row.card] for row in reviews], days, [row.rating for row in reviews])
    batches = Batches(log)
    loss = losses(batches, DEFAULT_PARAMETERS)
    later = slice(batches.begins[1], None)
    places = np.flatnonzero(batches.elapsed[later] >= 1)
    places = places[np.argsort(batches.at[later][places])]
    assert places.size == 5329
    assert round(loss[places].mean(), 4) == 0.4587
    assert round(loss[places[int(0.8 * 5329) :]].mean(), 4) == 0.4472
