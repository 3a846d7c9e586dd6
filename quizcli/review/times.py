"""How long an answer took: what is written down, and what statistics make of it."""

from __future__ import annotations

LONGEST = 86_400_000  # milliseconds: nobody thinks about a card for more than a day
# Longer than that nobody thinks about one card; the terminal was left open.
LONGEST_THOUGHT = 300_000


def recorded(milliseconds: int) -> int:
    """The time that is written down."""
    return min(milliseconds, LONGEST)


def thought(milliseconds: int) -> int:
    """The time that counts as thinking."""
    return min(max(milliseconds, 0), LONGEST_THOUGHT)
