"""Cells of files that a spreadsheet opens: numbers stay numbers, and nothing is run."""

from __future__ import annotations

import pytest

from quizcli.report.cells import harmless


@pytest.mark.parametrize(
    "text",
    ["-5", "+5", "-0.5", "-.5", "-1e-3", "-10,000", "-3,5", "-5%", "5", "a=b", "", "'-5", "−5"],
)
def test_a_number_stays_one_and_a_text_too(text: str) -> None:
    assert harmless(text) == text


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+1+1", "-1-1", "-5 ms", "-1/3", "@SUM(A1)", "-A1", "\t5", "\r5", "-5\t", "-", "+%",
     "--5", "-5%%", "-1e5e5", "-٣"],
)  # fmt: skip
def test_what_may_be_run_is_text(text: str) -> None:
    assert harmless(text) == f"'{text}"
