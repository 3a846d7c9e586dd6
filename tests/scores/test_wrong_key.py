"""A planted wrong key is found, a sound one left in peace; what a new key would do to the marks."""

from __future__ import annotations

import tracemalloc
from typing import NamedTuple

import numpy as np
import pytest
from numpy.typing import NDArray

from quizcli.scores.items import analysis, rest_scores
from quizcli.scores.wrong_key import Doubt, Suspicion, rekeyed, suspicion
from tests.support.classes import ITEMS, OPTIONS, made_up

FLAGS = {Doubt.PROBABLE, Doubt.NEARLY_CERTAIN}
# With this difficulty .9, and .3, of such learners solve an item.
EASY, HARD = -1.95, 0.8


def judged(
    choices: NDArray[np.int64], marks: NDArray[np.float64], item: int, key: int
) -> Suspicion | None:
    rest = rest_scores(marks, np.ones(marks.shape[1]))[:, item]
    return suspicion(choices[:, item], key, rest, OPTIONS)


class Verdicts(NamedTuple):
    """Of one class: that on a planted wrong key, those on its sound items before that, and after."""

    planted: Suspicion | None
    sound: list[Suspicion | None]
    beside: list[Suspicion | None]


def verdicts(seed: int, students: int, first: float | None = None) -> Verdicts:
    """The most popular distractor becomes the key of one item (the first, where ``first`` says how
    difficult that is)."""
    made = made_up(seed, students, first=first)
    choices, marks = made.choices, made.marks
    sound = [judged(choices, marks, item, 0) for item in range(ITEMS)]
    item = seed % ITEMS if first is None else 0
    wrong = made.popular(item)
    marks[:, item] = choices[:, item] == wrong
    return Verdicts(
        judged(choices, marks, item, wrong),
        sound,
        [judged(choices, marks, other, 0) for other in range(ITEMS) if other != item],
    )


class Shares(NamedTuple):
    """Of many classes: how often a planted wrong key was found at each level, its option named, and
    how often any sound item was accused."""

    planted: dict[Doubt, float]
    look: float
    flagged: float
    beside: float


def shares(students: int, first: float | None = None, classes: int = 200) -> Shares:
    all = [verdicts(seed, students, first) for seed in range(1, classes + 1)]
    found = [each.planted.level for each in all if each.planted and each.planted.better == 0]

    def accused(verdicts: list[Suspicion | None], levels: set[Doubt]) -> bool:
        return any(verdict and verdict.level in levels for verdict in verdicts)

    return Shares(
        {level: found.count(level) / classes for level in Doubt},
        sum(accused(each.sound, {*Doubt}) for each in all) / classes,
        sum(accused(each.sound, FLAGS) for each in all) / classes,
        sum(accused(each.beside, FLAGS) for each in all) / classes,
    )


@pytest.mark.slow
@pytest.mark.parametrize(
    ("students", "first", "least", "most"),
    [
        (100, None, 0.95, 0.02),
        (30, None, 0, 0.03),
        (300, None, 0.99, 0),
        (100, HARD, 0.95, 0.02),
        (100, EASY, 0.8, 0.02),
        (30, HARD, 0, 0.03),
        (30, EASY, 0, 0.03),
        (300, EASY, 0.95, 0),
        (300, HARD, 0.99, 0),
        (20, None, 0, 0.03),
    ],
)
def test_shares_of_200_classes(
    students: int, first: float | None, least: float, most: float
) -> None:
    """At least *probable*, the right option named, in so many classes; a sound item flagged in no
    more than so many, with a wrong key beside it or without."""
    found = shares(students, first)
    flagged = sum(found.planted[level] for level in FLAGS)
    kind = {None: "any item", HARD: "facility .3", EASY: "facility .9"}[first]
    print(
        f"\n{students} hand-ins, {kind}: planted key nearly certain "
        f"{found.planted[Doubt.NEARLY_CERTAIN]:.1%}, at least probable {flagged:.1%}, at least a "
        f"look {flagged + found.planted[Doubt.LOOK]:.1%}; a sound item looked at in "
        f"{found.look:.1%} of classes, flagged in {found.flagged:.1%}, beside a wrong key in "
        f"{found.beside:.1%}"
    )
    assert flagged >= least
    assert max(found.flagged, found.beside) <= most


