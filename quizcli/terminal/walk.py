"""A session again, question by question: what was answered, its mark, and every reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from quizcli.terminal import plain
from quizcli.terminal.views import feedback, question
from quizcli.terminal.views.asking import answered

if TYPE_CHECKING:
    from collections.abc import Iterable

    from quizcli.quiz.session import Item, Session
    from quizcli.terminal.style import OutputStyle
    from quizcli.terminal.views.lines import Lines


def in_lines(session: Session, width: int) -> list[str]:
    """In plain lines."""
    lines: list[str] = []
    for number, item in enumerate(session.items, 1):
        lines += plain.question(session, item, number, width)
        lines += [*plain.outcome(item, *session.outcome(item), width, every=True), ""]
    return lines


def on_screen(session: Session, items: Iterable[Item], look: OutputStyle) -> Lines:
    """As the screens showed these of its questions."""
    lines: Lines = []
    for item in items:
        response, grade = session.outcome(item)
        state = answered(session, item, response)
        lines += question.head(state, look, timed=False)
        if response.given and not item.kind.graded:  # else the verdict says what was answered
            lines += [Text(""), *question.options(state, look, final=True)]
        verdict = feedback.feedback(item, response, grade, look, every=True)
        lines += [Text(""), *verdict]
    return lines
