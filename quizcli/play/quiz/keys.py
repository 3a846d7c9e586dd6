"""A quiz with keys: one key answers, the screen follows, what was said stays above.

After feedback, when nothing can be chosen, letters are commands.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from rich.text import Text

from quizcli.play.console import Left, TimeUp
from quizcli.play.experiment.behind import see_measured
from quizcli.play.quiz.asking import Asking, choice, spaced
from quizcli.quiz.session import SessionError, letter
from quizcli.report.words import listed
from quizcli.terminal.views import feedback as after
from quizcli.terminal.views import question as views
from quizcli.terminal.views.flagged import LETTERS, flagged, flagged_items

if TYPE_CHECKING:
    from quizcli.play.console import QuizConsole
    from quizcli.quiz.grading import Grade, Response
    from quizcli.quiz.session import Item
    from quizcli.terminal.views.lines import Lines


class KeyQuiz:
    """One session at a desk."""

    def __init__(self, desk: QuizConsole) -> None:
        self.desk = desk
        self.asking = Asking(desk)
        self._visiting: Item | None = None  # gone to from the end, to which it leads back

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
                if self._hand_in():
                    return
            elif (
                item.question.id in self.desk.session.answers and not self.desk.session.policy.exam
            ):
                self._say_question(item)
                self._after(item, passed=False)
            elif self.asking.ask(item) and not self.desk.session.policy.exam:
                self._after(item, passed=True)
            if item is not None and item is self._visiting:
                self._return(item)

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
                above=lambda: self._verdict(*given),
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

    def _verdict(self, item: Item, response: Response, grade: Grade) -> Lines:
        """The verdict, where reasons that are taller than the window push it out of sight."""
        look = self.desk.canvas.look
        tall = len(after.feedback(item, response, grade, look)) + 3 > look.height
        return after.headline(item, response, grade, look) if tall else []

    def _hand_in(self) -> bool:
        """The end, where questions are unanswered, or flagged in an exam, whose answers may
        change: go back to one of them, or finish (True)."""
        session = self.desk.session
        marked = flagged_items(session) if session.policy.exam else []
        if not session.unanswered and not marked:
            return True
        if session.unanswered:
            numbers = [str(position + 1) for position in session.unanswered]
            what = "question" if len(numbers) == 1 else "questions"
            self.desk.tell(f"No answer yet to {what} {listed(numbers)}.")
        if marked:
            self.desk.canvas.say([*flagged(session, self.desk.canvas.look), Text("")])
        last = min(len(marked), LETTERS)
        there = [(f"a–{letter(last - 1)}" if last > 1 else "a", "go there")] if marked else []
        while True:
            back = [("⌫", "first blank" if marked else "go back")] if session.unanswered else []
            key = self.desk.offer([("Enter", "finish"), *there, *back, ("Esc", "leave")])
            index = choice(key, last) if key.isalpha() else None
            if key == "enter":
                self.desk.canvas.live([])
                return True
            if index is not None:
                self._visiting = marked[index]
                self._go(session.number(marked[index]) - 1)
                return False
            if key in {"backspace", "delete", "left", "up"} and session.unanswered:
                self._go(session.unanswered[0])
                return False
            if key in {"esc", "eof"}:
                self.desk.leave()

    def _go(self, position: int) -> None:
        """Back to a question before this place."""
        self.desk.canvas.live([])
        while self.desk.session.position > position:
            self.desk.session.back()
        self.desk.save()

    def _return(self, item: Item) -> None:
        """From a question that was gone to from the end: forward leads there again."""
        self._visiting = None
        if self.desk.session.position == self.desk.session.number(item):
            while self.desk.session.current is not None:
                self.desk.session.skip()
            self.desk.save()
