"""What happened to cards, written down and read back; and the state of each, derived from it.

The rule: facts are appended and never changed. A rating that was changed, an undo, a card put
aside: each is one more fact. What the facts amount to for one card is in a row of ``cards``,
which may be thrown away and derived again; this file keeps both and understands neither memory
nor schedules.
"""

from __future__ import annotations

import json
from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from quizcli.journal.file import transaction

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from quizcli.journal.attempts import Journal

Wrote = TypeVar("Wrote")


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


class CardRow(NamedTuple):
    """The state of a card: None for what no review has given it yet. ``day`` is that of its last
    review, ``first`` of its first, ``due`` the day from which it is asked again; it is buried up
    to and on the day ``buried``."""

    card: str
    bank: str
    stability: float | None = None
    difficulty: float | None = None
    day: int | None = None
    due: int | None = None
    first: int | None = None
    reviews: int = 0
    lapses: int = 0
    suspended: bool = False
    buried: int = 0


_FACT = (
    "uid, card, did, at, day, rating, milliseconds, guess, origin, seed, shown, chosen, digest, "
    "retention, maximum, fuzz, target"
)
_MARKS = ",".join("?" * len(_FACT.split(",")))
_ROW = "card, bank, stability, difficulty, day, due, first, reviews, lapses, suspended, buried"
_UNDONE = "SELECT 1 FROM card_log AS u WHERE u.target = f.id AND u.did = 'undo'"


def bank_of(card: str) -> str:
    """The bank of a card's address."""
    return card.partition("/")[0]


