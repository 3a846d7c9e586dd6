"""What is wrong with a bank, where, and how to mend it."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from quizcli.named_tuple import NamedTuple

if TYPE_CHECKING:
    from quizcli.quiz.model import Place


SUFFIXES = (".yaml", ".yml")
# A bank that is larger is not read.
MAX_BYTES = 10_000_000
# The code of the fault that is a folder's and no bank's.
NO_BANK = "no-bank"


class Level(StrEnum):
    """A fault makes a bank unusable; a note never does."""

    FAULT = "fault"
    NOTE = "note"


class Fault(NamedTuple):
    """One thing that is wrong. ``code`` is stable, for programs; the words are for people."""

    place: Place
    code: str
    what: str
    fix: str
    level: Level = Level.FAULT

    def __str__(self) -> str:
        note = "note: " if self.level is Level.NOTE else ""
        # A line each, whatever the bank's texts hold that are quoted here.
        fix = " ".join(map(str.strip, self.fix.splitlines()))
        return f"{self.place}: {note}{' '.join(self.what.split())} — {fix}"


class BankError(Exception):
    """A bank that cannot be used, with every fault found in it, in the order of its files."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = sorted(faults, key=lambda fault: fault.place)
        super().__init__("\n".join(map(str, self.faults)))
