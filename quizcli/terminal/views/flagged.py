"""The flagged questions of a session in a list, each with the letter that goes to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizcli.quiz.steps import letter
from quizcli.terminal import plain
from quizcli.terminal.views.lines import Lines, Page, form_for_titles

if TYPE_CHECKING:
    from quizcli.quiz.session import Session
    from quizcli.quiz.steps import Item
    from quizcli.terminal.style import OutputStyle

LETTERS = 26  # more cannot be gone to by one key; the rest is counted


def flagged_items(session: Session) -> list[Item]:
    """What is flagged, in the order asked."""
    return [item for item in session.items if item.question.id in session.flags]


def flagged(session: Session, look: OutputStyle) -> Lines:
    """One line a question: its letter, its number, its title, what was answered."""
    items = flagged_items(session)
    page = Page(look, form_for_titles(map(plain.title, items), look))
    page.say("Flagged:")
    for index, item in enumerate(items[:LETTERS]):
        # One that is blank must not indent what follows.
        title = " ".join(page.text(plain.title(item)).split())
        answer = session.answers.get(item.question.id)
        given = plain.letters(item, answer.response.given) if answer else "no answer"
        lead = [(f"   {letter(index)}  ", "accent"), (f"{session.number(item):>2}  ", "quiet")]
        page.entry(lead, page.own(f"{title} · {given}"))
    if len(items) > LETTERS:
        page.say(page.own(f"… and {len(items) - LETTERS} more"), "quiet")
    return page.lines
