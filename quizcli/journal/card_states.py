"""The state of each card, derived from what happened to it. It may be thrown away."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from quizcli.journal.checks import readable
from quizcli.journal.sql import marks
from quizcli.journal.table import Table
from quizcli.quiz.cards import bank_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


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

    @property
    def is_new(self) -> bool:
        """Whether it was never reviewed."""
        return self.reviews == 0

    def is_aside(self, today: int) -> bool:
        """Whether it is not asked, be it due or new: it is suspended, or put off."""
        return self.suspended or self.buried >= today

    def is_due(self, today: int) -> bool:
        """Whether it can be asked again; what SQL says of it is ``_DUE``."""
        return self.due is not None and self.due <= today and not self.is_aside(today)


class DueCard(NamedTuple):
    """A card that can be asked: ``faded`` are the days since its last review over its stability,
    by which the chance falls that it is recalled."""

    card: str
    faded: float


class Waiting(NamedTuple):
    """A card that is asked again: from its day ``due`` on, and not before the day ``buried`` is
    over."""

    card: str
    due: int
    buried: int


_ROW = "card, bank, stability, difficulty, day, due, first, reviews, lapses, suspended, buried"
# Of a hundred thousand cards that may be due, the index holds all that is needed to count them and
# to find the first few; these alone are looked at. What is due was reviewed: nothing is missing.
_INDEXED = ("card", "bank", "stability", "day", "due", "suspended", "buried")
_READABLE = readable("cards", _INDEXED).replace("NOT reviews", "FALSE")
_NAMED = readable("cards", ("card",))
# Of many, that they are not CardRow.is_aside; and CardRow.is_due: the day twice, then the banks.
_ASKED = "NOT suspended AND buried < ?"
_DUE = f"due <= ? AND {_ASKED}"


def _state(row: tuple[Any, ...]) -> CardRow:
    return CardRow._make((*row[:9], bool(row[9]), row[10]))


class StateTable(Table):
    """The table ``cards``."""

    def put(self, rows: Iterable[CardRow]) -> None:
        """States, in a transaction of the caller's."""
        self.journal.connection.executemany(
            f"INSERT OR REPLACE INTO main.cards ({_ROW}) VALUES (?,?,?,?,?,?,?,?,?,?,?)", rows
        )

    def drop(self, cards: Iterable[str]) -> None:
        """Forget states (not facts), in a transaction of the caller's."""
        self.journal.connection.executemany(
            "DELETE FROM main.cards WHERE card = ?", [(c,) for c in cards]
        )

    def _put_stale(self, cards: Sequence[str]) -> None:
        self.journal.connection.executemany(
            "INSERT INTO main.cards (card, bank, stale) VALUES (?, ?, 1) "
            "ON CONFLICT (card) DO UPDATE SET stale = 1",
            [(card, bank_of(card)) for card in cards],
        )

    def all_stale(self) -> None:
        """Every state is to be derived again; in a transaction of the caller's."""
        self.journal.connection.execute("UPDATE main.cards SET stale = 1")

    def all_derived(self) -> None:
        """No state is stale any more; in a transaction of the caller's."""
        self.journal.connection.execute("UPDATE main.cards SET stale = 0 WHERE stale")

    def stale(self) -> list[str]:
        """The cards whose state is to be derived again."""
        return self._texts("SELECT card FROM cards WHERE stale")

    def is_stale(self, card: str) -> bool:
        """Whether the state of a card is to be derived again."""
        return bool(self._rows("SELECT 1 FROM cards WHERE card = ? AND stale", (card,)))

    def row(self, card: str) -> CardRow | None:
        """The state of a card, None where nothing happened to it."""
        states = self._states("WHERE card = ?", (card,))
        return states[0] if states else None

    def rows(self) -> list[CardRow]:
        """All states."""
        return self._states("")

    def reviewed(self) -> list[CardRow]:
        """The states of all cards that were reviewed."""
        return self._states("WHERE reviews")

    def _states(self, where: str, values: Sequence[Any] = ()) -> list[CardRow]:
        return list(map(_state, self._rows(f"SELECT {_ROW} FROM cards {where}", values)))

    # What is due ----------------------------------------------------------------------------

    def due(self, today: int, banks: Sequence[str]) -> list[str]:
        """The cards of some banks that can be asked."""
        where = f"{_DUE} AND bank IN ({marks(banks)})"
        return self._texts(f"SELECT card FROM cards WHERE {where}", (today, today, *banks))

    def due_count(self, today: int, banks: Sequence[str]) -> int:
        """How many cards of some banks can be asked."""
        where = f"{_DUE} AND bank IN ({marks(banks)})"
        return self._number(
            f"SELECT count(*) FROM main.cards WHERE {where}", (today, today, *banks)
        )

    def has_more_due(self, today: int, banks: Sequence[str], than: int) -> bool:
        """Whether more cards of some banks can be asked; no more are looked at than say it."""
        where = f"{_DUE} AND bank IN ({marks(banks)}) LIMIT -1 OFFSET ?"
        sql = f"SELECT EXISTS (SELECT 1 FROM main.cards WHERE {where})"
        return bool(self._number(sql, (today, today, *banks, than)))

    def due_of_each(self, today: int, banks: Sequence[str]) -> list[tuple[str, int, bool]]:
        """Of each of some banks how many cards can be asked, where any can, and whether one of them
        has siblings."""
        return self._rows(
            "SELECT bank, count(*), max(instr(card, '#')) > 0 FROM main.cards "
            f"WHERE {_DUE} AND bank IN ({marks(banks)}) GROUP BY bank",
            (today, today, *banks),
        )

    def banks_due(self, today: int) -> list[str]:
        """The banks of cards that can be asked, also those that are not there."""
        # The index leads from one bank to the next, and in each to the first card that is due.
        each = "(SELECT min(bank) FROM main.cards{})"
        return self._texts(
            f"WITH RECURSIVE each(bank) AS (SELECT {each.format('')} UNION ALL "
            f"SELECT {each.format(' AS next WHERE next.bank > each.bank')} FROM each "
            "WHERE each.bank IS NOT NULL) SELECT bank FROM each WHERE EXISTS "
            f"(SELECT 1 FROM main.cards AS card WHERE card.bank = each.bank AND {_DUE})",
            (today, today),
        )

    def most_faded(self, today: int, banks: Sequence[str], limit: int = -1) -> list[DueCard]:
        """The cards that can be asked and are most likely forgotten, the most likely first; all of
        them where no limit is said."""
        where = f"{_DUE} AND bank IN ({marks(banks)})"
        rows = self._rows(
            f"SELECT card, faded FROM (SELECT {', '.join(_INDEXED)}, "
            f"CAST(? - day AS REAL) / stability AS faded FROM main.cards WHERE {where} "
            f"ORDER BY faded DESC, card LIMIT ?) WHERE {_READABLE} ORDER BY faded DESC, card",
            (today, today, today, *banks, limit),
        )
        return list(map(DueCard._make, rows))

    def stabilities(self, bank: str) -> list[tuple[str, float]]:
        """The cards of a bank that were reviewed, each with its stability in days."""
        return self._rows("SELECT card, stability FROM cards WHERE bank = ? AND reviews", (bank,))

    def later(self, today: int, banks: Sequence[str]) -> list[str]:
        """The reviewed cards of some banks that are due after today and not put aside, the next one
        first."""
        where = f"reviews AND due > ? AND {_ASKED} AND bank IN ({marks(banks)})"
        return self._texts(
            f"SELECT card FROM cards WHERE {where} ORDER BY due, card", (today, today, *banks)
        )

    def waiting(self, banks: Sequence[str]) -> list[Waiting]:
        """The cards of some banks that are asked again some day, those of today included."""
        where = f"due IS NOT NULL AND NOT suspended AND bank IN ({marks(banks)})"
        rows = self._rows(f"SELECT card, due, buried FROM cards WHERE {where}", banks)
        return list(map(Waiting._make, rows))

    def touched(self, bank: str, today: int) -> list[str]:
        """The cards of a bank that are not new, or that were put aside before they were asked."""
        return self._texts(
            "SELECT card FROM main.cards WHERE card > ? AND card < ? "
            f"AND (reviews OR suspended OR buried >= ?) AND {_NAMED}",
            (f"{bank}/", f"{bank}0", today),  # "0" follows "/"
        )

    def suspended(self) -> list[str]:
        """The cards that are put aside."""
        return self._texts("SELECT card FROM cards WHERE suspended")

    def suspended_of(self, bank: str) -> list[str]:
        """The cards of a bank that are put aside."""
        return self._texts("SELECT card FROM cards WHERE suspended AND bank = ?", (bank,))

    def begun(self, day: int) -> int:
        """How many cards were reviewed for the first time on a day."""
        return self._number("SELECT count(*) FROM cards WHERE first = ?", (day,))

    def begun_of(self, bank: str, day: int) -> int:
        """How many cards of a bank were reviewed for the first time on a day."""
        return self._number("SELECT count(*) FROM cards WHERE first = ? AND bank = ?", (day, bank))

    def is_begun(self, bank: str) -> bool:
        """Whether any card of a bank was reviewed."""
        return bool(self._rows("SELECT 1 FROM cards WHERE bank = ? AND reviews LIMIT 1", (bank,)))

    def has_any(self, bank: str) -> bool:
        """Whether anything happened to a card of a bank, be its state derived yet or not."""
        return bool(self._rows("SELECT 1 FROM cards WHERE bank = ? LIMIT 1", (bank,)))

    def repeated(self, day: int) -> int:
        """How many cards were reviewed on a day and not for the first time."""
        return self._number("SELECT count(*) FROM cards WHERE day = ? AND first < ?", (day, day))

    def reviewed_on(self, day: int) -> list[str]:
        """The cards that were reviewed last on a day."""
        return self._texts("SELECT card FROM cards WHERE day = ?", (day,))
