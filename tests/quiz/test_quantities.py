"""Numbers as people write them: what each is, and what is told of those that are none."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizcli.quiz.quantities import NotNumber, Quantity, factor, quantity, written

READ = {
    "100": 100, "1e2": 100, "1E+2": 100, "10^2": 100, "10**2": 100, "1/3": Fraction(1, 3),
    "1 000": 1000, "1\u00a0000": 1000, "1\u202f000\u202f000": 10**6, "1'000": 1000, "1,000": 1000,
    "10,000.5": Fraction("10000.5"), "1.5": Fraction("1.5"), ".5": Fraction("0.5"), "5.": 5,
    "1,25,010": 125010, "-12,34,567.5": Fraction("-1234567.5"), "1,00,00,000": 10**7, "१,२५,०१०": 125010,
    "-5": -5, "−5": -5, "– 5": -5, "+5": 5, "3*10^8": 3 * 10**8, "3 × 10^8": 3 * 10**8,
    "３": 3, "１００": 100, "0.001 234": Fraction("0.001234"), "٣": 3, "١٬٢٣٤٫٥": Fraction("1234.5"), "۳٫۵": Fraction("3.5"), "२५": 25, "2.5e-3": Fraction("0.0025"), "0": 0, "-0": 0,
}  # fmt: skip
COMMAS = {
    "1,5": Fraction("1.5"), "1.000": 1000, "1.000,5": Fraction("1000.5"), "1 000,25": Fraction("1000.25"),
    "1.5": Fraction("1.5"), "1,000": 1, "0.125": Fraction("0.125"), "-.125": Fraction("-0.125"), "2,5e-3": Fraction("0.0025"), "10.000.000": 10**7,
}  # fmt: skip
NONE = [
    "", "NaN", "inf", "-inf", "0x10", "0b1", "1_000", "1,5", "1,00", "1.2.3", "1 00", "1 2 3", "abc",
    "1/0", "1/2/3", "1.5/2", "--5", "5-", "9**9**9", "1e400", "1e-400", "9^9999", "²", "½", "½5", "e5",
    "1e", "1e5.5", "0,125", "01,000", "01,25,010", "125,01,000", "1,25,10", "1,25,010,000", "0 125", "00,125", "000,125", "x" * 100, "1" * 10_000, "\x1b[31m5", "1;5",
]  # fmt: skip


@pytest.mark.parametrize("text", READ)
def test_what_is_a_number(text: str) -> None:
    assert quantity(text) == Quantity(Fraction(READ[text]))


@pytest.mark.parametrize("text", COMMAS)
@pytest.mark.parametrize("language", ["de", "pt-BR", "FR"])
def test_where_a_comma_is_the_decimal_mark(text: str, language: str) -> None:
    assert quantity(text, language).value == COMMAS[text]


@pytest.mark.parametrize("text", NONE)
def test_what_is_none_is_told(text: str) -> None:
    """Or read as a number with something behind it, which whoever knows the units tells of."""
    told = ""
    try:
        unit = quantity(text).unit
    except NotNumber as bad:
        unit, told = "", str(bad)
    assert unit or (told.endswith(".") and len(told) < 120)


@pytest.mark.parametrize(
    "text",
    ["1,5", "NaN", "0x10", "1_000", "1/0", "9**9**9", "", "1 00", "0,125", "01,000", "0 125"],
)
def test_these_are_not_even_numbers_with_units(text: str) -> None:
    with pytest.raises(NotNumber):
        quantity(text)


@pytest.mark.parametrize("text", [".inf", "-.INF", ".nan", ".", ",", "inf", "+.x"])
@pytest.mark.parametrize("language", ["", "de"])
def test_what_has_no_digit_is_told_as_no_number(text: str, language: str) -> None:
    with pytest.raises(NotNumber, match="is no number: type it in digits"):
        quantity(text, language)


@pytest.mark.parametrize(
    ("text", "language", "why"),
    [
        ("1,25,10", "hi", "a comma parts thousands here, as in 1,250,000."),
        ("1.2.3", "", "it has two decimal marks; a point is one here."),
        ("1,25,010", "de", "it has two decimal marks; a comma is one here."),
        ("1.2.3", "de", "a point parts thousands here, as in 1.250.000."),
    ],
)
def test_why_marks_between_digits_make_no_number(text: str, language: str, why: str) -> None:
    with pytest.raises(NotNumber) as told:
        quantity(f"{text} ₹", language, f"₹{text}")
    assert str(told.value) == f"'₹{text}' is no number: {why}"


def test_units() -> None:
    assert quantity("100 ms") == Quantity(Fraction(100), "ms")
    assert quantity("5%") == Quantity(Fraction(5), "%")
    assert quantity("1e2kg") == Quantity(Fraction(100), "kg")
    assert quantity("2 m/s") == Quantity(Fraction(2), "m/s")


@pytest.mark.parametrize(
    ("unit", "wanted", "by"),
    [
        ("s", "ms", 1000), ("ms", "s", Fraction(1, 1000)), ("km", "m", 1000), ("kg", "g", 1000),
        ("µs", "us", 1), ("dam", "m", 10), ("MB", "kB", 1000), ("s", "kg", None), ("", "m", None),
        ("m²", "km²", None), ("min", "s", None), ("ms", "ms", 1), ("%", "m%", None),
        ("day", "y", None), ("min", "in", None), ("in", "min", None), ("cd", "d", None),
        ("Pa", "a", None), ("ft", "t", None), ("dB", "B", None), ("yd", "d", None), ("au", "u", None),
        ("min/s", "in/s", None), ("fps", "ps", None), ("ppm", "pm", None), ("nmi", "mi", None),
        ("players", "layers", None), ("mcd", "cd", Fraction(1, 1000)), ("hPa", "Pa", 100),
        ("kPa", "hPa", 10), ("km/s", "m/s", 1000), ("ps", "fs", 1000), ("ktokens", "tokens", 1000),
        ("mmol", "mol", Fraction(1, 1000)), ("mrad", "rad", Fraction(1, 1000)), ("das", "s", 10),
        ("kWh", "Wh", 1000), ("ml", "l", Fraction(1, 1000)), ("mmHg", "mmHg", 1), ("THz", "GHz", 1000),
    ],
)  # fmt: skip
def test_si_prefixes(unit: str, wanted: str, by: Fraction | None) -> None:
    assert factor(unit, wanted) == by


@given(st.fractions(max_denominator=10**6))
def test_what_is_written_is_read_again(value: Fraction) -> None:
    if abs(value) < 10**20:
        assert quantity(written(value)).value == value


@given(st.text(max_size=80), st.sampled_from(["", "de"]))
def test_nothing_else_is_raised(text: str, language: str) -> None:
    try:
        found = quantity(text, language)
    except NotNumber:
        return
    assert isinstance(found.value, Fraction)
