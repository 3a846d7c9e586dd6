"""What the tables about cards have in common: a connection, and errors in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quizcli.journal.attempts import Journal


class Table:
    """A set of named queries over a journal. Every method raises JournalError."""

    def __init__(self, journal: Journal) -> None:
        self.journal = journal
        self._connection = journal.connection

    def _rows(self, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        with self.journal.said():
            return self._connection.execute(sql, tuple(values)).fetchall()

    def _texts(self, sql: str, values: Sequence[Any] = ()) -> list[str]:
        return [str(text) for (text,) in self._rows(sql, values)]

    def _number(self, sql: str, values: Sequence[Any] = ()) -> int:
        with self.journal.said():
            ((number,),) = self._connection.execute(sql, tuple(values)).fetchall()
            return int(number)


def marks(values: Sequence[Any]) -> str:
    """As many question marks as there are values."""
    return ",".join("?" * len(values))
