"""A flashcard: a front, and a back that the learner compares with what they thought; and the same
turned round, where the question is ``reversed``: two cards, of which one is asked a day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizcli.quiz.fields import Field, Type
from quizcli.quiz.kinds.base import Kind

if TYPE_CHECKING:
    from quizcli.quiz.model import Question


REVERSED = "reversed"


class Flashcard(Kind):
    """The kind of a card with two sides."""

    name = "card"
    graded = False
    quizzed = False
    needs = ("front", "back")
    takes = ("reversed",)

    def fields(self) -> tuple[Field, ...]:
        """Whether it is asked from both sides."""
        return (Field("reversed", Type.BOOLEAN, "makes a second card that asks for the front"),)

    def gaps(self, question: Question) -> tuple[str, ...]:
        """The card as it is written, and turned round. That keeps its address, and what was learned
        of it, whether it is turned round or not."""
        return ("", REVERSED) if question.own.get("reversed") else ("",)

    def front(self, question: Question, gap: str) -> str:
        """The side that asks."""
        return question.back if gap == REVERSED else question.prompt

    def back(self, question: Question, gap: str) -> str:
        """The other side."""
        return question.prompt if gap == REVERSED else question.back


KIND = Flashcard()
