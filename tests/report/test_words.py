"""Sentences around a text end once."""

from __future__ import annotations

from fractions import Fraction

import pytest

from quizcli.report.words import did_you_mean, ended, out_of


@pytest.mark.parametrize(
    "text",
    ["Quo vadis?", "Halt!", "and so on…", "It ends.", '"Quo vadis?"', "(Why?)", "`is_it?`", "*Go!*",
     "何ですか？", "終わり。", "«Où ?»"],
)  # fmt: skip
def test_a_mark_of_its_own_ends_it(text: str) -> None:
    """Also within quotation marks, brackets and code."""
    assert ended(f"The answer is {text}") == f"The answer is {text}"


@pytest.mark.parametrize("text", ["Rome", "20 ms", "(none)", ":q", "$x^2$", '"Rome"', "a, b", ""])
def test_else_a_full_stop_does(text: str) -> None:
    """Once."""
    assert ended(text) == f"{text}."


@pytest.mark.parametrize(
    ("points", "maximum", "said"),
    [
        (Fraction(2, 3), 25, "0.67 of 25"),
        (Fraction(1, 999), 25, "0.01 of 25"),
        (Fraction(2, 3), 1, "2/3 of 1"),
        (Fraction(5, 3), 3, "1 2/3 of 3"),
        (Fraction(1, 2), 25, "0.5 of 25"),
        (None, 25, "– of 25"),
        (Fraction(1, 3), Fraction(1, 3), "1/3 of 1/3"),
        (Fraction(1, 6), Fraction(4, 3), "1/6 of 1 1/3"),
    ],
)
def test_points_are_not_read_as_a_share_of_all(
    points: Fraction | None, maximum: Fraction | int, said: str
) -> None:
    """2/3 of 25 would be two thirds of 25 points."""
    assert out_of(points, Fraction(maximum)) == said


def test_advice_for_an_unknown_name_speaks_of_one_as_of_one() -> None:
    assert did_you_mean("zzz", ["n"], "variables are") == "the only one is 'n'"
    assert did_you_mean("zzz", ["n"], "the tags are") == "the only one is 'n'"
    assert did_you_mean("zzz", ["n", "m"], "the tags are") == "the tags are n and m"
