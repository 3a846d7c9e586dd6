"""What came of a question at the end: the answer with its grade, or a blank with its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizcli.quiz.grading import Response, grade

if TYPE_CHECKING:
    from quizcli.quiz.grading import Grade
    from quizcli.quiz.session import Item, Session


def outcome(session: Session, item: Item) -> tuple[Response, Grade]:
    """What was answered to a question and what it earned; a blank where nothing was."""
    answer = session.answers.get(item.question.id)
    if answer is not None:
        return answer.response, answer.grade
    blank = Response(frozenset())
    return blank, grade(item.question, blank, session.rule(item.question))
