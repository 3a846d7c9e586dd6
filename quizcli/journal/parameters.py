"""The parameters that were learned for the schedule."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from quizcli.journal.names import NameTable

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Checked = Callable[[Sequence[float]], tuple[float, ...]]


class ParameterTable(NameTable):
    """The table ``parameters``."""

    def parameters(self, checked: Checked) -> tuple[float, ...] | None:
        """The parameters that were learned last, None where none were. What ``checked`` raises
        ValueError for, since no schedule can use it, is left out."""

        def usable(row: tuple[Any, ...]) -> tuple[float, ...] | None:
            numbers = json.loads(row[1])
            return None if numbers is None else checked(numbers)

        rows = self._rows("SELECT id, numbers FROM parameters ORDER BY id DESC LIMIT 1")
        learned = self.journal.records("parameters", rows, usable)
        return learned[0] if learned else None

    def learn(self, numbers: Sequence[float] | None, at: str) -> None:
        """Write parameters down; None for the defaults again. All states are to be derived anew."""
        text = json.dumps(list(numbers) if numbers else None)

        def write() -> None:
            self.journal.connection.execute(
                "INSERT INTO main.parameters (at, numbers) VALUES (?, ?)", (at, text)
            )
            self.all_stale()

        self.journal.in_one(write)
