"""The review log out to a file and in from one. What comes in is facts: states follow from them.

A file has times and no learning days, so days are told anew by the zone and the rollover hour here,
and a card that has imported reviews is derived in the order of times. Where a clock was set back
between reviews, that is another order than the one in which they were written.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from typing import TYPE_CHECKING, NamedTuple

from quizcli.env import timestamp
from quizcli.journal.card_states import bank_of
from quizcli.journal.reviews import Fact, FactKind
from quizcli.review.csv_log import BadLog, LogFault, LoggedReview, as_csv, read_csv
from quizcli.review.times import recorded
from quizcli.scheduling.days import learning_day
from quizcli.scheduling.memory import Rating

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Callable

    from quizcli.review.card_states import CardStates


EARLIEST = datetime(1970, 1, 1, tzinfo=UTC)


class Imported(NamedTuple):
    """``added`` reviews of ``cards`` cards are new; ``known`` were in the journal already."""

    added: int
    known: int
    cards: int


def exported(card_states: CardStates) -> str:
    """The log as CSV, with the states around each review; what was undone is left out."""
    reviews = card_states.log.reviews()
    if not reviews:
        return as_csv([])
    from quizcli.scheduling.replay import named, replay

    log, _ = named((review.card, review.day, review.rating) for review in reviews)
    states = replay(log, card_states.parameters)
    rows = []
    for i, review in enumerate(reviews):
        before = states.stability_before[i], states.difficulty_before[i]
        known = before[0] == before[0]  # NaN at a card's first review
        rows.append(
            LoggedReview(
                review.card,
                Rating(review.rating),
                datetime.fromisoformat(review.at),
                recorded(review.milliseconds),
                bool(review.guess),
                float(before[0]) if known else None,
                float(before[1]) if known else None,
                float(states.stability[i]),
                float(states.difficulty[i]),
            )
        )
    rows.sort(key=lambda row: row.time)
    return as_csv(rows)


def imported(
    card_states: CardStates, text: str, wanted: Callable[[str], float | None] = lambda _bank: None
) -> Imported:
    """Add the reviews of a file to the journal, all or none; those that it has are left out.

    A review is known by its card, under whatever name, its time and its place among those of that
    very moment, so the same file twice adds nothing. ``wanted`` is
    the retention that a bank asks for, by its id. Raises BadLog with every fault, JournalError.
    """
    names = card_states.log.renames()
    facts: list[Fact] = []
    seen: dict[tuple[str, str], int] = {}
    reviews = read_csv(text)
    faults = [
        LogFault(line, what)
        for line, review in enumerate(reviews, 2)
        if (what := _impossible(review, card_states.env.clock.now()))
    ]
    if faults:
        raise BadLog(faults)
    for review in sorted(reviews, key=lambda review: review.time):
        card = names.get(review.card, review.card)
        at = timestamp(review.time)
        place = seen[card, at] = seen.get((card, at), -1) + 1
        retention = wanted(bank_of(card)) or card_states.settings.retention
        facts.append(_fact(card_states, review._replace(card=card), at, place, retention))

    def write() -> list[Fact]:
        new = _unknown(facts, card_states.log.review_times())
        card_states.log.insert(new)
        card_states.log.mark_stale({fact.card for fact in new})
        return new

    added = card_states.log.journal.in_one(write)
    cards = {fact.card for fact in added}
    card_states.refresh()
    return Imported(len(added), len(facts) - len(added), len(cards))


def _impossible(review: LoggedReview, now: datetime) -> str:
    """What cannot be of a review that a file can otherwise say; else "". One that is
    to come may be of a clock that goes before this one, but not of one so far away: it would keep
    its card from being asked for as long."""
    # An address is printed as it is, also into files; no bank has one like that.
    if not review.card.isprintable():
        return "the card's name holds a character that cannot be shown"
    if not EARLIEST <= review.time <= now + timedelta(days=3653):
        return f"time '{review.time:%Y-%m-%d}': a review lies between 1970 and ten years from now"
    return ""


def _unknown(facts: list[Fact], has: Counter[tuple[str, str]]) -> list[Fact]:
    """Those facts that the journal has not."""
    new = []
    for fact in facts:
        if has[fact.card, fact.at] > 0:
            has[fact.card, fact.at] -= 1
        else:
            new.append(fact)
    return new


def _fact(
    card_states: CardStates, review: LoggedReview, at: str, place: int, retention: float
) -> Fact:
    name = f"{review.card}\0{at}\0{place}".encode()
    return Fact(
        blake2b(name, digest_size=16).hexdigest(),
        review.card,
        FactKind.REVIEW,
        at,
        learning_day(review.time, card_states.env.zone, card_states.settings.rollover),
        rating=int(review.rating),
        milliseconds=review.milliseconds,
        guess=review.guess,
        origin="import",
        retention=retention,
        maximum=card_states.settings.maximum_interval,
        fuzz=card_states.settings.fuzz,
    )
