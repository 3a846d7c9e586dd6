"""What happened to cards, written down and read back.

The rule: facts are appended and never changed. A rating that was changed, an undo, a card put
aside: each is one more fact. This file understands neither memory nor schedules.
"""

from __future__ import annotations

import json
from collections import Counter
from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple

from quizcli.journal.parameters import ParameterTable
from quizcli.journal.table import marks

if TYPE_CHECKING:
    from collections.abc import Sequence


class FactKind(StrEnum):
    """What a fact is. The words are kept in journals: never change one."""

    REVIEW = "review"
    RATE = "rate"
    UNDO = "undo"
    SUSPEND = "suspend"
    RESUME = "resume"
    BURY = "bury"


class Fact(NamedTuple):
    """One thing that happened to a card. ``at`` is UTC, ISO 8601; ``day`` the learning day it was
    for the learner; ``target`` the fact that a rating or an undo is about. ``seed`` (of the fuzz,
    where there is ``fuzz``), ``retention`` and ``maximum`` (days) are what the next interval was
    reckoned with, kept so that it can be reckoned again whatever the settings say by then."""

    uid: str
    card: str
    did: FactKind
    at: str
    day: int
    rating: int | None = None
    milliseconds: int = 0
    guess: bool = False
    origin: str = ""
    seed: int = 0
    shown: tuple[str, ...] = ()
    chosen: tuple[str, ...] = ()
    digest: str = ""
    retention: float = 0.9
    maximum: int = 36500
    fuzz: bool = True
    target: int | None = None
    id: int = 0


class ReckonedReview(NamedTuple):
    """One review as it counts: under the card's name of today, with its last rating, and with what
    its next interval is reckoned with."""

    card: str
    day: int
    rating: int
    seed: int
    retention: float
    maximum: int
    fuzz: bool


class ReviewRecord(NamedTuple):
    """The same with everything else that is known of it. ``chosen`` are the options that were
    chosen, as JSON; ``milliseconds`` the thinking time."""

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


_FACT = (
    "uid, card, did, at, day, rating, milliseconds, guess, origin, seed, shown, chosen, digest, "
    "retention, maximum, fuzz, target"
)
# An undo that was itself undone, which is a redo, does not count.
_UNDONE = (
    "SELECT 1 FROM card_log AS u WHERE u.target = f.id AND u.did = 'undo' AND NOT EXISTS "
    "(SELECT 1 FROM card_log AS r WHERE r.target = u.id AND r.did = 'undo')"
)
_REDO = (
    "f.did = 'undo' AND EXISTS "
    "(SELECT 1 FROM card_log AS t WHERE t.id = f.target AND t.did = 'undo')"
)


