"""The arithmetic of variables: exact, bounded, and nothing else."""

from __future__ import annotations

import time
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizcli.quiz.arithmetic import ArithmeticFault, Expression, Value, read, written

VALUES: dict[str, Value] = {"H": 2, "r": Fraction(1, 4), "W": "LSTM"}


def value(text: str) -> Value:
    return Expression(text).value(VALUES)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("1 + 2 * 3", "7"), ("(1 + 2) * 3", "9"), ("2 × 3 − 1", "5"), ("7 ÷ 2", "3.5"), ("1/3", "1/3"),
        ("0.1 + 0.2 == 0.3", "true"), ("7 // 2", "3"), ("-7 // 2", "-4"), ("-7 % 3", "2"), ("2 ** 10", "1024"),
        ("10 ** -2", "0.01"), ("4 ** 0.5", "2"), ("sqrt(9/4)", "1.5"), ("sqrt(2)", "1.414213562"),
        ("log(1)", "0"), ("log2(8)", "3"), ("log10(1000)", "3"), ("exp(0)", "1"), ("round(2.5)", "3"),
        ("round(-2.5)", "-3"), ("round(2.345, 2)", "2.35"), ("floor(-0.5)", "-1"), ("ceil(0.2)", "1"),
        ("min(3, H, 5)", "2"), ("max(1/3, 0.3)", "1/3"), ("abs(-H)", "2"), ("gcd(12, 18)", "6"),
        ("H if H > 1 else 0", "2"), ("1 < H <= 2", "true"), ("H > 1 and H < 2", "false"),
        ("not H == 2", "false"), ("W == 'LSTM'", "true"), ("W", "LSTM"), ("r * 4", "1"), ("1e3", "1000"),
        ("10+(\n 2)", "12"), ("(1+\n2)", "3"), ("(H +\n\t2)", "4"), ("H ≤ 2 or H ≥ 9", "true"), ("1.50", "1.5"),
    ],
)  # fmt: skip
def test_what_it_comes_to(text: str, shown: str) -> None:
    assert written(value(text)) == shown


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("1 / 0", "division by 0"), ("1 % 0", "division by 0"), ("0 ** -1", "division by 0"),
        ("0**-0.5", "division by 0"), ("0**(-1/2)", "division by 0"), ("(0*exp(1))**-1", "division by 0"),
        ("1if 2else 3", "is not an expression"), ("9**9**9", "more digits"), ("10**200", "more digits"), ("exp(1000)", "cannot be computed"),
        ("sqrt(-1)", "has no real root"), ("(-8) ** 0.5", "has no real root"), ("log(0)", "no logarithm"),
        ("x + 1", "'x' is not a variable"), ("W + 1", "'LSTM' is not a number"), ("W < 'M'", "'LSTM' is not a number"),
        ("max()", "cannot be computed"), ("gcd(0.5, 1)", "cannot be computed"), ("round(1, 99)", "places"),
        ("1_000", "'1_000' is not a number"), ("0x10", "is not a number"), ("1j", "is not a number"), ("1e999", "is not a number"),
        ("True + 1", "is not a number"), ("a.b", "more than arithmetic"), ("[1]", "more than arithmetic"),
        ("(1, 2)", "more than arithmetic"), ("lambda: 1", "more than arithmetic"), ("H[0]", "more than arithmetic"),
        ("f'{H}'", "more than arithmetic"), ("open('x')", "no function 'open'"), ("H()", "no function 'H'"),
        ("__import__('os').system('x')", "no function"), ("(lambda: 1)()", "no function"), ("min(*W)", "more than"),
        ("round(1, ndigits=1)", "no function"), ("1 +", "is not an expression"), ("", "is not an expression"),
        ("(" * 300 + "1" + ")" * 300, "500 at most"), ("H ** H ** 99", "more digits"), ("1 << 99", "more than"),
        ("x := 1", "is not an expression"), ("ℍ + 1", "is not an expression"), ("1 is 1", "are compared with"),
        ("1 in W", "are compared with"), ("yield 1", "is not an expression"), ("-" * 400 + "1", "cannot be computed"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_told_soon(text: str, said: str) -> None:
    begun = time.process_time()
    with pytest.raises(ArithmeticFault, match=said):
        value(text)
    assert time.process_time() - begun < 0.5


def test_names() -> None:
    """Functions are none."""
    assert Expression("max(H, 2) + sqrt(V)").names == {"H", "V"}


@given(st.text(max_size=60))
def test_nothing_else_is_raised(text: str) -> None:
    try:
        found = value(text)
    except ArithmeticFault:
        return
    assert isinstance(written(found), str)


NUMBERS = st.one_of(st.integers(-1000, 1000), st.fractions(-100, 100, max_denominator=50))


@given(NUMBERS, NUMBERS, st.sampled_from(["+", "-", "*", "/", "//", "%", "<", "<=", "==", "!="]))
def test_it_agrees_with_python(one: Fraction, other: Fraction, operator: str) -> None:
    """Exactly, for rationals."""
    names: dict[str, Value] = {"a": one, "b": other}
    if operator in {"/", "//", "%"} and other == 0:
        with pytest.raises(ArithmeticFault):
            Expression(f"a {operator} b").value(names)
        return
    found = Expression(f"a {operator} b").value(names)
    expected = eval(f"Fraction(a) {operator} b", {"a": one, "b": other, "Fraction": Fraction})
    assert found == expected


@given(st.fractions(max_denominator=10**4))
def test_what_is_written_is_read_again(number: Fraction) -> None:
    assert read(written(number)) == number
    assert read(written(number.numerator)) == number.numerator
    assert read("LSTM") == "LSTM"
    assert read("007x") == "007x"
