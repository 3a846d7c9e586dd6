"""Answers that may be a slip of the fingers: asked once more before they count."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizcli.quiz.responses import BadResponse

if TYPE_CHECKING:
    from quizcli.quiz.responses import Response
    from quizcli.quiz.steps import Item

NEARLY = "Almost: check the spelling and answer again."


class Slips:
    """Which questions were asked once more in a session."""

    def __init__(self) -> None:
        self._asked: set[str] = set()

    def check(self, item: Item, response: Response) -> None:
        """Raises BadResponse, once a question, for an answer that is nearly right."""
        question = item.question
        if question.id not in self._asked and item.kind.near(question, response.given):
            self._asked.add(question.id)
            raise BadResponse(NEARLY)
