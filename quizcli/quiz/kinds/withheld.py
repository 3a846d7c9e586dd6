"""A kind without its key, as in a handout: answers are recorded, and graded elsewhere."""

from __future__ import annotations

from copy import copy
from functools import cache
from typing import TYPE_CHECKING

from quizcli.quiz.kinds.base import RECORDED, Given, Kind, Placed

if TYPE_CHECKING:
    from quizcli.quiz.model import Option, Question, Rational


class Withheld(Kind):
    """What a kind says of the key: nothing."""

    graded = False
    rules = (RECORDED,)

    def near(self, _question: Question, _given: Given) -> bool:
        """Whether an answer is nearly right is not known."""
        return False

    def credit(self, _question: Question, _given: Given, _rule: str) -> Rational:
        """Nothing, as long as nobody graded it."""
        return 0

    def key(self, _question: Question) -> Given:
        """Not known."""
        return ()

    def placed(self, _question: Question, _given: Given) -> tuple[Placed, ...]:
        """What belongs where is not known."""
        return ()

    def tally(self, _question: Question, _given: Given) -> str:
        """Nothing counts yet."""
        return ""

    def reason(self, _question: Question, _given: Given) -> str:
        """No reason is known."""
        return ""

    def mistakes(self, _question: Question, _given: Given) -> tuple[str, ...]:
        """Whether it is one is not known."""
        return ()

    def sides(self, _question: Question, _given: Given = ()) -> tuple[Option, ...]:
        """Claims are left out."""
        return ()

    def gaps(self, _question: Question) -> tuple[str, ...]:
        """It is no flashcard: there is no other side."""
        return ()

    def back(self, _question: Question, _gap: str) -> str:
        """Not known."""
        return ""


@cache
def withheld(kind: Kind) -> Kind:
    """The kind, asked and answered as it is, without its key."""
    without: Kind = copy(kind)
    without.__class__ = type(type(kind).__name__, (Withheld, type(kind)), {})
    # Kinds that set them for each of theirs set these as well.
    for name in ("graded", "rules"):
        without.__dict__.pop(name, None)
    return without
