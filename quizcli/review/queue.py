"""Which card is asked next. The rule: the journal says what is due, a bank only what it says.

A journal may hold a hundred thousand cards, of which one is asked now. So due cards are read in
the order in which they are asked, a handful at a time, and a bank is opened when one of its cards
comes up. A card whose bank or question is gone is passed over: its history stays.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from zlib import crc32

from quizcli.quiz.cards import note
from quizcli.review.counts import COUNTED, Mode, QueueCounts, QueueOptions, mode_of
from quizcli.review.facts import ALL

__all__ = ["Mode", "Queue", "QueueOptions", "QueuedCard", "Remaining", "mode_of"]

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from quizcli.journal.card_states import CardRow
    from quizcli.quiz.cards import Card
    from quizcli.quiz.model import Bank
    from quizcli.review.banks import Banks
    from quizcli.review.card_states import CardStates

# How many due cards are looked up at once.
HANDFUL = 200


class QueuedCard(NamedTuple):
    """A card to be asked now, with the state it has. ``practice`` is not written down."""

    card: Card
    bank: Bank
    row: CardRow
    practice: bool = False
    again: bool = False

    @property
    def new(self) -> bool:
        """Whether it was never reviewed."""
        return self.row.is_new


class Remaining(NamedTuple):
    """What comes behind a card: cards that are ``due``, ``new`` ones, and those failed before that
    are asked once ``again``."""

    due: int = 0
    new: int = 0
    again: int = 0


class Queue(QueueCounts):
    """Hands out the cards of a session."""

    def __init__(
        self, card_states: CardStates, banks: Banks, options: QueueOptions | None = None
    ) -> None:
        super().__init__(card_states, banks, options)
        self.handed_out = 0
        self._back: list[str] = []  # taken back, to be asked next
        self._failed: list[str] = []  # to be asked once more at the end
        self._seen: set[str] = set()
        self._notes: set[str] = set()
        self._open: set[str] = set()  # handed out, and due as far as is known
        self._gone: set[str] = set()  # due, but their questions are gone
        self._looked: set[str] = set()  # banks in which such ones were looked for
        self._room: int | None = None  # for new cards, once they are handed out
        self._rooms: dict[str, int] = {}  # the same of each bank
        self._coming = self._all()

    def next(self) -> QueuedCard | None:
        """The card to be asked now; None at the end."""
        self.card_states.refresh()  # a quiz in another window may have fed it
        queued_card = self._next()
        if queued_card is not None:
            self._open.add(queued_card.row.card)
        return queued_card

    def _next(self) -> QueuedCard | None:
        while self._back:
            queued_card = self._queued(self._back.pop())
            if queued_card is not None:
                return queued_card
        if self.options.limit is None or self.handed_out < self.options.limit:
            for queued_card in self._coming:
                self.handed_out += 1
                return queued_card
        while self._failed:
            queued_card = self._queued(self._failed.pop(0), again=True)
            if queued_card is not None:
                return queued_card
        return None

    def all(self) -> Iterator[QueuedCard]:
        """Every card of this session in order, were each recalled."""
        while (queued_card := self.next()) is not None:
            yield queued_card

    @property
    def awaited(self) -> bool:
        """Whether a card was taken back and is asked next, however late it is."""
        return bool(self._back)

    def failed(self, card: str) -> None:
        """This card is asked once more at the end, as practice."""
        if card not in self._failed:
            self._failed.append(card)

    def recalled(self, card: str) -> None:
        """This card is not asked once more."""
        if card in self._failed:
            self._failed.remove(card)

    def take_back(self, card: str) -> None:
        """Ask this card next."""
        self.recalled(card)
        self.let_go(card)  # it is asked once, however often it was taken back
        self._back.append(card)

    def let_go(self, card: str) -> None:
        """Do not ask this card next: what was taken back counts again."""
        self._back = [back for back in self._back if back != card]

    def passed(self, card: str) -> bool:
        """Whether a card was handed out in this session and can be asked now as it could then."""
        is_fresh = self._is_fresh(self.card_states.row(card))
        return card in self._seen and (is_fresh or self._is_due(card))

    def remaining(self) -> Remaining | None:
        """What comes behind the card that was handed out last; None in practice, which is not
        counted.

        No bank is opened for due cards, so that one whose question is gone counts until a card of
        its bank is looked up; new cards are counted when nothing else is due behind it, since they
        are looked up next.
        """
        if self.options.mode is not Mode.DUE:
            return None
        self._waiting()
        # Which cards have a tag is for their banks to say.
        count = self.due() if self.options.tags else self.due_unseen(self._gone)
        # What was taken back comes whatever the limit: it was handed out before.
        again_due = set(filter(self._is_due, self._back))
        due = max(0, count - len(self._open | again_due))
        room = None if self.options.limit is None else max(0, self.options.limit - self.handed_out)
        if room is not None:
            due = min(due, room)
        due += len(again_due)
        new = 0 if due or room == 0 else self._new_unseen()
        new = new if room is None else min(new, room)
        return Remaining(due, new + len(set(self._back) - again_due), len(self._failed))

    def within_the_bank(self, bank: str) -> int:
        """How many new cards the bank's own limit leaves, those that were handed out left out."""
        return self._rooms[bank] if bank in self._rooms else super().within_the_bank(bank)

    def _new_unseen(self) -> int:
        """How many new cards are still to come in this session."""
        room = self.new_room() if self._room is None else self._room
        return self._new_within(room, besides=self._notes)

    # In their order -------------------------------------------------------------------------

    def _queued(self, address: str, *, again: bool = False) -> QueuedCard | None:
        row = self.card_states.row(address)
        card = self.banks.cards(row.bank).get(address)
        bank = self.banks.bank(row.bank)
        self._look_for_gone(row.bank)
        if card is None or bank is None:
            self._gone.add(address)
            return None
        practice = again or self.options.mode is not Mode.DUE
        return QueuedCard(card, bank, row, practice, again)

    def _look_for_gone(self, bank: str) -> None:
        """Note the due cards of a bank that is open now whose questions are gone from it, once; of
        very many each is noted as it is passed over."""
        log, today = self.card_states.log, self.card_states.today
        if bank not in self._looked and log.due_count(today, [bank]) <= COUNTED:
            self._gone |= {*log.due(today, [bank])} - self.banks.cards(bank).keys()
        self._looked.add(bank)

    def _all(self) -> Iterator[QueuedCard]:
        today = self.card_states.today
        if self.options.mode is Mode.DUE:
            yield from self._within_the_day(self._kept(self._due()))
            self.open_all()
            yield from self._within_the_day(self._kept(self._due()))
            yield from self._new()
        elif self.options.mode is Mode.AHEAD:
            yield from self._kept(self.card_states.log.later(today, self.banks.ids()))
        else:
            yield from self._kept(self._everything())

    def _within_the_day(self, coming: Iterator[QueuedCard]) -> Iterator[QueuedCard]:
        """As many due cards as the daily limit leaves room for, with those that are handed out."""
        while (room := self.due_within_the_day()) == ALL or room > self._waiting():
            queued_card = next(coming, None)
            if queued_card is None:
                return
            yield queued_card

    def _waiting(self) -> int:
        """How many cards were handed out that are due still."""
        self._open = {card for card in self._open if self._is_due(card)}
        return len(self._open)

    def _kept(self, addresses: Iterable[str]) -> Iterator[QueuedCard]:
        """Those that can be asked and were not asked yet."""
        for address in addresses:
            if address in self._seen or note(address) in self._notes:
                continue
            queued_card = self._queued(address)
            if queued_card is not None and self.fits(queued_card.card):
                self._seen.add(address)
                if self.options.mode is not Mode.CRAM:
                    self._notes.add(note(address))
                yield queued_card

    def _due(self) -> Iterator[str]:
        """Most likely forgotten first: recall falls with the days since the last review over the
        stability. Read in handfuls, so that what another window did meanwhile counts."""
        today = self.card_states.today
        reviewed = self.reviewed_notes()
        passed: set[str] = set()
        handful = HANDFUL
        while True:
            limit = handful + len(passed)
            cards = self.card_states.log.most_faded(today, self.banks.ids(), limit)
            fresh = [due for due in cards if due.card not in passed]
            if not fresh:
                return
            for card, _ in sorted(fresh, key=lambda due: (-due.faded, self._tie(due.card))):
                passed.add(card)
                if self._is_due(card) and note(card) not in reviewed:
                    yield card
            handful *= 2  # a thousand cards whose questions are gone are passed in ten looks

    def _new(self) -> Iterator[QueuedCard]:
        """Cards never reviewed, in the order of their banks, within the daily limit."""
        self._room = self.new_room()
        if self._room <= 0:
            return
        for id in self.new_banks():
            self._rooms[id] = self.within_the_bank(id)
            for queued_card in self._kept(self.new_of(id) if self._rooms[id] > 0 else ()):
                if not self._is_fresh(queued_card.row):
                    continue  # another window was faster
                self._room -= 1
                self._rooms[id] -= 1
                yield queued_card
                if self._room <= 0:
                    return
                if self._rooms[id] <= 0:
                    break

    def _everything(self) -> Iterator[str]:
        """Every card, suspended ones too, in an order of the seed."""
        for id in self.banks.ids():
            yield from sorted(self.banks.cards(id), key=self._tie)

    def _tie(self, card: str) -> int:
        """An order that belongs to the seed, for cards that are equally likely forgotten."""
        return crc32(f"{self.card_states.seed}/{card}".encode())

    def _is_fresh(self, row: CardRow) -> bool:
        """Whether a card can be started today."""
        return row.is_new and not row.is_aside(self.card_states.today)

    def _is_due(self, card: str) -> bool:
        return self.card_states.row(card).is_due(self.card_states.today)
