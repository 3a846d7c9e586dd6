"""An interrupted attempt is offered again: go on, start anew, or leave."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from quizcli.play.quiz.words import said_remaining
from quizcli.terminal.canvas import Canvas
from quizcli.terminal.notation import Form
from quizcli.terminal.views.lines import Page

if TYPE_CHECKING:
    from quizcli.env import Keyboard, Screen
    from quizcli.play.quiz.starting import QuizStart
    from quizcli.terminal.style import OutputStyle


class ResumeChoice(Enum):
    """What the learner chose."""

    RESUME = "resume"
    RESTART = "restart"
    LEAVE = "leave"


def offer(start: QuizStart, keyboard: Keyboard, screen: Screen, look: OutputStyle) -> ResumeChoice:
    """Ask what to do with the attempt that was left unfinished."""
    canvas = Canvas(screen, look)
    page = Page(look, Form.UNICODE if look.unicode else Form.SPOKEN)
    page.say("")
    page.say(page.text(start.bank.title), "title")
    (answered, total), remaining = start.how_far(), start.remaining()
    page.say(page.own(f"You stopped on {start.stopped} after {answered} of {total} questions."))
    if remaining is not None:
        page.say(page.own(said_remaining(remaining)))
    page.blank()
    keyboard.drop()
    canvas.say(page.lines)
    while True:
        keys = Page(look, Form.SPOKEN)
        keys.keys([("Enter", "resume"), ("r", "start over"), ("Esc", "leave")])
        canvas.live(keys.lines)
        key = keyboard.key()
        if key in {"enter", "r", "R", "esc", "eof"}:
            canvas.leave()
            if key == "enter":
                return ResumeChoice.RESUME
            return ResumeChoice.RESTART if key in {"r", "R"} else ResumeChoice.LEAVE
