"""What the verbs about memory need to begin with: the ledger, the banks, a card by its name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizcli.cli.config_values import chosen
from quizcli.cli.context import shelf
from quizcli.cli.guard import env

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quizcli.journal.attempts import Journal
    from quizcli.journal.reviews import Fact
    from quizcli.quiz.model import Bank
    from quizcli.quiz.session import Answer, Session
    from quizcli.review.banks import Banks
    from quizcli.review.card_states import CardStates, SchedulerSettings
    from quizcli.review.queue import Mode


def plan() -> SchedulerSettings:
    """What the learner wants of the schedule, by the settings."""
    from quizcli.review.card_states import SchedulerSettings

    return SchedulerSettings(
        float(chosen("retention")),
        int(chosen("maximum-interval")),
        int(chosen("new-per-day")),
        int(chosen("rollover")),
        bool(chosen("fuzz")),
    )


def mode_of(*, ahead: bool, cram: bool) -> Mode:
    """What a session is for. Raises UserError for both kinds of practice at once."""
    from quizcli.report.codes import UserError
    from quizcli.review.queue import Mode

    if ahead and cram:
        raise UserError("--ahead and --cram exclude each other — leave out one of them")
    return Mode.AHEAD if ahead else Mode.CRAM if cram else Mode.DUE


def ledger_of(journal: Journal, seed: int = 0) -> CardStates:
    """The cards of a journal, with nothing left to be derived."""
    from quizcli.review.card_states import CardStates

    ledger = CardStates(env(), journal, plan(), seed)
    ledger.refresh()
    return ledger


def feed(session: Session, answers: Sequence[Answer], at: str) -> list[Fact]:
    """The reviews that answers of a quiz are."""
    from quizcli.review.quiz_reviews import facts_of

    return facts_of(env(), plan(), session, answers, at)


def shelf_banks(ledger: CardStates, names: Sequence[str]) -> Banks:
    """The banks named, or those of the shelf, each opened when it is needed."""
    from quizcli.bank.faults import BankError
    from quizcli.bank.shelf import NoSuchBankError
    from quizcli.quiz.cards import cards_of, renamed
    from quizcli.review.banks import Banks

    shelved = shelf()

    def found(id: str) -> Bank | None:
        try:
            return shelved.open(id)
        except (BankError, NoSuchBankError):
            return None  # its cards wait until it is there again and can be read

    given = [shelved.open(name) for name in names]

    def opened(bank: Bank) -> None:
        ledger.renamed(renamed(bank), [card.address for card in cards_of(bank)])

    return Banks(found, shelved.ids, given, opened)


def check_tags(banks: Banks, tags: Sequence[str]) -> None:
    """Raises UserError for a tag that no card has."""
    if not tags:
        return
    from quizcli.report.codes import UserError
    from quizcli.report.words import did_you_mean

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
            raise UserError(f"no card has the tag '{tag}' — {did_you_mean(tag, known, 'tags are')}")


def known_card(ledger: CardStates, address: str) -> str:
    """A card of the journal or of the shelf. Raises UserError, with the nearest name."""
    banks = shelf_banks(ledger, [])
    row = ledger.log.row(address)
    if row is not None:
        return address
    known = [card for id in banks.ids() for card in banks.cards(id)]
    if address in known:
        return address
    from quizcli.report.codes import UserError
    from quizcli.report.words import did_you_mean

    hint = did_you_mean(address, known, "list them with quizcli review --queue;")
    raise UserError(f"there is no card '{address}' — {hint}")
