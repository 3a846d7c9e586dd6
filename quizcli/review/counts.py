"""How much is due: one count for home, statistics, the queue and a session.

The rule: of the cards of one note (the gaps of a text, the two sides of a card) one is asked a day,
and the others wait for the next. A card whose question is gone, that is suspended or put off is not
asked.
"""

from __future__ import annotations

from collections import Counter
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from quizcli.quiz.cards import bank_of, note
from quizcli.review.facts import ALL
from quizcli.review.forecasts import FORECAST_DAYS, Forecast, forecast, within_limits

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from collections.abc import Set as AbstractSet

    from quizcli.quiz.cards import Card
    from quizcli.review.banks import Banks
    from quizcli.review.card_states import CardStates

# More due cards than this are not looked up one by one to be counted.
COUNTED = 1000
# Days of stability from which a card is called known.
KNOWN = 21


class Mode(Enum):
    """What a session is for. Only DUE writes reviews; the others are practice."""

    DUE = "due"
    AHEAD = "ahead"
    CRAM = "cram"


def mode_of(*, ahead: bool, cram: bool) -> Mode:
    """What a session is for. Raises UserError for both kinds of practice at once."""
    from quizcli.report.codes import UserError

    if ahead and cram:
        raise UserError("--ahead and --cram exclude each other — leave out one of them")
    return Mode.AHEAD if ahead else Mode.CRAM if cram else Mode.DUE


class QueueOptions(NamedTuple):
    """What a learner asked of a session: ``new`` overrides the daily limit, ``limit`` counts
    cards."""

    mode: Mode = Mode.DUE
    tags: tuple[str, ...] = ()
    new: int | None = None
    limit: int | None = None


class Unreachable(NamedTuple):
    """Cards of a bank that are due and cannot be asked, and why not."""

    bank: str
    due: int
    why: str


class Progress(NamedTuple):
    """How far a bank's cards are: ``new`` were never reviewed, ``known`` are remembered for
    KNOWN days or more, the others are ``learning``; ``due`` are asked today."""

    title: str
    new: int
    learning: int
    known: int
    due: int


class DueToday(NamedTuple):
    """Cards that are due: those ``asked`` today in their order, and how many are ``put_off`` to
    another day, since the daily limit is reached."""

    asked: tuple[str, ...]
    put_off: int


