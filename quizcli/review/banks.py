"""The banks of a session, opened when a card of theirs comes up."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from quizcli.quiz.cards import Card, addresses, bank_of, gaps_of, question_and_gap

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterator, Sequence

    from quizcli.quiz.model import Bank


class BankCards(Mapping[str, Card]):
    """The cards of a bank by address, in its order; a question is read when its card is looked
    at."""

    def __init__(self, bank: Bank) -> None:
        self._bank = bank
        self._places = {heading.id: at for at, heading in enumerate(bank.headings)}

    def _place(self, address: str) -> int | None:
        id, gap = question_and_gap(address)
        at = self._places.get(id)
        if at is None or bank_of(address) != self._bank.id:
            return None
        return at if gap in gaps_of(self._bank.headings[at]) else None

    def __contains__(self, address: object) -> bool:
        return isinstance(address, str) and self._place(address) is not None

    def __getitem__(self, address: str) -> Card:
        at = self._place(address)
        if at is None:
            raise KeyError(address)
        _, gap = question_and_gap(address)
        return Card(address, self._bank.id, self._bank.questions[at], gap)

    def __iter__(self) -> Iterator[str]:
        return addresses(self._bank)

    def __len__(self) -> int:
        return sum(len(gaps_of(heading)) for heading in self._bank.headings)


class Banks:
    """Banks by id, opened when first asked for. ``shelved`` lists the ids that there are, of which
    some were ``read`` just now; a bank named by its file is handed in. ``opened`` is called with
    each bank whose cards are read."""

    def __init__(
        self,
        open_bank: Callable[[str], Bank | str | None] = lambda _id: "it was not asked for",
        shelved: Sequence[str] = (),
        given: Sequence[Bank] = (),
        opened: Callable[[Bank], None] = lambda _bank: None,
        read: Container[str] = (),
    ) -> None:
        self._read = read
        self._open = open_bank
        self._opened = opened
        self._given = bool(given)
        self._found: dict[str, Bank | None] = {bank.id: bank for bank in given}
        self._ids = list(self._found) or list(shelved)
        self._reasons: dict[str, str] = {}
        self._cards: dict[str, Mapping[str, Card]] = {}

    def bank(self, id: str) -> Bank | None:
        """The bank with this id; None where there is none that can be used."""
        if id not in self._found:
            opened = self._open(id)
            if isinstance(opened, str):
                self._reasons[id] = opened
            self._found[id] = None if isinstance(opened, str) else opened
        return self._found[id]

    def has(self, id: str) -> bool:
        """Whether there is a bank with this id that can be used."""
        return id in self._read or self.bank(id) is not None

    def reason(self, id: str) -> str:
        """Why there is no bank with this id that can be used; "" where there is one."""
        return self._reasons.get(id, "") if self.bank(id) is None else ""

    def ids(self) -> Sequence[str]:
        """The banks that cards come from: those that were named, else those of the shelf."""
        return self._ids

    @property
    def only(self) -> Sequence[str]:
        """The banks that were named; none where all are meant."""
        return self._ids if self._given else []

    def cards(self, id: str) -> Mapping[str, Card]:
        """The cards of a bank by address, in its order; none where there is no such bank."""
        if id not in self._cards:
            bank = self.bank(id)
            if bank is not None:
                self._opened(bank)
            self._cards[id] = BankCards(bank) if bank else {}
        return self._cards[id]

    def retention(self, id: str, own: float) -> float:
        """The retention that the bank with this id asks for, else the learner's own."""
        return retention_of(self.bank(id), own)


def check_tags(banks: Banks, tags: Sequence[str]) -> None:
    """Raises UserError for a tag that no card has."""
    if not tags:
        return
    from quizcli.report.codes import UserError
    from quizcli.report.words import nearest_tag

    known = sorted(
        {
            tag
            for id in banks.ids()
            for card in banks.cards(id).values()
            for tag in card.question.tags
        }
    )
    for tag in tags:
        if tag not in known:
            hint = nearest_tag(tag, known, banks=len(banks.ids()))
            raise UserError(f"no card has the tag '{tag}' — {hint}")


def retention_of(bank: Bank | None, own: float) -> float:
    """The retention that a bank asks for, else the learner's own."""
    return (bank.retention if bank else None) or own
