"""The flagged questions of a session in a list, each with the letter that goes to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizcli.quiz.question_list import called, flagged_items
from quizcli.quiz.steps import letter
from quizcli.terminal import plain
from quizcli.terminal.views.lines import Lines, Page, form_for_titles

if TYPE_CHECKING:
    from quizcli.quiz.session import Session
    from quizcli.terminal.style import OutputStyle

LETTERS = 26  # more cannot be gone to by one key; the rest is counted


def flagged(session: Session, look: OutputStyle) -> Lines:
    """One line a question: its letter, its number, what it is called, what was answered."""
    items = flagged_items(session)
    titles = [called(session, item) for item in items]
    page = Page(look, form_for_titles(titles, look))
    page.say("Flagged:")
    for index, item in enumerate(items[:LETTERS]):
        # One that is blank must not indent what follows.
        title = " ".join(page.text(titles[index]).split())
        answer = session.answers.get(item.question.id)
        given = plain.letters(item, answer.response.given) if answer else "no answer"
        lead = [(f"   {letter(index)}  ", "accent"), (f"{session.number(item):>2}  ", "quiet")]
        alone = f"answered {given}" if answer else given
        page.entry(lead, page.own(f"{title} · {given}" if title else alone))
    if len(items) > LETTERS:
        page.say(page.own(f"… and {len(items) - LETTERS} more"), "quiet")
    return page.lines
