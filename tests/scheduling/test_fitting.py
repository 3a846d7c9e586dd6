"""What a fit is worth: on a real log, and on made-up learners whose truth is known."""

from __future__ import annotations

import numpy as np
import pytest

from quizcli.scheduling.fitting import LEAST_REVIEWS, Fit, TooFewReviews, fit
from quizcli.scheduling.gradient import gradient, losses
from quizcli.scheduling.memory import DEFAULT_PARAMETERS, checked_parameters
from quizcli.scheduling.replay import Batches, Log
from tests.support.histories import real_log
from tests.support.learners import forgetful, learner


def timed(reviews) -> Log:
    """The real log, whole days counted from time to time as the package counts them."""
    days = [(row.at - reviews[0].at).total_seconds() / 86400 for row in reviews]
    numbers = {card: i for i, card in enumerate(dict.fromkeys(row.card for row in reviews))}
    return Log.of([numbers[row.card] for row in reviews], days, [row.rating for row in reviews])


def mean_loss(log: Log, w) -> float:
    batches = Batches(log)
    return float(losses(batches, w)[batches.elapsed[batches.begins[1] :] >= 1].mean())


@pytest.fixture(scope="module")
def real() -> tuple[Log, Fit]:
    """The real log, and what a fit finds in it."""
    log = timed(real_log())
    return log, fit(log)


def test_the_real_log_is_explained_better_in_sample_and_on_what_was_held_out(real) -> None:
    _, found = real
    assert (found.reviews, found.held_out) == (5329, 1066)
    assert round(found.whole.before, 4) == 0.4587
    assert round(found.unseen.before, 4) == 0.4472
    assert round(found.constant, 4) == 0.4672
    assert found.whole.after <= 0.445
    assert found.unseen.after <= 0.446
    assert found.helps
    assert found.unseen.gain < 2 * found.error, "no more than chance may do, and it is said"
    assert "perhaps by chance" in found.sentences()[-1]
    assert found.overfitting > 0
    assert checked_parameters(found.parameters) == found.parameters
    # Hard was given once, and Easy never: what the log cannot tell stays what it was.
    for i in (1, 3, 16):
        assert found.parameters[i] == DEFAULT_PARAMETERS[i]


def test_the_figures_said_are_those_of_losses_worked_out_anew(real) -> None:
    log, found = real
    assert found.whole.after == pytest.approx(mean_loss(log, found.parameters), rel=1e-12)
    words = " ".join(found.sentences())
    for figure in (found.unseen.before, found.unseen.after, found.seen.after, found.overfitting):
        assert f"{figure:.4f}" in words


def test_a_fit_recovers_the_loss_of_the_truth() -> None:
    """On fresh reviews of the same learners: within 0.0025 of the truth's own loss each, and at
    least three quarters of what the defaults lose against it made good over all."""
    lost, left = [], []
    for seed in (1, 2, 8):
        truth = forgetful(seed)
        found = fit(learner(truth, cards=1200, days=180, seed=seed))
        fresh = learner(truth, cards=3000, days=180, seed=seed + 100)
        best = mean_loss(fresh, truth)
        lost.append(mean_loss(fresh, DEFAULT_PARAMETERS) - best)
        left.append(mean_loss(fresh, found.parameters) - best)
    assert max(left) < 0.0025
    assert sum(left) < sum(lost) / 4
    assert sum(lost) > 0.02, "these learners are too much like the average to tell"


def test_a_learner_like_the_average_is_left_nearly_alone() -> None:
    found = fit(learner(DEFAULT_PARAMETERS, cards=800, days=150, seed=4))
    fresh = learner(DEFAULT_PARAMETERS, cards=3000, days=150, seed=5)
    assert mean_loss(fresh, found.parameters) < mean_loss(fresh, DEFAULT_PARAMETERS) + 0.001


def test_answers_by_chance_are_not_said_to_be_helped_much() -> None:
    """Ratings without any memory behind them: nothing to learn but how often they succeed."""
    log = learner(DEFAULT_PARAMETERS, cards=600, days=120, seed=6)
    rating = np.random.default_rng(7).choice([1, 3], log.rating.size)
    found = fit(Log.of(log.card, log.day, rating))
    assert found.unseen.after > 0.999 * np.log(2)


def test_too_few_reviews_are_refused_with_both_numbers() -> None:
    log = learner(DEFAULT_PARAMETERS, cards=100, days=100, seed=8)
    with pytest.raises(TooFewReviews, match=rf"needs {LEAST_REVIEWS:,} reviews .* has \d+\."):
        fit(log)
    with pytest.raises(TooFewReviews, match=r"the log has 0\."):
        fit(Log.of([], [], []))


def test_a_fit_changes_nothing_and_is_the_same_again() -> None:
    log = learner(forgetful(9), cards=400, days=120, seed=9)
    copies = [values.copy() for values in log]
    assert fit(log) == fit(log)
    for values, copy in zip(log, copies, strict=True):
        np.testing.assert_array_equal(values, copy)


def test_before_is_the_loss_of_the_parameters_in_use() -> None:
    log = learner(forgetful(9), cards=400, days=120, seed=9)
    present = tuple(forgetful(10))
    assert fit(log, current=present).whole.before == pytest.approx(mean_loss(log, present))


def test_a_stability_beyond_all_numbers_is_no_trap() -> None:
    """Hundreds of easy reviews on one day: some parameters let a stability overflow there."""
    log = learner(DEFAULT_PARAMETERS, cards=400, days=120, seed=12)
    many = Log.of(
        np.r_[log.card, np.full(500, 400)],
        np.r_[log.day, np.full(500, log.day[-1])],
        np.r_[log.rating, np.full(500, 4)],
    )
    wild = (*DEFAULT_PARAMETERS[:17], 2.0, 2.0, 0.0, 0.1542)
    batches = Batches(many)
    _, slope = gradient(batches, wild, np.ones(many.card.size - batches.begins[1]))
    assert not np.isfinite(slope).all(), "nothing overflows, so nothing is tested"
    found = fit(many, current=wild)
    assert np.isfinite([*found.whole, *found.seen, *found.unseen, *found.parameters]).all()


def test_no_parameter_leaves_its_bounds_however_odd_the_log() -> None:
    """All forgotten, or all recalled, for years."""
    log = learner(DEFAULT_PARAMETERS, cards=400, days=200, seed=11)
    for rating in (1, 4):
        found = fit(Log.of(log.card, log.day, np.full(log.rating.size, rating)))
        assert checked_parameters(found.parameters) == found.parameters
        assert np.isfinite(found.unseen.after)
