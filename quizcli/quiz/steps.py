"""What a session is made of: how it treats the learner, what it asks, what was done.

What a person does is a *step*; everything that happened is in the steps, so that a session can be
replayed and marks be derived again.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from quizcli.named_tuple import NamedTuple
from quizcli.quiz import face
from quizcli.quiz.drawing import NO_VALUES
from quizcli.quiz.grading import Mark, hundredths
from quizcli.quiz.kinds import kind_of
from quizcli.quiz.responses import BadResponse

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from quizcli.quiz.grading import Grade
    from quizcli.quiz.kinds.base import Given, Kind
    from quizcli.quiz.model import Option, Question, Rational
    from quizcli.quiz.responses import Response


class SessionError(Exception):
    """A step that the session cannot take now, in words for the person who tried it."""


class Policy(NamedTuple):
    """How a session treats the learner.

    Practice shows feedback after each answer, which is then final, and gives hints. An exam
    shows nothing until the end, gives no hints, lets answers be changed until then, and may
    have a time ``limit`` in seconds. ``shuffle`` and ``credit`` override the bank's own.
    """

    exam: bool = False
    limit: int | None = None
    shuffle: bool | None = None
    credit: str | None = None


def check_policy(policy: object) -> None:
    """Raises TypeError for what is no policy or holds what none can, ValueError for a time or a
    credit rule that there cannot be."""
    face.instance("policy", policy, Policy, "EXAM")
    assert isinstance(policy, Policy)
    face.instance("policy.exam", policy.exam, bool)
    if policy.limit is not None:
        face.seconds("policy.limit", policy.limit)
        if not 0 < policy.limit < 1e9:
            raise ValueError(f"policy.limit is above 0 and below 1e9, not {policy.limit}")
    if policy.shuffle is not None:
        face.instance("policy.shuffle", policy.shuffle, bool)
    if policy.credit is not None:
        from quizcli.quiz.credit import RULES  # it brings fractions along

        face.instance("policy.credit", policy.credit, str)
        if policy.credit not in RULES:
            raise ValueError(f"policy.credit is one of {', '.join(RULES)}, not {policy.credit!r}")


PRACTICE = Policy()
EXAM = Policy(exam=True)


class Item(NamedTuple):
    """One question of a session, with its options in the order in which they are shown, under the
    values that its ``variables`` have."""

    question: Question
    options: tuple[Option, ...]
    variables: Mapping[str, str] = NO_VALUES

    @property
    def shown(self) -> tuple[str, ...]:
        """The option ids from the top down."""
        return tuple(option.id for option in self.options)

    @property
    def kind(self) -> Kind:
        """The kind that owns the answer."""
        return kind_of(self.question)

    @property
    def key(self) -> Given:
        """The answer that earns all, of whatever kind; () where nobody but a person can say."""
        return self.kind.key(self.question)

    @property
    def judged(self) -> tuple[Option, ...]:
        """The options of which it is known whether they are right."""
        return self.options if self.kind.chooses and self.kind.graded else ()

    def explained(self, given: Given) -> tuple[Option, ...]:
        """Those of which the feedback of an answer says why they are right or wrong: what was
        chosen and what was missed; after no answer all."""
        return tuple(each for each in self.judged if each.correct or each.id in given or not given)

    def parse(self, line: str) -> Response:
        """The response that a typed line is. Raises BadResponse with what is wrong."""
        return self.kind.parse(self.question, self.shown, line)

    def letter(self, id: str) -> str:
        """The letter under which this session shows an option."""
        return letter(self.shown.index(id))


def letter(index: int) -> str:
    """``a`` for the first option shown."""
    return chr(ord("a") + index)


class StepKind(StrEnum):
    """What a step did. The words are kept in journals: never change one."""

    ANSWER = "answer"
    SKIP = "skip"
    BACK = "back"
    FLAG = "flag"
    HINT = "hint"
    FINISH = "finish"
    RESUME = "resume"
    GONE = "gone"
    SEEN = "seen"


class Step(NamedTuple):
    """One step, about one question; FINISH is about none, and RESUME about the digest of the bank,
    edited since, by which is graded from then on. GONE is one that was not answered and that this
    bank has no more: it does not count. SEEN is one of an exam with a time of its own that came
    into sight: that runs until the question is left."""

    did: StepKind
    question: str


class Answer(NamedTuple):
    """A step that answered: everything that happened, so that marks can be derived again."""

    did: StepKind
    question: str
    response: Response
    shown: tuple[str, ...]
    grade: Grade
    seconds: float
    hints: int
    flagged: bool
    asked: str
    digest: str

    def as_kept(self, item: Item) -> Answer:
        """As a journal keeps it."""
        return self._with(item.kind.kept(item.question, self.response.given))

    def today(self, item: Item) -> Answer | None:
        """A kept one in the words of its question as it is now; None where it cannot be an answer
        to that any more."""
        given = item.kind.today(item.question, self.shown, self.response.given)
        try:
            item.kind.check(item.question, given)
        except BadResponse:
            return None
        return self._with(given)

    def _with(self, given: tuple[str, ...]) -> Answer:
        return self._replace(response=self.response._replace(given=given))


AnyStep = Step | Answer
Plan = tuple[tuple[str, tuple[str, ...]], ...]


class Score(NamedTuple):
    """The sum of a session: exact points, and how many answers earned what."""

    points: Rational
    maximum: Rational
    marks: dict[Mark, int]

    @classmethod
    def of(cls, grades: Sequence[Grade]) -> Score:
        """The sum of grades; what was only recorded has a mark, and no points."""
        counting = [grade for grade in grades if grade.counts]
        points = sum(grade.points for grade in counting)
        marks = {mark: sum(grade.mark is mark for grade in grades) for mark in Mark}
        return cls(points, sum(grade.maximum for grade in counting), marks)

    @property
    def percent(self) -> Rational:
        """Points in hundredths of the maximum, exact; 0 where nothing could be earned."""
        return hundredths(self.points, self.maximum)
