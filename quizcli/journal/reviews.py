"""What happened to cards, written down and read back.

The rule: facts are appended and never changed. A rating that was changed, an undo, a card put
aside: each is one more fact. This file understands neither memory nor schedules.
"""

from __future__ import annotations

import json
from collections import Counter
from itertools import chain
from typing import TYPE_CHECKING, Any

from quizcli.journal.answers import texts, values_of
from quizcli.journal.checks import readable
from quizcli.journal.counted import CountedReviews, ReckonedReview
from quizcli.journal.facts import Fact, FactKind
from quizcli.journal.parameters import ParameterTable
from quizcli.journal.sql import marks, stands, undone

if TYPE_CHECKING:
    from collections.abc import Sequence


_FACT = (
    "uid, card, did, at, day, rating, milliseconds, guess, origin, seed, shown, chosen, digest, "
    "retention, maximum, fuzz, target, act, leech, variables"
)
# By their targets SQLite finds them without a look at all others.
_RATED = "SELECT id, target, rating FROM card_log WHERE target > 0 AND did = 'rate'"
_STANDS = stands("card_log", "f.id")
# What puts cards aside and brings them back: of a million rows no more is looked at to find these.
_MARKS = "f.id IN (SELECT id FROM main.card_log WHERE did IN ('suspend', 'resume', 'bury'))"
# What was done here: what an import or a merge brought is taken back with that as a whole.
_HERE = "f.origin <> 'import' AND f.act IS NULL"
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
            cursor = self.journal.connection.execute(
                f"INSERT INTO main.card_log ({_FACT}) VALUES ({marks(row)})", row
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
        where = f"f.card IN ({marks(names)}) AND f.did <> 'undo' AND {_STANDS}"
        return self._facts(where, names)

    def has_later(self, card: str, at: str) -> bool:
        """Whether something of a card was written down with a later time than this one."""
        names = self.names(card)
        sql = f"SELECT 1 FROM card_log WHERE card IN ({marks(names)}) AND at > ? LIMIT 1"
        return bool(self._rows(sql, (*names, at)))

    def last_fact(self) -> Fact | None:
        """The latest fact that can be undone."""
        undoable = f"f.did NOT IN ('undo', 'rate') AND {_HERE}"
        facts = self._facts(f"{undoable} AND {_STANDS}", (), "DESC LIMIT 1")
        return facts[0] if facts else None

    def last_undo(self) -> tuple[Fact, Fact] | None:
        """The latest undo, with what it took back; None where something was done since."""
        counts = f"f.did <> 'rate' AND {_HERE} AND NOT ({_REDO}) AND {_STANDS}"
        facts = self._facts(counts, (), "DESC LIMIT 1")
        if not facts or facts[0].did is not FactKind.UNDO:
            return None
        return facts[0], self._facts("f.id = ?", (facts[0].target,))[0]

    def all_facts(self) -> list[Fact]:
        """Everything that happened to cards, undos and what they undid included."""
        return self._facts("TRUE", ())

    def forget_wrong(self, cards: Sequence[str]) -> None:
        """Throw away states that make no sense; those of cards that are known by a fact are to be
        derived again."""

        def write() -> None:
            for card in cards:
                self.journal.connection.execute(
                    "DELETE FROM main.cards WHERE CAST(card AS TEXT) = ?", (card,)
                )
            known = set(self._texts("SELECT DISTINCT card FROM card_log"))
            self.mark_stale([card for card in cards if card in known])

        self.journal.in_one(write, derived=True)

    def fact(self, number: int) -> Fact | None:
        """The fact with this number."""
        facts = self._facts("f.id = ?", (number,))
        return facts[0] if facts else None

    def _facts(self, where: str, values: Sequence[Any], order: str = "") -> list[Fact]:
        columns = ", ".join(f"f.{name.strip()}" for name in f"id, {_FACT}".split(","))
        rows = self._rows(
            f"SELECT {columns} FROM card_log AS f WHERE {where} ORDER BY f.id {order}", values
        )
        return self.journal.records("card_log", rows, _fact)

    def latest_milliseconds(self, limit: int) -> list[int]:
        """How long the latest reviews took, those that were taken back left out."""
        rows = self._rows(
            f"SELECT milliseconds FROM card_log AS f WHERE did = 'review' AND {_STANDS} "
            "ORDER BY f.id DESC LIMIT ?",
            (limit,),
        )
        return [int(milliseconds) for (milliseconds,) in rows]

    def times(self) -> Counter[tuple[str, str, str]]:
        """How often something of a kind happened to a card, by its name of today, in a second."""
        names = self.renames()
        times: Counter[tuple[str, str, str]] = Counter()
        for card, second, did, n in self._rows(
            "SELECT card, substr(at, 1, 19) AS second, did, count(*) FROM card_log "
            "WHERE did NOT IN ('undo', 'rate') GROUP BY card, second, did"
        ):
            times[names.get(card, card), second, did] += n
        return times

    def has_uid(self, uid: str) -> bool:
        """Whether a fact has this name, also one that is not read any more."""
        return bool(self._rows("SELECT 1 FROM main.card_log WHERE uid = ?", (uid,)))

    def marks(self) -> list[Fact]:
        """All that put cards aside and brought them back, in order."""
        return self._facts(f"{_MARKS} AND {_STANDS}", ())

    # All of them ----------------------------------------------------------------------------

    def counted(self) -> CountedReviews:
        """All reviews that were not undone."""
        rated = self._rows(_RATED)
        return CountedReviews(
            self.journal,
            self.renames(),
            {target: rating for _, target, rating in sorted(rated)},
            {target for (target,) in self._rows(undone("card_log"))},
            # As deriving.in_order looks at them: undos and what they undid order nothing.
            self._cards(
                "(origin = 'import' OR act IS NOT NULL) AND did <> 'undo' "
                f"AND f.id NOT IN ({undone('card_log')})"
            ),
        )

    def reckoned(self) -> list[ReckonedReview]:
        """The same as plain tuples in the order of the record's fields, each card's in its order:
        they are rows of a million."""
        return list(chain.from_iterable(self.counted().parts(ReckonedReview)))

    def reviews_of(self, act: int) -> int:
        """How many reviews an act brought that were not undone."""
        return self._number(
            "SELECT count(*) FROM card_log AS f "
            f"WHERE f.act = ? AND f.did = 'review' AND {_STANDS}",
            (act,),
        )

    def least_leech(self) -> int:
        """The fewest lapses at which any review would put its card aside; 0 where none would. Of a
        row no more is looked at: one that is left out elsewhere makes no card a leech."""
        return self._number(
            "SELECT coalesce(min(leech), 0) FROM main.card_log "
            f"WHERE leech AND {readable('card_log', ('leech',))}"
        )

    def put_aside(self) -> set[str]:
        """Cards to which something else happened than reviews, by their names of today."""
        return self._cards(f"{_MARKS} AND {_STANDS}")

    def _cards(self, where: str) -> set[str]:
        names = self.renames()
        # The plus keeps SQLite from walking through the index of cards, which is much slower.
        cards = self._texts(f"SELECT +f.card FROM card_log AS f WHERE {where}")
        return {names.get(card, card) for card in cards}


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
        fact.act,
        fact.leech,
        json.dumps(fact.variables, ensure_ascii=False, separators=(",", ":")),
    )


def _fact(row: tuple[Any, ...]) -> Fact:
    fact = Fact._make((*row[1:], row[0]))
    return fact._replace(
        did=FactKind(fact.did),
        guess=bool(fact.guess),
        fuzz=bool(fact.fuzz),
        shown=texts("shown", str(fact.shown)),
        chosen=texts("chosen", str(fact.chosen)),
        variables=values_of("variables", json.loads(str(fact.variables))),
    )
