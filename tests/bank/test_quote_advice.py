"""What is advised where quotes or a brace were forgotten."""

from __future__ import annotations

import pytest

from tests.support.bank_files import faults_of

BANK = """format: 1
id: b
title: B
questions:
  - id: q
    kind: number
    variables: {P: {choices: [1, 2], default: 1}}
    prompt: %s
    answer: %s
"""


def told(prompt: str = "How many of {P}?", answer: str = "'{50 - P}'") -> str:
    return "\n".join(map(str, faults_of(BANK % (prompt, answer))))


def test_nothing_is_wrong_with_quotes_and_both_braces() -> None:
    assert told("'How many of {P}?'") == ""


@pytest.mark.parametrize("answer", ["{50 - P}", "{P}"])
def test_a_text_that_begins_with_a_brace_needs_quotes(answer: str) -> None:
    assert "if it starts with '[' or '{', put it in quotes" in told("'So {P}?'", answer)


def test_a_brace_that_is_open_can_be_closed() -> None:
    said = told("'So {P}?'", "'{50 - P'")
    assert "a brace '{' has no partner — close it with '}', or write '{{'" in said
    assert "open it with '{', or write '}}'" in told("'So P}?'")
