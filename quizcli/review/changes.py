"""What is done to cards outside a session: taken back, put aside, brought back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizcli.journal.acts import ActKind, ActTable
from quizcli.journal.facts import FactKind
from quizcli.quiz.cards import bank_of, in_bank
from quizcli.report.result import Paragraph, Result
from quizcli.report.times import day
from quizcli.review.queue_view import card_data

if TYPE_CHECKING:
    from quizcli.journal.facts import Fact
    from quizcli.review.banks import Banks
    from quizcli.review.card_states import CardStates


NO_UNDO = "There is nothing to undo."
_NOT_BY_ITSELF = "Reviews from an import or a merge are taken back together: quizcli journal undo"
_ADDS = (ActKind.IMPORT, ActKind.MERGE)
_CALLED = {
    FactKind.REVIEW: "the review",
    FactKind.SUSPEND: "the suspension",
    FactKind.BURY: "the burying",
    FactKind.RESUME: "the resumption",
}
_NO_LONGER = {FactKind.SUSPEND: "suspended", FactKind.BURY: "buried"}


def taken_back(card_states: CardStates) -> Result:
    """Take the latest fact back, and say which it was."""
    fact = card_states.undo()
    if fact is None:
        added = [act for act in ActTable(card_states.log.journal).standing() if act.did in _ADDS]
        words = f"{NO_UNDO} {_NOT_BY_ITSELF}" if added else NO_UNDO
    elif fact.did is FactKind.REVIEW:
        words = f"Undone: {named(fact, card_states)}."
    else:
        words = said_undone(fact, card_states)
    return _told("undone", fact, words, card_states)


def counting_again(card_states: CardStates) -> Result:
    """Let what was taken back last count again, and say which it was."""
    fact = card_states.redo()
    return _told("redone", fact, said_redone(fact, card_states), card_states)


def _told(what: str, fact: Fact | None, words: str, card_states: CardStates) -> Result:
    data = {
        what: None if fact is None else str(fact.did),
        "card": None if fact is None else card_data(card_states.row(fact.card), card_states),
    }
    return Result(data=data, body=(Paragraph(words),))


def said_redone(fact: Fact | None, card_states: CardStates) -> str:
    """What a redo came to."""
    if fact is None:
        return "There is nothing to redo: nothing was undone, or something else was done since."
    return f"Redone: {named(fact, card_states)}."


def named(fact: Fact, card_states: CardStates) -> str:
    """A fact by its name: ``the review of geo/rivers on 26 November``."""
    return f"{_CALLED[fact.did]} of {fact.card} on {day(fact.at, card_states.env.zone, year=False)}"


def said_undone(fact: Fact, card_states: CardStates) -> str:
    """What the undo of a fact came to: the state of the card, where it is that of before."""
    row = card_states.row(fact.card)
    if fact.did is FactKind.RESUME and row.suspended:
        return f"Suspended again: {fact.card}."
    if fact.did in _NO_LONGER and not row.is_aside(card_states.today):
        return f"No longer {_NO_LONGER[fact.did]}: {fact.card}."
    return f"Undone: {_CALLED[fact.did]} of {fact.card}."


def put_aside(card_states: CardStates, banks: Banks, card: str, *, is_suspended: bool) -> Result:
    """Suspend a card, or bring it back. Raises UserError for one that there is not."""
    address = _known(card_states, banks, card)
    row = card_states.row(address)
    away = row.suspended if is_suspended else row.is_aside(card_states.today)
    if away is is_suspended:
        how = "already suspended" if away else "not suspended"
        return Result(body=(Paragraph(f"{address} is {how}; nothing was changed."),))
    card_states.mark(address, FactKind.SUSPEND if is_suspended else FactKind.RESUME)
    words = said_aside(FactKind.SUSPEND, address) if is_suspended else f"Brought back: {address}."
    return Result(body=(Paragraph(words),))


def said_aside(did: FactKind, card: str) -> str:
    """What putting a card aside means, and how it comes back."""
    if did is FactKind.BURY:
        return f"Buried until tomorrow: {card}."
    return f"Suspended. To bring it back:\n{resuming(card)}"


def resuming(card: str) -> str:
    """The command that brings a card back, on a line of its own: it is to be copied."""
    return f"  quizcli review --resume {card}"


def _known(card_states: CardStates, banks: Banks, address: str) -> str:
    """A card of the journal or of the shelf. Raises UserError, with the nearest name."""
    banks.cards(bank_of(address))  # it may say that the question has another id now
    address = card_states.log.name(address)
    if card_states.log.row(address) is not None:
        return address
    known = [card for id in banks.ids() for card in banks.cards(id)]
    if address in known:
        return address
    from quizcli.report.codes import UserError
    from quizcli.report.words import nearest

    # A question by its own id alone is told by its address.
    by_name = {in_bank(card): card for card in reversed(known)} | {c: c for c in known}
    close = nearest(address, by_name)
    hint = f"did you mean '{by_name[close]}'?" if close else "see quizcli review --queue"
    raise UserError(f"there is no card '{address}' — {hint}")
