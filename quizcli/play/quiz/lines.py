"""A quiz in lines: for pipes, for screen readers, for terminals that cannot do more.

One line answers. Nothing is redrawn, nothing is asked that a script could not answer, and the
end of the input is not an error of the quiz: what was answered is kept.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from quizcli.play.quiz.outcome import outcome
from quizcli.quiz.grading import Response
from quizcli.quiz.kinds import KINDS
from quizcli.quiz.session import Answer, SessionError
from quizcli.report.words import counted, did_you_mean, duration, listed
from quizcli.terminal import plain
from quizcli.terminal.layout import cells, wrap
from quizcli.terminal.safe import ascii_only, neutral
from quizcli.terminal.style import carries_unicode

if TYPE_CHECKING:
    from quizcli.env import Environment
    from quizcli.play.quiz.start import QuizRun
    from quizcli.quiz.session import Item

COMMANDS = (":back", ":flag", ":flagged", ":help", ":quit", ":why")


@dataclass(slots=True)
class LineQuiz:
    """One session over stdin and stdout. ``run`` returns whether it was finished; ``left`` says
    that the learner asked to leave, as opposed to input that just ended."""

    env: Environment
    started: QuizRun
    width: int
    left: bool = False
    _before: float = field(init=False, default=0.0)
    _at: float = field(init=False, default=0.0)
    _unicode: bool = field(init=False, default=True)
    _visiting: Item | None = field(init=False, default=None)  # gone to from the end

    def run(self) -> bool:
        """Ask until the last question was passed, the learner leaves, or the input ends."""
        session = self.started.session
        self._before = self.env.clock.ticks()
        self._unicode = carries_unicode(self.env.stdout)
        self._say([f"Seed {session.seed}."])
        while not session.finished:
            item = session.current
            if not (self._past_the_last() if item is None else self._asked(item)):
                return False
            if item is not None and item is self._visiting:
                self._return(item)
        self.started.recorder.save()
        self._end()
        return True

    def _asked(self, item: Item) -> bool:
        """Say a question and take lines until it is left; False ends the quiz."""
        session = self.started.session
        if self._expired():
            return True
        self._say(["", *plain.question(session, item, session.position + 1, self.width)])
        if self._locked(item):
            self._say([f"Your answer: {self._letters(item)}.", *self._verdict(item)])
            return self._read("Enter goes on (:back, :why, :quit): ")
        if self.started.deadline is not None:
            left = (self.started.deadline - self.env.clock.now()).total_seconds()
            self._say([f"Time left: {duration(max(0, left))}."])
        return self._question(item)

    def _past_the_last(self) -> bool:
        """Finish. A person at a terminal may go back to what has no answer, and in an exam to
        what is flagged; a pipe, whose next line answers a question or is not there, is never
        asked."""
        session = self.started.session
        numbers = [str(position + 1) for position in session.unanswered]
        marked = bool(session.flags) and session.policy.exam
        if not (numbers or marked) or not self.env.stdin.isatty():
            session.finish()
            return True
        self._say([""])
        if numbers:
            what = "question" if len(numbers) == 1 else "questions"
            self._say([f"No answer yet to {what} {listed(numbers)}."])
        if marked:
            self._say(plain.flagged(session, self.width))
        return self._leads(session.unanswered)

    def _leads(self, blank: list[int]) -> bool:
        """A line at the end: finish, or go back to a question; False leaves."""
        session = self.started.session
        back = ", :back to the first without an answer" if blank else ""
        while True:
            line = self._line(f"Enter finishes (a number goes to that question{back}, :quit): ")
            if line is None or line.lower() == ":quit":
                self.left = line is not None
                return False
            if self._expired():
                return True
            if line == "":
                session.finish()
                return True
            if line.lower() == ":back" and blank:
                self._go(blank[0])
                return True
            if line.isascii() and line.isdecimal() and 0 < int(line[:9]) <= len(session.items):
                self._visiting = session.items[int(line) - 1]
                self._go(int(line) - 1)
                return True
            self._say([f"Enter, or a number from 1 to {len(session.items)}."])

    def _go(self, position: int) -> None:
        session = self.started.session
        while session.position > position:
            session.back()
        self.started.recorder.save()

    def _return(self, item: Item) -> None:
        """From a question that was gone to from the end: forward leads there again."""
        self._visiting = None
        session = self.started.session
        if session.position == session.number(item):
            while session.current is not None:
                session.skip()
            self.started.recorder.save()

    def _locked(self, item: Item) -> bool:
        session = self.started.session
        return item.question.id in session.answers and not session.policy.exam

    def _question(self, item: Item) -> bool:
        """One answer line after another until the question is left; False ends the quiz."""
        session = self.started.session
        self._at = self.env.clock.ticks()
        while True:
            given = session.answers.get(item.question.id)
            prompt = plain.ask(
                item,
                hints=not session.policy.exam,
                given=given.response.chosen if given else None,
            )
            line = self._line(prompt)
            if line is None:
                return False
            if self._expired():
                return True
            if line == "":
                session.skip()
                self.started.recorder.save()
                return True
            if line.startswith(":"):
                moved = self._command(line)
                if self.left:
                    return False
                if moved:
                    return True
            elif line == "?":
                self._hint()
            elif self._answer(item, line):
                return True

    def _read(self, prompt: str) -> bool:
        """A line after the feedback of a question that was answered before."""
        while True:
            line = self._line(prompt)
            if line is None:
                return False
            if not line.startswith(":"):
                self.started.session.skip()
                self.started.recorder.save()
                return True
            if self._command(line):
                return True
            if self.left:
                return False

    def _answer(self, item: Item, line: str) -> bool:
        session = self.started.session
        response, complaint = parse_answer(item, line)
        if response is None:
            self._say([neutral(complaint)])
            return False
        seconds = round(self.env.clock.ticks() - self._at, 3)
        session.answer(response, seconds)
        # Committed before anything is said of it: what was acknowledged is kept.
        self.started.recorder.save()
        self._say(["Noted."] if session.policy.exam else self._verdict(item))
        return True

    def _verdict(self, item: Item) -> list[str]:
        response, marks = outcome(self.started.session, item)
        return plain.verdict(item, response, marks, self.width)

    def _letters(self, item: Item) -> str:
        response, _ = outcome(self.started.session, item)
        return plain.letters(item, response.chosen)

    def _hint(self) -> None:
        try:
            hint = self.started.session.hint()
        except SessionError as error:
            self._say([f"{str(error)[0].upper()}{str(error)[1:]}."])
            return
        self.started.recorder.save()
        self._say(plain.hint(hint, self.width))

    def _command(self, line: str) -> bool:
        """Carry out a ``:`` command; True when another question is to be shown."""
        session = self.started.session
        word = line.lower()
        if word == ":back":
            try:
                session.back()
            except SessionError:
                self._say(["This is the first question."])
                return False
            self.started.recorder.save()
            return True
        if word == ":flag":
            self._say(["Flagged." if session.flag() else "No longer flagged."])
            self.started.recorder.save()
        elif word == ":flagged":
            self._say(plain.flagged(session, self.width))
        elif word == ":why":
            self._why()
        elif word == ":quit":
            self.left = True
        elif word == ":help":
            self._say(list(plain.COMMANDS))
        else:
            hint = did_you_mean(word, COMMANDS, "commands are")
            self._say([neutral(f"There is no command {line[:40]}; {hint}")])
        return False

    def _why(self) -> None:
        session = self.started.session
        answered = [step for step in session.log if isinstance(step, Answer)]
        if session.policy.exam:
            self._say(["An exam gives its reasons at the end."])
        elif not answered:
            self._say(["Nothing was answered yet; :why explains the last answer."])
        else:
            last = answered[-1].question
            item = next(item for item in session.items if item.question.id == last)
            about = f"Question {session.number(item)}, {plain.title(item)}, every option:"
            self._say([*plain.lines(about, self.width), *plain.reasons(item, self.width)])

    def _expired(self) -> bool:
        """Whether a time limit is over; then the quiz is handed in."""
        deadline = self.started.deadline
        if deadline is None or self.env.clock.now() < deadline:
            return False
        self._say(["Time is up. What you answered before is handed in."])
        self.started.session.finish()
        return True

    def _end(self) -> None:
        session = self.started.session
        spent = self.started.seconds_before + self.env.clock.ticks() - self._before
        self._say(["", *plain.summary(session, spent, self.width)])
        blank = len(session.unanswered)
        if blank:
            self._say([f"{counted(blank, 'question')} had no answer."])
        if session.policy.exam:
            for number, item in enumerate(session.items, 1):
                self._say(["", *plain.question(session, item, number, self.width)])
                self._say([f"Your answer: {self._letters(item)}.", *self._verdict(item)])
        from quizcli.play.quiz.start import comes_back

        back = comes_back(self.env, self.started)
        self._say(
            [
                "",
                *([back] if back else []),
                "Hand in or keep: quizcli score --format csv -o score.csv",
            ]
        )

    def _line(self, prompt: str) -> str | None:
        """One line of input without its spaces; None at the end of the input."""
        self.env.stdout.write(prompt)
        self.env.stdout.flush()
        try:
            line = self.env.stdin.readline()
        except UnicodeDecodeError:
            line = "\ufffd\n"
        if not line:
            self._say([""])
            return None
        if not self.env.stdin.isatty():
            # A terminal shows what is typed; a transcript of a pipe should as well.
            self._say([neutral(line.strip())])
        return line.strip()

    def _say(self, lines: list[str]) -> None:
        fitting = (wrap(line, self.width) if cells(line) > self.width else [line] for line in lines)
        text = "".join(f"{line}\n" for some in fitting for line in some)
        self.env.stdout.write(text if self._unicode else ascii_only(text))
        self.env.stdout.flush()


def option_index(pick: str, n: int) -> int | None:
    """The index of the option, of ``n``, that a letter or a number names."""
    if pick.isascii() and pick.isdecimal() and len(pick) < 4:
        index = int(pick) - 1
    elif pick.isascii() and pick.isalpha() and len(pick) == 1:
        index = ord(pick.lower()) - ord("a")
    else:
        return None
    return index if 0 <= index < n else None


def parse_answer(item: Item, line: str) -> tuple[Response | None, str]:
    """An answer line: letters with or without commas, a trailing ``?`` or a capital for a guess.

    Returns the response, or None and the sentence that says what is wrong.
    """
    guess = line.endswith("?")
    body = line.rstrip("? ")
    picks = [pick for pick in body.replace(",", " ").split() if pick]
    if len(picks) == 1 and len(picks[0]) > 1 and not picks[0].isdecimal():
        picks = list(picks[0])  # "ac" for "a,c"
    shown = item.shown
    chosen = []
    for pick in picks:
        guess = guess or pick.isupper()
        index = option_index(pick, len(shown))
        if index is None:
            last = chr(96 + len(shown))
            return None, f"'{pick[:20]}' is no option here: answer with a to {last}."
        chosen.append(shown[index])
    if not chosen:
        return None, "Answer with a letter; an empty line skips, :help says more."
    if len(set(chosen)) > 1 and not KINDS[item.question.kind].several:
        return None, "One option can be chosen here: answer with a single letter."
    return Response(frozenset(chosen), guess), ""
