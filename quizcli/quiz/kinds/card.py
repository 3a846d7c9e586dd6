"""A flashcard: a front, and a back that the learner compares with what they thought."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizcli.quiz.kinds.base import Kind

if TYPE_CHECKING:
    from quizcli.quiz.model import Question


class Flashcard(Kind):
    """The kind of a card with two sides."""

    name = "card"
    graded = False
    quizzed = False
    needs = ("front", "back")
    takes = ()

    def back(self, question: Question, _gap: str) -> str:
        """The side that was written."""
        return question.back


KIND = Flashcard()
