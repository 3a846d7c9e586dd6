"""A quiz without a device: what is asked next, what a step does, when it is over.

The rule: a device asks :meth:`QuizRun.next` what comes, shows it, and passes on what the learner
did. Whatever happened is in the journal before the method that did it returns.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from quizcli.play.commands import bank_name, command
from quizcli.play.slips import Slips
from quizcli.quiz.session import Answer, SessionError

if TYPE_CHECKING:
    from datetime import datetime

    from quizcli.play.quiz.recorder import Recorder
    from quizcli.quiz.grading import Grade, Response
    from quizcli.quiz.session import Item, Session


# Seconds before the end of a time limit at which a word is said.
WARNINGS = (300, 60)


class HandIn(NamedTuple):
    """The end of a quiz in which something is open: the positions of ``blank`` questions, and in
    an exam, whose answers may still change, the ``flagged`` ones."""

    blank: tuple[int, ...]
    flagged: tuple[Item, ...]


class QuizRun:
    """A session under way. ``deadline`` is the end of an exam's time, ``ran_out`` whether it was
    reached; ``notices`` say what became of an attempt that goes on."""

    def __init__(
        self,
        session: Session,
        recorder: Recorder,
        deadline: datetime | None = None,
        notices: tuple[str, ...] = (),
    ) -> None:
        self.env = recorder.env
        self.session = session
        self.recorder = recorder
        self.deadline = deadline
        self.notices = notices
        self.ran_out = False
        self._drawn = self.env.clock.ticks()
        self._looked: dict[str, float] = {}  # seconds that led to no answer yet, by question
        self._warned: set[int] = set()
        self._slips = Slips()
        self._visited: Item | None = None  # gone to from the end, to which it leads back

    # What comes -----------------------------------------------------------------------------

    def next(self) -> Item | HandIn | None:
        """The question that is asked now, or the end where something is open there; None when
        the quiz is finished, as it is at an end where nothing is."""
        self._return_to_the_end()
        if self.session.finished:
            return None
        if self.session.current is not None:
            return self.session.current
        end = HandIn(tuple(self.session.unanswered), self.flagged if self.exam else ())
        if end.blank or end.flagged:
            return end
        self.hand_in()
        return None

    @property
    def exam(self) -> bool:
        """Whether feedback waits for the end."""
        return self.session.policy.exam

    def final(self, item: Item) -> bool:
        """Whether a question has an answer that cannot change: its feedback was shown."""
        return item.question.id in self.session.answers and not self.exam

    @property
    def flagged(self) -> tuple[Item, ...]:
        """What is flagged, in the order asked."""
        return tuple(item for item in self.session.items if item.question.id in self.session.flags)

    # Time -----------------------------------------------------------------------------------

    def drawn(self) -> None:
        """A question is in front of the learner: the time of thinking begins."""
        self._drawn = self.env.clock.ticks()

    def _looked_away(self) -> None:
        """The question in front of the learner is left without an answer: the time counts when
        there is one."""
        item = self.session.current
        if item is not None and not self.final(item):
            looked = self._looked.get(item.question.id, 0.0)
            self._looked[item.question.id] = looked + self.env.clock.ticks() - self._drawn
        self._drawn = self.env.clock.ticks()

    def remaining(self) -> float | None:
        """Seconds until an exam's time is over, 0 after it; None where there is no limit."""
        if self.deadline is None:
            return None
        return max(0.0, (self.deadline - self.env.clock.now()).total_seconds())

    def warning(self) -> str:
        """A word on how little time is left, once at each of the times for it; else ""."""
        remaining, limit = self.remaining(), self.session.policy.limit or 0
        if remaining is None:
            return ""
        due = {each for each in WARNINGS if remaining <= each < limit} - self._warned
        self._warned |= due
        return f"{min(due) // 60} min left." if due else ""

    def time_is_up(self) -> bool:
        """Whether an exam's time is over; then what was answered is handed in."""
        if self.deadline is None or self.env.clock.now() < self.deadline:
            return False
        self.run_out()
        return True

    def run_out(self) -> None:
        """An exam's time is over: what was answered is handed in."""
        self.ran_out = True
        self.hand_in()

    # Steps ----------------------------------------------------------------------------------

    def answer(self, response: Response) -> Grade:
        """Grade an answer to the question that is asked. Raises BadResponse, JournalError."""
        asked = self.session.current
        looked = 0.0 if asked is None else self._looked.get(asked.question.id, 0.0)
        seconds = looked + self.env.clock.ticks() - self._drawn
        if asked is not None and not self.exam:  # in an exam it would be a hint
            self._slips.check(asked, response)
        graded = self.session.answer(response, round(seconds, 3))
        if asked is not None:
            self._looked.pop(asked.question.id, None)
        self.recorder.save()
        return graded

    def skip(self) -> None:
        """Go on without an answer; one that is there stays."""
        self._looked_away()
        self.session.skip()
        self.recorder.save()

    def back(self) -> bool:
        """Go to the question before; False at the first."""
        self._looked_away()
        try:
            self.session.back()
        except SessionError:
            return False
        self.recorder.save()
        return True

    def on_from(self, item: Item) -> None:
        """From the feedback of a question to what follows it."""
        if self.session.current is item:
            self.skip()

    def back_from(self, item: Item) -> None:
        """From the feedback of a question to the question before it, if there is one."""
        self._go(max(0, self.session.number(item) - 2))

    def go_to(self, number: int) -> None:
        """From any question to the one with this number; what lies between is passed over."""
        self._looked_away()
        self._go(number - 1)

    def visit(self, item: Item) -> None:
        """From the end to a question; forward leads to the end again."""
        self._visited = item
        self._go(self.session.number(item) - 1)

    def first_blank(self) -> None:
        """From the end to the first question without an answer."""
        self._go(self.session.unanswered[0])

    def flag(self) -> bool:
        """Flag the question, or take the flag away; whether it is flagged now."""
        is_flagged = self.session.flag()
        self.recorder.save()
        return is_flagged

    def hint(self) -> str:
        """The next hint. Raises SessionError, whose words say why there is none."""
        try:
            hint = self.session.hint()
        except SessionError:
            raise SessionError("An exam gives no hints.") from None
        if hint is None:
            raise SessionError("There is no further hint.")
        self.recorder.save()
        return hint

    def hand_in(self) -> None:
        """End the quiz; what has no answer is blank."""
        self.session.finish()
        self.recorder.save()

    def _go(self, position: int) -> None:
        with suppress(SessionError):
            while self.session.position > position:
                self.session.back()
            while self.session.position < position:
                self.session.skip()
        self.recorder.save()

    def _return_to_the_end(self) -> None:
        """A question that was gone to from the end was answered or skipped: back to the end."""
        item, self._visited = self._visited, None
        if item is None or self.session.finished:
            return
        if self.session.current is item:
            self._visited = item
        elif self.session.position == self.session.number(item):
            while self.session.current is not None:
                self.session.skip()
            self.recorder.save()

    # What came of it ------------------------------------------------------------------------

    @property
    def last_answered(self) -> Item | None:
        """The question that was answered last."""
        answered = [step.question for step in self.session.log if isinstance(step, Answer)]
        if not answered:
            return None
        return next(item for item in self.session.items if item.question.id == answered[-1])

    @property
    def missed(self) -> list[Item]:
        """The questions that did not earn all their points, blank ones included."""
        grades = [(item, self.session.outcome(item)[1]) for item in self.session.items]
        return [item for item, grade in grades if grade.counts and grade.credit != 1]

    @property
    def again(self) -> str:
        """What to type for the missed questions; "" where there are none."""
        return f"{command(self.env, self.session.bank)} --missed" if self.missed else ""

    @property
    def comes_back(self) -> str:
        """What to type for the reviews of what was answered and not right; "" where the answers
        are no reviews, or all were right."""
        grades = [answer.grade for answer in self.session.answers.values()]
        wrong = any(grade.counts and grade.credit != 1 for grade in grades)
        if self.recorder.feed is None or not wrong:
            return ""
        bank = self.session.bank
        name = bank_name(self.env, bank.id, bank.file)
        return "quizcli review" if name == bank.id else f"quizcli review {name}"
