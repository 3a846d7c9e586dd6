"""The cards of a journal, at a moment, under the learner's settings.

The rule: facts are written, and states follow from them. A review takes the short way, from the
state before to the state after, with the same steps as :func:`~quizcli.review.deriving.derived`;
undo, another rating and a rebuilt journal take the long one, and arrive at the same numbers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeVar

from quizcli.env import timestamp
from quizcli.journal.card_states import CardRow
from quizcli.journal.facts import Fact, FactKind
from quizcli.journal.reviews import CardLog
from quizcli.quiz.cards import bank_of
from quizcli.review.deriving import derived, memory_of, reviewed, schedule
from quizcli.review.facts import ReviewInput, SchedulerSettings, When, review_fact
from quizcli.scheduling.days import learning_day
from quizcli.scheduling.memory import DEFAULT_PARAMETERS, checked_parameters
from quizcli.scheduling.memory import recall as recalled

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from quizcli.env import Environment
    from quizcli.journal.attempts import Journal
    from quizcli.review.rebuilding import Rebuilt
    from quizcli.scheduling.fitting import Fit
    from quizcli.scheduling.memory import Rating

Wrote = TypeVar("Wrote")
# More cards than this are derived at once, with all others, rather than one by one.
MANY = 200


class ConcurrentReview(Exception):
    """The card was reviewed elsewhere meanwhile."""


class RecordedReview(NamedTuple):
    """A review that was written down: its number, and the states around it."""

    id: int
    before: CardRow
    after: CardRow

    @property
    def leech(self) -> bool:
        """Whether this review put the card aside."""
        return self.after.suspended and not self.before.suspended


class CardStates:
    """The cards of a journal under a plan, at the time of an environment's clock."""

    def __init__(
        self, env: Environment, journal: Journal, settings: SchedulerSettings, seed: int = 0
    ) -> None:
        self.env = env
        self.log = CardLog(journal)
        self.settings = settings
        self.seed = seed
        self.parameters = self.log.parameters(checked_parameters) or DEFAULT_PARAMETERS

    @property
    def today(self) -> int:
        """The learning day that it is."""
        return learning_day(self.env.clock.now(), self.env.zone, self.settings.rollover)

    def refresh(self) -> None:
        """Derive the states that facts have overtaken: those of a quiz, of an import."""
        stale = self.log.stale()
        if len(stale) > MANY:
            self.rebuild()
        elif stale:
            self._in_one(lambda: [self._settle(card) for card in self.log.stale()], derived=True)

    def rebuild(self) -> Rebuilt:
        """Derive every state anew and write them, all or none; a window that reviews meanwhile
        waits for its turn. Raises JournalError."""
        from quizcli.review.rebuilding import rebuilt

        return self._in_one(lambda: rebuilt(self.log, self.parameters), derived=True)

    def fitted(self) -> Fit:
        """Parameters that these reviews suggest. Raises TooFewReviews, JournalError."""
        from quizcli.scheduling.fitting import fit
        from quizcli.scheduling.replay import named

        log, _ = named(review[:3] for review in self.log.reckoned())
        return fit(log, current=self.parameters)

    def learn(self, parameters: tuple[float, ...] | None) -> None:
        """Write parameters down, None for the defaults again, and derive every state by them."""
        self.log.learn(parameters, self._now())
        self.rebuild()

    def row(self, card: str) -> CardRow:
        """The state of a card; that of a new one where nothing happened to it."""
        return self.log.row(card) or CardRow(card, bank_of(card))

    def recall(self, row: CardRow) -> float | None:
        """The probability that the card is recalled today; None for a new one."""
        memory = memory_of(row)
        return None if memory is None else recalled(memory, self.today, self.parameters)

    def outlook(self, row: CardRow, retention: float) -> dict[int, int]:
        """Days until the card is due again, by rating, were it reviewed now."""
        plan = schedule(
            self.parameters, retention, self.settings.maximum_interval, self.settings.fuzz
        )
        return {
            int(rating): days
            for rating, days in plan.outlook(
                memory_of(row), self.today, seed=self.seed, card=row.card, count=row.reviews + 1
            ).items()
        }

    def record(self, row: CardRow, given: ReviewInput, retention: float) -> RecordedReview:
        """Write a review; durable on return.

        ``row`` is the state in which the card was asked. Raises ConcurrentReview where it was
        reviewed elsewhere since, JournalError.
        """
        uid, card = self.env.random.uid(), self.log.name(row.card)
        when = When(self._now(), self.today)
        fact = review_fact(uid, card, when, given, self.seed, retention, self.settings)

        asked_under = self.parameters

        def write() -> RecordedReview:
            before = self.row(fact.card)
            if self.log.is_stale(fact.card):
                before = self._settle(fact.card)
            # Under other parameters, which a fit has just learned, the memory is another number.
            same = memory_of(before) == memory_of(row)
            if self.parameters != asked_under:
                same = before.day == row.day
            if before.reviews != row.reviews or not same:
                raise ConcurrentReview
            # What an import brought may lie after this review; then its place is not the last.
            inserted = self.log.has_later(fact.card, fact.at)
            id = self.log.insert([fact])
            if inserted:
                return RecordedReview(id, before, self._settle(fact.card))
            after = reviewed(before, fact, given.rating, self.parameters)
            self.log.put([after])
            return RecordedReview(id, before, after)

        return self._in_one(write)

    def rate(self, kept: RecordedReview, rating: Rating) -> RecordedReview:
        """Another rating for a review just written."""
        card = self.log.name(kept.before.card)
        fact = self._fact(card, FactKind.RATE, rating=int(rating), target=kept.id)
        return RecordedReview(kept.id, kept.before, self._append(fact))

    def mark(self, card: str, did: FactKind) -> CardRow:
        """Suspend a card, resume it, or bury it for today."""
        return self._append(self._fact(self.log.name(card), did))

    def _append(self, fact: Fact) -> CardRow:
        """Write a fact; the state of its card then."""

        def write() -> CardRow:
            self.log.insert([fact])
            return self._settle(fact.card)

        return self._in_one(write)

    def _in_one(self, act: Callable[[], Wrote], *, derived: bool = False) -> Wrote:
        """One transaction, under the parameters that hold in it: another window may have learned
        others."""

        def write() -> Wrote:
            self.parameters = self.log.parameters(checked_parameters) or DEFAULT_PARAMETERS
            return act()

        return self.log.journal.in_one(write, derived=derived)

    def _settle(self, card: str) -> CardRow:
        """Derive the state of a card from its facts, in a transaction, so that what another
        window has just written counts."""
        facts = self.log.facts(card)
        if all(fact.did is FactKind.RATE for fact in facts):  # what they rated was undone
            self.log.drop([card])
            return CardRow(card, bank_of(card))
        row = derived(card, facts, self.parameters)
        self.log.put([row])
        return row

    def undo(self) -> Fact | None:
        """Take the latest fact back, None where there is none."""

        def write() -> Fact | None:
            last = self.log.last_fact()
            if last is None:
                return None
            # The name the card has today: a fact may be older than it.
            card = self.log.name(last.card)
            self.log.insert([self._fact(card, FactKind.UNDO, target=last.id)])
            self._settle(card)
            return last._replace(card=card)

        return self._in_one(write)

    def redo(self) -> Fact | None:
        """Let what was taken back last count again: an undo of the undo. None where nothing was, or
        where something was done since."""

        def write() -> Fact | None:
            last = self.log.last_undo()
            if last is None:
                return None
            undo, fact = last
            card = self.log.name(fact.card)
            self.log.insert([self._fact(card, FactKind.UNDO, target=undo.id)])
            self._settle(card)
            return fact._replace(card=card)

        return self._in_one(write)

    def renamed(self, notes: Mapping[str, str], live: Iterable[str] = ()) -> None:
        """Notes that have another address in their bank now, old -> new; with their gaps. ``live``
        are the addresses that the bank has: one that was given up once, and is there again, is
        that card."""
        known = self.log.renames()
        again = known.keys() & set(live) if known else ()
        if again:  # else nothing is written, and no other window has to be waited for
            self.log.journal.in_one(lambda: self.log.reclaim(again), derived=True)
            known = self.log.renames()
        for old, new in notes.items():
            for card in self.log.known(old):
                name = new + card.removeprefix(old)
                if known.get(card) != name:
                    self.log.rename(card, name, self._now())
        self.refresh()

    def _now(self) -> str:
        return timestamp(self.env.clock.now())

    def _fact(self, card: str, did: FactKind, **more: object) -> Fact:
        uid = self.env.random.uid()
        return Fact(uid, card, did, self._now(), self.today)._replace(**more)  # type: ignore[arg-type]
