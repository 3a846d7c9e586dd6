"""Another journal joined with this one: what it has and this one has not, by names that nobody else
draws.

The rule: whatever file is merged first, the journal holds the same afterwards; nothing is there
twice; and all that a file brought is one act, which can be taken back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from quizcli.journal.acts import Act, ActKind, ActTable
from quizcli.journal.attempts import Journal
from quizcli.journal.checks import COLUMNS
from quizcli.journal.file import DamagedError, ForeignError, no_journal
from quizcli.journal.names import NameTable
from quizcli.journal.reviews import CardLog
from quizcli.journal.sql import marks

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

# What a row says by itself, whatever its numbers are here.
_ATTEMPT, _ANSWER, _STEP, _FACT, _PREDICTION = (
    tuple(name for name in COLUMNS[table][1] if name not in {"act", "attempt"})
    for table in ("attempts", "answers", "steps", "card_log", "predictions")
)


class Merged(NamedTuple):
    """How much came; ``longer`` are attempts that have more entries in the other journal."""

    attempts: int
    reviews: int
    cards: int
    regrades: int
    longer: tuple[int, ...] = ()
    predictions: int = 0

    @property
    def any(self) -> bool:
        """Whether anything came."""
        return bool(self.attempts or self.cards or self.regrades or self.predictions)


class Merging:
    """A journal and another one that is joined with it. Raises JournalError, also for a file that
    is none, which is not its owner's journal and need not be moved."""

    def __init__(self, journal: Journal, path: Path) -> None:
        self.journal = journal
        self.log = CardLog(journal)
        if path.exists() and not (path.is_file() and path.stat().st_size):
            raise no_journal(path)
        try:
            self.other = Journal(path, read_only=True)
        except (DamagedError, ForeignError):
            raise no_journal(path) from None
        self.source = path.name

    def run(self, uid: str, at: str) -> Merged:
        """All of it or nothing. ``uid`` and ``at`` are those of the act."""
        try:
            return self.journal.in_one(lambda: self._write(uid, at))
        finally:
            self.other.close()

    def _write(self, uid: str, at: str) -> Merged:
        acts = ActTable(self.journal)
        act = acts.insert(Act(uid, ActKind.MERGE, at, self.source))
        attempts, longer, regrades = self._attempts(act)
        cards = self._facts(act)
        predictions = self._predictions(act)
        self._names(at)
        if not (attempts or cards or regrades or predictions):
            self.journal.connection.execute("DELETE FROM main.acts WHERE id = ?", (act,))
        self.log.mark_stale(cards)
        reviews = self.log.reviews_of(act)
        counts = len(attempts), reviews, len(set(cards)), regrades
        return Merged(*counts, tuple(longer), predictions)

    def _attempts(self, act: int) -> tuple[list[int], list[int], int]:
        """Attempts that are new here, and those of here that went on there; and how many regrades
        came of all others."""
        new, longer, regrades = [], [], 0
        for id, uid in self.other.rows("SELECT id, uid FROM attempts ORDER BY started, uid"):
            known = self.journal.rows("SELECT id FROM main.attempts WHERE uid = ?", (uid,))
            here = known[0][0] if known else self._copy_attempt(id, act)
            if not known:
                new.append(here)
            elif self.journal.attempt(here) is None:
                self._bring_back("attempts", "act", uid, act)
                new.append(here)
            elif self.other.length(id) > self.journal.length(here):
                longer.append(here)
                continue  # what it is worth there is what it came to there
            regrades += self._regrades(id, here, act)
        return new, longer, regrades

    def _copy_attempt(self, id: int, act: int) -> int:
        ((*values,),) = self.other.rows(
            f"SELECT {', '.join(_ATTEMPT)} FROM attempts WHERE id = ?", (id,)
        )
        attempt = self._insert("attempts", (*_ATTEMPT, "act"), (*values, act))
        for table, columns in (("answers", _ANSWER), ("steps", _STEP)):
            for row in self.other.rows(
                f"SELECT {', '.join(columns)} FROM {table} WHERE attempt = ? ORDER BY n", (id,)
            ):
                self._insert(table, (*columns, "attempt"), (*row, attempt))
        return attempt

    def _regrades(self, there: int, here: int, act: int) -> int:
        """Regrades and marks by hand that an attempt has there and not here; how many came."""
        acts, came = ActTable(self.journal), 0
        for regrade in reversed(ActTable(self.other).regrades(there)):
            known = acts.known(regrade.uid)
            if known is None:
                acts.insert(regrade._replace(attempt=here, target=act))
            elif known.target is not None and regrade.uid not in {
                each.uid for each in acts.regrades(here)
            }:
                self._bring_back("acts", "target", regrade.uid, act)
            else:
                continue
            came += 1
        return came

    def _facts(self, act: int) -> list[str]:
        """What happened to cards and is new here, as the card of each. A review that came here in a
        CSV file, or went there in one, has another name and the same card, by whatever name that is
        known here or there, and second."""
        one = self._one_card()
        here = dict(self.journal.rows("SELECT uid, id FROM main.card_log"))
        visible = {uid for (uid,) in self.journal.rows("SELECT uid FROM card_log")}
        imported = self._seconds(one, "origin = 'import'")
        known = self._seconds(one, "TRUE")
        ids: dict[int, int] = {}  # there -> here
        new = []
        for id, *values in self.other.rows(
            f"SELECT id, {', '.join(_FACT)} FROM card_log ORDER BY id"
        ):
            fact = dict(zip(_FACT, values, strict=True))
            second = (one(fact["card"]), fact["did"], fact["at"][:19])
            uid = fact["uid"]
            if uid in here:
                ids[id] = here[uid]
                if uid not in visible:
                    self._bring_back("card_log", "act", uid, act)
                    new.append(fact["card"])
                continue
            same = known if fact["origin"] == "import" else imported
            if second in same:
                ids[id] = same[second]
                continue
            if fact["target"] is not None:
                if fact["target"] not in ids:
                    continue  # what it is about was left out there
                fact["target"] = ids[fact["target"]]
            ids[id] = self._insert("card_log", (*_FACT, "act"), (*fact.values(), act))
            new.append(fact["card"])
        return new

    def _predictions(self, act: int) -> int:
        """How many predictions are new here."""
        here = {uid for (uid,) in self.journal.rows("SELECT uid FROM main.predictions")}
        visible = {uid for (uid,) in self.journal.rows("SELECT uid FROM predictions")}
        new = 0
        for row in self.other.rows(f"SELECT {', '.join(_PREDICTION)} FROM predictions ORDER BY id"):
            if row[0] in visible:
                continue
            if row[0] in here:
                self._bring_back("predictions", "act", row[0], act)
            else:
                self._insert("predictions", (*_PREDICTION, "act"), (*row, act))
            new += 1
        return new

    def _one_card(self) -> Callable[[str], str]:
        """One name for each card, whichever of those that are known here or there it is asked
        by: two renames of one card need not have gone the same way."""
        leads_to: dict[str, str] = {}

        def one(card: str) -> str:
            while card in leads_to:
                card = leads_to[card]
            return card

        for journal in (self.journal, self.other):
            for old, new in NameTable(journal).renames().items():
                if one(old) != one(new):
                    leads_to[one(old)] = one(new)
        return one

    def _seconds(self, one: Callable[[str], str], where: str) -> dict[tuple[str, str, str], int]:
        """What happened here, by its card and its second."""
        rows = self.journal.rows(
            "SELECT card, did, substr(at, 1, 19), id FROM card_log "
            f"WHERE did NOT IN ('undo', 'rate') AND {where}"
        )
        return {(one(card), did, second): id for card, did, second, id in rows}

    def _names(self, at: str) -> None:
        """Former names of cards that are known there."""
        here = NameTable(self.journal).renames()
        for old, new in NameTable(self.other).renames().items():
            if old not in here and old != new and new not in here:
                self.log.rename_within(old, new, at)

    def _bring_back(self, table: str, column: str, uid: str, act: int) -> None:
        """A row that came by an act that was taken back belongs to this act now."""
        self.journal.connection.execute(
            f"UPDATE main.{table} SET {column} = ? WHERE uid = ?", (act, uid)
        )

    def _insert(self, table: str, columns: tuple[str, ...], values: tuple[Any, ...]) -> int:
        cursor = self.journal.connection.execute(
            f"INSERT INTO main.{table} ({', '.join(columns)}) VALUES ({marks(values)})", values
        )
        return int(cursor.lastrowid or 0)
