"""Sentences around a text end once."""

from __future__ import annotations

import pytest

from quizcli.report.words import ended


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