class CardLog(ParameterTable):
    """The table ``card_log``; and with it all that a journal knows of cards."""

    def insert(self, facts: Sequence[Fact]) -> int:
        """The facts alone, in a transaction of the caller's; the number of the first."""
        first = 0
        for fact in facts:
            row = _fact_row(fact)
            cursor = self._connection.execute(
                f"INSERT INTO card_log ({_FACT}) VALUES ({marks(row)})", row
            )
            first = first or int(cursor.lastrowid or 0)
        return first

    def feed(self, facts: Sequence[Fact]) -> None:
        """Reviews that a quiz made, in a transaction of the caller's: the states follow when they
        are next read."""
        cards = [fact.card for fact in facts]
        self.reclaim(cards)
        self.insert(facts)
        self.mark_stale(cards)

    def facts(self, card: str) -> list[Fact]:
        """What happened to a card, under each of its names, in order; undos and what they undid
        left out."""
        names = self.names(card)
        where = f"f.card IN ({marks(names)}) AND f.did <> 'undo' AND NOT EXISTS ({_UNDONE})"
        return self._facts(where, names)

    def has_later(self, card: str, at: str) -> bool:
        """Whether something of a card was written down with a later time than this one."""
        names = self.names(card)
        sql = f"SELECT 1 FROM card_log WHERE card IN ({marks(names)}) AND at > ? LIMIT 1"
        return bool(self._rows(sql, (*names, at)))

    def last_fact(self) -> Fact | None:
        """The latest fact that can be undone."""
        undoable = "f.did NOT IN ('undo', 'rate') AND f.origin <> 'import'"
        facts = self._facts(f"{undoable} AND NOT EXISTS ({_UNDONE})", (), "DESC LIMIT 1")
        return facts[0] if facts else None

    def last_undo(self) -> tuple[Fact, Fact] | None:
        """The latest undo, with what it took back; None where something was done since."""
        counts = f"f.did <> 'rate' AND NOT ({_REDO}) AND NOT EXISTS ({_UNDONE})"
        facts = self._facts(counts, (), "DESC LIMIT 1")
        if not facts or facts[0].did is not FactKind.UNDO:
            return None
        return facts[0], self._facts("f.id = ?", (facts[0].target,))[0]

    def _facts(self, where: str, values: Sequence[Any], order: str = "") -> list[Fact]:
        columns = ", ".join(f"f.{name.strip()}" for name in f"{_FACT}, id".split(","))
        with self.journal.said():
            rows = self._connection.execute(
                f"SELECT {columns} FROM card_log AS f WHERE {where} ORDER BY f.id {order}",
                tuple(values),
            ).fetchall()
            return [_fact(row) for row in rows]

    def latest_milliseconds(self, limit: int) -> list[int]:
        """How long the latest reviews took."""
        rows = self._rows(
            "SELECT milliseconds FROM card_log WHERE did = 'review' ORDER BY id DESC LIMIT ?",
            (limit,),
        )
        return [int(milliseconds) for (milliseconds,) in rows]

    def review_times(self) -> Counter[tuple[str, str]]:
        """How many reviews there are of a card, by its name of today, at a moment."""
        names = self.renames()
        times: Counter[tuple[str, str]] = Counter()
        for card, at, n in self._rows(
            "SELECT card, at, count(*) FROM card_log WHERE did = 'review' GROUP BY card, at"
        ):
            times[names.get(card, card), at] += n
        return times

    # All of them ----------------------------------------------------------------------------

    def reckoned(self) -> list[ReckonedReview]:
        """All reviews that were not undone, each card's in its order. They are rows of a million,
        and so plain tuples in the order of the record's fields."""
        return self._counted(_RECKONED)

    def reviews(self) -> list[ReviewRecord]:
        """The same with everything that is known of them."""
        return list(map(ReviewRecord._make, self._counted(_RECORD)))

    def put_aside(self) -> set[str]:
        """Cards to which something else happened than reviews, by their names of today."""
        others = "did IN ('suspend', 'resume', 'bury')"
        return self._cards(f"{others} AND NOT EXISTS ({_UNDONE})")

    def _counted(self, columns: str) -> list[Any]:
        """The reviews as they count; ``columns`` begin with card, day and rating."""
        names = self.renames()
        undos, rated = {}, {}
        for id, did, target, rating in self._rows(
            "SELECT id, did, target, rating FROM card_log WHERE target IS NOT NULL ORDER BY id"
        ):
            if did == FactKind.UNDO:
                undos[id] = target
            else:
                rated[target] = rating
        redone = set(undos.values())
        undone = {target for id, target in undos.items() if id not in redone}
        imported = self._cards("origin = 'import'")
        reviews = "FROM card_log WHERE did = 'review' ORDER BY id"
        if not (names or undone or rated or imported):
            return self._rows(f"SELECT {columns} {reviews}")
        rows = self._rows(f"SELECT id, at, {columns} {reviews}")
        if imported:
            rows.sort(key=lambda f: (f[1] if names.get(f[2], f[2]) in imported else "", f[0]))
        return [
            (names.get(card, card), day, rated.get(id, rating), *rest)
            for id, _, card, day, rating, *rest in rows
            if id not in undone
        ]

    def _cards(self, where: str) -> set[str]:
        names = self.renames()
        # The plus keeps SQLite from walking through the index of cards, which is much slower.
        cards = self._texts(f"SELECT +f.card FROM card_log AS f WHERE {where}")
        return {names.get(card, card) for card in cards}


_RECKONED = ", ".join(ReckonedReview._fields)
_RECORD = ", ".join(ReviewRecord._fields)


def _fact_row(fact: Fact) -> tuple[Any, ...]:
    return (
        fact.uid,
        fact.card,
        str(fact.did),
        fact.at,
        fact.day,
        fact.rating,
        fact.milliseconds,
        int(fact.guess),
        fact.origin,
        fact.seed,
        json.dumps(fact.shown, separators=(",", ":")),
        json.dumps(fact.chosen, separators=(",", ":")),
        fact.digest,
        fact.retention,
        fact.maximum,
        int(fact.fuzz),
        fact.target,
    )


def _fact(row: tuple[Any, ...]) -> Fact:
    """A row as a record, checked."""
    fact = Fact(*row)
    return fact._replace(
        did=FactKind(fact.did),
        guess=bool(fact.guess),
        fuzz=bool(fact.fuzz),
        shown=tuple(json.loads(str(fact.shown))),
        chosen=tuple(json.loads(str(fact.chosen))),
    )
