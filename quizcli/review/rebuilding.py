"""All states derived anew from the facts, at once.

The rule: nothing of the old states is used, and the new ones are those that :func:`derived` makes
one card at a time. Reviews are replayed in batches, since a journal may hold a million of them;
cards that something else happened to, which are few, take the ordinary way.
"""

from __future__ import annotations

from math import isclose
from typing import TYPE_CHECKING, NamedTuple

from quizcli.journal.card_states import CardRow
from quizcli.quiz.cards import bank_of
from quizcli.review.deriving import derived, schedule
from quizcli.uncollected import uncollected

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from quizcli.journal.counted import ReckonedReview
    from quizcli.journal.reviews import CardLog

# States are sums and powers in another order; a difference below this is rounding.
TOLERANCE = 1e-9


class Rebuilt(NamedTuple):
    """``cards`` were derived from ``reviews``; ``differed`` are those whose state was another."""

    cards: int
    reviews: int
    differed: tuple[str, ...]


@uncollected()
def rebuilt(log: CardLog, parameters: tuple[float, ...]) -> Rebuilt:
    """Derive every state anew and write them; in a transaction of the caller's."""
    reviews = log.reckoned()
    rows = {row.card: row for row in replayed(reviews, parameters)}
    leech = log.least_leech()
    leeches = {row.card for row in rows.values() if leech and row.lapses >= leech}
    for card in log.put_aside() | leeches:
        rows[card] = derived(card, log.facts(card), parameters)
    before = {row.card: row for row in log.rows()}
    differed = [
        card for card in rows.keys() | before.keys() if not _same(rows.get(card), before.get(card))
    ]
    log.drop(before.keys() - rows.keys())
    log.put(rows[card] for card in differed if card in rows)
    log.all_derived()
    return Rebuilt(len(rows), len(reviews), tuple(sorted(differed)))


def replayed(reviews: Sequence[ReckonedReview], parameters: tuple[float, ...]) -> Iterable[CardRow]:
    """The state of each card after its reviews."""
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
    # The day of the review before a card's last one; of none, that of the only one.
    order = np.argsort(log.card, kind="stable")
    ends = np.flatnonzero(np.diff(log.card[order], append=-1))
    before = log.day[order][np.where(np.bincount(log.card) > 1, ends - 1, ends)].tolist()
    last, memories = states.last.tolist(), states.memories(log)
    recalled = (log.rating[states.last] > 1).tolist()
    for i, (card, day) in enumerate(zip(cards, begun.tolist(), strict=True)):
        memory, count = memories[i], counts[i]
        assert memory is not None
        *_, seed, retention, maximum, fuzz = reviews[last[i]]
        plan = schedule(parameters, retention, maximum, bool(fuzz))
        elapsed = memory.day - before[i] if recalled[i] else 0
        due = plan.due(memory, seed=seed, card=card, count=count, elapsed=elapsed)
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
