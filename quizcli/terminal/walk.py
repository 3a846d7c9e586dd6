"""A session again, question by question: what was answered, its mark, and every reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from quizcli.terminal import plain, plain_grade
from quizcli.terminal.views import feedback, question
from quizcli.terminal.views.asking import answered
from quizcli.terminal.views.lines import Page, form_for

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from quizcli.quiz.session import Session
    from quizcli.quiz.steps import Answer, Item
    from quizcli.terminal.style import OutputStyle
    from quizcli.terminal.views.lines import Lines

    Unfit = Mapping[str, Answer]

NONE_UNFIT: Unfit = {}


def in_lines(
    session: Session, items: Sequence[Item], width: int, unfit: Unfit = NONE_UNFIT
) -> list[str]:
    """These questions in plain lines; of answers that do not fit them any more just what they
    were."""
    lines: list[str] = []
    for number, item in enumerate(session.items, 1):
        if item not in items:
            continue
        lines += plain.question(session, item, number, width)
        if answer := unfit.get(item.question.id):
            lines += plain.lines(said_unfit(item, answer), width)
            lines += [*plain_grade.reasons(item, width), *plain_grade.why(item, width), ""]
        else:
            if said := said_edited(session, item):
                lines += plain.lines(said, width)
            lines += [*plain_grade.outcome(item, *session.outcome(item), width, every=True), ""]
    return lines


def on_screen(
    session: Session, items: Iterable[Item], look: OutputStyle, unfit: Unfit = NONE_UNFIT
) -> Lines:
    """As the screens showed these of its questions."""
    lines: Lines = []
    for item in items:
        response, grade = session.outcome(item)
        state = answered(session, item, response)
        lines += question.head(state, look, timed=False)
        if answer := unfit.get(item.question.id):
            page = Page(look, form_for(item.question, look))
            page.say(page.text(said_unfit(item, answer, "\u201c\u201d")))
            lines += [Text(""), *page.lines, Text(""), *feedback.every_reason(item, look)]
            lines += feedback.explanation(item, look)
            continue
        if response.given and not item.kind.graded:  # else the verdict says what was answered
            lines += [Text(""), *question.options(state, look, final=True)]
        if said := said_edited(session, item):
            page = Page(look, form_for(item.question, look))
            page.say(said)
            lines += [Text(""), *page.lines]
        verdict = feedback.feedback(item, response, grade, look, every=True)
        lines += [Text(""), *verdict]
    return lines


def said_edited(session: Session, item: Item) -> str:
    """What is said of an answer whose question was edited since, and which fits it all the same."""
    answer = session.answers.get(item.question.id)
    if answer is None or answer.digest == item.question.digest:
        return ""
    return "The question has been edited since you answered it; the mark is the one that counts."


def said_unfit(item: Item, answer: Answer, marks: str = '""') -> str:
    """What is said of an answer that does not fit its question any more."""
    words = item.kind.today(item.question, answer.shown, answer.response.given)
    given = ", ".join(item.kind.describe(item.question, words))
    edited = "The question has been edited since"
    edited += "; the right answer below is the current one." if item.kind.graded else "."
    said = plain.as_typed(item, given, marks)
    return f"You answered {said}: {plain_grade.earned(answer.grade)}. {edited}"
