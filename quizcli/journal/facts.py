"""What can happen to a card."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from quizcli.quiz.cards import MAXIMUM_INTERVAL
from quizcli.quiz.drawing import NO_VALUES

if TYPE_CHECKING:
    from collections.abc import Mapping


class FactKind(StrEnum):
    """What a fact is. The words are kept in journals: never change one."""

    REVIEW = "review"
    RATE = "rate"
    UNDO = "undo"
    SUSPEND = "suspend"
    RESUME = "resume"
    BURY = "bury"


# Failed this often, a card is a leech, if the learner says nothing else: it takes time, and
# something other than repeating would help more.
LEECH = 8


class Fact(NamedTuple):
    """One thing that happened to a card. ``at`` is UTC, ISO 8601; ``day`` the learning day it was
    for the learner; ``target`` the fact that a rating or an undo is about. ``seed`` (of the fuzz,
    where there is ``fuzz``), ``retention`` and ``maximum`` (days) are what the next interval was
    reckoned with, and ``leech`` the lapses at which the card was put aside (0: never), kept so that
    it can be reckoned again whatever the settings say by then; ``act`` the import or merge that
    brought it; ``variables`` the values that the question's had."""

    uid: str
    card: str
    did: FactKind
    at: str
    day: int
    rating: int | None = None
    milliseconds: int = 0
    guess: bool = False
    origin: str = ""
    seed: int = 0
    shown: tuple[str, ...] = ()
    chosen: tuple[str, ...] = ()
    digest: str = ""
    retention: float = 0.9
    maximum: int = MAXIMUM_INTERVAL
    fuzz: bool = True
    target: int | None = None
    act: int | None = None
    leech: int = LEECH
    variables: Mapping[str, str] = NO_VALUES
    id: int = 0
