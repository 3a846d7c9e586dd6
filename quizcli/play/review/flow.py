"""A review without a screen: which card is asked, what an answer means, what is written down.

The rule: an answer is in the journal before its feedback is shown, with the rating that it
proposes; another rating, an undo, a card put aside are further facts. Whoever draws the screens
or reads the lines calls the methods below and decides nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from quizcli.journal.reviews import FactKind, bank_of
from quizcli.quiz.grading import Mark, Response
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
    from quizcli.quiz.grading import Grade
    from quizcli.quiz.model import Option
    from quizcli.quiz.session import Item
    from quizcli.review.card_states import CardStates, RecordedReview
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


class Reviewing:
    """One session. ``shuffle`` False keeps the options in bank order; ``minutes`` ends it;
    ``turned`` asks every card as a flashcard, which the learner rates.

    ``session`` is None while such a card is asked."""

    def __init__(
        self,
        env: Environment,
        ledger: CardStates,
        deck: Queue,
        *,
        shuffle: bool | None = None,
        minutes: float | None = None,
        origin: str = "review",
        turned: bool = False,
    ) -> None:
        self.env = env
        self.ledger = ledger
        self.deck = deck
        self.policy = Policy(shuffle=shuffle)
        self.origin = origin
        self._turned = turned
        self.drawn: QueuedCard | None = None
        self.session: Session | None = None
        self.kept: RecordedReview | None = None
        self.rating = Rating.GOOD
        self.elsewhere = False
        self._shown = False  # the answer of the card that is asked
        self.tally = Tally()
        self._number = 0
        self._begun = env.clock.ticks()
        self._minutes = minutes
        self._written: dict[str, list[bool]] = {}  # by card, whether it was recalled

    @property
    def seconds(self) -> float:
        """How long the session has taken."""
        return self.env.clock.ticks() - self._begun

    @property
    def over_time(self) -> bool:
        """Whether the minutes are over."""
        return self._minutes is not None and self.seconds >= self._minutes * 60

    def draw(self) -> QueuedCard | None:
        """Turn to the next card; None at the end."""
        self.settle()
        self.drawn = None if self.over_time and not self.deck.awaited else self.deck.next()
        self.session = None
        self.elsewhere = False
        self._shown = False
        if self.drawn is not None:
            self._number += 1
            question = self.drawn.card.question
            if KINDS[question.kind].graded and not self._turned:
                self.session = self._session(question.id)
        return self.drawn

    def _session(self, question: str) -> Session:
        """The question alone; the order of its options belongs to the seed and to how often the
        session drew."""
        assert self.drawn is not None
        seed = (self.ledger.seed + self._number) % MAX_SEED
        return Session(self.drawn.bank, seed, self.policy, only={question})

    @property
    def item(self) -> Item:
        """The question asked, with its options in the order shown."""
        assert self.session is not None
        return self.session.items[0]

    @property
    def practice(self) -> bool:
        """Whether what happens now is not written down."""
        return self.elsewhere or (self.drawn is not None and self.drawn.practice)

    @property
    def retention(self) -> float:
        """The retention wanted of the card asked."""
        assert self.drawn is not None
        return retention_of(self.drawn.bank, self.ledger.plan.retention)

    def answer(self, response: Response, seconds: float) -> Grade:
        """Grade an answer, and write it down as a review with the rating that it proposes.

        Raises BadResponse, JournalError; then nothing has happened.
        """
        assert self.session is not None
        assert self.drawn is not None
        shown = self.item.shown
        grade = self.session.answer(response, seconds)
        self._shown = True
        right = grade.mark is Mark.RIGHT and not response.guess
        self.rating = Rating.GOOD if right else Rating.AGAIN
        chosen = tuple(id for id in shown if id in response.chosen)
        digest = self.drawn.card.question.digest
        self._write(
            ReviewInput(
                self.rating,
                round(seconds * 1000),
                response.guess,
                shown,
                chosen,
                digest,
                self.origin,
            )
        )
        return grade

    @property
    def turning(self) -> Turning:
        """The card that is asked, as a flashcard with its options in the order of this draw."""
        assert self.drawn is not None
        card = self.drawn.card
        shown = self._drawn_options()
        return Turning(card, self.drawn.bank.title, self._number, 0, shown)

    def _drawn_options(self) -> tuple[Option, ...]:
        assert self.drawn is not None
        question = self.drawn.card.question
        if not KINDS[question.kind].graded:
            return ()
        return self._session(question.id).items[0].options

    def turn(self) -> None:
        """The learner looks at the back of the card."""
        self._shown = True

    def rate(self, rating: Rating, seconds: float | None = None) -> None:
        """Rate the card: another rating for an answer, or the learner's own for one they turned
        (then with the ``seconds`` it took). Raises JournalError."""
        assert self.drawn is not None
        if self.kept is not None:
            if rating is not self.rating:
                self.kept = self.ledger.rate(self.kept, rating)
        elif seconds is not None:
            digest = self.drawn.card.question.digest
            self._write(
                ReviewInput(rating, round(seconds * 1000), digest=digest, origin=self.origin)
            )
        self.rating = rating

    def _write(self, given: ReviewInput) -> None:
        assert self.drawn is not None
        if self.practice:
            return
        try:
            self.kept = self.ledger.record(self.drawn.row, given, self.retention)
        except ConcurrentReview:  # counted in the other window; here it was practice
            self.elsewhere = True

    def outlook(self) -> dict[Rating, int]:
        """Days until the card is due again under each rating."""
        assert self.drawn is not None
        return self.ledger.outlook(self.drawn.row, self.retention)

    def settle(self) -> None:
        """Close the card that was asked: a failed one comes once more at the end."""
        if self.drawn is None:
            return
        card = self.drawn.card.address
        if self.kept is not None:
            recalled = self.rating is not Rating.AGAIN
            self._written.setdefault(card, []).append(recalled)
            after = self.kept.after
            if recalled or after.suspended or after.buried >= self.ledger.today:
                self.deck.recalled(card)
            else:
                self.deck.failed(card)
            self._count(1, recalled)
        elif self._shown and self.practice:
            self.tally = self.tally._replace(practised=self.tally.practised + 1)
        self.kept = None
        self.drawn = None
        self._shown = False

    def _count(self, sign: int, recalled: bool) -> None:
        self.tally = self.tally._replace(
            reviewed=self.tally.reviewed + sign,
            recalled=self.tally.recalled + sign * recalled,
        )

    def undo(self) -> Undone | None:
        """Take the latest fact back, of an earlier session too; a review is asked again next, and
        so is a card that this session put aside.

        None where nothing is left to undo. Raises JournalError.
        """
        if self.practice and (self._shown or self.deck.wanted.mode is not Mode.DUE):
            return self._once_more()
        current = self.drawn if self.kept is None else None
        fact = self.ledger.undo()
        if fact is None:
            return None
        if fact.did is FactKind.REVIEW and self.kept is None and self._written.get(fact.card):
            self._count(-1, self._written[fact.card].pop())
        self.kept = None
        self.drawn = None
        if current is not None and current.again:
            self.deck.failed(current.card.address)  # practice as it was
        elif current is not None:
            self.deck.take_back(current.card.address)
        if fact.did is FactKind.REVIEW or self.deck.passed(fact.card):
            self.deck.take_back(fact.card)
        return Undone(fact.card, fact.did, fact.card in self.deck.banks.cards(bank_of(fact.card)))

    def _once_more(self) -> Undone | None:
        """Practice disturbs no review: what is taken back is the look at the answer. Of a card that
        was reviewed in another window, and before an answer, there is nothing to take back."""
        drawn = self.drawn
        if drawn is None or not self._shown or self.elsewhere:
            return None
        self.drawn = None
        self._shown = False
        if drawn.again:
            self.deck.failed(drawn.card.address)
        else:
            self.deck.take_back(drawn.card.address)
        return Undone(drawn.card.address, FactKind.REVIEW)

    def put_aside(self, did: FactKind) -> None:
        """Suspend or bury the card that is asked. Raises JournalError."""
        assert self.drawn is not None
        after = self.ledger.mark(self.drawn.card.address, did)
        if self.kept is not None:
            self.kept = self.kept._replace(after=after)
            self.deck.recalled(self.drawn.card.address)

    @property
    def can_undo(self) -> bool:
        """Whether there is a fact to take back, of this session or an earlier one."""
        return self.deck.wanted.mode is Mode.DUE and self.ledger.log.last_fact() is not None

    @property
    def leech(self) -> bool:
        """Whether the review just written put the card aside as a leech."""
        return self.kept is not None and self.kept.leech
