"""The end of a quiz at a terminal: the score, what was missed, what to do next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from quizcli.play.console import spaced
from quizcli.play.quiz.words import EXPORT, said_comes_back
from quizcli.terminal.views import feedback as after
from quizcli.terminal.views import question as views
from quizcli.terminal.views.summary import summary

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quizcli.play.console import KeyConsole
    from quizcli.play.quiz.flow import QuizRun
    from quizcli.quiz.session import Item


def show_end(console: KeyConsole, run: QuizRun) -> bool:
    """The summary; True when the learner wants to go through the missed ones now."""
    spent, missed, marked = run.elapsed(), run.missed, run.flagged
    if run.exam:
        console.tell("Your answers with their reasons; the score stands below them.")
        _with_reasons(console, run, run.session.items)
    # Last, so that the score is in sight, however long the reasons before it.
    console.canvas.say(summary(run.session, spent, run.times, console.canvas.look))
    page = console.page()
    if missed:
        page.say(page.own(f"Missed questions again: {run.again}"))
        if back := said_comes_back(run):
            page.say(page.own(back))
    page.say(EXPORT)
    page.blank()
    console.canvas.say(page.lines)
    console.keyboard.drop()
    repeat = [("r", "go through the missed ones now")] if missed else []
    look_again = [("f", "flagged ones again")] if marked else []
    while True:
        key = console.offer([*repeat, *look_again, ("Enter", "done")], ticking=False)
        if key in {"f", "F"} and marked:
            _with_every_reason(console, run, marked)
        if key in {"r", "R"} and missed:
            console.canvas.leave()
            return True
        if key in {"enter", "esc", "eof", "q"}:
            console.canvas.leave()
            return False


def _with_reasons(console: KeyConsole, run: QuizRun, items: Sequence[Item]) -> None:
    """Questions again, each with its verdict and the reasons that it had."""
    for item in items:
        response, grade = run.outcome(item)
        state = views.Asking(run.session, item, ticked=response.chosen)
        look = console.canvas.look
        options = spaced(views.options(state, look, final=True))
        console.canvas.say([*views.head(state, look, timed=False), *options])
        console.canvas.say(after.feedback(item, response, grade, look))


def _with_every_reason(console: KeyConsole, run: QuizRun, items: Sequence[Item]) -> None:
    """Questions again, with the reason of each option."""
    for item in items:
        response, grade = run.outcome(item)
        state = views.Asking(run.session, item, ticked=response.chosen)
        look = console.canvas.look
        console.canvas.say([*views.head(state, look, timed=False), Text("")])
        console.canvas.say([*after.headline(item, response, grade, look), Text("")])
        console.canvas.say(after.every_reason(item, look, response.chosen))
        console.canvas.say(after.explanation(item, look))
