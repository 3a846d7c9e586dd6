"""The card that a review asks, and the records of what a session did."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from quizcli.quiz.drawing import NO_VALUES
from quizcli.quiz.kinds import kind_of
from quizcli.quiz.session import Session
from quizcli.scheduling.memory import Rating
from quizcli.terminal.turning import Turning

if TYPE_CHECKING:
    from collections.abc import Mapping

    from quizcli.journal.card_states import CardRow
    from quizcli.journal.facts import FactKind
    from quizcli.quiz.grading import Grade, Response
    from quizcli.quiz.model import Option
    from quizcli.quiz.steps import Item, Policy
    from quizcli.review.card_states import RecordedReview
    from quizcli.review.queue import QueuedCard


class Tally(NamedTuple):
    """What a session came to."""

    reviewed: int
    recalled: int
    practised: int
    taken_back: int


class Undone(NamedTuple):
    """What an undo took back of a card; ``here`` says that this session can ask it."""

    card: str
    did: FactKind
    here: bool = True


class CardInHand:
    """The card that is asked, and what became of it.

    ``session`` asks a question that the program grades, None one that is turned as a flashcard;
    ``turning`` is the card with its two sides, and ``variables`` are the values of the question's.
    ``rating`` is the one that is proposed, or that was given; ``review`` what was written down of
    it.
    """

    def __init__(
        self,
        queued: QueuedCard,
        session: Session | None,
        turning: Turning,
        retention: float,
        seed: int,
        variables: Mapping[str, str] = NO_VALUES,
    ) -> None:
        self.queued = queued
        self.address = queued.card.address
        self.question = turning.card.question
        self.session = session
        self.turning = turning
        self.retention = retention
        self.seed = seed  # of the order of its options, and of its experiment
        self.variables = variables
        self.rating = Rating.GOOD
        self.review: RecordedReview | None = None
        self.is_shown = False  # its answer
        self.is_reviewed_elsewhere = False
        self.milliseconds = 0  # of thinking
        self._spent = 0  # hints, of a flashcard

    @property
    def item(self) -> Item:
        """The question with its options in the order shown."""
        return self.turning.item if self.session is None else self.session.items[0]

    @property
    def outcome(self) -> tuple[Response, Grade] | None:
        """What was answered and what it earned; None before, and for a flashcard."""
        answer = None if self.session is None else self.session.answers.get(self.question.id)
        return None if answer is None else (answer.response, answer.grade)

    @property
    def is_practice(self) -> bool:
        """Whether what happens now is not written down."""
        return self.is_reviewed_elsewhere or self.queued.practice

    @property
    def leech(self) -> CardRow | None:
        """Its state, where its review put it aside as a leech."""
        return self.review.after if self.review is not None and self.review.leech else None

    @property
    def spent_hints(self) -> tuple[str, ...]:
        """The hints that were given already."""
        if self.session is not None:
            return self.session.spent_hints(self.item)
        return self.question.hints[: self._spent]

    @property
    def has_hint(self) -> bool:
        """Whether there is a further hint."""
        return self.spent_hints != self.question.hints

    def hint(self) -> str | None:
        """The next hint; None where there is no further one."""
        if self.session is not None:
            return self.session.hint()
        if not self.has_hint:
            return None
        self._spent += 1
        return self.spent_hints[-1]


def drawn_card(
    queued: QueuedCard, number: int, seed: int, policy: Policy, retention: float, *, turned: bool
) -> CardInHand:
    """A card of the queue, the ``number``-th of its session, with its options in the order of the
    ``seed``; ``turned`` asks it as a flashcard."""
    question, session = queued.card.question, None
    options: tuple[Option, ...] = ()
    variables = NO_VALUES
    if kind_of(question).quizzed:
        # What was learned once comes with other numbers.
        vary = not queued.new
        session = Session(queued.bank, seed, policy, only={question.id}, vary=vary)
        question, options, variables = session.items[0]
    turning = Turning(
        queued.card._replace(question=question), queued.bank.title, number, 0, options
    )
    asked = session if kind_of(question).graded and not turned else None
    return CardInHand(queued, asked, turning, retention, seed, variables)
