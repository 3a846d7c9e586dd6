"""The state of a card from what happened to it. Pure: facts in, a state out.

The rule: a state is what :func:`derived` makes of a card's facts, however it came about.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from quizcli.journal.card_states import CardRow
from quizcli.journal.facts import FactKind
from quizcli.quiz.cards import bank_of
from quizcli.scheduling.memory import DEFAULT_PARAMETERS, Memory, Rating

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quizcli.journal.facts import Fact
    from quizcli.scheduling.schedule import Schedule


@lru_cache(maxsize=64)
def schedule(
    parameters: tuple[float, ...], retention: float, maximum: int, fuzz: bool = True
) -> Schedule:
    """The schedule under these wishes; making one checks 21 numbers, so they are kept."""
    from quizcli.scheduling.schedule import Schedule

    return Schedule(parameters, retention, maximum, fuzz)


def memory_of(row: CardRow) -> Memory | None:
    """What the state of a card says of its memory; None where it was never reviewed."""
    if row.stability is None or row.difficulty is None or row.day is None:
        return None
    return Memory(row.stability, row.difficulty, row.day)


def reviewed(
    row: CardRow, fact: Fact, rating: Rating, parameters: tuple[float, ...] = DEFAULT_PARAMETERS
) -> CardRow:
    """The state after a review."""
    plan = schedule(parameters, fact.retention, fact.maximum, fact.fuzz)
    before = memory_of(row)
    count = row.reviews + 1
    memory, due = plan.after(before, rating, fact.day, seed=fact.seed, card=row.card, count=count)
    lapsed = before is not None and rating is Rating.AGAIN
    return row._replace(
        stability=memory.stability,
        difficulty=memory.difficulty,
        day=memory.day,
        due=due,
        first=fact.day if row.first is None else row.first,
        reviews=count,
        lapses=row.lapses + lapsed,
        suspended=row.suspended or (lapsed and is_leech(row.lapses + 1, fact.leech)),
    )


def is_leech(lapses: int, threshold: int) -> bool:
    """Whether a lapse of this number puts the card aside: that of the threshold, and then after
    every half of it again; of eight the eighth, the twelfth. None where it is 0."""
    over = lapses - threshold
    return threshold > 0 and over >= 0 and over % max(1, threshold // 2) == 0


def last_ratings(facts: Sequence[Fact]) -> dict[int, Rating]:
    """The rating that counts of each review that was given another one, by its number."""
    return {f.target or 0: Rating(f.rating or 0) for f in facts if f.did is FactKind.RATE}


def derived(
    card: str, facts: Sequence[Fact], parameters: tuple[float, ...] = DEFAULT_PARAMETERS
) -> CardRow:
    """The state of a card from its facts, those that were undone left out."""
    ratings = last_ratings(facts)
    row = CardRow(card, bank_of(card))
    for fact in in_order(facts):
        match fact.did:
            case FactKind.REVIEW:
                rating = ratings.get(fact.id, Rating(fact.rating or 0))
                row = reviewed(row, fact, rating, parameters)
            case FactKind.SUSPEND:
                row = row._replace(suspended=True)
            case FactKind.RESUME:
                row = row._replace(suspended=False, buried=0)
            case FactKind.BURY:
                row = row._replace(buried=fact.day)
    return row


def in_order(facts: Sequence[Fact]) -> Sequence[Fact]:
    """As they were written; by their times where some came from another journal."""
    if any(fact.origin == "import" or fact.act is not None for fact in facts):
        return sorted(facts, key=lambda fact: (fact.at, fact.id))
    return facts
