"""All states derived anew from the facts, at once.

The rule: nothing of the old states is used, and the new ones are those that :func:`derived` makes
one card at a time. Reviews are replayed in batches, since a journal may hold a million of them;
cards that something else happened to, which are few, take the ordinary way.
"""

from __future__ import annotations

from math import isclose
from typing import TYPE_CHECKING, Any, NamedTuple

from quizcli.journal.cards import CardRow, Did, bank_of
from quizcli.review.ledger import LEECH_LAPSES, derived, schedule

if TYPE_CHECKING:
    from collections.abc import Iterable

    from quizcli.review.ledger import Ledger
    from quizcli.review.memory import Memory

# States are sums and powers in another order; a difference below this is rounding.
TOLERANCE = 1e-9


class Review(NamedTuple):
    """One review as it counts: under the card's name of today, with its last rating. ``chosen``
    are the options that were chosen, as JSON; ``milliseconds`` the thinking time; ``fuzz``
    whether the next interval was spread."""

    card: str
    day: int
    rating: int
    seed: int
    retention: float
    maximum: int
    at: str
    milliseconds: int
    guess: bool
    chosen: str
    fuzz: bool


class Rebuilt(NamedTuple):
    """``cards`` were derived from ``reviews``; ``differed`` are those whose state was another."""

    cards: int
    reviews: int
    differed: tuple[str, ...]


def rebuild(ledger: Ledger) -> Rebuilt:
    """Derive every state anew and write them, all or none; a window that reviews meanwhile waits
    for its turn. Raises JournalError."""
    return ledger.log.in_one(lambda: _rebuild(ledger))


def _rebuild(ledger: Ledger) -> Rebuilt:
    reviews, special = reviews_of(ledger)
    rows = {row.card: row for row in replayed(reviews, ledger.parameters)}
    for card in special | {row.card for row in rows.values() if row.lapses >= LEECH_LAPSES}:
        rows[card] = derived(card, ledger.log.facts(card), ledger.parameters)
    before = {row.card: row for row in ledger.log.rows()}
    differed = [
        card for card in rows.keys() | before.keys() if not _same(rows.get(card), before.get(card))
    ]
    ledger.log.drop(before.keys() - rows.keys())
    ledger.log.put(rows.values())
    return Rebuilt(len(rows), len(reviews), tuple(sorted(differed)))


def reviews_of(ledger: Ledger) -> tuple[list[Review], set[str]]:
    """All reviews that were not undone, each card's in its order, under its name of today; and
    the cards to which something else happened as well."""
    log, names = ledger.log, ledger.log.renames()
    undone, rated = set(), {}
    for did, target, rating in log.select(
        "SELECT did, target, rating FROM card_log WHERE target IS NOT NULL ORDER BY id"
    ):
        if did == Did.UNDO:
            undone.add(target)
        else:
            rated[target] = rating
    facts: list[tuple[Any, ...]] = log.select(
        "SELECT id, card, day, rating, seed, retention, maximum, at, milliseconds, guess, chosen, "
        "fuzz FROM card_log WHERE did = 'review' ORDER BY id"
    )
    imported = {
        names.get(card, card)
        for (card,) in log.select("SELECT DISTINCT card FROM card_log WHERE origin = 'import'")
    }
    special = {
        names.get(card, card)
        for id, card in log.select(
            "SELECT id, card FROM card_log WHERE did IN ('suspend', 'resume', 'bury')"
        )
        if id not in undone
    }
    if imported:
        facts.sort(key=lambda f: (f[7] if names.get(f[1], f[1]) in imported else "", f[0]))
    reviews = [
        Review(names.get(card, card), day, rated.get(id, rating), *rest)
        for id, card, day, rating, *rest in facts
        if id not in undone
    ]
    return reviews, special


def replayed(reviews: list[Review], parameters: tuple[float, ...]) -> Iterable[CardRow]:
    """The state of each card after its reviews."""
    if not reviews:
        return
    from quizcli.demos.numeric import np
    from quizcli.review.replay import named, replay

    log, cards = named((review.card, review.day, review.rating) for review in reviews)
    states = replay(log, parameters)
    counts = np.bincount(log.card)
    # A card's first review is no lapse: nothing was known yet.
    first = np.isnan(states.stability_before)
    lapses = np.bincount(log.card[(log.rating == 1) & ~first], minlength=len(cards))
    begun = np.empty(len(cards), np.int64)
    begun[log.card[first]] = np.flatnonzero(first)
    for i, (card, memory) in enumerate(zip(cards, states.memories(log), strict=True)):
        assert memory is not None
        last = reviews[int(states.last[i])]
        count = int(counts[i])
        yield CardRow(
            card,
            bank_of(card),
            memory.stability,
            memory.difficulty,
            memory.day,
            _due(card, memory, last, count, parameters),
            reviews[int(begun[i])].day,
            count,
            int(lapses[i]),
        )


def _due(card: str, memory: Memory, last: Review, count: int, parameters: tuple[float, ...]) -> int:
    plan = schedule(parameters, last.retention, last.maximum, bool(last.fuzz))
    return plan.due(memory, seed=last.seed, card=card, count=count)


def _same(one: CardRow | None, other: CardRow | None) -> bool:
    if one is None or other is None:
        return one is other
    close = all(
        a == b or (a is not None and b is not None and isclose(a, b, rel_tol=TOLERANCE))
        for a, b in ((one.stability, other.stability), (one.difficulty, other.difficulty))
    )
    plain = {"stability": None, "difficulty": None}
    return close and one._replace(**plain) == other._replace(**plain)  # type: ignore[arg-type]
