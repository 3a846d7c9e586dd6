"""How far proofs are: the part of each that is being done, and the runs in it so far.

The rule: each place is written by whoever proves that question, and by nobody else, so that nothing
is locked that a process which is ended would leave locked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from quizcli.proof.honesty import CHECKS
from quizcli.proof.proving import KEY

if TYPE_CHECKING:
    from collections.abc import MutableSequence

PARTS = (KEY, *CHECKS)


class ProofProgress(NamedTuple):
    """For each question the number of its part, and the runs in that."""

    parts: MutableSequence[int]
    runs: MutableSequence[int]

    def run(self, place: int, part: str) -> None:
        """One more run, in a part of the question at this place."""
        number = PARTS.index(part)
        if self.parts[place] != number:
            self.parts[place], self.runs[place] = number, 0
        self.runs[place] += 1

    def told(self, place: int) -> str:
        """``: null, run 12``; empty before the first."""
        runs = self.runs[place]
        return f": {PARTS[self.parts[place]]}, run {runs}" if runs else ""
