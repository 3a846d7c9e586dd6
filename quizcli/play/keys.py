"""A quiz with keys: one key answers, the screen follows, what was said stays above.

After feedback, when nothing can be chosen, letters are commands.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from quizcli.play.asking import Asking, spaced
from quizcli.play.desk import Left, TimeUp
from quizcli.play.measured import see_measured
from quizcli.quiz.session import SessionError
from quizcli.report.words import listed
from quizcli.terminal.views import feedback as after
from quizcli.terminal.views import question as views

if TYPE_CHECKING:
    from quizcli.play.desk import Desk
    from quizcli.quiz.session import Item


class KeyQuiz:
    """One session at a desk."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.asking = Asking(desk)

    def run(self) -> bool:
        """Ask until all is answered or the learner leaves; returns whether it was finished."""
        try:
            self._questions()
        except Left:
            self.desk.canvas.leave()
            return False
        except TimeUp:
            self.desk.tell("Time is up. What you answered is handed in.")
        self.desk.session.finish()
        self.desk.started.recorder.save()
        return True

    def _questions(self) -> None:
        while True:
            item = self.desk.session.current
            if item is None:
                if not self.desk.session.unanswered or self._hand_in():
                    return
            elif (
                item.question.id in self.desk.session.answers and not self.desk.session.policy.exam
            ):
                self._say_question(item)
                self._after(item, passed=False)
            elif self.asking.ask(item) and not self.desk.session.policy.exam:
                self._after(item, passed=True)

    def _say_question(self, item: Item) -> None:
        answer = self.desk.session.answers[item.question.id]
        state = self.asking.fresh(
            views.Asking(self.desk.session, item, ticked=answer.response.chosen)
        )
        look = self.desk.canvas.look
        options = spaced(views.options(state, look, final=True))
        self.desk.canvas.say([*views.head(state, look), *options])

    def _after(self, item: Item, *, passed: bool) -> None:
        """Feedback, and keys until the learner goes on."""
        answer = self.desk.session.answers[item.question.id]
        given = (item, answer.response, answer.grade)
        feedback = after.feedback(*given, self.desk.canvas.look)
        self.desk.canvas.say(feedback)
        self.desk.keyboard.drop()
        while True:
            measured = [("d", "see it measured")] if item.question.demo else []
            key = self.desk.offer(
                [
                    *measured,
                    ("Enter", "next"),
                    ("e", "all reasons"),
                    ("⌫", "back"),
                    ("Esc", "leave"),
                ],
                # Reasons that are taller than the window push the verdict out of sight.
                above=after.headline(*given, self.desk.canvas.look)
                if len(feedback) + 3 > self.desk.canvas.look.height
                else None,
            )
            if key in {"enter", " ", "tab", "right", "down"}:
                self.desk.canvas.live([])
                if not passed:
                    self.desk.session.skip()
                    self.desk.save()
                return
            if key in {"e", "E"}:
                lines = after.every_reason(item, self.desk.canvas.look, answer.response.chosen)
                self.desk.canvas.say(lines)
            elif key in {"d", "D"} and measured:
                see_measured(self.desk, item, answer.response.chosen)
            elif key in {"backspace", "delete"}:
                self.desk.canvas.live([])
                with suppress(SessionError):
                    self.desk.session.back()
                    if passed:  # the session stands behind the question just answered
                        self.desk.session.back()
                    self.desk.save()
                return
            elif key in {"esc", "eof"}:
                self.desk.leave()

    def _hand_in(self) -> bool:
        """Where questions are unanswered at the end: go back to them, or finish (True)."""
        numbers = [str(position + 1) for position in self.desk.session.unanswered]
        what = "question" if len(numbers) == 1 else "questions"
        self.desk.tell(f"No answer yet to {what} {listed(numbers)}.")
        while True:
            key = self.desk.offer([("Enter", "finish"), ("⌫", "go back"), ("Esc", "leave")])
            if key == "enter":
                self.desk.canvas.live([])
                return True
            if key in {"backspace", "delete", "left", "up"}:
                self.desk.canvas.live([])
                while self.desk.session.position > self.desk.session.unanswered[0]:
                    self.desk.session.back()
                self.desk.save()
                return False
            if key in {"esc", "eof"}:
                self.desk.leave()