class QueueCounts:
    """What there is to be asked of the cards of some banks."""

    def __init__(
        self, card_states: CardStates, banks: Banks, options: QueueOptions | None = None
    ) -> None:
        self.card_states = card_states
        self.banks = banks
        self.options = options or QueueOptions()

    def open_all(self) -> None:
        """Open the banks: one that is opened may say that cards have another name now."""
        for id in self.banks.ids():
            self.banks.cards(id)

    def due(self) -> int:
        """How many cards are asked today, those that are not yet. Opens the banks."""
        return len(self.due_today().asked)

    def _within(self, due: int) -> int:
        room = self.due_within_the_day()
        return due if room == ALL else min(due, room)

    def due_today(self) -> DueToday:
        """Of each note with cards that are due one. Opens the banks, and reads all that is due."""
        self.open_all()
        reviewed, by_note = self.reviewed_notes(), dict[str, str]()
        for card, _ in self.card_states.log.most_faded(self.card_states.today, self.banks.ids()):
            if note(card) not in reviewed and self._there(card):
                by_note.setdefault(note(card), card)
        asked = tuple(by_note.values())[: self._within(len(by_note))]
        return DueToday(asked, len(by_note) - len(asked))

    def due_unseen(self, gone: AbstractSet[str] = frozenset()) -> int:
        """The same without a look into the banks, so that a card counts whose question is gone and
        not known to be. Of thousands, a few that wait for a sibling make no odds, and looking takes
        time."""
        log, today, ids = self.card_states.log, self.card_states.today, self.banks.ids()
        due = log.due_count(today, ids) - len(gone)
        if due <= COUNTED:
            due = len(set(map(note, {*log.due(today, ids)} - gone)) - self.reviewed_notes())
        return self._within(due)

    def unreachable(self) -> list[Unreachable]:
        """Cards that are due, and whose bank is not there or cannot be read."""
        log, today, has = self.card_states.log, self.card_states.today, self.banks.has
        if self.banks.only or all(map(has, log.banks_due(today))):
            return []
        self.open_all()  # one of them may have another name now
        missing, found = [id for id in log.banks_due(today) if not has(id)], []
        reviewed = self.reviewed_notes()
        touched = set(map(bank_of, reviewed))
        for id, cards, siblings in log.due_of_each(today, missing):
            wait = siblings or id in touched  # then a card may wait for another
            due = len(set(map(note, log.due(today, [id]))) - reviewed) if wait else cards
            if due:
                found.append(Unreachable(id, due, self.banks.reason(id)))
        return found

    def strayed(self) -> list[str]:
        """Due cards that are no longer in their bank, of each question one: it is gone, or the gap
        is. Of thousands none is looked for: that takes time at each start, and statistics tell
        :meth:`gone`."""
        log, today, ids = self.card_states.log, self.card_states.today, self.banks.ids()
        if log.has_more_due(today, ids, COUNTED):
            return []
        for bank in set(map(bank_of, log.due(today, ids))):
            self.banks.cards(bank)  # it may say that a question has another id now
        by_note: dict[str, str] = {}
        for card in log.due(today, ids):
            there = self.banks.cards(bank_of(card))
            if there and card not in there:
                by_note.setdefault(note(card), card)
        return list(by_note.values())

    def new_banks(self) -> Sequence[str]:
        """The banks that new cards come from: those that were asked for, by name or by a tag, else
        those that were begun, and the only one that there is. A bank that only lies on the shelf
        is not mixed in unasked, and of several none is begun so. Opens the banks."""
        ids = self.banks.ids()
        if self.banks.only or self.options.tags:
            return ids
        self.open_all()  # one that was begun may have another name now
        begun = [id for id in ids if self.card_states.log.is_begun(id)]
        return begun or (ids if len(ids) == 1 else [])

    def new_elsewhere(self) -> list[tuple[str, int]]:
        """The other banks with new cards, and how many could be started; of siblings one counts."""
        if self.options.mode is not Mode.DUE:
            return []
        begun = set(self.new_banks())
        there = [(id, self._new_notes(id)) for id in self.banks.ids() if id not in begun]
        return [(id, len(notes)) for id, notes in there if notes]

    def _new_notes(self, bank: str) -> set[str]:
        return set(map(note, self.new_of(bank)))

    def new(self, today: DueToday) -> int:
        """How many new cards may be started today; of siblings one counts, and none beside one that
        is asked as due. Opens the banks."""
        return self._new_within(self.new_room(), besides=map(note, today.asked))

    def _new_within(self, room: int, besides: Iterable[str] = ()) -> int:
        """The same where there is room for so many; ``besides`` are notes that do not count."""
        if self.options.mode is not Mode.DUE or room <= 0:
            return 0
        besides = set(besides)
        new = 0
        for id in self.new_banks():
            new += min(self.within_the_bank(id), len(self._new_notes(id) - besides))
        return min(room, new)

    def new_put_off(self, today: DueToday) -> int:
        """How many new cards wait for another day, since the limits leave room for none today."""
        if self.options.mode is not Mode.DUE or self.new(today):
            return 0
        return sum(len(self._new_notes(id)) for id in self.new_banks())

    def new_of(self, bank: str) -> list[str]:
        """The cards of a bank that could be started today, in its order."""
        known = set(self.card_states.log.touched(bank, self.card_states.today))
        reviewed = self.reviewed_notes()
        return [
            address
            for address in self.banks.cards(bank)
            if address not in known and note(address) not in reviewed and self._there(address)
        ]

    def new_room(self) -> int:
        """How many new cards may come: as many as were asked for, else what the daily limit leaves
        today."""
        if self.options.new is not None:
            return self.options.new
        begun = self.card_states.log.begun(self.card_states.today)
        return max(0, self.card_states.settings.new_per_day - begun)

    def within_the_bank(self, bank: str) -> int:
        """How many new cards the bank's own limit leaves today; ``--new`` overrides it."""
        opened = self.banks.bank(bank)
        if opened is None or opened.new_per_day is None or self.options.new is not None:
            return ALL
        begun = self.card_states.log.begun_of(bank, self.card_states.today)
        return max(0, opened.new_per_day - begun)

    def due_within_the_day(self) -> int:
        """How many due cards the daily limit leaves today, ALL where there is none."""
        limit = self.card_states.settings.reviews_per_day
        if limit >= ALL:
            return ALL
        return max(0, limit - self.card_states.log.repeated(self.card_states.today))

    def progress(self, today: DueToday) -> list[Progress]:
        """How far the cards of each bank are, of banks that were begun."""
        log, due, found = self.card_states.log, Counter(map(bank_of, today.asked)), []
        for id in self.banks.ids():
            known = [s >= KNOWN for card, s in log.stabilities(id) if self._there(card)]
            bank = self.banks.bank(id)
            if bank and known:
                new, learning = self.unbegun(id), known.count(False)
                found.append(Progress(bank.title, new, learning, sum(known), due[id]))
        return found

    def unbegun(self, bank: str) -> int:
        """How many cards of a bank were never reviewed, those put aside left out: what is
        :meth:`new` today, what waits for a sibling, and what waits for the limits."""
        log = self.card_states.log
        begun = {card for card, _ in log.stabilities(bank)} | set(log.suspended_of(bank))
        return sum(address not in begun for address in filter(self._there, self.banks.cards(bank)))

    def all_unbegun(self) -> int:
        """The same of all banks that new cards come from."""
        return sum(map(self.unbegun, self.new_banks()))

    def gone(self) -> list[str]:
        """The questions that were learned, and that their bank has no longer. Opens the banks."""
        self.open_all()
        found: dict[str, None] = {}
        for id in self.banks.ids():
            there = set(map(note, self.banks.cards(id)))
            learned = map(note, (card for card, _ in self.card_states.log.stabilities(id)))
            found |= dict.fromkeys(each for each in learned if there and each not in there)
        return list(found)

    def suspended(self) -> int:
        """How many cards are put aside. Opens the banks."""
        self.open_all()
        return sum(map(self._there, self.card_states.log.suspended()))

    def forecast(self, days: int = FORECAST_DAYS) -> Forecast:
        """Cards asked a day, today first; what comes of reviewing them, and of new cards, is not
        foreseen. Opens the banks."""
        self.open_all()
        today = self.card_states.today
        dues = []
        for card, due, buried in self.card_states.log.waiting(self.banks.ids()):
            if self._there(card):
                # A card that was put off is asked on the day after.
                day = max(due, buried + 1) if buried >= today else due
                dues.append((note(card), day))
        free = forecast(dues, today, days, self.reviewed_notes())
        limit = self.card_states.settings.reviews_per_day
        return free if limit >= ALL else within_limits(free, self.due_within_the_day(), limit)

    def reviewed_notes(self) -> set[str]:
        """Notes of which a card was reviewed today: its siblings wait."""
        return set(map(note, self.card_states.log.reviewed_on(self.card_states.today)))

    def fits(self, card: Card) -> bool:
        """Whether a card has one of the tags that were asked for."""
        tags = self.options.tags
        return not tags or bool(set(tags) & set(card.question.tags))

    def _there(self, address: str) -> bool:
        cards = self.banks.cards(bank_of(address))
        return address in cards and (not self.options.tags or self.fits(cards[address]))
