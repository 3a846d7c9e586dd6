"""A quiz in lines: for pipes, for screen readers, for terminals that cannot do more.

One line answers. Nothing is redrawn, nothing is asked that a script could not answer, and the
end of the input is not an error of the quiz: what was answered is kept.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizcli.play.answer_line import GUESS, is_command, response_of, said_as_answer
from quizcli.play.line_console import InputEnded
from quizcli.play.quiz.flow import HandIn
from quizcli.play.quiz.words import (
    FIRST,
    RAN_OUT,
    said_blank,
    said_comes_back,
    said_export,
    said_flagged,
    said_over,
    said_seed,
    said_unanswered,
)
from quizcli.quiz.grading import BadResponse
from quizcli.quiz.question_list import called
from quizcli.quiz.steps import SessionError
from quizcli.report.numbers import whole
from quizcli.report.words import did_you_mean, duration
from quizcli.terminal import plain, plain_grade
from quizcli.terminal.plain_summary import summary
from quizcli.terminal.safe import neutral

if TYPE_CHECKING:
    from quizcli.play.line_console import LineConsole
    from quizcli.play.quiz.flow import QuizRun
    from quizcli.quiz.steps import Item

COMMANDS = (":back", ":done", ":flag", ":flagged", ":go", GUESS, ":help", ":quit", ":why")
# What people type to hand in, as elsewhere.
_DONE = {
    ":submit",
    ":finish",
    ":end",
    ":hand-in",
    ":handin",
    ":hand",
    ":send",
    ":finished",
    ":stop",
}


class LineQuiz:
    """One quiz in lines. ``left`` says that the learner asked to leave, as opposed to input that
    just ended."""

    def __init__(self, console: LineConsole, run: QuizRun) -> None:
        self.console = console
        self.quiz = run
        self.left = False

    def run(self) -> bool:
        """Ask until the quiz is finished (True), the learner leaves, or the input ends."""
        try:
            while (turn := self.quiz.next()) is not None:
                if isinstance(turn, HandIn):
                    self._hand_in(turn)
                elif not self.quiz.time_is_up():
                    self._asked(turn)
        except InputEnded:
            return False
        self._end()
        return True

    def _asked(self, item: Item) -> None:
        """Say a question and take lines until it is left."""
        session, width = self.quiz.session, self.console.width
        number = session.number(item)
        self.console.say(["", *plain.question(session, item, number, width)])
        if self.quiz.final(item):
            self._say_outcome(item)
            self._on_from(item)
            return
        remaining = self.quiz.clock.remaining()
        if remaining is not None:
            self.console.say([f"Time left: {duration(remaining)}."])
        self._answered(item)

    def _answered(self, item: Item) -> None:
        """One line after another until the question is left."""
        self.quiz.drawn()
        while True:
            given = self.quiz.session.answers.get(item.question.id)
            words = given.response.given if given else None
            if warning := self.quiz.clock.warning():
                self.console.say([warning])
            line = self.console.next_line(plain.ask(item, hints=not self.quiz.exam, given=words))
            if self.quiz.time_is_up():
                return
            if self.quiz.clock.is_over(item):
                self.console.say([said_over(self.quiz.leave_over())])
                return
            if line == "":
                self.quiz.skip()
                return
            if is_command(line):
                if self._command(line):
                    return
            elif line == "?":
                self._hint(item)
            elif self._answer(item, line):
                return

    def _on_from(self, item: Item) -> None:
        """A line after the feedback of a question that was answered before."""
        while line := self.console.next_line("Enter continues (:back, :why, :quit): "):
            if not is_command(line):
                self.console.say(["Your answer is graded and cannot change. Press Enter to go on."])
            elif self._command(line):
                return
        self.quiz.on_from(item)

    def _answer(self, item: Item, line: str) -> bool:
        try:
            # Committed before anything is said of it: what was acknowledged is kept.
            self.quiz.answer(response_of(item, line))
        except BadResponse as bad:
            self.console.say([neutral(str(bad))])
            return False
        self.console.say(["Noted."] if self.quiz.exam else self._verdict(item))
        return True

    def _verdict(self, item: Item) -> list[str]:
        response, grade = self.quiz.session.outcome(item)
        return plain_grade.verdict(item, response, grade, self.console.width)

    def _say_outcome(self, item: Item) -> None:
        response, grade = self.quiz.session.outcome(item)
        self.console.say(plain_grade.outcome(item, response, grade, self.console.width))

    def _hint(self, item: Item) -> None:
        width = self.console.width
        try:
            self.console.say(plain.hint(self.quiz.hint(), width))
        except SessionError as error:
            spent = self.quiz.session.spent_hints(item)
            self.console.say([str(error), *plain.spent_hints(spent, width)])

    def _command(self, line: str) -> bool:
        """Carry out a ``:`` command; True when another question is to be shown."""
        word = line.lower()
        match word:
            case ":back":
                if self.quiz.back():
                    return True
                self.console.say([FIRST])
            case ":flag":
                self.console.say([said_flagged(self.quiz.flag())])
            case ":flagged":
                self.console.say(plain.flagged(self.quiz.session, self.console.width))
            case ":done":
                self.quiz.to_the_end()
                return True
            case ":why":
                self._why()
            case ":quit":
                self.left = True
                raise InputEnded
            case ":help":
                item = self.quiz.session.current
                hints = bool(item and item.question.hints)
                said = plain.commands(hints=hints, exam=self.quiz.exam)
                self.console.say([*(plain.answering(item) if item else ()), *said])
            case _ if (number := self._number(word)) is not None:
                if number and self.quiz.go_to(number):
                    return True
                self.console.say([said_over(number)] if number else [])
            case _:
                meant = ":done" if word in _DONE else word
                hint = did_you_mean(meant, COMMANDS, "the commands are")
                told = [f"There is no command {line[:40]}; {hint}"]
                told += said_as_answer(self.quiz.session.current, line)
                self.console.say([neutral(each) for each in told])
        return False

    def _number(self, word: str) -> int | None:
        """The question that ``:7`` or ``:go 7`` goes to; 0 where there is none, which is said, and
        None for another command."""
        number = word.removeprefix(":go").removeprefix(":").strip()
        if not (word == f":{number}" or word.startswith(":go ") or word == ":go"):
            return None
        if word != ":go" and not number.isdecimal():
            return None
        last = len(self.quiz.session.items)
        place = whole(number, 1, last)
        if place is None:
            self.console.say([f"Type a number from 1 to {last}, such as :{last}."])
        return place or 0

    def _why(self) -> None:
        item, width = self.quiz.last_answered, self.console.width
        if self.quiz.exam:
            self.console.say(["An exam gives its reasons at the end."])
        elif item is None:
            self.console.say(["Nothing has been answered yet; :why explains the last answer."])
        else:
            number = self.quiz.session.number(item)
            about = f"Question {number}, {called(self.quiz.session, item)}, every option:"
            response, _ = self.quiz.session.outcome(item)
            self.console.say(
                [*plain.lines(about, width), *plain_grade.reasons(item, width, response)]
            )

    def _hand_in(self, end: HandIn) -> None:
        """The end, where something is open: a person may go back to it, and so may the lines that
        follow in a pipe, the end of which hands an exam in."""
        session, asks = self.quiz.session, self.console.asks
        if not (asks or self.quiz.exam):
            self.quiz.hand_in()
            return
        blank = [said_blank(end)] if end.blank else []
        flagged = plain.flagged(session, self.console.width) if end.flagged else []
        self.console.say(["", *blank, *flagged])
        back = ", :back to the first without an answer" if end.blank else ""
        prompt = f"Enter finishes (a number goes to that question{back}, :quit): "
        while True:
            said = self.console.next_line(prompt) if asks else self.console.line(prompt) or ""
            line = said.lower()
            if self.quiz.time_is_up():
                return
            if line == ":quit":
                self.left = True
                raise InputEnded
            if line in {"", ":done"}:
                self.quiz.hand_in()
            elif line == ":back" and end.blank:
                self.quiz.first_blank()
            else:
                number = self._number(line if line.startswith(":") else f":{line}")
                if number is None:
                    self.console.say(
                        [f"Press Enter, or type a number from 1 to {len(session.items)}."]
                    )
                if not number:
                    continue
                if not self.quiz.visit(session.items[number - 1]):
                    self.console.say([said_over(number)])
                    continue
            return

    def _end(self) -> None:
        session, width = self.quiz.session, self.console.width
        ran_out = ["", RAN_OUT] if self.quiz.ran_out else []
        self.console.say([*ran_out, "", *summary(session, self.quiz.came_to, width)])
        told = [said_unanswered(self.quiz), said_comes_back(self.quiz)]
        self.console.say([text for text in told if text])
        self.console.say([said_seed(self.quiz), said_export(self.quiz)])
        if self.quiz.exam and self._wants_reasons():
            for number, item in enumerate(session.items, 1):
                self.console.say(["", *plain.question(session, item, number, width)])
                self._say_outcome(item)

    def _wants_reasons(self) -> bool:
        """Whether the answers of an exam are gone through; of a person, who is asked, on request,
        so that the score is not said and then buried."""
        if not self.console.asks:
            return True
        return self.console.line("Enter finishes (:why goes through the answers): ") == ":why"
