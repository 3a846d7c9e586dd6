"""Flashcards: a question is one card, a text with gaps one card a gap.

A card's address is ``BANK/QUESTION``, or ``BANK/QUESTION#GAP``. ``#`` stands in no id, so an
address says by itself what it is; the part before it is the *note*, which siblings share.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizcli.named_tuple import NamedTuple
from quizcli.quiz.kinds import KINDS, kind_of
from quizcli.quiz.model import QuestionHeading
from quizcli.report.words import counted

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from quizcli.quiz.model import Bank, Question
    from quizcli.quiz.steps import Plan

# What a card can be scheduled with: the recall at which it is due, and the most days until then.
# Whatever is read or kept is held to it, so that nothing is kept that no schedule can use.
RETENTION_RANGE = (0.5, 0.99)
MAXIMUM_INTERVAL = 36500


class Card(NamedTuple):
    """One card of a bank; ``gap`` is the id of its gap, empty where the question is the card."""

    address: str
    bank: str
    question: Question
    gap: str = ""


def cards_of(bank: Bank) -> list[Card]:
    """All cards of a bank, in its order."""
    return [card for question in bank.questions for card in cards_in(bank.id, question)]


def cards_in(bank: str, question: Question) -> list[Card]:
    """The cards of one question of the bank with this id."""
    return [
        Card(address(bank, question.id, gap), bank, question, gap)
        for gap in kind_of(question).gaps(question)
    ]


def heading_of(question: Question) -> QuestionHeading:
    """The heading of a question."""
    return QuestionHeading(
        question.id,
        question.kind,
        question.tags,
        question.keyless,
        question.may_fail,
        question.formerly,
        kind_of(question).gaps(question),
    )


def gaps_of(heading: QuestionHeading | Question) -> tuple[str, ...]:
    """The gaps of the cards that a question is."""
    return heading.gaps if isinstance(heading, QuestionHeading) else kind_of(heading).gaps(heading)


def addresses(bank: Bank) -> Iterator[str]:
    """The addresses of all cards of a bank, in its order."""
    for heading in bank.headings:
        for gap in gaps_of(heading):
            yield address(bank.id, heading.id, gap)


def address(bank: str, question: str, gap: str = "") -> str:
    """The address of a card."""
    return f"{bank}/{question}#{gap}" if gap else f"{bank}/{question}"


def bank_of(address: str) -> str:
    """The id of the bank in an address."""
    return address.partition("/")[0]


def in_bank(address: str) -> str:
    """An address without its bank: the question, with the gap."""
    return address.partition("/")[2]


def question_and_gap(address: str) -> tuple[str, str]:
    """The question and the gap, "" for none, in an address."""
    question, _, gap = in_bank(address).partition("#")
    return question, gap


def note(address: str) -> str:
    """The address without its gap: siblings share it."""
    return address.partition("#")[0]


def front(card: Card) -> str:
    """What is asked, as bank text. Of a gap: the text, with ``[…]`` or ``[hint]`` in its place."""
    return kind_of(card.question).front(card.question, card.gap)


def back(card: Card) -> str:
    """The answer, as bank text: the other side, the right options as paragraphs, or the text with
    this gap's answer in brackets (with none where the card names no gap)."""
    return kind_of(card.question).back(card.question, card.gap)


def bank_ids(bank: Bank) -> tuple[str, ...]:
    """The id of a bank and those it had before: what was learned under each of them counts."""
    return (bank.id, *bank.formerly)


def renamed(bank: Bank) -> dict[str, str]:
    """Notes as they were once addressed, each with its address now."""
    headings = [heading for heading in bank.headings if bank.formerly or heading.formerly]
    return {
        f"{of}/{id}": f"{bank.id}/{heading.id}"
        for of in bank_ids(bank)
        for heading in headings
        for id in (heading.id, *heading.formerly)
        if (of, id) != (bank.id, heading.id)
    }


def new_ids(bank: Bank) -> dict[str, str]:
    """Ids that questions had before, each with its id now."""
    return {old: heading.id for heading in bank.headings for old in heading.formerly}


def told_apart(names: Mapping[str, str], asked: Collection[str]) -> dict[str, str]:
    """The new ids of questions that were ``asked`` together, of :func:`new_ids`. Where several of
    them are one question now, that is the one which has its id already, else the first; the others
    keep theirs, as questions that are gone do."""
    found, taken = dict[str, str](), {*asked}
    for id in asked if names else ():
        now = names.get(id)
        if now is not None and now not in taken:
            found[id] = now
            taken.add(now)
    return found


def ids_now(bank: Bank, plan: Plan) -> dict[str, str]:
    """The ids that the questions of an attempt's plan have now, by those of then."""
    return told_apart(new_ids(bank), [id for id, _ in plan])


def id_now(bank: Bank, id: str) -> str:
    """The id of a question that is named by it, or by one that it had before."""
    if any(heading.id == id for heading in bank.headings):
        return id
    return new_ids(bank).get(id, id)


def quizzed(bank: Bank) -> list[Question]:
    """The questions that a quiz asks: all but flashcards."""
    return [bank.questions[at] for at in quizzed_places(bank)]


def quizzed_headings(bank: Bank) -> list[QuestionHeading | Question]:
    """Their headings."""
    headings = bank.headings
    return [headings[at] for at in quizzed_places(bank)]


def quizzed_places(bank: Bank) -> list[int]:
    """Their places in the bank. Of ten thousand of one kind, the kind is asked once."""
    kinds = [heading.kind for heading in bank.headings]
    asked = {kind for kind in {*kinds} if KINDS[kind].quizzed}
    return [at for at, kind in enumerate(kinds) if kind in asked]


def pure(bank: Bank) -> list[Card]:
    """The cards that no quiz asks."""
    return [card for card in cards_of(bank) if not kind_of(card.question).quizzed]


def contents(*banks: Bank) -> str:
    """``10 questions, 4 cards``: what banks hold, what they have none of left out."""
    questions = sum(len(quizzed_headings(bank)) for bank in banks)
    headings = [heading for bank in banks for heading in bank.headings]
    cards = sum(len(gaps_of(each)) for each in headings if not KINDS[each.kind].quizzed)
    parts = [counted(questions, "question")] if questions or not cards else []
    return ", ".join([*parts, counted(cards, "card")] if cards else parts)
