"""Where banks lie that were opened by a path and are not on the shelf."""

from __future__ import annotations

from quizcli.journal.sql import path_of, path_value
from quizcli.journal.table import Table


class BankFiles(Table):
    """The table ``bank_files``."""

    def remember(self, bank: str, file: str, at: str) -> None:
        """Write down where a bank lies; nothing where that is known already."""
        if self.files().get(bank) == file:
            return
        row = (bank, path_value(file), at)
        self.journal.in_one(
            lambda: self.journal.connection.execute(
                "INSERT OR REPLACE INTO main.bank_files (bank, file, at) VALUES (?,?,?)", row
            ),
            derived=True,
        )

    def files(self) -> dict[str, str]:
        """The file of each bank."""
        rows = self._rows("SELECT bank, file FROM bank_files ORDER BY bank")
        return {bank: path_of(file) for bank, file in rows}
