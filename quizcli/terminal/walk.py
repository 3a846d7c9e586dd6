"""A whole session again, question by question, with the reason for every option."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizcli.terminal import plain
from quizcli.terminal.views import feedback, question
from quizcli.terminal.views.asking import Asking

if TYPE_CHECKING:
    from quizcli.quiz.session import Session
    from quizcli.terminal.style import OutputStyle
    from quizcli.terminal.views.lines import Lines


def in_lines(session: Session, width: int) -> list[str]:
    """In plain lines."""
    lines: list[str] = []
    for number, item in enumerate(session.items, 1):
        lines += plain.question(session, item, number, width)
        answer = session.answers.get(item.question.id)
        if answer:
            lines.append(f"Your answer: {plain.letters(item, answer.response.given)}.")
            lines.append(f"{plain.earned(answer.grade).capitalize()}.")
        else:
            lines.append("You gave no answer.")
        lines += plain.reasons(item, width)
        lines += plain.why(item, width)
        lines.append("")
    return lines


def on_screen(session: Session, look: OutputStyle) -> Lines:
    """As the screens showed it."""
    lines: Lines = []
    for item in session.items:
        answer = session.answers.get(item.question.id)
        chosen = answer.response.chosen if answer else frozenset[str]()
        state = Asking(session, item, ticked=chosen)
        lines += question.head(state, look, timed=False)
        lines += feedback.every_reason(item, look, chosen)
        lines += feedback.explanation(item, look)
    return lines
