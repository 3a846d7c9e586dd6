"""The time of a quiz: until its deadline, that each question may take, and that thinking took."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from quizcli.env import Environment
    from quizcli.quiz.session import Session
    from quizcli.quiz.steps import Item

# Seconds before the end of a time limit at which a word is said.
WARNINGS = (300, 60)


class QuizClock:
    """``deadline`` is the end of an exam's time, None where it has none. All times are in
    seconds."""

    def __init__(self, env: Environment, session: Session, deadline: datetime | None) -> None:
        self.deadline = deadline
        self._clock = env.clock
        self._session = session
        self._drawn = self._clock.ticks()
        self._in_sight: Item | None = None
        self._looked: dict[str, float] = {}  # at what has no answer yet, by question
        self._warned: set[int] = set()

    def drawn(self) -> None:
        """A question is in front of the learner: the time of thinking begins."""
        self._in_sight = self._session.current
        self._drawn = self._clock.ticks()

    def looked_away(self, item: Item | None) -> None:
        """The question in front of the learner is left without an answer; the time counts when
        ``item`` gets one, None where it cannot."""
        if item is not None:
            self._looked[item.question.id] = self.thought(item)
        self._in_sight = None
        self._drawn = self._clock.ticks()

    def thought(self, item: Item | None) -> float:
        """How long the question in front of the learner was thought about, since its last
        answer."""
        looked = 0.0 if item is None else self._looked.get(item.question.id, 0.0)
        return looked + self._clock.ticks() - self._drawn

    def answered(self, item: Item | None) -> None:
        """What was thought is written down with the answer."""
        if item is not None:
            self._looked.pop(item.question.id, None)
        self._in_sight = None

    def remaining(self) -> float | None:
        """Until the time of an exam is over, or that of the question in it that is asked; 0 after
        it, None where there is no limit."""
        item = self._session.current
        limits = [self._until_deadline(), None if item is None else self._left_for(item)]
        return min((left for left in limits if left is not None), default=None)

    def is_up(self) -> bool:
        """Whether the deadline has passed."""
        return self._until_deadline() == 0

    def is_over(self, item: Item) -> bool:
        """Whether the time of a question is used up, which is then gone back to no more."""
        return self._left_for(item) == 0

    def warning(self) -> str:
        """A word on how little time is left, once at each of the times for it; else ""."""
        remaining, limit = self._until_deadline(), self._session.policy.limit or 0
        if remaining is None:
            return ""
        due = {each for each in WARNINGS if remaining <= each < limit} - self._warned
        self._warned |= due
        return f"{min(due) // 60} min left." if due else ""

    def _until_deadline(self) -> float | None:
        if self.deadline is None:
            return None
        return max(0.0, (self.deadline - self._clock.now()).total_seconds())

    def _left_for(self, item: Item) -> float | None:
        """For which a question of an exam may still be thought about."""
        question = item.question
        if question.time is None or not self._session.policy.exam:
            return None
        if item is self._in_sight:
            thought = self.thought(item)
        else:
            thought = self._looked.get(question.id, 0.0)
        return max(0.0, question.time - self._session.seconds(question.id) - thought)
