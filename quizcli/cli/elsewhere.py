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
from quizcli.report.codes import ExitCode, UserError

if TYPE_CHECKING:
    from collections.abc import Callable, Container

    from quizcli.bank.shelf import Shelf
    from quizcli.journal.attempts import Journal
    from quizcli.quiz.model import Bank


def gone(file: Path) -> str:
    """What helps where a bank's file is gone."""
    return f"{file} is gone — put it back, or if it was moved, type: quizcli review FILE"


class BanksElsewhere:
    """What ids mean of which the shelf has no bank. ``journal`` opens the journal, where there is
    one."""

    def __init__(self, shelf: Shelf, journal: Callable[[], Journal | None]) -> None:
        self._shelf = shelf
        self._journal = journal

    @cached_property
    def files(self) -> dict[str, Path]:
        """The files of banks that were opened by a path and are not on the shelf, by id."""
        with suppress(JournalError):  # what can be done without a journal needs none that is whole
            journal = self._journal()
            known = {} if journal is None else BankFiles(journal).files()
            return {id: Path(file) for id, file in known.items()}
        return {}

    @cached_property
    def files_now(self) -> dict[str, Path]:
        """The same by the id that each bank has now, where it says that it had the one under which
        it is known. Of others no more than the id is read. A file that is gone may be that of a
        package that was installed anew in another place."""
        found = dict[str, Path]()
        for id, known in self.files.items():
            file = known if known.exists() else self._installed.get(id, known)
            now = id
            with suppress(BankError):  # told where a card of it is due
                if file.is_file() and self._shelf.id_in(file) != id:
                    bank = self._shelf.load(file)
                    now = bank.id if id in bank_ids(bank) else id
            found.setdefault(now, file if now == id else self.files.get(now, file))
        return found

    @cached_property
    def _installed(self) -> dict[str, Path]:
        """The files of the shelf and of installed packages, by id."""
        try:
            return self._shelf.with_installed().index().used
        except BankError:  # of a folder that cannot be read
            return {}

    def open(self, error: NoSuchBankError) -> Bank:
        """The bank that the shelf does not have, as :meth:`bank` finds it. Raises BankError for one
        with faults, and what :meth:`file` raises."""
        bank = self.bank(error.name)
        if bank is None:
            self._shelf.load(self.file(error))
            raise error  # the file holds another
        return bank

    def file(self, error: NoSuchBankError) -> Path:
        """The file in which a bank was seen last that the shelf does not have. Raises UserError
        where that is gone, and NoSuchBankError where there was none."""
        id, file = error.name, self.files.get(error.name)
        if file is None:
            known = [*error.known, *(bank.id for bank in self.beside(error.known))]
            raise NoSuchBankError(id, known)
        if not file.exists():
            said = f"no bank on the shelf is called '{id}', and {gone(file)}"
            raise UserError(said, ExitCode.BANK)
        return file

    def usable(self, *, installed: bool = False) -> list[Bank]:
        """Every bank that can be asked for by its id: those of the shelf, with ``installed``
        packages or without, then those that lie elsewhere."""
        shelf = self._shelf.with_installed() if installed else self._shelf
        banks = shelf.usable()
        return [*banks, *self.beside({bank.id for bank in banks})]

    def beside(self, ids: Container[str]) -> list[Bank]:
        """The banks that lie elsewhere and whose ids are none of these."""
        banks = [(id, self.readable(file)) for id, file in self.files_beside(ids).items()]
        return [bank for id, bank in banks if bank is not None and bank.id == id]

    def files_beside(self, ids: Container[str]) -> dict[str, Path]:
        """Their files, as far as these are there still, also those with faults."""
        files = self.files_now.items()
        return {id: file for id, file in files if id not in ids and file.is_file()}

    def bank(self, id: str) -> Bank | None:
        """The bank where it was seen last, else the one that has a new id now."""
        bank = self.readable(self.files.get(id, Path()))
        return bank if bank is not None and id in bank_ids(bank) else self._by_other_ids.get(id)

    @cached_property
    def _by_other_ids(self) -> dict[str, Bank]:
        """Banks by the ids that they had before, those of the shelf first; and those elsewhere by
        the id that they have now."""
        elsewhere = [*filter(None, map(self.readable, self.files.values()))]
        banks = [*self._shelf.usable(), *elsewhere]
        had = {old: bank for bank in reversed(banks) for old in bank.formerly}
        return had | {bank.id: bank for bank in elsewhere}

    def readable(self, file: Path) -> Bank | None:
        """The bank in this file, None where there is none that can be read."""
        with suppress(BankError, OSError):
            return self._shelf.load(file) if file.is_file() else None
        return None
