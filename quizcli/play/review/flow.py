"""A review without a device: which card is asked, what an answer means, what is written down.

The rule: an answer is in the journal before its feedback is shown, with the rating that it
proposes; another rating, an undo, a card put aside are further facts. A device asks
:meth:`ReviewRun.next` for a card, shows it, and passes on what the learner did with it.
"""

from __future__ import annotations

from contextlib import closing, suppress
from typing import TYPE_CHECKING, NamedTuple

from quizcli.journal.attempts import Journal
from quizcli.journal.card_states import bank_of
from quizcli.journal.file import JournalError
from quizcli.journal.reviews import CardLog, FactKind
from quizcli.quiz.grading import Mark
from quizcli.quiz.kinds import KINDS
from quizcli.quiz.session import Policy, Session
from quizcli.quiz.shuffle import MAX_SEED
from quizcli.review.banks import retention_of
from quizcli.review.card_states import ConcurrentReview, ReviewInput
from quizcli.review.queue import Mode
from quizcli.scheduling.memory import Rating
from quizcli.terminal.turning import Turning

if TYPE_CHECKING:
    from quizcli.env import Environment
    from quizcli.quiz.grading import Grade, Response
    from quizcli.quiz.model import Option
    from quizcli.quiz.session import Item
    from quizcli.review.card_states import RecordedReview
    from quizcli.review.queue import Queue, QueuedCard


class Tally(NamedTuple):
    """What a session came to."""

    reviewed: int = 0
    recalled: int = 0
    practised: int = 0


class Undone(NamedTuple):
    """What an undo took back of a card; ``here`` says that this session can ask it."""

    card: str
    did: FactKind
    here: bool = True


class CardInHand:
    """The card that is asked, and what became of it.

    ``session`` asks a question that the program grades, ``turned`` says that it is asked as a
    flashcard all the same; ``turning`` is the card with its two sides. ``rating`` is the one that
    is proposed, or that was given; ``review`` what was written down of it.
    """

    def __init__(
        self, queued: QueuedCard, session: Session | None, turning: Turning, retention: float
    ) -> None:
        self.queued = queued
        self.address = queued.card.address
        self.question = queued.card.question
        self.session = session
        self.turning = turning
        self.retention = retention
        self.rating = Rating.GOOD
        self.review: RecordedReview | None = None
        self.is_shown = False  # its answer
        self.is_reviewed_elsewhere = False
        self.milliseconds = 0  # of thinking
        self.hints = 0

    @property
    def item(self) -> Item:
        """The question with its options in the order shown."""
        return self.turning.item if self.session is None else self.session.items[0]

    @property
    def is_practice(self) -> bool:
        """Whether what happens now is not written down."""
        return self.is_reviewed_elsewhere or self.queued.practice

    @property
    def is_leech(self) -> bool:
        """Whether its review put it aside as a leech."""
        return self.review is not None and self.review.leech

    @property
    def has_hint(self) -> bool:
        """Whether there is a further hint."""
        return self.hints < len(self.question.hints)

    def hint(self) -> str | None:
        """The next hint; None where there is no further one."""
        if not self.has_hint:
            return None
        if self.session is not None:
            self.session.hint()
        self.hints += 1
        return self.question.hints[self.hints - 1]


