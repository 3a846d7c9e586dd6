"""Whose history an edit of a bank touches: recorded answers that would be graded otherwise,
and those to questions that are in it no more."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from quizcli.quiz.cards import (
    address,
    addresses,
    bank_ids,
    bank_of,
    id_now,
    note,
    question_and_gap,
    renamed,
)
from quizcli.scores.sheet import kept_sheet

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from quizcli.journal.attempts import Journal
    from quizcli.journal.card_states import CardRow
    from quizcli.quiz.model import Bank


class OtherMarks(NamedTuple):
    """How many recorded answers to a question the bank would give more, less, or points of another
    maximum."""

    question: str
    higher: int
    lower: int
    rescaled: int


class LostCard(NamedTuple):
    """What was answered or reviewed and is in the bank no more. ``by_bank``: only since the bank
    has another id, so that its own ``formerly`` brings it back."""

    address: str
    answers: int
    reviews: int
    by_bank: bool = False


class BankHistory(NamedTuple):
    """What a journal says of a bank: ``attempts`` at it, and what of them and of its cards an
    edited version touches."""

    attempts: int
    marks: tuple[OtherMarks, ...]
    lost: tuple[LostCard, ...]


def bank_history(
    journal: Journal, cards: Iterable[CardRow], bank: Bank, before: Sequence[str] = ()
) -> BankHistory:
    """The history under the ids of a bank and those ``before``. Raises JournalError."""
    ids = tuple(dict.fromkeys((*bank_ids(bank), *before)))
    moved = renamed(bank)
    questions = {heading.id for heading in bank.headings}
    live = set(addresses(bank))
    ours = bank_ids(bank)
    higher, lower, rescaled = Counter[str](), Counter[str](), Counter[str]()
    answers, reviews = Counter[str](), Counter[str]()
    attempts = journal.attempts(ids)
    for attempt in attempts:
        sheet = kept_sheet(journal, attempt, bank)
        for change in sheet.changes:
            than = change.now.points - change.then.points
            (higher if than > 0 else lower if than < 0 else rescaled)[change.question] += 1
        for row in sheet.rows:
            if row.given and not (attempt.bank in ours and row.question in questions):
                answers[f"{attempt.bank}/{row.question}"] += 1
    for card in cards:
        head = note(card.card)
        if card.bank in ids and moved.get(head, head) + card.card[len(head) :] not in live:
            reviews[card.card] = card.reviews
    marks = [
        OtherMarks(id, higher[id], lower[id], rescaled[id])
        for id in sorted({*higher, *lower, *rescaled})
    ]

    def by_bank(card: str) -> bool:
        id, gap = question_and_gap(card)
        return bank_of(card) not in ours and address(bank.id, id_now(bank, id), gap) in live

    lost = [
        LostCard(card, answers[card], reviews[card], by_bank(card))
        for card in sorted({*answers, *reviews})
    ]
    return BankHistory(len(attempts), tuple(marks), tuple(lost))
