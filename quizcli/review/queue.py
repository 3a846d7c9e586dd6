"""Which card is asked next. The rule: the journal says what is due, a bank only what it says.

A journal may hold a hundred thousand cards, of which one is asked now. So due cards are read in
the order in which they are asked, a handful at a time, and a bank is opened when one of its cards
comes up. A card whose bank or question is gone is passed over: its history stays.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, NamedTuple
from zlib import crc32

from quizcli.quiz.cards import note

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from quizcli.journal.reviews import CardRow
    from quizcli.quiz.cards import Card
    from quizcli.quiz.model import Bank
    from quizcli.review.banks import Banks
    from quizcli.review.card_states import CardStates

# How many due cards are looked up at once.
HANDFUL = 200
# More due cards than this are not looked up one by one to be counted.
COUNTED = 1000


class Mode(Enum):
    """What a session is for. Only DUE writes reviews; the others are practice."""

    DUE = "due"
    AHEAD = "ahead"
    CRAM = "cram"


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
        return self.row.reviews == 0


class QueueOptions(NamedTuple):
    """What a learner asked of a session: ``new`` overrides the daily limit, ``limit`` counts
    cards."""

    mode: Mode = Mode.DUE
    tags: tuple[str, ...] = ()
    new: int | None = None
    limit: int | None = None


class Remaining(NamedTuple):
    """What comes behind a card: cards that are ``due``, ``new`` ones, and those failed before that
    are asked once ``again``."""

    due: int = 0
    new: int = 0
    again: int = 0


class Queue:
    """Deals the cards of a session."""

    def __init__(self, ledger: CardStates, banks: Banks, wanted: QueueOptions) -> None:
        self.ledger = ledger
        self.banks = banks
        self.wanted = wanted
        self.dealt = 0
        self._back: list[str] = []  # taken back, to be asked next
        self._failed: list[str] = []  # to be asked once more at the end
        self._seen: set[str] = set()
        self._notes: set[str] = set()
        self._open: set[str] = set()  # dealt, and due as far as is known
        self._room: int | None = None  # for new cards, once they are dealt
        self._coming = self._deal()

    def next(self) -> QueuedCard | None:
        """The card to be asked now; None at the end."""
        self.ledger.refresh()  # a quiz in another window may have fed it
        while self._back:
            drawn = self._drawn(self._back.pop())
            if drawn is not None:
                return drawn
        if self.wanted.limit is None or self.dealt < self.wanted.limit:
            for drawn in self._coming:
                self.dealt += 1
                return drawn
        while self._failed:
            drawn = self._drawn(self._failed.pop(0), again=True)
            if drawn is not None:
                return drawn
        return None

    def all(self) -> Iterator[QueuedCard]:
        """Every card of this session in order, were each recalled."""
        while (drawn := self.next()) is not None:
            yield drawn

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

    def take_back(self, card: str, current: str | None = None) -> None:
        """Ask this card next, and then the one that is being asked."""
        self.recalled(card)
        if current is not None and current != card:
            self._back.append(current)
        self._back.append(card)

    def _drawn(self, address: str, *, again: bool = False) -> QueuedCard | None:
        self._open.add(address)
        row = self.ledger.row(address)
        card = self.banks.cards(row.bank).get(address)
        bank = self.banks.bank(row.bank)
        if card is None or bank is None:
            return None
        practice = again or self.wanted.mode is not Mode.DUE
        return QueuedCard(card, bank, row, practice, again)

    def _deal(self) -> Iterator[QueuedCard]:
        if self.wanted.mode is Mode.DUE:
            yield from self._kept(self._due())
            for id in self.banks.ids():
                self.banks.cards(id)
            # Banks just opened may say that cards have another name now.
            yield from self._kept(self._due())
            yield from self._new()
        elif self.wanted.mode is Mode.AHEAD:
            today = self.ledger.today
            yield from self._kept(self._known(f"due > {today} AND NOT suspended", "due, card"))
        else:
            yield from self._kept(self._everything())

    def _kept(self, addresses: Iterator[str]) -> Iterator[QueuedCard]:
        """Those that can be asked and were not asked yet."""
        for address in addresses:
            if address in self._seen or note(address) in self._notes:
                continue
            drawn = self._drawn(address)
            if drawn is not None and self._fits(drawn.card):
                self._seen.add(address)
                if self.wanted.mode is not Mode.CRAM:
                    self._notes.add(note(address))
                yield drawn

    def _fits(self, card: Card) -> bool:
        tags = self.wanted.tags
        return not tags or bool(set(tags) & set(card.question.tags))

    def _due(self) -> Iterator[str]:
        """Most likely forgotten first: recall falls with the days since the last review over the
        stability. Read in handfuls, so that what another window did meanwhile counts."""
        today = self.ledger.today
        reviewed = self._siblings(today)
        passed: set[str] = set()
        handful = HANDFUL
        while True:
            where, values = self._asked_for()
            rows = self.ledger.log.select(
                "SELECT card, CAST(? - day AS REAL) / stability AS faded FROM cards WHERE due <= ? "
                f"AND NOT suspended AND buried < ? {where} ORDER BY faded DESC, card LIMIT ?",
                (today, today, today, *values, handful + len(passed)),
            )
            fresh = [(card, faded) for card, faded in rows if card not in passed]
            if not fresh:
                return
            for card, _ in sorted(fresh, key=lambda pair: (-pair[1], self._tie(pair[0]))):
                passed.add(card)
                row = self.ledger.row(card)
                still = row.due is not None and row.due <= today and not row.suspended
                if still and note(card) not in reviewed:
                    yield card
            handful *= 2  # a thousand cards whose questions are gone are passed in ten looks

    def _siblings(self, today: int) -> set[str]:
        """Notes of which a card was reviewed today: their other cards wait until tomorrow."""
        return reviewed_notes(self.ledger, today)

    def _new(self) -> Iterator[QueuedCard]:
        """Cards never reviewed, in the order of their banks, within the daily limit."""
        self._room = self.new_left()
        if self._room <= 0:
            return
        for id in self.banks.ids():
            for drawn in self._kept(iter(self._fresh_of(id))):
                if not drawn.new or drawn.row.suspended:
                    continue  # another window was faster
                self._room -= 1
                yield drawn
                if self._room <= 0:
                    return

    def _fresh_of(self, bank: str) -> list[str]:
        """The cards of a bank that could be started today, in its order."""
        known, reviewed = self._known_of(bank), self._siblings(self.ledger.today)
        cards = self.banks.cards(bank)
        return [card for card in cards if card not in known and note(card) not in reviewed]

    def fresh(self, *, unseen: bool = False) -> int:
        """How many new cards could be started now, within the daily limit, or are still to come
        in this session (``unseen``); of siblings one counts. Opens the banks."""
        room = self._room if unseen and self._room is not None else self._within_the_day()
        if self.wanted.mode is not Mode.DUE or self.wanted.new == 0 or room <= 0:
            return 0
        notes = {
            note(card)
            for id in self.banks.ids()
            for card in self._fresh_of(id)
            if not (unseen and note(card) in self._notes) and self._fits(self.banks.cards(id)[card])
        }
        return min(room, len(notes))

    def new_left(self) -> int:
        """How many new cards may still be asked today."""
        return self._within_the_day() if self.wanted.new is None else self.wanted.new

    def _within_the_day(self) -> int:
        started = self.ledger.log.count("first = ?", (self.ledger.today,))
        return max(0, self.ledger.plan.new_per_day - started)

    def _known_of(self, bank: str) -> set[str]:
        """Cards of a bank that are not new, or that were put aside before they were asked."""
        today = self.ledger.today
        rows = self.ledger.log.select(
            "SELECT card FROM cards WHERE card > ? AND card < ? "
            "AND (reviews OR suspended OR buried >= ?)",
            (f"{bank}/", f"{bank}0", today),  # "0" follows "/"
        )
        return {card for (card,) in rows}

    def _known(self, where: str, order: str) -> Iterator[str]:
        more, values = self._asked_for()
        rows = self.ledger.log.select(
            f"SELECT card FROM cards WHERE reviews AND {where} {more} ORDER BY {order}", values
        )
        for (card,) in rows:
            yield card

    def _everything(self) -> Iterator[str]:
        """Every card, suspended ones too, in an order of the seed."""
        for id in self.banks.ids():
            yield from sorted(self.banks.cards(id), key=self._tie)

    def _asked_for(self) -> tuple[str, tuple[str, ...]]:
        ids = self.banks.ids()
        return f"AND bank IN ({','.join('?' * len(ids))})", tuple(ids)

    def _tie(self, card: str) -> int:
        """An order that belongs to the seed, for cards that are equally likely forgotten."""
        return crc32(f"{self.ledger.seed}/{card}".encode())

    def left(self) -> int:
        """How many cards are due now and can be asked."""
        today = self.ledger.today
        where, values = self._asked_for()
        if not self.wanted.tags and (due := self.count_due()) > COUNTED:
            return due
        rows = self.ledger.log.select(
            f"SELECT card, bank FROM cards WHERE due <= ? AND NOT suspended AND buried < ? {where}",
            (today, today, *values),
        )
        cards = (self.banks.cards(bank).get(card) for card, bank in rows)
        there = {note(card.address) for card in cards if card is not None and self._fits(card)}
        return len(there - self._siblings(today))

    def behind(self) -> Remaining | None:
        """What comes behind the card that was dealt last; None in practice, which is not counted.

        No bank is opened for due cards, so that one whose question is gone counts; new cards are
        counted when nothing else is due behind it, since they are looked up next.
        """
        if self.wanted.mode is not Mode.DUE:
            return None
        self._open = {card for card in self._open if self._is_due(card)}
        # Which cards have a tag is for their banks to say.
        count = self.left() if self.wanted.tags else self.count_due()
        due = max(0, count - len(self._open.difference(self._back)))
        room = None if self.wanted.limit is None else max(0, self.wanted.limit - self.dealt)
        if room is not None:
            due = min(due, room)
        new = 0 if due or room == 0 else self.fresh(unseen=True)
        return Remaining(due, new if room is None else min(new, room), len(self._failed))

    def passed(self, card: str) -> bool:
        """Whether a card was dealt in this session and can be asked now as it could then."""
        row = self.ledger.row(card)
        fresh = not row.reviews and not row.suspended and row.buried < self.ledger.today
        return card in self._seen and (fresh or self._is_due(card))

    def _is_due(self, card: str) -> bool:
        row, today = self.ledger.row(card), self.ledger.today
        asked = row.due is not None and row.due <= today
        return asked and not row.suspended and row.buried < today

    def count_due(self) -> int:
        """How many cards of these banks can be asked now, those that an edit took included."""
        where, values = self._asked_for()
        today = self.ledger.today
        due = self.ledger.log.count(
            f"due <= ? AND NOT suspended AND buried < ? {where}", (today, today, *values)
        )
        # Of thousands, a few that wait for a sibling make no odds, and looking takes time.
        return due if due > COUNTED else max(0, due - self._waiting())

    def _waiting(self) -> int:
        """How many due cards wait for a sibling, which is asked or was reviewed today."""
        where, values = self._asked_for()
        today = self.ledger.today
        rows = self.ledger.log.select(
            "SELECT card FROM cards WHERE due <= ? AND NOT suspended AND buried < ? "
            f"AND instr(card, '#') {where}",
            (today, today, *values),
        )
        if not rows:
            return 0
        asked = {note(card) for (card,) in rows} - self._siblings(today)
        return len(rows) - len(asked)


def coming(ledger: CardStates, banks: Sequence[str]) -> tuple[int, int] | None:
    """The next day on which a card of these banks is due, in days from today, and how many are;
    None where none is. A card that was put off is due on the day after."""
    rows = ledger.log.select(
        "SELECT max(due, buried + 1) AS next, count(*) FROM cards WHERE next > ? AND NOT suspended "
        f"AND bank IN ({','.join('?' * len(banks))}) GROUP BY next ORDER BY next LIMIT 1",
        (ledger.today, *banks),
    )
    return (int(rows[0][0]) - ledger.today, int(rows[0][1])) if rows else None


def reviewed_notes(ledger: CardStates, today: int) -> set[str]:
    """Notes with several cards of which one was reviewed today; the others wait."""
    rows = ledger.log.select("SELECT card FROM cards WHERE day = ? AND instr(card, '#')", (today,))
    return {note(card) for (card,) in rows}
