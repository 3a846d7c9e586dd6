"""The time of a quiz: until its deadline, that each question may take, and that thinking took."""

from __future__ import annotations

from datetime import datetime
from types import MappingProxyType
from typing import TYPE_CHECKING

from quizcli.quiz.steps import StepKind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from quizcli.env import Environment
    from quizcli.journal.attempts import Entry
    from quizcli.quiz.session import Session
    from quizcli.quiz.steps import Item

# Seconds before the end of a time limit at which a word is said.
WARNINGS = (300, 60)
# What a question is left by.
_LEAVING = {StepKind.ANSWER, StepKind.SKIP, StepKind.BACK, StepKind.FINISH}
NO_TIMES: Mapping[str, float] = MappingProxyType({})


def times_used(entries: Sequence[Entry], now: datetime) -> dict[str, float]:
    """The seconds that questions with a time of their own have used of it in earlier sittings. That
    of the one in front of the learner when they left has run on since, as the clock of an exam
    does: else leaving would be a way to think for longer."""
    used: dict[str, float] = {}
    seen: tuple[str, datetime] | None = None
    for step, at in entries:
        if step.did is StepKind.SEEN:
            seen = (step.question, datetime.fromisoformat(at))
        elif seen is not None and step.did in _LEAVING:
            _use(used, *seen, datetime.fromisoformat(at))
            seen = None
    if seen is not None:
        _use(used, *seen, now)
    return used


def _use(used: dict[str, float], question: str, since: datetime, until: datetime) -> None:
    used[question] = used.get(question, 0.0) + max(0.0, (until - since).total_seconds())


class QuizClock:
    """``deadline`` is the end of an exam's time, None where it has none; ``used`` what questions
    have used of a time of their own in earlier sittings. All times are in seconds."""

    def __init__(
        self,
        env: Environment,
        session: Session,
        deadline: datetime | None,
        used: Mapping[str, float],
    ) -> None:
        self.deadline = deadline
        # Not less than the thinking time of the answers that are there already.
        self._used = {id: max(0.0, time - session.seconds(id)) for id, time in used.items()}
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

    def is_timed(self, item: Item) -> bool:
        """Whether a question has a time of its own, which it has in an exam alone."""
        return item.question.time is not None and self._session.policy.exam

    def is_over(self, item: Item) -> bool:
        """Whether the time of a question is used up, which is then gone back to no more."""
        return self._left_for(item) == 0

    @property
    def running(self) -> Item | None:
        """The question that came into sight last, where it has a time of its own and was not left
        since: that time runs, also while the quiz is left."""
        bounds = {*_LEAVING, StepKind.SEEN}
        last = next((step for step in reversed(self._session.log) if step.did in bounds), None)
        if last is None or last.did is not StepKind.SEEN:
            return None
        return self._session.item(last.question)

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
        if question.time is None or not self.is_timed(item):
            return None
        if item is self._in_sight:
            thought = self.thought(item)
        else:
            thought = self._looked.get(question.id, 0.0)
        used = self._session.seconds(question.id) + self._used.get(question.id, 0.0)
        return max(0.0, question.time - used - thought)
