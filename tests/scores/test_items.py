"""Classical item analysis against published figures, and against its definitions written out."""

from __future__ import annotations

from math import sqrt
from statistics import correlation, covariance, mean, median, stdev, variance

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from quizcli.scores.items import FORMULAS, ItemFigures, QuizFigures, analysis, rest_scores
from tests.support.classes import LSAT6, LSAT7, published

NONE = np.nan


def all_one(marks: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.ones(marks.shape[1])


@pytest.mark.parametrize(
    ("counts", "facility", "item_rest", "deleted", "whole"),
    [
        (
            LSAT6,
            [0.924, 0.709, 0.553, 0.763, 0.870],
            [0.1128, 0.1532, 0.1728, 0.1444, 0.1216],
            [0.2754, 0.2376, 0.2168, 0.2459, 0.2663],
            {"mean": 3.819, "sd": 1.03504, "alpha": 0.2949972, "sem": 0.86907},
        ),
        (
            LSAT7,
            [0.828, 0.658, 0.772, 0.606, 0.843],
            [0.2457, 0.2467, 0.3132, 0.2228, 0.1748],
            [0.3960, 0.3938, 0.3454, 0.4146, 0.4385],
            {"mean": 3.707, "alpha": 0.4534087, "sem": 0.88613},
        ),
    ],
    ids=["LSAT-6", "LSAT-7"],
)
def test_published_figures_come_out(
    counts: str,
    facility: list[float],
    item_rest: list[float],
    deleted: list[float],
    whole: dict[str, float],
) -> None:
    found = analysis(published(counts), np.ones(5))
    assert [item.facility for item in found.items] == pytest.approx(facility, abs=1e-12)
    assert [item.item_rest for item in found.items] == pytest.approx(item_rest, abs=5e-5)
    assert [item.alpha_if_deleted for item in found.items] == pytest.approx(deleted, abs=5e-5)
    for name, value in whole.items():
        digits = len(str(value).split(".")[1])
        assert round(getattr(found.quiz, name), digits) == value, name


def test_kr20_is_alpha_of_marks_that_are_0_or_1() -> None:
    """In its own formula, with the variances of a population."""
    marks = published(LSAT6)
    p = marks.mean(0)
    kr20 = 5 / 4 * (1 - (p * (1 - p)).sum() / marks.sum(1).var())
    assert analysis(marks, np.ones(5)).quiz.alpha == pytest.approx(kr20, abs=1e-12)


# Part marks of a question, in quarters, so that the sums of the definitions are exact.
quarters = st.integers(0, 4).map(lambda n: n / 4)
tables = st.tuples(st.integers(4, 12), st.integers(3, 5)).flatmap(
    lambda size: st.lists(
        st.lists(quarters, min_size=size[1], max_size=size[1]), min_size=size[0], max_size=size[0]
    )
)


@given(tables)
def test_every_figure_is_what_its_definition_says(rows: list[list[float]]) -> None:
    found = analysis(rows, [2.0] * len(rows[0]))
    columns = [list(column) for column in zip(*rows, strict=True)]
    total = [sum(row) for row in rows]
    shared = [covariance(x, total) for x in columns]
    weights = sum(sqrt(max(value, 0)) for value in shared)
    for x, c, item in zip(columns, shared, found.items, strict=True):
        r = [t - one for t, one in zip(total, x, strict=True)]
        assert item.n == len(rows)
        assert item.facility == pytest.approx(mean(x) / 2)
        varies = variance(x) > 0 and variance(r) > 0
        rho = correlation(x, r) if varies else None
        most = covariance(sorted(x), sorted(r))
        assert item.item_rest == pytest.approx(rho, abs=1e-9)
        assert item.discrimination_index == (None if rho is None else pytest.approx(100 * rho))
        expected = 100 * covariance(x, r) / most if varies else None
        assert item.discriminative_efficiency == pytest.approx(expected, abs=1e-6)
        if abs(c) > 1e-12:  # which of the two it is at 0 is left to rounding
            expected = 100 * sqrt(c) / weights if c > 0 else None
            assert item.effective_weight == pytest.approx(expected)
        others = [column for column in columns if column is not x]
        assert item.alpha_if_deleted == pytest.approx(cronbach(others), abs=1e-9)
    quiz, a = found.quiz, cronbach(columns)
    assert (quiz.mean, quiz.median) == pytest.approx((mean(total), median(total)))
    assert quiz.sd == pytest.approx(stdev(total), abs=1e-12)
    assert quiz.alpha == pytest.approx(a, abs=1e-9)
    assert quiz.cic == (None if a is None else pytest.approx(100 * a, abs=1e-9))
    assert quiz.error_ratio == (None if a is None else pytest.approx(100 * sqrt(1 - a), abs=1e-4))
    assert quiz.sem == (None if a is None else pytest.approx(stdev(total) * sqrt(1 - a), abs=1e-6))


def cronbach(columns: list[list[float]]) -> float | None:
    """As the textbook writes it; None where the totals do not vary."""
    k = len(columns)
    whole = variance([sum(row) for row in zip(*columns, strict=True)])
    return k / (k - 1) * (1 - sum(map(variance, columns)) / whole) if whole else None


def test_shape_by_k_statistics() -> None:
    """Figures of G1 and G2 as spreadsheets compute SKEW and KURT."""
    quiz = analysis([[3], [4], [5], [2], [3], [4], [5], [6], [4], [7]], [10]).quiz
    assert quiz.skewness == pytest.approx(0.359543071, abs=1e-9)
    assert quiz.kurtosis == pytest.approx(-0.151799637, abs=1e-9)


@pytest.mark.parametrize("students", range(6))
def test_too_few_students_have_no_figures_rather_than_wrong_ones(students: int) -> None:
    marks = np.array([[1, 1, 1], [0, 0, 1], [1, 1, 0], [0, 0, 0], [1, 0, 1]])[:students]
    found = analysis(marks, np.ones(3))
    needed = {"mean": 1, "median": 1, "sd": 2, "alpha": 2, "sem": 2, "skewness": 3, "kurtosis": 4}
    for name, least in needed.items():
        assert (getattr(found.quiz, name) is None) == (students < least), name
    assert (found.items[0].item_rest is None) == (students < 2)
    assert found.quiz.n == students


@pytest.mark.parametrize("mark", [-1 / 3, 0, 0.1, 1 / 3, 0.7, 1])
def test_no_variance_is_no_figure(mark: float) -> None:
    """Also where the sums of equal marks differ in their last digit."""
    marks = np.full((7, 6), mark)
    found = analysis(marks, all_one(marks))
    undefined = {field for field in ItemFigures._fields if "facility" not in field} - {"n"}
    for item in found.items:
        assert {name: getattr(item, name) for name in undefined} == dict.fromkeys(undefined)
        assert item.facility == pytest.approx(mark)
    quiz = found.quiz
    assert quiz.sd == 0
    assert (quiz.alpha, quiz.sem, quiz.cic, quiz.error_ratio) == (None,) * 4
    assert (quiz.skewness, quiz.kurtosis, quiz.alpha_interval) == (None,) * 3


def test_an_item_that_all_solved_leaves_the_others_their_figures() -> None:
    marks = published(LSAT6)
    found = analysis(np.c_[marks, np.ones(1000)], np.ones(6))
    assert found.items[5].item_rest is None
    assert found.items[5].effective_weight is None
    assert found.items[5].alpha_if_deleted == pytest.approx(0.2949972, abs=5e-8)
    assert found.items[0].item_rest == pytest.approx(0.1128, abs=5e-5)


def test_a_rest_that_rounding_alone_makes_vary_is_constant() -> None:
    """0.1 + 0.2 and 0.3 are the same marks."""
    marks = [[0, 0.1, 0.2, 0], [1, 0.3, 0, 0], [0, 0, 0.3, 0], [1, 0.2, 0.1, 0]]
    assert analysis(marks, np.ones(4)).items[0].item_rest is None


def test_nothing_is_clipped() -> None:
    """Items at odds with one another: alpha is negative, and the error ratio above 100."""
    found = analysis([[1, 0, 1], [0, 1, 0], [1, 0, 0], [0, 1, 1]], np.ones(3))
    assert found.quiz.alpha is not None
    assert found.quiz.alpha < 0
    assert found.quiz.error_ratio is not None
    assert found.quiz.error_ratio > 100
    assert found.items[0].discrimination_index == pytest.approx(-100 / sqrt(2))


def test_items_that_all_agree_are_wholly_reliable() -> None:
    """Rounding brings 1 - alpha below 0 here, of which there is no root."""
    for n in range(3, 40):
        column = np.linspace(0, 1, n)
        quiz = analysis(np.tile(column[:, None], 7), np.ones(7)).quiz
        assert quiz.alpha == pytest.approx(1)
        assert quiz.error_ratio == pytest.approx(0, abs=1e-5)
        assert quiz.alpha_interval is None


def test_an_item_against_all_others_has_no_weight() -> None:
    marks = np.array([[0, 1, 1, 1], [1, 0, 0, 0], [0, 1, 1, 0], [1, 0, 1, 0], [0, 1, 1, 1]])
    items = analysis(marks, np.ones(4)).items
    assert items[0].effective_weight is None
    assert sum(item.effective_weight or 0 for item in items) == pytest.approx(100)


def test_what_was_not_asked_is_no_zero() -> None:
    """An item is judged among those who had it, their scores taken in proportion."""
    asked = published(LSAT7)
    holes = asked.copy()
    holes[np.arange(1000), np.arange(1000) % 5] = NONE
    found, whole = analysis(holes, np.ones(5)), analysis(asked, np.ones(5))
    assert [item.n for item in found.items] == [800] * 5
    for item, of_all in zip(found.items, whole.items, strict=True):
        assert item.facility == pytest.approx(of_all.facility, abs=0.03)
        assert item.item_rest == pytest.approx(of_all.item_rest, abs=0.08)
    assert found.quiz.mean == pytest.approx(whole.quiz.mean, abs=0.05)
    assert found.quiz.alpha is None
    assert {item.alpha_if_deleted for item in found.items} == {None}


def test_figures_of_those_who_were_asked() -> None:
    """As if the others were not there; who had this item only counts for its facility."""
    random, worth = np.random.default_rng(3), np.array([1, 2, 1, 4])
    marks = random.integers(0, 3, (30, 4)) / 2 * worth
    marks[random.random((30, 4)) < 0.4] = NONE
    marks[:, 0][:5] = NONE
    found, shared = analysis(marks, worth).items, []
    for j, item in enumerate(found):
        compared = []
        for row in marks:
            others = [i for i in range(4) if i != j and not np.isnan(row[i])]
            if others and not np.isnan(row[j]):
                compared.append((row[j], sum(row[others]) / sum(worth[others]) * (8 - worth[j])))
        x, r = map(list, zip(*compared, strict=True))
        asked = marks[~np.isnan(marks[:, j]), j]
        assert item.n == len(asked) >= len(x)
        assert item.facility == pytest.approx(asked.mean() / worth[j])
        assert item.item_rest == pytest.approx(correlation(x, r))
        most = covariance(sorted(x), sorted(r))
        assert item.discriminative_efficiency == pytest.approx(100 * covariance(x, r) / most)
        shared.append(covariance(x, [a + b for a, b in compared]))
    weights = [None if value < 0 else sqrt(value) for value in shared]
    whole = sum(weight or 0 for weight in weights)
    for item, weight in zip(found, weights, strict=True):
        expected = None if weight is None else pytest.approx(100 * weight / whole)
        assert item.effective_weight == expected


def test_rest_scores_where_not_all_was_asked() -> None:
    """3 of 4 points on the other item that was asked are 6 of the 8 on all others."""
    rests = rest_scores([[2, 3, NONE], [1, NONE, NONE], [NONE, NONE, NONE]], [2, 4, 4])
    assert rests.tolist()[0][:2] == [6, 6]
    assert np.isnan(rests[0, 2])
    assert np.isnan(rests[1:]).all()


def test_a_student_without_any_mark_is_not_counted() -> None:
    found = analysis([[1, 0], [0, 1], [1, 1], [NONE, NONE]], [1, 1])
    assert found.quiz.n == 3
    assert found.quiz.mean == pytest.approx(4 / 3)


@given(tables)
def test_the_order_of_the_rows_says_nothing(rows: list[list[float]]) -> None:
    worth = np.ones(len(rows[0]))
    before, after = analysis(rows, worth), analysis(rows[::-1], worth)
    for one, other in zip(before.items, after.items, strict=True):
        assert one.item_rest == pytest.approx(other.item_rest, abs=1e-9)
    assert before.quiz.alpha == pytest.approx(after.quiz.alpha, abs=1e-9)


@pytest.mark.parametrize(
    ("marks", "maxima"),
    [
        ([1, 0, 1], [1]),
        ([[1, 0], [1, 1]], [1]),
        ([[1, np.inf]], [1, 1]),
        ([[1, 0]], [1, 0]),
        ([[1, 0]], [1, np.nan]),
        ([[1, 0]], [1, np.inf]),
    ],
)
def test_what_is_no_table_of_marks_is_refused(marks: list[object], maxima: list[float]) -> None:
    with pytest.raises(ValueError, match="must be"):
        analysis(np.array(marks), maxima)


def test_every_figure_has_its_formula() -> None:
    """``n`` is a count, and an interval stands beside its figure."""
    fields = {*ItemFigures._fields, *QuizFigures._fields} - {"n"}
    assert {name for name in fields if not name.endswith("_interval")} == FORMULAS.keys()


def test_marks_are_left_as_they_are() -> None:
    """Whatever way they lie in memory."""
    for marks in (published(LSAT6), np.asfortranarray(published(LSAT6))):
        before = marks.copy()
        analysis(marks, np.ones(5))
        rest_scores(marks, np.ones(5))
        assert np.array_equal(marks, before)
