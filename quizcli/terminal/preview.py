"""One question as a learner meets it, at rest: before an answer, and after one."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rich.text import Text

from quizcli.quiz.grading import grade
from quizcli.terminal import plain, plain_card, plain_grade
from quizcli.terminal.views import card, feedback, question
from quizcli.terminal.views.asking import Asking, answered
from quizcli.terminal.views.lines import Page, form_for

if TYPE_CHECKING:
    from quizcli.quiz.grading import Response
    from quizcli.quiz.session import Session
    from quizcli.quiz.steps import Item
    from quizcli.terminal.style import OutputStyle
    from quizcli.terminal.turning import Turning
    from quizcli.terminal.views.lines import Lines


class Preview(NamedTuple):
    """What is to be shown of an item: with which ``response`` (None: before an answer), whether
    with ``every`` option's reason and the ``hints``, and what is ``told`` before it counts."""

    session: Session
    item: Item
    response: Response | None = None
    every: bool = False
    hints: bool = False
    told: str = ""

    @property
    def title(self) -> str:
        """That of the bank."""
        return self.session.bank.title


class CardPreview(NamedTuple):
    """The cards of a question that are to be shown with both sides, the ``title`` of their bank,
    and whether with ``hints``."""

    cards: tuple[Turning, ...]
    title: str
    hints: bool = False


def on_screen(preview: Preview | CardPreview, look: OutputStyle) -> Lines:
    """As the screens show it; before an answer with the keys that are valid then."""
    if isinstance(preview, CardPreview):
        return _cards_on_screen(preview, look)
    session, item, response, every, hints, told = preview
    state = answered(session, item, response) if response else Asking(session, item)
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
        lines += _told(told, item, look) if told else []
        lines += feedback.feedback(item, response, marks, look, every=every)
    if every and response is None:
        lines += feedback.every_reason(item, look)
        lines += feedback.explanation(item, look)
    return lines


def _told(told: str, item: Item, look: OutputStyle) -> Lines:
    page = Page(look, form_for(item.question, look))
    page.say(page.own(told), "partly")
    page.blank()
    return page.lines


def _cards_on_screen(preview: CardPreview, look: OutputStyle) -> Lines:
    lines: Lines = []
    for number, turning in enumerate(preview.cards, 1):
        front = card.front(turning, preview.title, number, len(preview.cards), look)
        lines += [*([Text("")] if lines else []), *front]
        if turning.item.options:
            lines += [Text(""), *card.options(turning, look)]
        if preview.hints:
            for hint in turning.card.question.hints:
                lines += [Text(""), *card.hint(hint, turning, look)]
        lines += [Text(""), *card.back(turning, look)]
    return lines


def in_lines(preview: Preview | CardPreview, width: int) -> list[str]:
    """In plain lines."""
    if isinstance(preview, CardPreview):
        return _cards_in_lines(preview, width)
    session, item, response, every, hints, told = preview
    lines = plain.question(session, item, session.number(item), width)
    if hints:
        for hint in item.question.hints:
            lines += plain.hint(hint, width)
    if response is not None:
        marks = grade(item.question, response, session.rule(item.question))
        lines += plain.lines(told, width) if told else []
        lines += plain_grade.outcome(item, response, marks, width, every=every)
    elif every:
        lines += [*plain_grade.reasons(item, width), *plain_grade.why(item, width)]
    return lines


def _cards_in_lines(preview: CardPreview, width: int) -> list[str]:
    lines: list[str] = []
    for number, turning in enumerate(preview.cards, 1):
        front = plain_card.front(turning, preview.title, number, len(preview.cards), width)
        lines += [*([""] if lines else []), *front]
        lines += plain_card.options(turning, width)
        if preview.hints:
            for hint in turning.card.question.hints:
                lines += plain_card.hint(hint, width)
        lines += ["", *plain_card.back(turning, width)]
    return lines
