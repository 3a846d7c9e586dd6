"""Banks that the shelf does not have under an id: they lie elsewhere, or have another id now."""

from __future__ import annotations

from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from quizcli.bank.faults import BankError
from quizcli.bank.shelf import NoSuchBankError
from quizcli.journal.bank_files import BankFiles
from quizcli.journal.file import JournalError
from quizcli.quiz.cards import bank_ids

if TYPE_CHECKING:
    from collections.abc import Callable

    from quizcli.bank.shelf import Shelf
    from quizcli.journal.attempts import Journal
    from quizcli.quiz.model import Bank


class BanksElsewhere:
    """What ids mean of which the shelf has no bank. ``journal`` opens the journal, where there is
    one."""

    def __init__(self, shelf: Shelf, journal: Callable[[], Journal | None]) -> None:
        self._shelf = shelf
        self._journal = journal

    @cached_property
    def files(self) -> dict[str, str]:
        """The files of banks that were opened by a path and are not on the shelf, by id."""
        with suppress(JournalError):  # what can be done without a journal needs none that is whole
            journal = self._journal()
            return {} if journal is None else BankFiles(journal).files()
        return {}

    def bank(self, id: str) -> Bank | None:
        """The bank where it was seen last, else the one that has a new id now."""
        bank = self.readable(self.files.get(id, ""))
        return bank if bank is not None and id in bank_ids(bank) else self._by_other_ids.get(id)

    @cached_property
    def _by_other_ids(self) -> dict[str, Bank]:
        """Banks by the ids that they had before, those of the shelf first; and those elsewhere by
        the id that they have now."""
        elsewhere = [*filter(None, map(self.readable, self.files.values()))]
        banks = [*self._shelf.usable(), *elsewhere]
        had = {old: bank for bank in reversed(banks) for old in bank.formerly}
        return had | {bank.id: bank for bank in elsewhere}

    def readable(self, name: str) -> Bank | None:
        """The bank with this id or in this file, None where there is none that can be read."""
        if not name or ("/" in name and not Path(name).is_file()):
            return None
        with suppress(BankError, NoSuchBankError, OSError):
            return self._shelf.open(name)
        return None