class ReviewRun:
    """One session. ``shuffle`` False keeps the options in bank order; ``minutes`` ends it;
    ``turned`` asks every card as a flashcard, which the learner rates."""

    def __init__(
        self,
        env: Environment,
        queue: Queue,
        *,
        shuffle: bool | None = None,
        minutes: float | None = None,
        origin: str = "review",
        turned: bool = False,
    ) -> None:
        self.env = env
        self.queue = queue
        self.card_states = queue.card_states
        self.origin = origin
        self.tally = Tally()
        self._policy = Policy(shuffle=shuffle)
        self._turned = turned
        self._minutes = minutes
        self._number = 0
        self._begun = self._drawn = env.clock.ticks()
        self._hand: CardInHand | None = None
        self._written: dict[int, str] = {}  # cards by the number of their review
        self._recalled: dict[str, list[bool]] = {}  # by card, whether it was, each time

    def seconds(self) -> float:
        """How long the session has taken."""
        return self.env.clock.ticks() - self._begun

    @property
    def is_over_time(self) -> bool:
        """Whether the minutes are over."""
        return self._minutes is not None and self.seconds() >= self._minutes * 60

    @property
    def can_undo(self) -> bool:
        """Whether there is a fact to take back, of this session or an earlier one."""
        due = self.queue.options.mode is Mode.DUE
        return due and self.card_states.log.last_fact() is not None

    # Cards ----------------------------------------------------------------------------------

    def next(self) -> CardInHand | None:
        """Turn to the next card; None at the end."""
        self.settle()
        over = self.is_over_time and not self.queue.awaited
        queued = None if over else self.queue.next()
        self._hand = None if queued is None else self._taken(queued)
        return self._hand

    def _taken(self, queued: QueuedCard) -> CardInHand:
        """A card in hand. The order of its options belongs to the seed and to how often the
        session drew."""
        self._number += 1
        question, session = queued.card.question, None
        options: tuple[Option, ...] = ()
        if KINDS[question.kind].graded:
            seed = (self.card_states.seed + self._number) % MAX_SEED
            session = Session(queued.bank, seed, self._policy, only={question.id})
            options = session.items[0].options
        turning = Turning(queued.card, queued.bank.title, self._number, 0, options)
        retention = retention_of(queued.bank, self.card_states.settings.retention)
        return CardInHand(queued, None if self._turned else session, turning, retention)

    def drawn(self) -> None:
        """The card is in front of the learner: the time of thinking begins."""
        self._drawn = self.env.clock.ticks()

    def _thought(self) -> float:
        return round(self.env.clock.ticks() - self._drawn, 3)

    def answer(self, card: CardInHand, response: Response) -> Grade:
        """Grade an answer, and write it down as a review with the rating that it proposes.

        Raises BadResponse, JournalError; then nothing has happened.
        """
        assert card.session is not None
        seconds = self._thought()
        grade = card.session.answer(response, seconds)
        card.is_shown = True
        right = grade.mark is Mark.RIGHT and not response.guess
        card.rating = Rating.GOOD if right else Rating.AGAIN
        card.milliseconds = round(seconds * 1000)
        given = card.session.answers[card.question.id].response.given
        self._write(card, response.guess, card.item.shown, given)
        return grade

    def turn(self, card: CardInHand) -> None:
        """The learner looks at the back of the card; what they knew is theirs to say."""
        card.is_shown = True
        card.milliseconds = round(self._thought() * 1000)

    def rate(self, card: CardInHand, rating: Rating) -> None:
        """Let the review of this card have this rating. Raises JournalError."""
        if card.review is None:
            card.rating = rating
            self._write(card)
        elif rating is not card.rating:
            card.review = self.card_states.rate(card.review, rating)
            card.rating = rating

    def _write(
        self,
        card: CardInHand,
        guess: bool = False,
        shown: tuple[str, ...] = (),
        chosen: tuple[str, ...] = (),
    ) -> None:
        if card.is_practice:
            return
        digest = card.question.digest
        given = ReviewInput(
            card.rating, card.milliseconds, guess, shown, chosen, digest, self.origin
        )
        try:
            card.review = self.card_states.record(card.queued.row, given, card.retention)
            self._written[card.review.id] = card.address
        except ConcurrentReview:  # counted in the other window; here it was practice
            card.is_reviewed_elsewhere = True

    def saved(self) -> tuple[int, int]:
        """How many reviews of this session the journal's file holds, and of how many. It is looked
        at anew: it may have been deleted or replaced since they were written."""
        path, written = self.card_states.log.journal.path, self._written
        stored: set[int] = set()
        if written and path.exists():
            with suppress(JournalError), closing(Journal(path)) as journal:
                log = CardLog(journal)
                stored = {fact.id for card in set(written.values()) for fact in log.facts(card)}
        return len(stored & written.keys()), len(written)

    def outlook(self, card: CardInHand) -> dict[Rating, int]:
        """Days until the card is due again under each rating."""
        return self.card_states.outlook(card.queued.row, card.retention)

    def put_aside(self, card: CardInHand, how: FactKind) -> None:
        """Suspend or bury the card that is asked. Raises JournalError."""
        after = self.card_states.mark(card.address, how)
        if card.review is not None:
            card.review = card.review._replace(after=after)
            self.queue.recalled(card.address)

    def settle(self) -> None:
        """Close the card that was asked: a failed one comes once more at the end."""
        card, self._hand = self._hand, None
        if card is None:
            return
        if card.review is not None:
            recalled = card.rating is not Rating.AGAIN
            self._recalled.setdefault(card.address, []).append(recalled)
            after = card.review.after
            if recalled or after.suspended or after.buried >= self.card_states.today:
                self.queue.recalled(card.address)
            else:
                self.queue.failed(card.address)
            self._count(1, recalled)
        elif card.is_shown and card.is_practice:
            self.tally = self.tally._replace(practised=self.tally.practised + 1)

    def _count(self, sign: int, recalled: bool) -> None:
        self.tally = self.tally._replace(
            reviewed=self.tally.reviewed + sign,
            recalled=self.tally.recalled + sign * recalled,
        )

    # Taking back ----------------------------------------------------------------------------

    def undo(self) -> Undone | None:
        """Take the latest fact back, of an earlier session too; a review is asked again next, and
        so is a card that this session put aside.

        None where nothing is left to undo. Raises JournalError.
        """
        card = self._hand
        is_due = self.queue.options.mode is Mode.DUE
        if card is not None and card.is_practice and (card.is_shown or not is_due):
            return self._look_again(card)
        fact = self.card_states.undo()
        if fact is None:
            return None
        self._written.pop(fact.id, None)
        reviewed = card is not None and card.review is not None
        if fact.did is FactKind.REVIEW and not reviewed and self._recalled.get(fact.card):
            self._count(-1, self._recalled[fact.card].pop())
        self._hand = None
        if card is not None and not reviewed:
            self._put_back(card)
        if fact.did is FactKind.REVIEW or self.queue.passed(fact.card):
            self.queue.take_back(fact.card)
        here = fact.card in self.queue.banks.cards(bank_of(fact.card))
        return Undone(fact.card, fact.did, here)

    def _look_again(self, card: CardInHand) -> Undone | None:
        """Practice disturbs no review: what is taken back is the look at the answer. Of a card that
        was reviewed in another window, and before an answer, there is nothing to take back."""
        if not card.is_shown or card.is_reviewed_elsewhere:
            return None
        self._hand = None
        self._put_back(card)
        return Undone(card.address, FactKind.REVIEW)

    def _put_back(self, card: CardInHand) -> None:
        """A card that was not reviewed is asked again, practice as practice."""
        if card.queued.again:
            self.queue.failed(card.address)
        else:
            self.queue.take_back(card.address)
