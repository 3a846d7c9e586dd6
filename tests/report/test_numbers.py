"""Numbers of the outside are read strictly."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizcli.report.numbers import real, whole

NO_NUMBERS = [
    "", " ", "x", "1_0", "\u0663", "\u00b2", "1\u00b2", "--1", "+1", "1.0", "1e3", "0x10", "nan",
    "inf", "9" * 5000, "-" + "9" * 5000, "1 2", "1\x00",
]  # fmt: skip


@pytest.mark.parametrize("text", NO_NUMBERS)
def test_what_is_no_whole_number(text: str) -> None:
    assert whole(text, -(10**30), 10**30) is None


@pytest.mark.parametrize(
    "text",
    ["", "x", "1_0", "\u0663", "nan", "inf", "-inf", "1e", ".", "1e999999", "0x1p3", "9" * 9999],
)
def test_what_is_no_number(text: str) -> None:
    assert real(text, -1e308, 1e308) is None


@given(st.integers(-(10**30), 10**30))
def test_every_whole_number_is_read(number: int) -> None:
    assert whole(f" {number} ", -(10**30), 10**30) == number
    assert whole(str(number), number + 1, 10**31) is None


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_every_number_is_read_as_it_was_written(number: float) -> None:
    assert real(repr(number), -1e309, 1e309) == number
