"""One question as a learner meets it, at rest: before an answer, and after one."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rich.text import Text

from quizcli.quiz.grading import grade
from quizcli.terminal import plain
from quizcli.terminal.views import feedback, question

if TYPE_CHECKING:
    from quizcli.quiz.grading import Response
    from quizcli.quiz.session import Item, Session
    from quizcli.terminal.style import OutputStyle
    from quizcli.terminal.views.lines import Lines


class Preview(NamedTuple):
    """What is to be shown of an item: with which ``response`` (None: before an answer), and
    whether with ``every`` option's reason and the ``hints``."""

    session: Session
    item: Item
    response: Response | None = None
    every: bool = False
    hints: bool = False


def on_screen(preview: Preview, look: OutputStyle) -> Lines:
    """As the screens show it; before an answer with the keys that are valid then."""
    session, item, response, every, hints = preview
    ticked = response.chosen if response else frozenset[str]()
    typed = ", ".join(response.given) if response and not item.kind.chooses else ""
    state = question.Asking(session, item, ticked=ticked, typed=typed)
    lines = question.head(state, look)
    if hints:
        lines.append(Text(""))
        for hint in item.question.hints:
            lines += question.hint(hint, state, look)
    final = response is not None
    if final or not every:  # else they follow with their reasons
        lines += [Text(""), *question.options(state, look, final=final), Text("")]
    if response is None:
        lines += [Text("")] if every else question.footer(state, look)
    else:
        marks = grade(item.question, response, session.rule(item.question))
        after = feedback.headline if every else feedback.feedback
        lines += [*after(item, response, marks, look), Text("")]
    if every:
        lines += feedback.every_reason(item, look, ticked)
        lines += feedback.explanation(item, look)
    return lines


def in_lines(preview: Preview, width: int) -> list[str]:
    """In plain lines."""
    session, item, response, every, hints = preview
    lines = plain.question(session, item, session.number(item), width)
    if hints:
        for hint in item.question.hints:
            lines += plain.hint(hint, width)
    if response is not None:
        lines.append(f"Your answer: {plain.letters(item, response.given)}.")
        marks = grade(item.question, response, session.rule(item.question))
        lines += plain.verdict(item, response, marks, width)
    if every:
        lines += plain.reasons(item, width)
        if response is None and item.question.explanation:
            lines += plain.prose(item.question.explanation, width, "Why: ")
    return lines