@pytest.mark.parametrize(("first", "facility"), [(None, 0.5), (EASY, 0.9), (HARD, 0.3)])
def test_the_made_up_classes_are_what_they_are_said_to_be(
    first: float | None, facility: float
) -> None:
    figures = [analysis(made_up(n, 300, first=first).marks, np.ones(ITEMS)) for n in range(200)]
    mean = np.mean([each.items[0].facility or 0 for each in figures])
    assert mean == pytest.approx(facility, abs=0.03 if first is None else 0.01)
    if first is None:
        item_rests = [item.item_rest or 0 for each in figures for item in each.items]
        assert np.mean(item_rests) == pytest.approx(0.43, abs=0.01)


def test_a_wrong_key_of_a_hundred_is_found_and_no_other_accused() -> None:
    """Ten of the two hundred classes; all of them with ``-m slow``."""
    found = shares(100, classes=10)
    assert found.planted[Doubt.NEARLY_CERTAIN] + found.planted[Doubt.PROBABLE] >= 0.9
    assert (found.flagged, found.beside) == (0, 0)


def test_what_a_suspicion_tells() -> None:
    choices, rest = [1] * 30 + [0] * 9 + [2], [*range(11, 41), *range(1, 11)]
    found = suspicion(choices, 0, rest, 3)
    assert found is not None
    assert found.level == "nearly-certain"
    assert found.better == 1
    assert (found.n, found.heads, found.key_heads) == (40, 30, 9)
    chosen = np.array(choices)
    assert found.correlation == pytest.approx(np.corrcoef(chosen == 1, rest)[0, 1])
    assert found.key_correlation == pytest.approx(np.corrcoef(chosen == 0, rest)[0, 1])
    assert found.p == 1 / 4001


def test_p_is_what_drawing_student_by_student_gives() -> None:
    """The same bootstrap the long way round, on classes near the limit."""
    random, seen = np.random.default_rng(5), []
    for seed in range(1, 60):
        made = made_up(seed, 40)
        rest = rest_scores(made.marks, np.ones(ITEMS))[:, 0]
        found = suspicion(made.choices[:, 0], 1, rest, OPTIONS)
        if found is None or not 0.01 < found.p < 0.3:
            continue
        key, other = (made.choices[:, 0] == option for option in (1, found.better))
        opposite = 0
        for _ in range(3000):
            drawn = random.integers(0, 40, 40)
            table = np.stack([key[drawn], other[drawn], rest[drawn]]).astype(float)
            with np.errstate(invalid="ignore", divide="ignore"):
                k, o, _ = np.nan_to_num(np.corrcoef(table)[2])
            opposite += o <= k
        assert found.p == pytest.approx(opposite / 3000, abs=0.03)
        assert found.level == (Doubt.LOOK if found.p >= 0.05 else Doubt.PROBABLE)
        seen.append(found.level)
        if len(seen) > 2 and len({*seen}) == 2:
            return
    pytest.fail("too few classes are near the limit")


def test_a_key_that_nobody_chose() -> None:
    """The key may be an option that is not even in the question: no correlation, and very wrong."""
    random = np.random.default_rng(1)
    rest = random.normal(5, 2, 60)
    choices = np.where(rest + random.normal(0, 1, 60) > 5, 1, 2)
    found = suspicion(choices, 0, rest, 3)
    assert found is not None
    assert (found.better, found.level) == (1, "nearly-certain")
    assert (found.key_heads, found.key_correlation) == (0, None)


def test_an_option_that_is_missing_from_a_drawing_has_done_no_better() -> None:
    """Two of forty are missing from e⁻² of the drawings, however well they did."""
    found = suspicion([1] * 2 + [2] * 38, 0, [99, 98, *range(38)], 3)
    assert found is not None
    assert found.p == pytest.approx(np.exp(-2), abs=0.03)
    assert found.level == Doubt.LOOK


