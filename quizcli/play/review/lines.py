"""A review in lines: for pipes, for screen readers, for terminals that cannot do more.

An answer line, then a rating line, and an empty rating accepts the one proposed. The answer is
written down before its feedback is said; when the input ends behind it, its rating stands.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from quizcli import signals
from quizcli.journal.facts import FactKind
from quizcli.journal.file import JournalError
from quizcli.play.answer_line import GUESS, is_command, response_of, said_as_answer
from quizcli.play.line_console import InputEnded
from quizcli.play.review.words import (
    ELSEWHERE,
    about_card,
    asked_earlier,
    rating_of,
    said_guessed,
    said_leech,
    said_skipped,
    said_undone,
    said_unsaved,
    summary,
)
from quizcli.quiz.grading import BadResponse
from quizcli.report.words import counted, did_you_mean, ended
from quizcli.review.changes import said_aside, said_redone
from quizcli.terminal import plain, plain_card, plain_grade
from quizcli.terminal.recall import RATINGS, back, ending, why
from quizcli.terminal.safe import neutral

if TYPE_CHECKING:
    from quizcli.play.line_console import LineConsole
    from quizcli.play.review.flow import ReviewRun
    from quizcli.play.review.hand import CardInHand
    from quizcli.quiz.grading import Grade, Response

COMMANDS = (":bury", GUESS, ":help", ":quit", ":redo", ":suspend", ":undo", ":why")
CARD_COMMANDS = (":bury", ":help", ":options", ":quit", ":redo", ":suspend", ":undo")
ANSWERING = (
    "An empty line skips the card for this session. A question mark on its own gives a hint.",
    "After an answer: an empty line accepts the rating, 1 is again, 2 hard, 3 good, 4 easy.",
    ":why explains every option, after an answer.",
)
TURNING = (
    "Think of the answer; an empty line shows it. A question mark gives a hint.",
    ":options shows the options, where the card has any.",
    "On the back: an empty line is good, 1 is again, 2 hard, 3 good, 4 easy.",
)
HELP = (
    ":undo undoes the last review, :redo redoes it.",
    ":bury sets a card aside until tomorrow.",
    ":suspend suspends a card until you bring it back.",
    ":quit leaves; your answers are saved.",
)


class LineReview:
    """A session in lines. ``left`` says that the learner asked to leave, as opposed to input that
    just ended."""

    def __init__(self, console: LineConsole, run: ReviewRun) -> None:
        self.console = console
        self.review = run
        self.left = False
        self._named = 0  # the fact of an earlier session that an undo would take back

    def run(self) -> bool:
        """Ask until nothing is due any more (True), the learner leaves, or the input ends."""
        finished = True
        try:
            while (card := self.review.next()) is not None:
                self._ask(card)
        except InputEnded:
            finished = False
            self.review.settle()
        except signals.Ended:
            with suppress(OSError, JournalError):
                self.review.settle()
                self._say_end()
            raise
        self._say_end()
        return finished

    def _say_end(self) -> None:
        unsaved = said_unsaved(self.review)
        self.console.say(["", *ending(summary(self.review)), *([unsaved] if unsaved else [])])

    def _ask(self, card: CardInHand) -> None:
        about = about_card(self.review, card)
        left = f", {about.left}" if about.left else ""
        self._say(["", *plain.lines(ended(f"{about.title}{left}"), self.console.width), why(about)])
        if card.session is None:
            self._turned(card)
            return
        answered = self._answered(card)
        if answered is None:
            return
        response, grade = answered
        self._say(plain_grade.verdict(card.item, response, grade, self.console.width))
        self._elsewhere(card)
        if card.is_practice:
            return
        if told := card.leech is not None:  # now: the input may end before it is rated
            self._leech(card)
        else:
            guessed = said_guessed(grade.mark, guess=response.guess)
            days = self.review.outlook(card)[card.rating]
            self._say([f"{back(card.rating, days)} {guessed}".rstrip()])
        if self._rated(card) and not told:
            self._leech(card)

    def _turned(self, card: CardInHand) -> None:
        """A flashcard: a line turns it, a line rates it."""
        turning, width = card.turning, self.console.width
        self._say(plain_card.asked(turning, width))
        self.review.drawn()
        more = ", ? hint" if card.question.hints else ""
        more += ", :options" if turning.item.options else ""
        while (
            line := self.console.next_line(f"Enter shows the answer{more} (:help): ")
        ).startswith((":", "?")):
            if line.startswith("?"):
                self._hint(card)
            elif line.lower() == ":options" and turning.item.options:
                self._say(plain_card.options(turning, width))
            elif self._command(line, card):
                return
        self.review.turn(card)
        self._say(plain_card.back(turning, width))
        if not card.is_practice and self._rated(card):
            self._elsewhere(card)
            self._leech(card)

    def _elsewhere(self, card: CardInHand) -> None:
        if card.is_reviewed_elsewhere:
            self._say(plain.lines(ELSEWHERE, self.console.width))

    def _leech(self, card: CardInHand) -> None:
        if card.leech:
            self._say(plain.lines(said_leech(self.review, card, card.leech), self.console.width))

    def _answered(self, card: CardInHand) -> tuple[Response, Grade] | None:
        """The answer and its grade, or None where the card was left."""
        item = card.item
        self._say(plain.card_question(item, self.console.width))
        self.review.drawn()
        while True:
            line = self.console.next_line(plain.ask(item, hints=bool(item.question.hints)))
            if line == "":
                self._say([said_skipped(card)])
                return None
            if line == "?":
                self._hint(card)
            elif is_command(line):
                if self._command(line, card):
                    return None
            else:
                try:
                    response = response_of(item, line)
                    return response, self.review.answer(card, response)
                except BadResponse as bad:
                    self._say([neutral(str(bad))])

    def _hint(self, card: CardInHand) -> None:
        self._say(plain.hint(card.hint(), self.console.width, card.spent_hints))

    def _rated(self, card: CardInHand) -> bool:
        """The rating line; False where the review was taken back or the card put aside."""
        outlook = self.review.outlook(card)
        each = ", ".join(f"{n} {RATINGS[n]} {counted(outlook[n], 'day')}" for n in RATINGS)
        proposed, is_told = card.rating, card.review is not None
        while True:
            line = self.console.next_line(f"Rating ({each}; empty: {int(proposed)}): ")
            rating = rating_of(line) if line else proposed
            if rating is not None:
                self.review.rate(card, rating)
                # Of the rating that an answer proposed it was said already.
                is_told = is_told and rating is proposed
                if not (is_told or card.leech or card.is_reviewed_elsewhere):
                    self._say([back(rating, outlook[rating])])
                return True
            if line.lower() == ":why" and card.outcome is not None:
                self._say(plain_grade.reasons(card.item, self.console.width, card.outcome[0]))
            elif line.startswith(":"):
                if self._command(line, card):
                    return False
            else:
                self._say(["Type a number from 1 to 4, or an empty line; :help explains."])

    def _command(self, line: str, card: CardInHand) -> bool:
        """Carry out a ``:`` command; True when another card is to be shown."""
        word = line.lower()
        match word:
            case ":undo":
                return self._undone()
            case ":redo":
                fact = self.review.redo()
                words = said_redone(fact, self.review.card_states)
                self._say(plain.lines(words, self.console.width))
                return fact is not None
            case ":bury" | ":suspend":
                how = FactKind(word[1:])
                self.review.put_aside(card, how)
                self._say(plain.lines(said_aside(how, card.address), self.console.width))
                return True
            case ":quit":
                self.left = True
                raise InputEnded
            case ":help":
                turns = card.session is None
                answering = TURNING if turns else (*plain.answering(card.item), *ANSWERING)
                self._say([*answering, *HELP])
            case ":why":
                self._say(["The reasons come with the answer."])
            case ":options":
                self._say(["This card has no options to show."])
            case _:
                known = CARD_COMMANDS if card.session is None else COMMANDS
                hint = did_you_mean(word, known, "the commands are")
                asked = None if card.session is None or card.is_shown else card.item
                told = [f"'{line[:20]}' is not a command: {hint}", *said_as_answer(asked, line)]
                self._say([neutral(each) for each in told])
        return False

    def _undone(self) -> bool:
        """Take the latest fact back; one of an earlier session when it was named and asked for
        once more."""
        earlier = self.review.earlier()
        if earlier is not None and earlier.id != self._named:
            self._named = earlier.id
            asked = asked_earlier(earlier, self.review.card_states)
            words = f"{asked} It was not made in this session; type :undo again to confirm."
            self._say(plain.lines(words, self.console.width))
            return False
        undone = self.review.undo()
        self._say([said_undone(undone, self.review.card_states)])
        return undone is not None

    def _say(self, lines: list[str]) -> None:
        self.console.say(lines)
