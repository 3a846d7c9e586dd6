"""Credit rules against a table worked by hand, and against what must hold for all of them."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizcli.quiz.credit import RULES
from quizcli.quiz.grading import BadResponse, Mark, grade
from tests.support.small_banks import choice

ABC_OF_FIVE = choice("q", 5, (0, 1, 2), kind="multiple-choice")
TICKED = ["abc", "ab", "abd", "ade", "abcde", "d", ""]
TABLE = {
    "all-or-nothing": ["1", "0", "0", "0", "0", "0", "0"],
    "net-correct": ["1", "2/3", "1/3", "0", "1/3", "0", "0"],
    "coverage": ["1", "2/3", "4/9", "1/9", "3/5", "0", "0"],
    "every-decision": ["1", "4/5", "3/5", "1/5", "3/5", "1/5", "0"],
    "proportional": ["1", "2/3", "0", "0", "0", "0", "0"],
    "false2": ["1", "2/3", "1/6", "0", "0", "0", "0"],
}


def test_the_table_covers_every_rule() -> None:
    assert set(TABLE) == set(RULES)


@pytest.mark.parametrize(
    ("rule", "ticked", "credit"),
    [(rule, t, c) for rule, row in TABLE.items() for t, c in zip(TICKED, row, strict=True)],
)
def test_key_abc_of_five(rule: str, ticked: str, credit: str) -> None:
    assert grade(ABC_OF_FIVE, tuple(ticked), rule).credit == Fraction(credit)


@pytest.mark.parametrize(
    ("rule", "expected"),
    [("net-correct", ".2396"), ("coverage", ".3469"), ("every-decision", ".4875"),
     ("proportional", ".1250"), ("false2", ".1875")],
)  # fmt: skip
def test_what_a_random_subset_of_five_earns(rule: str, expected: str) -> None:
    subsets = ["".join(each) for n in range(6) for each in combinations("abcde", n)]
    mean = sum(grade(ABC_OF_FIVE, tuple(each), rule).credit for each in subsets) / 32
    assert f"{float(mean):.4f}" == f"0{expected}"


@given(
    st.sampled_from(list(RULES)),
    st.integers(1, 8).flatmap(
        lambda n: st.tuples(
            st.just(n),
            st.sets(st.integers(0, n - 1), min_size=1),
            st.sets(st.integers(0, n - 1)),
        )
    ),
)
def test_credit_is_exact_within_bounds_and_one_only_for_the_key(rule, case) -> None:
    n, key, ticked = case
    question = choice("q", n, tuple(key), kind="multiple-choice")
    got = grade(question, [question.options[i].id for i in ticked], rule)
    assert isinstance(got.credit, Fraction)
    assert 0 <= got.credit <= 1
    assert (got.credit == 1) == (ticked == key)
    if not ticked:
        assert (got.credit, got.mark) == (0, Mark.BLANK)


@given(
    st.sampled_from([rule for rule in RULES if rule != "all-or-nothing"]),
    st.integers(2, 7),
    st.data(),
)
def test_one_more_wrong_tick_never_helps(rule: str, n: int, data: st.DataObject) -> None:
    k = data.draw(st.integers(1, n - 1))
    hits = data.draw(st.integers(1, k))
    extra = data.draw(st.integers(0, n - k - 1))
    credit = RULES[rule].credit
    assert credit(n, k, hits, extra + 1) <= credit(n, k, hits, extra)


def test_a_single_choice_is_right_or_wrong_under_every_rule() -> None:
    question = choice("q", 4, (2,))
    for rule in RULES:
        assert grade(question, "c", rule).credit == 1
        assert grade(question, "a", rule).credit == 0
        assert grade(question, (), rule).mark is Mark.BLANK


def test_points_are_exact() -> None:
    question = choice("q", 5, (0, 1, 2), kind="multiple-choice", points=Fraction(1, 2))
    assert grade(question, ("a", "b")).points == Fraction(1, 3)


def test_impossible_responses_are_refused() -> None:
    with pytest.raises(BadResponse, match="no option 'z'"):
        grade(ABC_OF_FIVE, ["z"])
    with pytest.raises(BadResponse, match="one option, not 2"):
        grade(choice("q"), ["a", "b"])
    with pytest.raises(ValueError, match="no credit rule"):
        grade(ABC_OF_FIVE, ["a"], "generous")


def test_what_blind_guessing_earns_is_the_mean_over_all_ticks() -> None:
    """The binomial sum against brute force over the 32 sets of ticks."""
    for name, rule in RULES.items():
        credits = []
        for bits in range(32):
            ticked = [ABC_OF_FIVE.options[i].id for i in range(5) if bits >> i & 1]
            credits.append(grade(ABC_OF_FIVE, tuple(ticked), name).credit)
        assert rule.blind_guessing(5, 3) == sum(credits, start=Fraction(0)) / 32
        assert rule.ticking_everything(5, 3) == Fraction(TABLE[name][4])
