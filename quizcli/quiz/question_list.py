"""The questions of a session in a list: which are flagged, and what each is called.

The rule: a title may be the answer, so it is withheld as long as that is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from quizcli.quiz.model import Question
    from quizcli.quiz.session import Session
    from quizcli.quiz.steps import Item


def flagged_items(session: Session) -> tuple[Item, ...]:
    """What is flagged, in the order asked."""
    return tuple(item for item in session.items if item.question.id in session.flags)


def title_of(question: Question) -> str:
    """The title of a question; of a handout none, since its answers are told elsewhere."""
    return "" if question.keyless else question.title


def called(session: Session, item: Item) -> str:
    """What a list calls a question beside its number; nothing in an exam until it is handed in."""
    if session.policy.exam and not session.finished:
        return ""
    return title_of(item.question) or item.question.id
