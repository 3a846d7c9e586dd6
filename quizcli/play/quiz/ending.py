"""The end of a quiz at a terminal: the score, what was missed, what to do next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizcli.play.console import spaced
from quizcli.play.quiz.words import RAN_OUT, said_comes_back, said_export, said_seed
from quizcli.terminal import walk
from quizcli.terminal.views import feedback as after
from quizcli.terminal.views import question as views
from quizcli.terminal.views.asking import answered
from quizcli.terminal.views.summary import summary

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quizcli.play.console import KeyConsole
    from quizcli.play.quiz.flow import QuizRun
    from quizcli.quiz.steps import Item


def show_end(console: KeyConsole, run: QuizRun) -> bool:
    """The summary; True when the learner wants to go through the missed ones now."""
    missed, marked = run.missed, run.flagged
    console.keyboard.drop()
    if run.ran_out:
        console.tell(RAN_OUT)
    console.canvas.say(summary(run.session, run.came_to, console.canvas.look))
    page = console.page()
    if missed:
        page.say(page.own(f"Retry the missed questions: {run.again}"))
    if back := said_comes_back(run):
        page.say(page.own(back))
    page.say(page.own(said_export(run)))
    page.blank()
    console.canvas.say(page.lines)
    repeat = [("r", "retry the missed ones now")] if missed else []
    # On request, so that the score is in sight however long the reasons.
    explained = [("e", "explain answers")] if run.exam else []
    look_again = [("f", "look at flagged ones")] if marked else []
    keys = [*explained, *repeat, *look_again, ("s", "show seed"), ("Enter", "done")]
    while True:
        key = console.offer(keys, ticking=False)
        if key in {"e", "E"} and explained:
            _with_reasons(console, run, run.session.items)
        if key in {"s", "S"}:
            console.tell(said_seed(run))
        if key in {"f", "F"} and marked:
            console.canvas.say(walk.on_screen(run.session, marked, console.canvas.look))
        if key in {"r", "R"} and missed:
            console.canvas.leave()
            return True
        if key in {"enter", "esc", "eof", "q"}:
            console.canvas.leave()
            return False


def _with_reasons(console: KeyConsole, run: QuizRun, items: Sequence[Item]) -> None:
    """Questions again, each with its verdict and the reasons that it had."""
    for item in items:
        response, grade = run.session.outcome(item)
        state, look = answered(run.session, item, response), console.canvas.look
        options = spaced(views.options(state, look, final=True))
        console.canvas.say([*views.head(state, look, timed=False), *options])
        console.canvas.say(after.feedback(item, response, grade, look))
