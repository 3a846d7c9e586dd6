"""A quiz with keys: one key answers, the screen follows, what was said stays above.

After feedback, when nothing can be chosen, letters are commands.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from quizcli.play.console import Left, TimeUp, spaced
from quizcli.play.experiment.behind import see_measured
from quizcli.play.numbers import ask_number
from quizcli.play.question_keys import QuestionKeys
from quizcli.play.quiz.flow import HandIn
from quizcli.play.quiz.words import FIRST, said_blank, said_flagged, said_over
from quizcli.quiz.kinds.choice import option_index
from quizcli.quiz.steps import SessionError, letter
from quizcli.terminal.views import feedback as after
from quizcli.terminal.views import question as views
from quizcli.terminal.views.asking import answered
from quizcli.terminal.views.flagged import LETTERS, flagged

if TYPE_CHECKING:
    from quizcli.play.console import KeyConsole
    from quizcli.play.question_keys import Outcome
    from quizcli.play.quiz.flow import QuizRun
    from quizcli.quiz.grading import Grade, Response
    from quizcli.quiz.steps import Item
    from quizcli.terminal.views.asking import Asking
    from quizcli.terminal.views.lines import Lines


class QuizQuestion(QuestionKeys):
    """Asks the questions of a quiz."""

    commands = frozenset({"?", "!"})

    def __init__(self, console: KeyConsole, run: QuizRun) -> None:
        super().__init__(console, run.session)
        self.run = run

    def drawn(self) -> None:
        """The time of thinking begins."""
        self.run.drawn()

    def answer(self, response: Response) -> None:
        """Committed before anything is drawn of it."""
        self.run.answer(response)

    def command(self, key: str, state: Asking) -> Outcome:
        """Skip, go back, a hint, a flag."""
        match key:
            case "tab":
                self.keep(state)
                self.run.skip()
                return False, state
            case "backspace" | "delete":
                if not self.run.back():
                    return None, state._replace(message=FIRST)
                self.keep(state)
                return False, state
            case "?":
                try:
                    self.say_hint(self.run.hint(), state)
                except SessionError as error:
                    state = state._replace(message=str(error))
                return None, state
            case "!":
                return None, state._replace(message=said_flagged(self.run.flag()))
            case "#" if len(self.session.items) > 1:
                number = ask_number(self.console, len(self.session.items))
                if number is None:
                    return None, state
                if not self.run.go_to(number):
                    return None, state._replace(message=said_over(number))
                self.keep(state)
                return False, state
        return self.unknown(key, state)

    def warning(self) -> str:
        """That little time is left."""
        return self.run.clock.warning()


class KeyQuiz:
    """One quiz at a console."""

    def __init__(self, console: KeyConsole, run: QuizRun) -> None:
        self.console = console
        self.quiz = run
        self.question = QuizQuestion(console, run)

    def run(self) -> bool:
        """Ask until the quiz is finished (True) or the learner leaves."""
        while True:
            try:
                return self._through()
            except Left:
                self.console.canvas.leave()
                return False
            except TimeUp:
                if self.quiz.time_is_up():
                    return True
                self.console.tell(said_over(self.quiz.leave_over()))

    def _through(self) -> bool:
        """One turn after the other. Raises Left, TimeUp."""
        while (turn := self.quiz.next()) is not None:
            if isinstance(turn, HandIn):
                self._hand_in(turn)
            elif self.quiz.final(turn):
                self._say_question(turn)
                self._after(turn)
            elif self.question.ask(turn) and not self.quiz.exam:
                self._after(turn)
        return True

    def _say_question(self, item: Item) -> None:
        response, _ = self.quiz.session.outcome(item)
        state = self.question.fresh(answered(self.quiz.session, item, response))
        look = self.console.canvas.look
        options = spaced(views.options(state, look, final=True))
        self.console.canvas.say([*views.head(state, look), *options])

    def _after(self, item: Item) -> None:
        """Feedback, and keys until the learner goes on."""
        response, grade = self.quiz.session.outcome(item)
        look = self.console.canvas.look
        self.console.keyboard.drop()
        self.console.canvas.say(after.feedback(item, response, grade, look))
        measured = [("d", "run experiment")] if item.question.demo else []
        has_more = after.has_more_reasons(item, response)
        reasons = [("e", "all reasons")] if has_more else []
        back = [("⌫", "back")] if self.quiz.session.number(item) > 1 else []
        more = [("Enter", "next"), *reasons, *back]
        total = len(self.quiz.session.items)
        more += [("#", "go to"), ("Esc", "leave")] if total > 1 else [("Esc", "leave")]
        while True:
            key = self.console.offer(
                [*measured, *more], above=lambda: self._verdict(item, response, grade)
            )
            if key in {"enter", " ", "tab", "right", "down"}:
                self.console.canvas.live([])
                self.quiz.on_from(item)
                return
            if key in {"e", "E"} and reasons:
                look = self.console.canvas.look
                self.console.canvas.say(after.every_reason(item, look, response))
            elif key in {"d", "D"} and measured:
                journal, seed = self.quiz.recorder.journal, self.quiz.session.seed
                see_measured(self.console, journal, seed, item, response.given)
            elif key in {"backspace", "delete"}:
                self.console.canvas.live([])
                self.quiz.back_from(item)
                return
            elif key in {"g", "G", "#"} and total > 1:
                number = ask_number(self.console, total)
                if number is not None:
                    self.console.canvas.live([])
                    self.quiz.go_to(number)
                    return
            elif key in {"esc", "eof"}:
                self.console.leave()

    def _verdict(self, item: Item, response: Response, grade: Grade) -> Lines:
        """The verdict, where reasons that are taller than the window push it out of sight."""
        look = self.console.canvas.look
        tall = len(after.feedback(item, response, grade, look)) + 3 > look.height
        return after.headline(item, response, grade, look) if tall else []

    def _hand_in(self, end: HandIn) -> None:
        """The end, where something is open: go back to it, or finish."""
        self.console.keyboard.drop()
        if end.blank:
            self.console.tell(said_blank(end))
        if end.flagged:
            look = self.console.canvas.look
            self.console.canvas.say([*flagged(self.quiz.session, look), Text("")])
        last = min(len(end.flagged), LETTERS)
        there = [(f"a–{letter(last - 1)}" if last > 1 else "a", "go there")] if last else []
        back = [("⌫", "first blank" if last else "go back")] if end.blank else []
        items = self.quiz.session.items
        numbers = [("#", "go to")] if len(items) > 1 else []
        ways = [("Enter", "finish"), *there, *back, *numbers, ("Esc", "leave")]
        while True:
            key = self.console.offer(ways)
            index = option_index(key, last) if key.isalpha() else None
            if index is not None:
                self.quiz.visit(end.flagged[index])
            elif key == "#" and numbers:
                number = ask_number(self.console, len(items))
                if number is None:
                    continue
                if not self.quiz.visit(items[number - 1]):
                    self.console.tell(said_over(number))
                    continue
            elif key == "enter":
                self.quiz.hand_in()
            elif key in {"backspace", "delete", "left", "up"} and end.blank:
                self.quiz.first_blank()
            else:
                if key in {"esc", "eof"}:
                    self.console.leave()
                continue
            self.console.canvas.live([])
            return
