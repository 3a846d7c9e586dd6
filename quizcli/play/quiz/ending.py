"""The end of a quiz at a terminal: the score, what was missed, what to do next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from quizcli.play.quiz.asking import spaced
from quizcli.play.quiz.outcome import outcome
from quizcli.play.quiz.start import comes_back, command
from quizcli.terminal.views import feedback as after
from quizcli.terminal.views import question as views
from quizcli.terminal.views.flagged import flagged_items
from quizcli.terminal.views.summary import summary

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quizcli.play.console import QuizConsole
    from quizcli.quiz.session import Item


def show_end(desk: QuizConsole) -> bool:
    """The summary; True when the learner wants to go through the missed ones now."""
    spent = desk.elapsed()
    if desk.session.policy.exam:
        desk.tell("Your answers with their reasons; the score stands below them.")
        _with_reasons(desk, desk.session.items)
    # Last, so that the score is in sight, however long the reasons before it.
    desk.canvas.say(summary(desk.session, spent, desk.times, desk.canvas.look))
    missed = [
        item
        for item in desk.session.items
        if (answer := desk.session.answers.get(item.question.id)) is None
        or answer.grade.credit != 1
    ]
    page = desk.page()
    if missed:
        again = f"{command(desk.env, desk.session.bank)} --missed"
        page.say(page.own(f"Missed questions again: {again}"))
        if back := comes_back(desk.env, desk.started):
            page.say(page.own(back))
    page.say("Hand in or keep: quizcli score --format csv -o score.csv")
    page.blank()
    desk.canvas.say(page.lines)
    marked = flagged_items(desk.session)
    desk.keyboard.drop()
    while True:
        repeat = [("r", "go through the missed ones now")] if missed else []
        look_again = [("f", "flagged ones again")] if marked else []
        key = desk.offer([*repeat, *look_again, ("Enter", "done")], ticking=False)
        if key in {"f", "F"} and marked:
            _with_every_reason(desk, marked)
        if key in {"r", "R"} and missed:
            desk.canvas.leave()
            return True
        if key in {"enter", "esc", "eof", "q"}:
            desk.canvas.leave()
            return False


def _with_reasons(desk: QuizConsole, items: Sequence[Item]) -> None:
    """Questions again, each with its verdict and the reasons that it had."""
    for item in items:
        response, marks = outcome(desk.session, item)
        state = views.Asking(desk.session, item, ticked=response.chosen)
        look = desk.canvas.look
        options = spaced(views.options(state, look, final=True))
        desk.canvas.say([*views.head(state, look, timed=False), *options])
        desk.canvas.say(after.feedback(item, response, marks, look))


def _with_every_reason(desk: QuizConsole, items: Sequence[Item]) -> None:
    """Questions again, with the reason of each option."""
    for item in items:
        response, marks = outcome(desk.session, item)
        state = views.Asking(desk.session, item, ticked=response.chosen)
        look = desk.canvas.look
        desk.canvas.say([*views.head(state, look, timed=False), Text("")])
        desk.canvas.say([*after.headline(item, response, marks, look), Text("")])
        desk.canvas.say(after.every_reason(item, look, response.chosen))
        desk.canvas.say(after.explanation(item, look))
