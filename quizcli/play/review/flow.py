"""A review without a device: which card is asked, what an answer means, what is written down.

The rule: an answer is in the journal before its feedback is shown, with the rating that it
proposes; another rating, an undo, a card put aside are further facts. A device asks
:meth:`ReviewRun.next` for a card, shows it, and passes on what the learner did with it.
"""

from __future__ import annotations

from contextlib import closing, suppress
from typing import TYPE_CHECKING

from quizcli.journal.attempts import Journal
from quizcli.journal.facts import FactKind
from quizcli.journal.file import JournalError
from quizcli.journal.reviews import CardLog
from quizcli.play.review.hand import CardInHand, Tally, Undone, drawn_card
from quizcli.play.slips import Slips
from quizcli.quiz.cards import bank_of
from quizcli.quiz.shuffle import MAX_SEED
from quizcli.quiz.steps import PRACTICE, Policy, SessionError
from quizcli.review.banks import retention_of
from quizcli.review.card_states import ConcurrentReview
from quizcli.review.facts import ReviewInput, given_in
from quizcli.review.queue import Mode
from quizcli.scheduling.memory import Rating

if TYPE_CHECKING:
    from quizcli.env import Environment
    from quizcli.journal.facts import Fact
    from quizcli.quiz.grading import Grade, Response
    from quizcli.review.queue import Queue, QueuedCard


