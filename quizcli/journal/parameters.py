"""The parameters that were learned for the schedule."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from quizcli.journal.names import NameTable

if TYPE_CHECKING:
    from collections.abc import Sequence


class ParameterTable(NameTable):
    """The table ``parameters``."""

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

        def write() -> None:
            self._connection.execute(
                "INSERT INTO parameters (at, numbers) VALUES (?, ?)", (at, text)
            )
            self.all_stale()

        self.journal.in_one(write)
