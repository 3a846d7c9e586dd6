"""The card that a review asks, and the records of what a session did."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from quizcli.quiz.session import Session
from quizcli.quiz.steps import Item
from quizcli.scheduling.memory import Rating
from quizcli.terminal.turning import Turning

if TYPE_CHECKING:
    from quizcli.journal.card_states import CardRow
    from quizcli.journal.facts import Fact
    from quizcli.quiz.grading import Grade, Response
    from quizcli.quiz.steps import Policy
    from quizcli.review.card_states import RecordedReview
    from quizcli.review.queue import QueuedCard


class Tally(NamedTuple):
    """What a session came to."""

    reviewed: int
    recalled: int
    practised: int
    taken_back: int


class Undone(NamedTuple):
    """What an undo took back, None for a look in practice; ``here`` says that this session can ask
    its card."""

    fact: Fact | None
    here: bool = True


class CardInHand:
    """The card that is asked, and what became of it.

    ``session`` asks a question that the program grades, None one that is turned as a flashcard;
    ``turning`` is the card with its two sides. ``rating`` is the one that is proposed, or that was
    given; ``review`` what was written down of it.
    """

    def __init__(
        self,
        queued: QueuedCard,
        session: Session | None,
        turning: Turning,
        retention: float,
        seed: int,
    ) -> None:
        self.queued = queued
        self.address = queued.card.address
        self.item = turning.item
        self.question = turning.item.question
        self.session = session
        self.turning = turning
        self.retention = retention
        self.seed = seed  # of the order of its options, and of its experiment
        self.rating = Rating.GOOD
        self.review: RecordedReview | None = None
        self.is_shown = False  # its answer
        self.is_reviewed_elsewhere = False
        self.milliseconds = 0  # of thinking
        self._spent = 0  # hints, of a flashcard

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
    queued: QueuedCard, seed: int, policy: Policy, retention: float, *, turned: bool
) -> CardInHand:
    """A card of the queue, with its options in the order of the ``seed``; ``turned`` asks it as a
    flashcard."""
    card, session = queued.card, None
    item = Item(card.question, card.question.options)
    if item.kind.quizzed:
        # What was learned once comes with other numbers.
        vary = not queued.new
        session = Session(queued.bank, seed, policy, only={card.question.id}, vary=vary)
        item = session.items[0]
    asked = session if item.kind.graded and not turned else None
    turning = Turning(card._replace(question=item.question), item)
    return CardInHand(queued, asked, turning, retention, seed)
