"""All states derived anew from the facts, at once.

The rule: nothing of the old states is used, and the new ones are those that :func:`derived` makes
one card at a time. Reviews are replayed in batches, since a journal may hold a million of them;
cards that something else happened to, which are few, take the ordinary way.
"""

from __future__ import annotations

from math import isclose
from typing import TYPE_CHECKING, Any, NamedTuple

from quizcli.journal.reviews import CardRow, FactKind, bank_of
from quizcli.review.card_states import LEECH_LAPSES, derived, schedule
from quizcli.scheduling.memory import DEFAULT_PARAMETERS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from quizcli.review.card_states import CardStates

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


def rebuild(ledger: CardStates) -> Rebuilt:
    """Derive every state anew and write them, all or none; a window that reviews meanwhile waits
    for its turn. Raises JournalError."""
    return ledger.log.in_one(lambda: _rebuild(ledger))


def _rebuild(ledger: CardStates) -> Rebuilt:
    log = ledger.log
    ledger.parameters = log.parameters() or DEFAULT_PARAMETERS  # as they hold in here
    reviews = _counted(ledger, _RECKONED)
    rows = {row.card: row for row in replayed(reviews, ledger.parameters)}
    for card in _special(ledger) | {row.card for row in rows.values() if _may_be_leech(row)}:
        rows[card] = derived(card, log.facts(card), ledger.parameters)
    before = {row.card: row for row in log.rows()}
    differed = [
        card for card in rows.keys() | before.keys() if not _same(rows.get(card), before.get(card))
    ]
    log.drop(before.keys() - rows.keys())
    log.put(rows[card] for card in differed if card in rows)
    log.all_derived()
    return Rebuilt(len(rows), len(reviews), tuple(sorted(differed)))


def _may_be_leech(row: CardRow) -> bool:
    """Whether a card failed so often that it may have been put aside."""
    return row.lapses >= LEECH_LAPSES


_RECKONED = "card, day, rating, seed, retention, maximum, fuzz"


def reviews_of(ledger: CardStates) -> list[Review]:
    """All reviews that were not undone, each card's in its order, under its name of today."""
    return list(map(Review._make, _counted(ledger, ", ".join(Review._fields))))


def _counted(ledger: CardStates, columns: str) -> list[tuple[Any, ...]]:
    """The reviews as they count; ``columns`` begin with card, day and rating."""
    log, names = ledger.log, ledger.log.renames()
    undone, rated = set(), {}
    for did, target, rating in log.select(
        "SELECT did, target, rating FROM card_log WHERE target IS NOT NULL ORDER BY id"
    ):
        if did == FactKind.UNDO:
            undone.add(target)
        else:
            rated[target] = rating
    imported = _cards(ledger, "origin = 'import'")
    facts = f"FROM card_log WHERE did = '{FactKind.REVIEW}' ORDER BY id"
    if not (names or undone or rated or imported):
        return log.select(f"SELECT {columns} {facts}")
    found = log.select(f"SELECT id, at, {columns} {facts}")
    if imported:
        found.sort(key=lambda f: (f[1] if names.get(f[2], f[2]) in imported else "", f[0]))
    return [
        (names.get(card, card), day, rated.get(id, rating), *rest)
        for id, _, card, day, rating, *rest in found
        if id not in undone
    ]


def _special(ledger: CardStates) -> set[str]:
    """Cards to which something else happened than reviews."""
    others = f"did IN ('{FactKind.SUSPEND}', '{FactKind.RESUME}', '{FactKind.BURY}')"
    undone = "SELECT 1 FROM card_log AS u WHERE u.target = f.id AND u.did = 'undo'"
    return _cards(ledger, f"{others} AND NOT EXISTS ({undone})")


def _cards(ledger: CardStates, where: str) -> set[str]:
    names = ledger.log.renames()
    # The plus keeps SQLite from walking through the index of cards, which is much slower.
    found = ledger.log.select(f"SELECT +f.card FROM card_log AS f WHERE {where}")
    return {names.get(card, card) for (card,) in found}


def replayed(reviews: list[tuple[Any, ...]], parameters: tuple[float, ...]) -> Iterable[CardRow]:
    """The state of each card after its reviews, which are rows as of ``_RECKONED``."""
    if not reviews:
        return
    from quizcli.numeric import np
    from quizcli.scheduling.replay import named, replay

    log, cards = named(reviews)
    states = replay(log, parameters)
    counts = np.bincount(log.card).tolist()
    # A card's first review is no lapse: nothing was known yet.
    first = np.isnan(states.stability_before)
    lapses = np.bincount(log.card[(log.rating == 1) & ~first], minlength=len(cards)).tolist()
    begun = np.empty(len(cards), np.int64)
    begun[log.card[first]] = log.day[first]
    last, memories = states.last.tolist(), states.memories(log)
    for i, (card, day) in enumerate(zip(cards, begun.tolist(), strict=True)):
        memory, count = memories[i], counts[i]
        assert memory is not None
        _, _, _, seed, retention, maximum, fuzz = reviews[last[i]]
        plan = schedule(parameters, retention, maximum, bool(fuzz))
        due = plan.due(memory, seed=seed, card=card, count=count)
        yield CardRow(card, bank_of(card), *memory, due, day, count, lapses[i])


def _same(one: CardRow | None, other: CardRow | None) -> bool:
    if one is None or other is None:
        return one is other
    if one == other:
        return True
    close = all(
        a == b or (a is not None and b is not None and isclose(a, b, rel_tol=TOLERANCE))
        for a, b in ((one.stability, other.stability), (one.difficulty, other.difficulty))
    )
    plain = {"stability": None, "difficulty": None}
    return close and one._replace(**plain) == other._replace(**plain)  # type: ignore[arg-type]
