"""A quiz without a device: what is asked next, what a step does, when it is over.

The rule: a device asks :meth:`QuizRun.next` what comes, shows it, and passes on what the learner
did. Whatever happened is in the journal before the method that did it returns.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from quizcli.named_tuple import NamedTuple
from quizcli.play.commands import command
from quizcli.play.quiz.clock import NO_TIMES, QuizClock
from quizcli.play.quiz.options import QuizOptions
from quizcli.play.slips import Slips
from quizcli.quiz.question_list import flagged_items
from quizcli.quiz.steps import Answer, SessionError, Step, StepKind
from quizcli.report.words import no_hint

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from quizcli.play.quiz.recorder import Recorder
    from quizcli.quiz.came_to import CameTo
    from quizcli.quiz.grading import Grade, Response
    from quizcli.quiz.session import Session
    from quizcli.quiz.steps import Item


class HandIn(NamedTuple):
    """The end of a quiz in which something is open: the positions of ``blank`` questions, and in
    an exam, whose answers may still change, the ``flagged`` ones."""

    blank: tuple[int, ...]
    flagged: tuple[Item, ...]


class QuizRun:
    """A session under way. ``ran_out`` says whether its deadline was reached, ``notices`` what
    is to be known before it, ``options`` what was asked for, ``used`` what its questions have used
    of a time of their own."""

    def __init__(
        self,
        session: Session,
        recorder: Recorder,
        deadline: datetime | None = None,
        notices: tuple[str, ...] = (),
        options: QuizOptions | None = None,
        used: Mapping[str, float] = NO_TIMES,
    ) -> None:
        self.env = recorder.env
        self.session = session
        self.recorder = recorder
        self.clock = QuizClock(self.env, session, deadline, used)
        self.notices = notices
        self.options = options or QuizOptions()
        self.ran_out = False
        self._slips = Slips()
        self._visited: Item | None = None  # gone to from the end, to which it leads back
        self._came_to: tuple[int, CameTo] | None = None  # after so many steps

    # What comes -----------------------------------------------------------------------------

    def next(self) -> Item | HandIn | None:
        """The question that is asked now, or the end where something is open there; None when
        the quiz is finished, as it is at an end where nothing is."""
        self._return_to_the_end()
        if self.session.finished:
            return None
        while (item := self.session.current) is not None:
            if not self.clock.is_over(item):
                return item
            self.session.skip()
        flagged = self.flagged if self.exam else ()
        still = tuple(item for item in flagged if not self.clock.is_over(item))
        end = HandIn(tuple(self._blank()), still)
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
        return flagged_items(self.session)

    # Time -----------------------------------------------------------------------------------

    def drawn(self) -> None:
        """A question is in front of the learner: the time of thinking begins. Where it has a time
        of its own that is written down: leaving must not wind it back. Raises JournalError."""
        self.clock.drawn()
        item = self.session.current
        if item is not None and self.clock.is_timed(item) and self.clock.running is not item:
            self.session.log.append(Step(StepKind.SEEN, item.question.id))
            self.recorder.save()

    def leave_over(self) -> int:
        """Leave the question that is asked, since its time is used up: what was not sent is no
        answer. Returns its number."""
        number = self.session.position + 1
        self.skip()
        return number

    def time_is_up(self) -> bool:
        """Whether an exam's time is over; then what was answered is handed in."""
        if not self.clock.is_up():
            return False
        self.run_out()
        return True

    def run_out(self) -> None:
        """An exam's time is over: what was answered is handed in."""
        self.ran_out = True
        self.hand_in()

    def _looked_away(self) -> None:
        """The question in front of the learner is left without an answer."""
        item = self.session.current
        self.clock.looked_away(None if item is None or self.final(item) else item)

    # Steps ----------------------------------------------------------------------------------

    def answer(self, response: Response) -> Grade:
        """Grade an answer to the question that is asked. Raises BadResponse, JournalError."""
        asked = self.session.current
        seconds = self.clock.thought(asked)
        if asked is not None and not self.exam:  # in an exam it would be a hint
            self._slips.check(asked, response)
        graded = self.session.answer(response, round(seconds, 3))
        self.clock.answered(asked)
        self.recorder.save()
        return graded

    def skip(self) -> None:
        """Go on without an answer; one that is there stays."""
        self._looked_away()
        self.session.skip()
        self.recorder.save()

    def back(self) -> bool:
        """Go to the question before whose time is not used up; False where there is none."""
        before = range(self.session.position - 1, -1, -1)
        open_ = next((n for n in before if not self.clock.is_over(self.session.items[n])), None)
        if open_ is None:
            return False
        self._looked_away()
        self._go(open_)
        return True

    def on_from(self, item: Item) -> None:
        """From the feedback of a question to what follows it."""
        if self.session.current is item:
            self.skip()

    def back_from(self, item: Item) -> None:
        """From the feedback of a question to the question before it, if there is one."""
        self._go(max(0, self.session.number(item) - 2))

    def go_to(self, number: int) -> bool:
        """From any question to the one with this number; what lies between is passed over. False
        where its time is used up."""
        if self.clock.is_over(self.session.items[number - 1]):
            return False
        self._looked_away()
        self._go(number - 1)
        return True

    def to_the_end(self) -> None:
        """From any question to the end; what lies between is passed over."""
        self._looked_away()
        self._go(len(self.session.items))

    def visit(self, item: Item) -> bool:
        """From the end to a question; forward leads to the end again. False where its time is used
        up."""
        if self.clock.is_over(item):
            return False
        self._visited = item
        self._go(self.session.number(item) - 1)
        return True

    def first_blank(self) -> None:
        """From the end to the first question without an answer."""
        self._go(self._blank()[0])

    def _blank(self) -> list[int]:
        """The positions that have no answer yet, and can have one."""
        items = self.session.items
        return [at for at in self.session.unanswered if not self.clock.is_over(items[at])]

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
            current = self.session.current
            raise SessionError(no_hint(current.question.hints if current else ()))
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
    def came_to(self) -> CameTo:
        """What the quiz came to, as its score sheet says. Read once after each step: the end of a
        quiz tells of it in many places. Raises JournalError."""
        steps = len(self.session.log)
        if self._came_to is None or self._came_to[0] != steps:
            self._came_to = (steps, self.recorder.came_to())
        return self._came_to[1]

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
        grades = self.came_to.grades
        return [item for item in self.session.items if grades[item.question.id].missed]

    @property
    def again(self) -> str:
        """What to type for the missed questions; "" where there are none."""
        return f"{command(self.env, self.session.bank)} --missed" if self.missed else ""
