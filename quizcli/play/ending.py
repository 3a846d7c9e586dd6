"""The end of a quiz at a terminal: the score, what was missed, what to do next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizcli.play.asking import spaced
from quizcli.play.outcome import outcome
from quizcli.play.start import command
from quizcli.terminal.views import feedback as after
from quizcli.terminal.views import question as views
from quizcli.terminal.views.summary import summary

if TYPE_CHECKING:
    from quizcli.play.desk import Desk


def show_end(desk: Desk) -> bool:
    """The summary; True when the learner wants to go through the missed ones now."""
    spent = desk.elapsed()
    if desk.session.policy.exam:
        _exam_feedback(desk)
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
    page.say("Hand in or keep: quizcli score --format csv -o score.csv")
    page.blank()
    desk.canvas.say(page.lines)
    desk.keyboard.drop()
    while True:
        repeat = [("r", "go through the missed ones now")] if missed else []
        key = desk.offer([*repeat, ("Enter", "done")], ticking=False)
        if key in {"r", "R"} and missed:
            desk.canvas.leave()
            return True
        if key in {"enter", "esc", "eof", "q"}:
            desk.canvas.leave()
            return False


def _exam_feedback(desk: Desk) -> None:
    desk.tell("Your answers with their reasons; the score stands below them.")
    for item in desk.session.items:
        response, marks = outcome(desk.session, item)
        state = views.Asking(desk.session, item, ticked=response.chosen)
        look = desk.canvas.look
        options = spaced(views.options(state, look, final=True))
        desk.canvas.say([*views.head(state, look, timed=False), *options])
        desk.canvas.say(after.feedback(item, response, marks, look))
