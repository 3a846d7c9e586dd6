"""What stands in a file of questions, as plain records: nothing is converted or dropped."""

from __future__ import annotations

from enum import Enum
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from quizcli.formats.losses import Loss

GAP = "_____"  # in a prompt: where the answers stood


class SourceKind(Enum):
    """The kinds of question that other formats have."""

    CHOICE = "choice"
    TRUTH = "true or false"
    SHORT = "short answer"
    NUMBER = "number"
    MATCHING = "matching"
    ESSAY = "essay"
    DESCRIPTION = "description"
    CARD = "flashcard"
    CLOZE = "text with gaps"
    ORDERING = "ordering"


class BadQuestion(Exception):
    """Why a question cannot be read, and how to mend it."""

    def __init__(self, what: str, fix: str) -> None:
        super().__init__(what)
        self.fix = fix


class SourceText(NamedTuple):
    """A text and how it is marked up: "moodle", "html", "markdown" or "plain"."""

    text: str
    markup: str = "moodle"


class SourceNumber(NamedTuple):
    """A number as it was written: one with its tolerance ("" for none), or ``low`` to ``high``."""

    number: str = ""
    tolerance: str = ""
    low: str = ""
    high: str = ""


class SourceAnswer(NamedTuple):
    """One answer. ``right`` is its sign: ``=`` rather than ``~``; ``weight`` in per cent, None
    where none is written. The ``number`` of a numerical question is None for any other number."""

    line: int
    right: bool
    text: SourceText
    weight: float | None = None
    feedback: SourceText | None = None
    number: SourceNumber | None = None


class SourcePair(NamedTuple):
    """A pair of a matching; an empty ``left`` makes the right side one that belongs to nothing."""

    line: int
    left: SourceText
    right: str
    feedback: SourceText | None = None


class SourceQuestion(NamedTuple):
    """One question. Of a true-or-false, ``truth`` is the answer, ``if_wrong`` and ``if_right`` what
    is said of a wrong and a right one. ``gap``: its answers stood within the prompt. ``lone``: its
    one number stood there without a sign. ``several``: any number of its options may be ticked,
    and those that are right have no weights. The ``answers`` of an ordering stand in their right
    order. ``back`` is that of a flashcard; ``points`` are as they were written; ``fixed``: the
    options keep their order. ``dropped`` is what of it these records have no place for."""

    line: int
    kind: SourceKind
    prompt: SourceText
    id: str = ""
    tags: tuple[str, ...] = ()
    title: str = ""
    category: str = ""
    gap: bool = False
    lone: bool = False
    several: bool = False
    answers: tuple[SourceAnswer, ...] = ()
    pairs: tuple[SourcePair, ...] = ()
    truth: bool = False
    if_wrong: SourceText | None = None
    if_right: SourceText | None = None
    feedback: SourceText | None = None
    back: SourceText | None = None
    points: str = ""
    hints: tuple[SourceText, ...] = ()
    unit: str = ""
    fixed: bool = False
    dropped: tuple[Loss, ...] = ()


class SourceCategory(NamedTuple):
    """From here on, questions belong to this category."""

    line: int
    path: str


class SourceTitle(NamedTuple):
    """What all of the file is called, or a part of it: the last name of a ``path``, whose others
    are called what it is in, as with decks."""

    line: int
    path: tuple[str, ...]
    markup: str = "plain"


class Remark(NamedTuple):
    """What is wrong at a line, and how to mend it. ``lost``: the question could not be read."""

    line: int
    what: str
    fix: str = ""
    lost: bool = False


SourceItem = SourceQuestion | SourceCategory | SourceTitle


class SourceFile:
    """All of a file, in its order, and what is to be said of it, by line.

    ``items`` may be read as they are asked for: who goes through the file takes each from it, so
    that a long one is never in memory as a whole, and ``remarks`` are complete at its end.
    """

    def __init__(self, items: Iterable[SourceItem], remarks: Sequence[Remark]) -> None:
        self._waiting = iter(items)
        self._remarks = remarks

    def __iter__(self) -> Iterator[SourceItem]:
        return self._waiting

    @cached_property
    def items(self) -> tuple[SourceItem, ...]:
        """All that was not yet taken."""
        return tuple(self._waiting)

    @property
    def questions(self) -> tuple[SourceQuestion, ...]:
        """These without categories and titles."""
        return tuple(item for item in self.items if isinstance(item, SourceQuestion))

    @property
    def remarks(self) -> tuple[Remark, ...]:
        """What is to be said of the file, once all of it was read."""
        _ = self.items
        return tuple(sorted(self._remarks))
