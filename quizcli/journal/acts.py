"""What the owner of a journal did to it as a whole: imports, merges, regrades, and what was taken
back of them.

The rule: an act is a row, never changed. Taking one back is another act, and so is taking that
back. What an act that was taken back had brought is not read any more, and is still there.
"""

from __future__ import annotations

import json
from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple

from quizcli.journal.sql import stands
from quizcli.journal.table import Table
from quizcli.quiz.grading import RECORDED

if TYPE_CHECKING:
    from quizcli.quiz.model import Rational


class ActKind(StrEnum):
    """What an act is. The words are kept in journals: never change one."""

    IMPORT = "import"
    MERGE = "merge"
    REGRADE = "regrade"
    UNDO = "undo"


class NewMark(NamedTuple):
    """What a question is worth after a regrade."""

    points: Rational
    maximum: Rational
    rule: str

    @property
    def counts(self) -> bool:
        """Whether it is part of a score: what was only recorded is none."""
        return self.rule != RECORDED


class Act(NamedTuple):
    """One act. ``at`` is UTC, ISO 8601; ``reason`` a file's name or a person's words; ``attempt``
    and ``marks`` belong to a regrade. ``target`` is the act that one takes back; of a regrade the
    merge that brought it, with which it is taken back."""

    uid: str
    did: ActKind
    at: str
    reason: str = ""
    attempt: int | None = None
    marks: tuple[tuple[str, NewMark], ...] = ()
    target: int | None = None
    id: int = 0


_STANDS = stands("acts", "a.id")
_COLUMNS = "id, uid, did, at, reason, attempt, marks, target"


class ActTable(Table):
    """The table ``acts``."""

    def insert(self, act: Act) -> int:
        """An act, in a transaction of the caller's; its number."""
        marks = {
            question: [str(mark.points), str(mark.maximum), mark.rule]
            for question, mark in act.marks
        }
        cursor = self.journal.connection.execute(
            "INSERT INTO main.acts (uid, did, at, reason, attempt, marks, target) "
            "VALUES (?,?,?,?,?,?,?)",
            (act.uid, str(act.did), act.at, act.reason, act.attempt,
             json.dumps(marks, separators=(",", ":")), act.target),
        )  # fmt: skip
        return int(cursor.lastrowid or 0)

    def standing(self) -> list[Act]:
        """The acts that can be taken back by themselves and were not, the latest first."""
        return self._acts(f"a.did <> 'undo' AND a.target IS NULL AND {_STANDS}")

    def taken_back(self) -> list[Act]:
        """What stands of taking back, the latest first: each can be taken back itself."""
        return self._acts(
            f"a.did = 'undo' AND {_STANDS} AND EXISTS "
            "(SELECT 1 FROM acts AS t WHERE t.id = a.target AND t.did <> 'undo')"
        )

    def act(self, number: int) -> Act | None:
        """The act with this number."""
        acts = self._acts("a.id = ?", (number,))
        return acts[0] if acts else None

    def known(self, uid: str) -> Act | None:
        """The act with this name, whether it stands or not."""
        acts = self._acts("a.uid = ?", (uid,))
        return acts[0] if acts else None

    def regrades(self, attempt: int) -> list[Act]:
        """The regrades of an attempt that stand, the latest first: as they were written, by their
        times where some came from another journal."""
        with_merge = stands("acts", "a.target")
        found = self._acts(
            f"a.did = 'regrade' AND a.attempt = ? AND {_STANDS} AND {with_merge}", (attempt,)
        )
        if any(act.target for act in found):
            found.sort(key=lambda act: (act.at, act.uid), reverse=True)
        return found

    def _acts(self, where: str, values: tuple[Any, ...] = ()) -> list[Act]:
        columns = ", ".join(f"a.{name}" for name in _COLUMNS.split(", "))
        rows = self._rows(
            f"SELECT {columns} FROM acts AS a WHERE {where} ORDER BY a.id DESC", values
        )
        return self.journal.records("acts", rows, _act)

    def cards_of(self, act: int) -> list[str]:
        """The cards whose facts an act brought."""
        return self._texts("SELECT DISTINCT card FROM main.card_log WHERE act = ?", (act,))


def _act(row: tuple[Any, ...]) -> Act:
    from quizcli.journal.answers import rational
    from quizcli.journal.connection import ColumnError

    id, uid, did, at, reason, attempt, marks, target = row
    for kind, column, value in (("regrade", "attempt", attempt), ("undo", "target", target)):
        if did == kind and value is None:
            raise ColumnError(column)
    new = tuple(
        (question, NewMark(rational(points), rational(maximum), str(rule)))
        for question, (points, maximum, rule) in json.loads(marks).items()
    )
    return Act(uid, ActKind(did), at, reason, attempt, new, target, id)