def test_scores_close_together_are_told_apart() -> None:
    """Four students far from all others make the step between key and option a small one."""
    found = suspicion([1] * 18 + [0] * 18 + [-1] * 4, 0, [1] * 18 + [0] * 18 + [-9, 10] * 2, 2)
    assert found is not None
    assert found.p < 0.3


def test_a_large_class_takes_no_more_memory() -> None:
    random = np.random.default_rng(2)
    rest = random.standard_normal(20_000)
    tracemalloc.start()
    try:
        assert suspicion((rest > 0).astype(int), 0, rest, 2) is not None
        assert tracemalloc.get_traced_memory()[1] < 40e6
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    ("choices", "rest"),
    [
        ([0] * 40, range(40)),  # everybody solved it
        ([0, 1] * 20, [7] * 40),  # the rest says nothing
        ([0, 1] * 20, [0.3, 0.1 + 0.2] * 20),  # nor does its rounding
        ([1, 0, 0, 0] * 10, [0, 1, 2, 3] * 10),  # the key is better
        ([-1] * 40, range(40)),  # nobody answered
        ([], []),
        ([0] * 39 + [1], range(40)),  # one in forty is too few to be the key
        ([0, 0, 1, 1, 2, 2, 2, 2] * 5, [0, 0, 1, 1, 9, 9, 9, 9] * 5),  # see below
    ],
)
def test_no_reason_to_doubt(choices: list[int], rest: list[float]) -> None:
    """In the last, 1 is better than the key 0, yet who chose it is worse than the others; what the
    best chose is no option but, say, a blank."""
    assert suspicion(choices, 0, list(rest), 2) is None


@pytest.mark.parametrize("students", [2, 10, 19, 20])
def test_a_handful_of_students_proves_nothing(students: int) -> None:
    half = students // 2
    found = suspicion([1] * (students - half) + [0] * half, 0, range(students, 0, -1), 2)
    assert found is not None
    assert (found.level == Doubt.LOOK) == (students < 20)


def test_who_was_not_asked_is_not_drawn() -> None:
    choices, rest = [1] * 15 + [0] * 15, [*range(30, 0, -1)]
    alone = suspicion(choices, 0, rest, 2)
    assert suspicion([*choices, 1, 0, -1], 0, [*rest, np.nan, np.nan, np.nan], 2) == alone


def test_the_same_class_gets_the_same_verdict_in_any_order() -> None:
    made = made_up(3, 40)
    rest = rest_scores(made.marks, np.ones(ITEMS))[:, 4]
    there = suspicion(made.choices[:, 4], made.popular(4), rest, OPTIONS)
    back = suspicion(made.choices[::-1, 4], made.popular(4), rest[::-1], OPTIONS)
    assert there is not None
    assert back is not None
    assert (there.p, there.level) == (back.p, back.level)
    assert suspicion(made.choices[:, 4], made.popular(4), rest, OPTIONS) == there
    assert suspicion(made.choices[:, 4], made.popular(4), rest, OPTIONS, seed=7) != there


def test_what_another_key_would_do() -> None:
    marks = np.array([[0, 2], [0, 2], [3, 0], [0, 0], [np.nan, 2]])
    whole, asked = marks[:4], np.array([1, 1, 0, -1])
    found = rekeyed(whole, [3, 2], 0, asked, 1)
    assert (found.gain, found.lose) == (2, 1)
    assert (found.before.mean, found.after.mean) == (7 / 4, 10 / 4)
    assert found.before.alpha is not None
    assert found.after.alpha is not None
    assert found.before.alpha < 0 < found.after.alpha
    assert whole[:, 0].tolist() == [0, 0, 3, 0]
    # The last was not asked: 2 of 2 points are in proportion all 5.
    partly = rekeyed(marks, [3, 2], 0, [1, 1, 0, -1, 0], 1)
    assert (partly.gain, partly.lose, partly.after.n) == (2, 1, 5)
    assert partly.after.mean == 3
