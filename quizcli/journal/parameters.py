"""The parameters that were learned for the schedule."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from quizcli.journal.names import NameTable

if TYPE_CHECKING:
    from collections.abc import Sequence


COUNT = 21  # of FSRS-6
MOST = 100  # no parameter is learned above it


class ParameterTable(NameTable):
    """The table ``parameters``."""

    def parameters(self) -> tuple[float, ...] | None:
        """The parameters that were learned last, None where none were."""
        rows = self._rows("SELECT id, numbers FROM parameters ORDER BY id DESC LIMIT 1")
        learned = self.journal.records("parameters", rows, _numbers)
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


def _numbers(row: tuple[Any, ...]) -> tuple[float, ...] | None:
    numbers = json.loads(row[1])
    if numbers is None:
        return None
    if len(numbers) != COUNT or not all(
        isinstance(number, int | float) and 0 <= number <= MOST for number in numbers
    ):
        raise ValueError("numbers")
    return tuple(map(float, numbers))
