"""The two-parameter model against published fits, against its own derivatives, and simulated."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from quizcli.scores import irt
from quizcli.scores.irt import (
    NO_PRIORS,
    PRIORS,
    Curve,
    TooFewStudents,
    fit,
    information,
    shortest,
    standard_errors,
)
from tests.support.classes import LSAT6, LSAT7, made_up, published

Table = NDArray[np.float64]


@pytest.mark.parametrize(
    ("counts", "likelihood"), [(LSAT6, -2466.653), (LSAT7, -2658.805)], ids=["LSAT-6", "LSAT-7"]
)
def test_published_likelihoods_come_out(counts: str, likelihood: float) -> None:
    found = fit(published(counts), priors=False)
    assert round(found.log_likelihood, 3) == likelihood
    assert (found.n, found.priors, found.is_converged) == (1000, NO_PRIORS, True)


def test_published_curves_and_errors_come_out() -> None:
    """LSAT-6 as the R package ltm fits it: slope, its error, difficulty, its error."""
    marks = published(LSAT6)
    found = fit(marks, priors=False)
    expected = [
        (0.8254, 0.2581, -3.3597, 0.8669),
        (0.7229, 0.1867, -1.3696, 0.3073),
        (0.8905, 0.2326, -0.2799, 0.0997),
        (0.6886, 0.1852, -1.8659, 0.4341),
        (0.6575, 0.2100, -3.1236, 0.8700),
    ]
    for curve, error, figures in zip(
        found.curves, standard_errors(found, marks), expected, strict=True
    ):
        assert curve is not None
        assert error is not None
        ours = (curve.slope, error.slope, curve.difficulty, error.difficulty)
        assert ours == pytest.approx(figures, abs=0.004)


def answered(random: np.random.Generator, slope: Table, difficulty: Table, n: int) -> Table:
    ability = random.standard_normal((n, 1))
    return (random.random((n, slope.size)) < 1 / (1 + np.exp(slope * (difficulty - ability)))) * 1.0


def holed(marks: Table, share: float) -> Table:
    return np.where(np.random.default_rng(9).random(marks.shape) < share, np.nan, marks)


@pytest.mark.parametrize("share", [0, 0.3], ids=["complete", "not all asked"])
def test_gradient_and_information_are_the_derivatives_of_the_likelihood(share: float) -> None:
    marks = holed(made_up(1, 700).marks[:, :4], share)  # more than a block of students
    at, points, step = np.array([[0.5, 1, -0.3, 2], [1, 0, 0.4, -1]]), irt._points(4), 1e-5
    value, gradient = irt._likelihood(marks, at, points)
    observed, numeric = irt._observed(marks, at), np.zeros((8, 8))
    for place in range(8):
        moved = np.zeros(8)
        moved[place] = step
        up, down = (
            irt._likelihood(marks, at + sign * moved.reshape(2, 4), points) for sign in (1, -1)
        )
        assert gradient.ravel()[place] == pytest.approx((up[0] - down[0]) / (2 * step), abs=1e-4)
        numeric[place] = (down[1] - up[1]).ravel() / (2 * step)
    assert observed == pytest.approx(numeric, abs=1e-4)
    assert value < 0


def test_likelihood_is_the_integral_written_out() -> None:
    """Student by student, over many more points; what was not asked is left out."""
    marks = holed(made_up(2, 20).marks[:, :5], 0.3)
    at = np.array([[0.5, 1, -0.3, 2, 3], [1, 0, 0.4, -1, 2]])
    points = np.linspace(-8, 8, 4001)
    density = np.exp(-(points**2) / 2) / np.sqrt(2 * np.pi) * (points[1] - points[0])
    whole = 0.0
    for row in marks:
        each = density.copy()
        for mark, slope, intercept in zip(row, *at, strict=True):
            chance = 1 / (1 + np.exp(-slope * points - intercept))
            each *= 1 if np.isnan(mark) else chance if mark else 1 - chance
        whole += np.log(each.sum())
    assert irt._likelihood(marks, at, irt._points(5))[0] == pytest.approx(whole, abs=1e-4)


@pytest.mark.parametrize("items", [10, 60, 200])
def test_points_are_near_enough_for_narrow_likelihoods(items: int) -> None:
    """Halving their distance changes nothing that is printed."""
    random = np.random.default_rng(4)
    slope, difficulty = random.uniform(0.8, 2.2, items), random.uniform(-1, 1, items)
    marks = answered(random, slope, difficulty, 300)
    at, points = np.stack([slope, -slope * difficulty]), irt._points(items)
    finer = np.linspace(points[0], points[-1], 2 * points.size - 1)
    value = irt._likelihood(marks, at, points)[0]
    assert value == pytest.approx(irt._likelihood(marks, at, finer)[0], abs=1e-3)


@pytest.mark.parametrize("priors", [True, False])
@pytest.mark.parametrize("share", [0, 0.3], ids=["complete", "not all asked"])
def test_curves_are_found_again(priors: bool, share: float) -> None:
    """True slopes and difficulties lie where the standard errors say: their deviations in errors
    have a spread of 1. A class of 3000 begins with a tenth of it."""
    random = np.random.default_rng(7)
    slope, difficulty = random.uniform(0.7, 2, 20), random.uniform(-2, 2, 20)
    marks = holed(answered(random, slope, difficulty, 3000), share)
    found = fit(marks, priors=priors)
    assert found.is_converged
    away = []
    for curve, error, a, b in zip(
        found.curves, standard_errors(found, marks), slope, difficulty, strict=True
    ):
        assert curve is not None
        assert curve.difficulty is not None
        assert error is not None
        assert error.difficulty is not None
        assert curve.slope == pytest.approx(a, abs=0.35)
        away += [(curve.slope - a) / error.slope, (curve.difficulty - b) / error.difficulty]
    assert np.std(away) == pytest.approx(1, abs=0.3)


def test_nothing_near_is_likelier() -> None:
    marks = made_up(6, 400).marks
    found = fit(marks, priors=False)
    at, points = np.array(found.curves).T, irt._points(10)
    assert np.abs(irt._likelihood(marks, at, points)[1]).max() < 0.1
    for seed in range(20):
        near = at + 0.05 * np.random.default_rng(seed).standard_normal(at.shape)
        assert irt._likelihood(marks, near, points)[0] < found.log_likelihood


def test_nothing_near_is_likelier_with_priors_either() -> None:
    """The slope of likelihood and priors together is level."""
    marks = made_up(6, 400).marks
    found = fit(marks)
    at = np.array(found.curves).T
    value, slope = irt._likelihood(marks, at, irt._points(10))
    assert found.log_likelihood == pytest.approx(value, abs=1e-9)
    assert np.abs(slope[0] - (at[0] - 1.2) / 0.7**2).max() < 0.1
    assert np.abs(slope[1] - at[1] / 2.5**2).max() < 0.1


def test_a_large_class_begins_with_a_tenth(monkeypatch: pytest.MonkeyPatch) -> None:
    sizes, likelihood = [], irt._likelihood

    def counted(x: Table, at: Table, points: Table) -> tuple[float, Table]:
        sizes.append(len(x))
        return likelihood(x, at, points)

    monkeypatch.setattr(irt, "_likelihood", counted)
    fit(made_up(6, 4000).marks)
    assert {*sizes} == {400, 4000}
    assert sizes.count(4000) < 20


def test_curves_that_the_marks_contradict_have_no_errors() -> None:
    """Far from where the likelihood is greatest it is not curved down."""
    marks = np.repeat(made_up(6, 200).marks[:, :1], 4, axis=1)
    elsewhere = fit(marks)._replace(curves=(Curve(0.05, 0),) * 4, priors=NO_PRIORS)
    assert standard_errors(elsewhere, marks) == (None,) * 4


def test_priors_are_said_and_draw_slopes_together() -> None:
    marks = made_up(8, 100).marks
    plain, drawn = fit(marks, priors=False), fit(marks)
    assert drawn.priors == PRIORS == "slope ~ normal(1.2, 0.7), intercept ~ normal(0, 2.5)"
    slopes = [np.std([curve.slope for curve in each.curves if curve]) for each in (plain, drawn)]
    assert slopes[1] < slopes[0]
    assert drawn.log_likelihood < plain.log_likelihood  # it is without the priors' part


@pytest.mark.parametrize("centre", [-0.3, 0, 0.2, 0.4])
def test_priors_predict_other_students_better_than_none(centre: float) -> None:
    """Fitted on 100 students, judged on 2000 of the same kind, for slopes around .7, 1, 1.2, 1.5."""
    gains = []
    for seed in range(10):
        random = np.random.default_rng(seed)
        slope, difficulty = random.lognormal(centre, 0.3, 10), random.uniform(-1.5, 1.5, 10)
        marks = answered(random, slope, difficulty, 100)
        unseen = answered(random, slope, difficulty, 2000)
        start = np.stack([np.ones(10), np.zeros(10)])
        plain, drawn = (
            irt._likelihood(unseen, irt._fitted(marks, start, priors)[0], irt._points(10))[0]
            for priors in (False, True)
        )
        gains.append(drawn - plain)
    assert np.mean(gains) > 0


@pytest.mark.parametrize("priors", [True, False])
def test_a_wrong_key_has_a_negative_slope(priors: bool) -> None:
    made = made_up(1, 300)
    marks = made.marks
    marks[:, 0] = made.choices[:, 0] == made.popular(0)
    found = fit(marks, priors=priors)
    slopes = [curve.slope for curve in found.curves if curve]
    assert slopes[0] < -0.3
    assert min(slopes[1:]) > 0.3
    assert 0 not in shortest(found.curves, 1)


@pytest.mark.parametrize("priors", [True, False])
def test_items_of_which_the_marks_say_nothing_have_no_curve(priors: bool) -> None:
    marks = made_up(3, 200).marks
    alone = fit(marks, priors=priors)
    blank = np.c_[marks, np.ones(200), np.zeros(200), np.full(200, np.nan)]
    found = fit(blank, priors=priors)
    assert found.curves[10:] == (None, None, None)
    assert found.log_likelihood == pytest.approx(alone.log_likelihood, abs=1e-3)
    for one, other in zip(found.curves, alone.curves, strict=False):
        assert one == pytest.approx(other, abs=1e-2)
    assert standard_errors(found, blank)[10:] == (None, None, None)
    assert information(found.curves, [0, 1])[10:].tolist() == [[0, 0]] * 3


def test_a_class_without_any_difference() -> None:
    found = fit(np.ones((100, 3)))
    assert found.curves == (None, None, None)
    assert standard_errors(found, np.ones((100, 3))) == (None, None, None)
    assert shortest(found.curves) == ()


def test_slopes_without_end() -> None:
    """A perfect ladder: without priors every slope grows for ever, with them none does."""
    ability = np.arange(200)[:, None]
    ladder = (ability >= np.linspace(20, 180, 9)) * 1.0
    assert fit(ladder, priors=False).curves == (None,) * 9
    curves = fit(ladder).curves
    assert all(curve is not None and 1 < curve.slope < 6 for curve in curves)
    difficulties = [curve.difficulty or 0 for curve in curves if curve]
    assert difficulties == sorted(difficulties)


@pytest.mark.parametrize("items", [1, 2])
def test_too_few_items_to_tell_slopes_apart(items: int) -> None:
    marks = made_up(5, 300).marks[:, :items]
    assert fit(marks, priors=False).curves == (None,) * items
    for error in standard_errors(fit(marks), marks):
        assert error is not None
        assert 0.4 < error.slope < 0.71  # of which the priors say .7


def test_a_tenth_that_is_unlike_the_rest() -> None:
    """A large class begins with every tenth student; here these form a perfect ladder."""
    marks = made_up(9, 2500).marks
    marks[::10] = np.arange(250)[:, None] % 11 > np.arange(10)
    for priors in (True, False):
        assert fit(marks, priors=priors).log_likelihood == pytest.approx(
            fit(marks[::-1], priors=priors).log_likelihood, abs=0.01
        )


@pytest.mark.parametrize("priors", [True, False])
def test_items_that_all_but_one_solved(priors: bool) -> None:
    """In the tenth that a large class begins with, all have them right, or wrong: without priors
    there, the descent would begin from a slope without end."""
    marks = made_up(0, 2000).marks
    marks[:, 3:5] = [1, 0]
    marks[7, 3], marks[3, 4] = 0, 1
    found = fit(marks, priors=priors)
    assert found.is_converged
    assert found.log_likelihood == pytest.approx(-9065.6 if priors else -9062.4, abs=0.1)
    curve = found.curves[3]
    assert (curve is not None and 5 < curve.intercept < 15) if priors else curve is None


def test_the_order_of_the_students_says_nothing() -> None:
    marks = made_up(2, 300).marks
    there, back = fit(marks), fit(marks[::-1])
    for one, other in zip(there.curves, back.curves, strict=True):
        assert one == pytest.approx(other, abs=1e-3)


def test_students_who_were_asked_nothing_are_not_counted() -> None:
    marks = made_up(2, 100).marks
    assert fit(np.r_[marks, np.full((5, 10), np.nan)]) == fit(marks)


def test_too_few_students_are_told_how_many_it_takes() -> None:
    marks = made_up(2, 100).marks
    with pytest.raises(TooFewStudents, match="needs 100 hand-ins, and there are 99"):
        fit(np.r_[marks[1:], np.full((5, 10), np.nan)])


@pytest.mark.parametrize("mark", [0.5, 2, -1, np.inf])
def test_part_marks_are_refused(mark: float) -> None:
    marks = made_up(2, 100).marks
    marks[3, 3] = mark
    with pytest.raises(ValueError, match="0 and 1"):
        fit(marks)


def test_information_is_greatest_at_the_difficulty() -> None:
    curves = (Curve(2, -2), Curve(1, 0), Curve(-2, 0), None)
    told = information(curves, [0, 1, 40])
    assert told[0, 1] == pytest.approx(2**2 / 4)
    assert told[1, 0] == pytest.approx(1 / 4)
    assert told[2:].tolist() == [[0] * 3] * 2
    assert told[:, 2] == pytest.approx(0, abs=1e-12)


def test_the_shortest_quiz() -> None:
    """Of items of equal difficulty the steepest tell most; nine of ten equal ones keep 90 %."""
    assert shortest((Curve(0.2, 0), Curve(2, 0), None, Curve(2, 0), Curve(0.2, 0))) == (1, 3)
    assert shortest((Curve(1, 0),) * 10) == tuple(range(9))
    for n in range(1, 30):
        for kept in range(1, n + 1):
            assert shortest((Curve(1, 0),) * n, kept / n) == tuple(range(kept))
    assert shortest(()) == ()


def test_no_shorter_quiz_keeps_as_much() -> None:
    """Tried out on all subsets."""
    random = np.random.default_rng(3)
    curves = tuple(
        Curve(*row) for row in zip(random.uniform(0.3, 2, 9), random.normal(0, 1.5, 9), strict=True)
    )
    points = np.linspace(-6, 6, 601)
    density = np.exp(-(points**2) / 2)
    told = information(curves, points) @ density / density.sum()
    kept = shortest(curves)
    assert told[list(kept)].sum() >= 0.9 * told.sum()
    for subset in range(2**9):
        chosen = [item for item in range(9) if subset >> item & 1]
        if len(chosen) < len(kept):
            assert told[chosen].sum() < 0.9 * told.sum()
