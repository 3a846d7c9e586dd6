"""The review log in from a file. What comes in is facts: states follow from them.

What a file does not say, such as the learning day, is told by the zone, the rollover hour and the
settings here. A card that has imported reviews is derived in the order of times: where a clock was
set back between reviews, that is another order than the one in which they were written. An import
is one act, which can be taken back.
"""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from typing import TYPE_CHECKING, NamedTuple

from quizcli.env import timestamp
from quizcli.journal.acts import Act, ActKind, ActTable
from quizcli.journal.facts import Fact, FactKind
from quizcli.quiz.cards import bank_of
from quizcli.scheduling.days import learning_day

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Container

    from quizcli.review.card_states import CardStates
    from quizcli.review.csv_log import LoggedReview


EARLIEST = datetime(1970, 1, 1, tzinfo=UTC)


class Imported(NamedTuple):
    """``added`` reviews of ``cards`` cards are new; ``known`` were in the journal already; so many
    ``others`` are new that suspended cards, put them off or resumed them; ``missing`` are the cards
    of the file that no bank has, ``tells_answers`` whether it says what was answered."""

    added: int
    known: int
    cards: int
    others: int = 0
    missing: tuple[str, ...] = ()
    tells_answers: bool = True


def imported(
    card_states: CardStates,
    reviews: Collection[LoggedReview],
    source: str = "",
    retention_of: Callable[[str, float], float] = lambda _bank, own: own,
    cards_in: Callable[[str], Container[str]] | None = None,
) -> Imported:
    """Add the reviews of a file to the journal, all or none, as one act; what it has is left out.

    A fact is known by its card, under whatever name, its second, and its place among those of that
    very second, so the same file twice adds nothing. ``source`` is the file's name,
    ``retention_of`` gives the retention of a bank by its id and the learner's own, and ``cards_in``
    the cards that it has. Raises JournalError.
    """
    banks = {bank_of(review.card) for review in reviews}
    there = {bank: cards_in(bank) for bank in banks} if cards_in is not None else {}
    names = card_states.log.renames()
    facts: list[Fact] = []
    own = card_states.settings.retention
    seen: Counter[tuple[str, str, str]] = Counter()
    for review in sorted(reviews, key=lambda review: review.time):
        card = names.get(review.card, review.card)
        at = timestamp(review.time)
        place = seen[card, at, review.did]
        seen[card, at, review.did] += 1
        retention = review.retention or retention_of(bank_of(card), own)
        facts.append(_fact(card_states, review._replace(card=card), at, place, retention))
    added = card_states.log.journal.in_one(lambda: _write(card_states, facts, source))
    card_states.refresh()
    cards = {fact.card for fact in facts}
    missing = [card for card in sorted(cards) if card not in there.get(bank_of(card), cards)]
    came, all_of_them = _reviews(added), _reviews(facts)
    return Imported(
        added=len(came),
        known=len(all_of_them) - len(came),
        cards=len({fact.card for fact in came}),
        others=len(added) - len(came),
        missing=tuple(missing),
        tells_answers=all(review.chosen is not None for review in reviews),
    )


def _reviews(facts: list[Fact]) -> list[Fact]:
    return [fact for fact in facts if fact.did is FactKind.REVIEW]


def _write(card_states: CardStates, facts: list[Fact], source: str) -> list[Fact]:
    """Those that the journal has not, as one act, in a transaction."""
    log, env = card_states.log, card_states.env
    new = _unknown(facts, log.times())
    if new:
        at = timestamp(env.clock.now())
        act = ActTable(log.journal).insert(Act(env.random.uid(), ActKind.IMPORT, at, source))
        # One that came before and was taken back has its name still.
        new = [
            fact._replace(uid=env.random.uid() if log.has_uid(fact.uid) else fact.uid, act=act)
            for fact in new
        ]
        log.insert(new)
        log.mark_stale({fact.card for fact in new})
    return new


def impossible(card_states: CardStates, review: LoggedReview) -> str:
    """What cannot be of a review that a file can otherwise say; else "". One that is
    to come may be of a clock that goes before this one, but not of one so far away: it would keep
    its card from being asked for as long."""
    # An address is printed as it is, also into files; no bank has one like that.
    if not review.card.isprintable():
        return "the card's name contains a character that cannot be shown"
    now = card_states.env.clock.now()
    if not EARLIEST <= review.time <= now + timedelta(days=3653):
        return f"time '{review.time:%Y-%m-%d}': a review lies between 1970 and ten years from now"
    if review.day is not None and abs(review.day - review.time.toordinal()) > 2:
        return f"day '{review.day}' is not that of its time {review.time:%Y-%m-%d}"
    return ""


def _unknown(facts: list[Fact], has: Counter[tuple[str, str, str]]) -> list[Fact]:
    """Those facts that the journal has not. A second is fine enough to know them by: other programs
    write no milliseconds."""
    new = []
    for fact in facts:
        known = (fact.card, fact.at[:19], str(fact.did))
        if has[known] > 0:
            has[known] -= 1
        else:
            new.append(fact)
    return new


def _fact(
    card_states: CardStates, review: LoggedReview, at: str, place: int, retention: float
) -> Fact:
    kind = "" if review.did is FactKind.REVIEW else review.did
    name = f"{review.card}\0{at}\0{place}{kind}".encode()
    settings = card_states.settings
    return Fact(
        blake2b(name, digest_size=16).hexdigest(),
        review.card,
        review.did,
        at,
        review.day or learning_day(review.time, card_states.env.zone, settings.rollover),
        rating=None if review.rating is None else int(review.rating),
        milliseconds=review.milliseconds,
        guess=review.guess,
        origin="import",
        seed=review.seed or 0,
        retention=retention,
        maximum=review.maximum or settings.maximum_interval,
        fuzz=settings.fuzz if review.fuzz is None else review.fuzz,
        leech=settings.leech if review.leech is None else review.leech,
        chosen=review.chosen or (),
        variables=review.variables,
    )
