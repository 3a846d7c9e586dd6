"""A review in lines: for pipes, for screen readers, for terminals that cannot do more.

An answer line, then a rating line, and an empty rating accepts the one proposed. The answer is
written down before its feedback is said; when the input ends behind it, its rating stands.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizcli.journal.reviews import FactKind
from quizcli.play.quiz.lines import parse_answer
from quizcli.play.review.words import (
    ELSEWHERE,
    GUESSED,
    about_card,
    ended,
    said_aside,
    said_leech,
    said_skipped,
    said_undone,
)
from quizcli.quiz.grading import Mark
from quizcli.report.words import did_you_mean
from quizcli.scheduling.memory import Rating
from quizcli.terminal import plain, plain_card
from quizcli.terminal.layout import cells, wrap
from quizcli.terminal.recall import RATINGS, back, ending, why
from quizcli.terminal.safe import ascii_only, neutral
from quizcli.terminal.style import carries_unicode

if TYPE_CHECKING:
    from quizcli.env import Environment
    from quizcli.play.review.flow import Reviewing
    from quizcli.quiz.grading import Response
    from quizcli.review.queue import QueuedCard

COMMANDS = (":bury", ":help", ":quit", ":suspend", ":undo", ":why")
CARD_COMMANDS = (":bury", ":help", ":options", ":quit", ":suspend", ":undo")
ANSWERING = (
    "A letter answers, several with commas between them: a or a,c.",
    "A question mark after it says that it was a guess: a? or a,c?",
    "An empty line leaves the card out of this session. A question mark alone gives a hint.",
    "After an answer: an empty line accepts the rating, 1 is again, 2 hard, 3 good, 4 easy.",
    ":why gives the reason of every option, after an answer.",
)
TURNING = (
    "Think of the answer; an empty line turns the card. A question mark gives a hint.",
    ":options shows the options, where the card has any.",
    "On the back: an empty line is good, 1 is again, 2 hard, 3 good, 4 easy.",
)
HELP = (
    ":undo takes the last review back. :bury puts a card off until tomorrow.",
    ":suspend puts a card aside until it is brought back.",
    ":quit leaves, and keeps what was answered.",
)


class Ended(Exception):
    """The input ended, or the learner left."""


class LineReview:
    """A session over stdin and stdout. ``run`` returns whether it came to its end; ``left`` says
    that the learner asked to leave, as opposed to input that just ended."""

    def __init__(self, env: Environment, reviewing: Reviewing, width: int) -> None:
        self.env = env
        self.reviewing = reviewing
        self.width = width
        self.left = False
        self._unicode = carries_unicode(env.stdout)

    def run(self) -> bool:
        """Ask until nothing is due any more, the learner leaves, or the input ends."""
        self.say([f"Seed {self.reviewing.ledger.seed}."])
        finished = True
        try:
            while (drawn := self.reviewing.draw()) is not None:
                self._card(drawn)
        except Ended:
            finished = False
            self.reviewing.settle()
        self.say(["", *ending(ended(self.reviewing))])
        return finished

    def _card(self, drawn: QueuedCard) -> None:
        about = about_card(self.reviewing, drawn)
        left = f", {about.left}" if about.left else ""
        self.say(["", *plain.lines(f"{about.title}{left}.", self.width), why(about)])
        if self.reviewing.session is None:
            self._turned(drawn)
            return
        response, at = self._answered(drawn)
        if response is None:
            return
        seconds = round(self.env.clock.ticks() - at, 3)
        grade = self.reviewing.answer(response, seconds)
        item = self.reviewing.item
        self.say(plain.verdict(item, response, grade, self.width))
        self._elsewhere()
        if self.reviewing.practice:
            return
        guessed = grade.mark is Mark.RIGHT and response.guess
        self._propose(GUESSED if guessed else "")
        if self._rated() and self.reviewing.leech:
            self.say(plain.lines(said_leech(self.reviewing), self.width))

    def _turned(self, drawn: QueuedCard) -> None:
        """A flashcard: a line turns it, a line rates it."""
        state = self.reviewing.turning
        self.say(plain_card.asked(state, self.width))
        at = self.env.clock.ticks()
        hints = list(state.card.question.hints)
        more = ", ? hint" if hints else ""
        more += ", :options" if state.item.options else ""
        while (line := self.line(f"Enter turns it{more} (:help): ")).startswith((":", "?")):
            if line.startswith("?"):
                self.say(plain.hint(hints.pop(0) if hints else "", self.width))
            elif line.lower() == ":options" and state.item.options:
                self.say(plain_card.options(state, self.width))
            elif self._command(line, drawn):
                return
        seconds = round(self.env.clock.ticks() - at, 3)
        self.reviewing.turn()
        self.say(plain_card.back(state, self.width))
        if not self.reviewing.practice and self._rated(seconds):
            self._elsewhere()
            if self.reviewing.leech:
                self.say(plain.lines(said_leech(self.reviewing), self.width))

    def _elsewhere(self) -> None:
        if self.reviewing.elsewhere:
            self.say(plain.lines(ELSEWHERE, self.width))

    def _answered(self, drawn: QueuedCard) -> tuple[Response | None, float]:
        """The answer, or None where the card was left; and when it began to be thought about."""
        item = self.reviewing.item
        self.say(plain.card_question(item, self.width))
        at = self.env.clock.ticks()
        hints = bool(item.question.hints)
        while True:
            line = self.line(plain.ask(item, hints=hints))
            if line == "":
                self.say([said_skipped(self.reviewing)])
                return None, at
            if line == "?":
                self._hint()
            elif line.startswith(":"):
                if self._command(line, drawn):
                    return None, at
            else:
                response, complaint = parse_answer(item, line)
                if response is not None:
                    return response, at
                self.say([neutral(complaint)])

    def _hint(self) -> None:
        assert self.reviewing.session is not None
        hint = self.reviewing.session.hint()
        self.say(plain.hint(hint, self.width))

    def _propose(self, note: str) -> None:
        """The rating that the answer comes to, with why where that is not plain."""
        rating = self.reviewing.rating
        self.say([f"{back(rating, self.reviewing.outlook()[rating])} {note}".rstrip()])

    def _rated(self, seconds: float | None = None) -> bool:
        """The rating line; False where the review was taken back or the card put aside. With
        ``seconds`` the rating is the learner's own, and good where they say nothing else."""
        outlook = self.reviewing.outlook()
        each = ", ".join(f"{n} {RATINGS[n]} {_days(outlook[Rating(n)])}" for n in RATINGS)
        proposed = self.reviewing.rating if seconds is None else Rating.GOOD
        while True:
            line = self.line(f"Rating ({each}; empty: {int(proposed)}): ")
            if line == "" or line in {"1", "2", "3", "4"}:
                rating = Rating(int(line)) if line else proposed
                self.reviewing.rate(rating, seconds)
                # Of the rating proposed it was said already.
                told = rating is proposed and seconds is None
                if not (told or self.reviewing.leech or self.reviewing.elsewhere):
                    self.say([back(rating, outlook[rating])])
                return True
            if line.lower() == ":why" and seconds is None:
                self.say(plain.reasons(self.reviewing.item, self.width))
            elif line.startswith(":"):
                if self._command(line, self.reviewing.drawn):
                    return False
            else:
                self.say(["A number from 1 to 4, or an empty line; :help says more."])

    def _command(self, line: str, drawn: QueuedCard | None) -> bool:
        """Carry out a ``:`` command; True when another card is to be shown."""
        word = line.lower()
        match word:
            case ":undo":
                undone = self.reviewing.undo()
                self.say([said_undone(undone)])
                return undone is not None
            case ":bury" | ":suspend":
                assert drawn is not None
                did = FactKind.BURY if word == ":bury" else FactKind.SUSPEND
                self.reviewing.put_aside(did)
                self.say(plain.lines(said_aside(did, drawn.card.address), self.width))
                return True
            case ":quit":
                self.left = True
                raise Ended
            case ":help":
                self.say([*(TURNING if self.reviewing.session is None else ANSWERING), *HELP])
            case ":why":
                self.say(["The reasons come with the answer."])
            case ":options":
                self.say(["This card has no options to show."])
            case _:
                known = CARD_COMMANDS if self.reviewing.session is None else COMMANDS
                hint = did_you_mean(word, known, "there are")
                self.say([neutral(f"'{line[:20]}' is no command: {hint}")])
        return False

    def line(self, prompt: str) -> str:
        """One line of input without its spaces. Raises Ended at the end of the input."""
        self.env.stdout.write(prompt)
        self.env.stdout.flush()
        line = self.env.stdin.readline()
        if not line:
            self.say([""])
            raise Ended
        if not self.env.stdin.isatty():
            # A terminal shows what is typed; a transcript of a pipe should as well.
            self.say([neutral(line.strip())])
        return line.strip()

    def say(self, lines: list[str]) -> None:
        """Lines, as wide as there is room."""
        fitting = (wrap(line, self.width) if cells(line) > self.width else [line] for line in lines)
        text = "".join(f"{line}\n" for some in fitting for line in some)
        self.env.stdout.write(text if self._unicode else ascii_only(text))
        self.env.stdout.flush()


def _days(n: int) -> str:
    return f"{n} day{'' if n == 1 else 's'}"