class CardLog:
    """The cards of a journal. Every method raises JournalError."""

    def __init__(self, journal: Journal) -> None:
        self.journal = journal
        self._connection = journal.connection

    # Facts ----------------------------------------------------------------------------------

    def insert(self, facts: Sequence[Fact]) -> int:
        """The facts alone, in a transaction of the caller's; the number of the first."""
        first = 0
        for fact in facts:
            cursor = self._connection.execute(
                f"INSERT INTO card_log ({_FACT}) VALUES ({_MARKS})",
                _fact_row(fact),
            )
            first = first or int(cursor.lastrowid or 0)
        return first

    def put(self, rows: Iterable[CardRow]) -> None:
        """States, in a transaction of the caller's."""
        self._connection.executemany(
            f"INSERT OR REPLACE INTO cards ({_ROW}) VALUES (?,?,?,?,?,?,?,?,?,?,?)", rows
        )

    def mark_stale(self, cards: Iterable[str]) -> None:
        """Cards whose state is to be derived again before it is next read; in a transaction of
        the caller's."""
        self._connection.executemany(
            "INSERT INTO cards (card, bank, stale) VALUES (?, ?, 1) "
            "ON CONFLICT (card) DO UPDATE SET stale = 1",
            [(card, bank_of(card)) for card in map(self.name, cards)],
        )

    def all_derived(self) -> None:
        """No state is stale any more; in a transaction of the caller's."""
        self._connection.execute("UPDATE cards SET stale = 0 WHERE stale")

    def drop(self, cards: Iterable[str]) -> None:
        """Forget states (not facts), in a transaction of the caller's."""
        self._connection.executemany("DELETE FROM cards WHERE card = ?", [(c,) for c in cards])

    def facts(self, card: str) -> list[Fact]:
        """What happened to a card, under each of its names, in order; undos and what they undid
        left out."""
        names = self.names(card)
        marks = ",".join("?" * len(names))
        where = f"f.card IN ({marks}) AND f.did <> 'undo' AND NOT EXISTS ({_UNDONE})"
        return self._facts(where, names)

    def later(self, card: str, at: str) -> bool:
        """Whether something of a card was written down with a later time than this one."""
        names = self.names(card)
        marks = ",".join("?" * len(names))
        sql = f"SELECT 1 FROM card_log WHERE card IN ({marks}) AND at > ? LIMIT 1"
        return bool(self.select(sql, (*names, at)))

    def last_fact(self) -> Fact | None:
        """The latest fact that can be undone."""
        found = self._facts(
            f"f.did NOT IN ('undo', 'rate') AND f.origin <> 'import' AND NOT EXISTS ({_UNDONE})",
            (),
            "DESC LIMIT 1",
        )
        return found[0] if found else None

    def _facts(self, where: str, values: Sequence[Any], order: str = "") -> list[Fact]:
        columns = ", ".join(f"f.{name.strip()}" for name in f"{_FACT}, id".split(","))
        with self.journal.said():
            rows = self._connection.execute(
                f"SELECT {columns} FROM card_log AS f WHERE {where} ORDER BY f.id {order}",
                tuple(values),
            ).fetchall()
            return [_fact(row) for row in rows]

    # Names ----------------------------------------------------------------------------------

    def rename(self, old: str, new: str, at: str) -> bool:
        """Write down that a card has another name now; False where that is known already."""
        with self.journal.said(), transaction(self._connection):
            known = self._connection.execute(
                "SELECT new FROM card_names WHERE old = ?", (old,)
            ).fetchone()
            if known == (new,):
                return False
            before = self.name(old)
            self._connection.execute(
                "INSERT OR REPLACE INTO card_names (old, new, at) VALUES (?,?,?)", (old, new, at)
            )
            # A name that was given up once, and is taken again.
            self._connection.execute("DELETE FROM card_names WHERE old = ?", (new,))
            self.drop([old])
            self.mark_stale([new, before])
        return True

    def reclaim(self, cards: Iterable[str]) -> None:
        """Names that are cards of their own again; in a transaction of the caller's."""
        former = {old for (old,) in self.select("SELECT old FROM card_names")}
        for card in former.intersection(cards):
            other = self.name(card)
            self._connection.execute("DELETE FROM card_names WHERE old = ?", (card,))
            self.mark_stale([card, other])

    def known(self, note: str) -> list[str]:
        """The names of a note's cards that anything happened to, or that some were given: its own,
        and ``note#gap``."""
        these = (note, f"{note}#", f"{note}$")  # "$" follows "#"
        rows = self.select(
            "SELECT card FROM card_log WHERE card = ? OR (card > ? AND card < ?) "
            "UNION SELECT new FROM card_names WHERE new = ? OR (new > ? AND new < ?)",
            (*these, *these),
        )
        return [card for (card,) in rows]

    def names(self, card: str) -> list[str]:
        """A card's name and those it had before."""
        found = [card]
        for name in found:
            rows = self._connection.execute("SELECT old FROM card_names WHERE new = ?", (name,))
            found += [old for (old,) in rows.fetchall() if old not in found]
        return found

    def name(self, card: str) -> str:
        """The name that a card has today."""
        seen = {card}
        while rows := self.select("SELECT new FROM card_names WHERE old = ?", (card,)):
            if rows[0][0] in seen:
                break
            card = rows[0][0]
            seen.add(card)
        return card

    def renames(self) -> dict[str, str]:
        """Every former name with the card's name today."""
        return {old: self.name(old) for (old,) in self.select("SELECT old FROM card_names")}

    # States ---------------------------------------------------------------------------------

    def row(self, card: str) -> CardRow | None:
        """The state of a card, None where nothing happened to it."""
        found = self.rows("card = ?", (card,))
        return found[0] if found else None

    def rows(self, where: str = "1", values: Sequence[Any] = ()) -> list[CardRow]:
        """The states that a condition of ours selects."""
        with self.journal.said():
            rows = self._connection.execute(f"SELECT {_ROW} FROM cards WHERE {where}", values)
            return [CardRow._make((*row[:9], bool(row[9]), row[10])) for row in rows.fetchall()]

    def stale(self) -> list[str]:
        """The cards whose state is to be derived again."""
        with self.journal.said():
            return [c for (c,) in self._connection.execute("SELECT card FROM cards WHERE stale")]

    def count(self, where: str, values: Sequence[Any] = ()) -> int:
        """How many states a condition of ours selects."""
        with self.journal.said():
            (n,) = self._connection.execute(
                f"SELECT count(*) FROM cards WHERE {where}", tuple(values)
            ).fetchone()
            return int(n)

    def select(self, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Rows of a query of ours."""
        with self.journal.said():
            return self._connection.execute(sql, tuple(values)).fetchall()

    # Parameters -----------------------------------------------------------------------------

    def parameters(self) -> tuple[float, ...] | None:
        """The parameters that were learned last, None where none were."""
        with self.journal.said():
            row = self._connection.execute(
                "SELECT numbers FROM parameters ORDER BY id DESC LIMIT 1"
            ).fetchone()
            numbers = json.loads(row[0]) if row else None
        return tuple(float(number) for number in numbers) if numbers else None

    def learn(self, numbers: Sequence[float] | None, at: str) -> None:
        """Write parameters down; None for the defaults again. All states are to be derived anew."""
        text = json.dumps(list(numbers) if numbers else None)
        with self.journal.said(), transaction(self._connection):
            self._connection.execute(
                "INSERT INTO parameters (at, numbers) VALUES (?, ?)", (at, text)
            )
            self._connection.execute("UPDATE cards SET stale = 1")

    def in_one(self, act: Callable[[], Wrote]) -> Wrote:
        """Run ``act``, which reads and writes, in one transaction, durable on return; nobody else
        writes meanwhile."""
        with self.journal.said(), transaction(self._connection):
            return act()


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
    fact = Fact(*row)
    return fact._replace(
        did=FactKind(fact.did),
        guess=bool(fact.guess),
        fuzz=bool(fact.fuzz),
        shown=tuple(json.loads(str(fact.shown))),
        chosen=tuple(json.loads(str(fact.chosen))),
    )