class ReviewRun:
    """One session. ``policy`` says whether options are shuffled and how an answer is graded, as of
    a quiz; ``minutes`` ends it; ``turned`` asks every card as a flashcard, which the learner rates.
    ``verb`` is what was typed for it, and the origin of its reviews."""

    def __init__(
        self,
        env: Environment,
        queue: Queue,
        *,
        policy: Policy = PRACTICE,
        minutes: float | None = None,
        turned: bool = False,
    ) -> None:
        self.env = env
        self.queue = queue
        self.card_states = queue.card_states
        self.verb = "cards" if turned else "review"
        self._slips = Slips()
        self._policy = policy
        self._turned = turned
        self._minutes = minutes
        self._number = 0
        self._begun = self._drawn = env.clock.ticks()
        self._hand: CardInHand | None = None
        last = self.card_states.log.last_fact()
        self._before = 0 if last is None else last.id  # the last fact before this session
        undone = self.card_states.log.last_undo()
        self._taken_back = 0 if undone is None else undone[0].id  # the last undo before it
        self._written: dict[int, CardInHand] = {}  # by the number of their review, made here
        self._undone: dict[int, CardInHand] = {}  # such ones
        self._aside: set[tuple[str, FactKind]] = set()  # cards, with how they were put aside
        self._practised = self._undos = 0

    @property
    def tally(self) -> Tally:
        """What the session came to, but for the card in hand."""
        done = [card.rating for card in self._written.values() if card is not self._hand]
        recalled = len(done) - done.count(Rating.AGAIN)
        return Tally(len(done), recalled, self._practised, self._undos)

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
        seed = (self.card_states.seed + self._number) % MAX_SEED
        retention = retention_of(queued.bank, self.card_states.settings.retention)
        return drawn_card(queued, seed, self._policy, retention, turned=self._turned)

    def drawn(self) -> None:
        """The card is in front of the learner: the time of thinking begins."""
        self._drawn = self.env.clock.ticks()

    def _thought(self) -> float:
        return round(self.env.clock.ticks() - self._drawn, 3)

    def answer(self, card: CardInHand, response: Response) -> Grade:
        """Grade an answer, and write it down as a review with the rating that it proposes.

        Raises BadResponse, JournalError; then nothing has happened.
        """
        if card.session is None:
            raise SessionError("a flashcard is rated, not answered")
        self._slips.check(card.item, response)
        grade = card.session.answer(response, self._thought())
        card.is_shown = True
        kept = card.session.answers[card.question.id].as_kept(card.item)
        given = given_in(kept, self.verb, card.item.variables)
        card.rating, card.milliseconds = given.rating, given.milliseconds
        self._write(card, given)
        return grade

    def turn(self, card: CardInHand) -> None:
        """The learner looks at the back of the card; what they knew is theirs to say."""
        card.is_shown = True
        card.milliseconds = round(self._thought() * 1000)

    def rate(self, card: CardInHand, rating: Rating) -> None:
        """Let the review of this card have this rating. Raises JournalError."""
        if card.review is None:
            card.rating = rating
            digest, variables = card.question.digest, card.item.variables
            self._write(card, ReviewInput(rating, card.milliseconds, digest=digest,
                                          origin=self.verb, variables=variables))  # fmt: skip
        elif rating is not card.rating:
            card.review = self.card_states.rate(card.review, rating)
            card.rating = rating

    def _write(self, card: CardInHand, given: ReviewInput) -> None:
        if card.is_practice:
            return
        try:
            card.review = self.card_states.record(card.queued.row, given, card.retention)
            self._written[card.review.id] = card
        except ConcurrentReview:  # counted in the other window; here it was practice
            card.is_reviewed_elsewhere = True

    def outlook(self, card: CardInHand) -> dict[int, int]:
        """Days until the card is due again, by rating; under that of its review as they stand in
        the journal, where it is written already."""
        days = self.card_states.outlook(card.queued.row, card.retention)
        due = None if card.review is None else card.review.after.due
        if due is not None:
            days[int(card.rating)] = due - self.card_states.today
        return days

    def saved(self) -> tuple[int, int]:
        """How many reviews of this session the journal's file holds, and of how many. It is looked
        at anew: it may have been deleted or replaced since they were written."""
        path, written = self.card_states.log.journal.path, self._written
        stored: list[int] = []
        if written and path.exists():
            with suppress(JournalError), closing(Journal(path)) as journal:
                log = CardLog(journal)
                for id, card in written.items():
                    fact = log.fact(id)  # also one that another window has undone since
                    if fact is not None and log.name(fact.card) == log.name(card.address):
                        stored.append(id)
        return len(stored), len(written)

    def put_aside(self, card: CardInHand, how: FactKind) -> None:
        """Suspend or bury the card that is asked. Raises JournalError."""
        after = self.card_states.mark(card.address, how)
        self._aside.add((self.card_states.log.name(card.address), how))
        if card.review is not None:
            card.review = card.review._replace(after=after)
            self.queue.recalled(card.address)

    def settle(self) -> None:
        """Close the card that was asked: a failed one comes once more at the end."""
        card, self._hand = self._hand, None
        if card is None:
            return
        if card.review is not None:
            after = card.review.after
            if card.rating is not Rating.AGAIN or after.is_aside(self.card_states.today):
                self.queue.recalled(card.address)
            else:
                self.queue.failed(card.address)
        elif card.is_shown and card.is_practice:
            self._practised += 1

    # Taking back ----------------------------------------------------------------------------

    def earlier(self) -> Fact | None:
        """What an undo would take back of an earlier session, or of one in another window: the
        learner is asked by its name. None where it stays within this one."""
        fact = None if self._only_looked() else self.card_states.log.last_fact()
        if fact is None or fact.id <= self._before:
            return fact
        is_ours = fact.id in self._written or self._put_aside_here(fact)
        return None if is_ours else fact

    def _only_looked(self) -> bool:
        """Whether an undo takes back a look at a card in practice, and no fact, unless one of this
        session put a card aside."""
        card = self._hand
        if card is None or not card.is_practice:
            return False
        if card.is_shown or self.queue.options.mode is Mode.DUE:
            return card.is_shown
        last = self.card_states.log.last_fact()
        return last is None or not self._put_aside_here(last)

    def _put_aside_here(self, fact: Fact) -> bool:
        return fact.id > self._before and (fact.card, fact.did) in self._aside

    def undo(self) -> Undone | None:
        """Take the latest fact back, of an earlier session too; a review is asked again next, and
        so is a card that this session put aside; None where nothing is left. Raises JournalError.
        """
        card = self._hand
        if card is not None and self._only_looked():
            return self._look_again(card)
        fact = self.card_states.undo()
        if fact is None:
            return None
        in_hand = card is not None and card.review is not None and card.review.id == fact.id
        if not in_hand:  # what was done in another window since leaves this one's review as it is
            self.settle()
        self._hand = None
        self._undos += 1
        if fact.id in self._written:
            self._undone[fact.id] = self._written.pop(fact.id)
        if card is not None and card.review is None:
            self._put_back(card)
        if fact.did is FactKind.REVIEW or self.queue.passed(fact.card):
            self.queue.take_back(fact.card)
        here = fact.card in self.queue.banks.cards(bank_of(fact.card))
        return Undone(fact, here)

    @property
    def can_redo(self) -> bool:
        """Whether there is something to redo: this session took it back, and nothing was done
        since."""
        if self.queue.options.mode is not Mode.DUE:
            return False
        last = self.card_states.log.last_undo()
        return last is not None and last[0].id > self._taken_back

    def redo(self) -> Fact | None:
        """Let what was taken back last count again; None where nothing was, or where something was
        done since. Raises JournalError."""
        fact = self.card_states.redo() if self.can_redo else None
        if fact is None:
            return None
        card, self._hand = self._hand, None
        self.queue.let_go(fact.card)
        if card is not None and card.address != fact.card:
            self._put_back(card)
        self._undos = max(0, self._undos - 1)
        if done := self._undone.pop(fact.id, None):
            self._written[fact.id] = done
            if done.rating is Rating.AGAIN:
                self.queue.failed(fact.card)
        return fact

    def _look_again(self, card: CardInHand) -> Undone | None:
        """Practice disturbs no review: what is taken back is the look at the answer. Of a card that
        was reviewed in another window, and before an answer, there is nothing to take back."""
        if not card.is_shown or card.is_reviewed_elsewhere:
            return None
        self._hand = None
        self._put_back(card)
        return Undone(None)

    def _put_back(self, card: CardInHand) -> None:
        """A card that was not reviewed is asked again, practice as practice."""
        if card.queued.again:
            self.queue.failed(card.address)
        else:
            self.queue.take_back(card.address)
