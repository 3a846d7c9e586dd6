"""What stands in a GIFT file, as plain records: nothing is converted, nothing is dropped."""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple

GAP = "_____"  # in a prompt: where the answers stood


class GiftKind(Enum):
    """The kinds of question that GIFT has."""

    CHOICE = "choice"
    TRUTH = "true or false"
    SHORT = "short answer"
    NUMBER = "number"
    MATCHING = "matching"
    ESSAY = "essay"
    DESCRIPTION = "description"


class GiftText(NamedTuple):
    """A text and how it is marked up: "moodle", "html", "markdown" or "plain"."""

    text: str
    markup: str = "moodle"


class GiftNumber(NamedTuple):
    """A number as it was written: one with its tolerance ("" for none), or ``low`` to ``high``."""

    number: str = ""
    tolerance: str = ""
    low: str = ""
    high: str = ""


class GiftAnswer(NamedTuple):
    """One answer. ``right`` is its sign: ``=`` rather than ``~``; ``weight`` in per cent, None
    where none is written. The ``number`` of a numerical question is None for any other number."""

    line: int
    right: bool
    text: GiftText
    weight: float | None = None
    feedback: GiftText | None = None
    number: GiftNumber | None = None


class GiftPair(NamedTuple):
    """A pair of a matching; an empty ``left`` makes the right side one that belongs to nothing."""

    line: int
    left: GiftText
    right: str
    feedback: GiftText | None = None


class GiftQuestion(NamedTuple):
    """One question. Of a true-or-false, ``truth`` is the answer, ``if_wrong`` and ``if_right`` what
    is said of a wrong and a right one. ``gap``: its answers stood within the prompt. ``lone``: its
    one number stood there without a sign."""

    line: int
    kind: GiftKind
    prompt: GiftText
    id: str = ""
    tags: tuple[str, ...] = ()
    title: str = ""
    category: str = ""
    gap: bool = False
    lone: bool = False
    answers: tuple[GiftAnswer, ...] = ()
    pairs: tuple[GiftPair, ...] = ()
    truth: bool = False
    if_wrong: GiftText | None = None
    if_right: GiftText | None = None
    feedback: GiftText | None = None


class GiftCategory(NamedTuple):
    """From here on, questions belong to this category."""

    line: int
    path: str


class GiftRemark(NamedTuple):
    """What is wrong at a line, and how to mend it. ``lost``: the question could not be read."""

    line: int
    what: str
    fix: str = ""
    lost: bool = False


class GiftFile(NamedTuple):
    """All of a file, in its order, and what is to be said of it, by line."""

    items: tuple[GiftQuestion | GiftCategory, ...]
    remarks: tuple[GiftRemark, ...]

    @property
    def questions(self) -> tuple[GiftQuestion, ...]:
        """The questions without the categories."""
        return tuple(item for item in self.items if isinstance(item, GiftQuestion))
