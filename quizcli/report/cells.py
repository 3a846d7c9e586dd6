"""Texts as cells of a file that a spreadsheet opens."""

from __future__ import annotations

from math import inf

from quizcli.report.numbers import real

# What begins like this a spreadsheet runs, even in quotes.
RUNS = ("=", "+", "-", "@", "\t", "\r")


def harmless(text: str) -> str:
    """The text with an apostrophe before it where a spreadsheet would run it. A number stays one,
    also with commas and as a percentage."""
    if not text.startswith(RUNS) or _is_number(text):
        return text
    return f"'{text}"


def _is_number(text: str) -> bool:
    digits = text.removesuffix("%").replace(",", "")
    return not any(map(str.isspace, text)) and real(digits, -inf, inf) is not None
