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

    def _rows(self, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        return self.journal.rows(sql, values)

    def _texts(self, sql: str, values: Sequence[Any] = ()) -> list[str]:
        return [str(text) for (text,) in self._rows(sql, values)]

    def _number(self, sql: str, values: Sequence[Any] = ()) -> int:
        ((number,),) = self._rows(sql, values)
        return int(number)
