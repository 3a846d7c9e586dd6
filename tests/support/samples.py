"""The sample bank, and sessions over it."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from quizcli.bank.shelf import load_bank
from quizcli.quiz.session import Session
from quizcli.quiz.steps import PRACTICE, Policy

if TYPE_CHECKING:
    from quizcli.quiz.model import Bank

SAMPLE = Path(__file__).parents[1] / "fixtures" / "sample.yaml"
# The right letters of the sample bank, question by question in its own order.
RIGHT = ("b", "ab", "a", "a")


@cache
def sample_bank() -> Bank:
    """The bank in ``fixtures/sample.yaml``: single, multiple, true-false, single with a figure."""
    return load_bank(SAMPLE)


def session(policy: Policy = PRACTICE, seed: int = 7) -> Session:
    """A session over the sample bank, in bank order."""
    return Session(sample_bank(), seed, policy)
