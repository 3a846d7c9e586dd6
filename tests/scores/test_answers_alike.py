"""Pairs who share wrong answers: a planted pair is found, and chance is not accused."""

from __future__ import annotations

import numpy as np
import pytest

from quizcli.scores.answers_alike import LEVEL, alike_pairs
from quizcli.scores.class_answers import NONE, ItemAnswers

LABELS = ("a", "b", "c", "d")


def a_class(
    seed: int, students: int, items: int
) -> np.ndarray[tuple[int, int], np.dtype[np.int64]]:
    """Choices (items × students), of which 0 is right, with blanks."""
    random = np.random.default_rng(seed)
    knows = 1 / (1 + np.exp(random.standard_normal(students) - random.standard_normal((items, 1))))
    wrong = np.array([random.choice([1, 2, 3], students, p=random.dirichlet(np.ones(3) * 2))
                      for _ in range(items)])  # fmt: skip
    choices = np.where(random.random((items, students)) < knows, 0, wrong)
    return np.where(random.random(choices.shape) < 0.02, NONE, choices)


def items_of(choices: np.ndarray[tuple[int, int], np.dtype[np.int64]]) -> list[ItemAnswers]:
    return [ItemAnswers(LABELS, 0, row) for row in choices]


def test_chance_is_accused_in_one_class_of_twenty_at_most() -> None:
    accused = sum(
        any(pair.p_of_all < LEVEL for pair in alike_pairs(items_of(a_class(seed, 40, 30)), 40, 3))
        for seed in range(40)
    )
    assert accused <= 3


def test_a_pair_that_copied_comes_first_with_its_questions() -> None:
    choices = a_class(3, 60, 40)
    choices[:, 7] = choices[:, 41]
    first = alike_pairs(items_of(choices), 60, 5)[0]
    assert (first.first, first.second) == (7, 41)
    assert first.p_of_all < LEVEL
    assert first.same == tuple(np.flatnonzero(choices[:, 7] > 0).tolist())


def test_the_chance_of_a_match_leaves_the_pair_out() -> None:
    # Of four who were wrong the two others chose b and c: (1+1, 1+1, 0+1) of 5 in all.
    (pair, *_) = alike_pairs([ItemAnswers(LABELS, 0, np.array([1, 1, 1, 2]))], 4, 9)
    assert pair.expected == pytest.approx((2**2 + 2**2 + 1) / 5**2)
    assert pair.p == pytest.approx(pair.expected)


def test_where_one_wrong_answer_is_possible_sharing_it_says_nothing() -> None:
    items = [ItemAnswers(("true", "false"), 0, np.array([1, 1, 0]))] * 30
    assert [pair.p for pair in alike_pairs(items, 3, 9)] == [1.0]
    alone = [ItemAnswers(("true", "false"), 0, np.array([1, 0, 0]))]
    assert alike_pairs(alone, 3, 9) == []


@pytest.mark.parametrize("students", [0, 1, 2])
def test_a_class_of_nearly_nobody(students: int) -> None:
    items = [ItemAnswers(LABELS, 0, np.full(students, NONE))] * 3
    assert alike_pairs(items, students, 5) == []
    assert alike_pairs([], students, 5) == []
