"""What a run of the program needs, made once and on demand: settings, shelf, journal, style."""

from __future__ import annotations

from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from quizcli.bank.shelf import Shelf
    from quizcli.cli.config_values import ConfigFile
    from quizcli.cli.elsewhere import BanksElsewhere
    from quizcli.env import Environment
    from quizcli.journal.attempts import Attempt, Journal
    from quizcli.journal.facts import Fact
    from quizcli.quiz.model import Bank
    from quizcli.quiz.session import Session
    from quizcli.quiz.steps import Answer, Policy
    from quizcli.review.card_states import CardStates
    from quizcli.review.facts import SchedulerSettings
    from quizcli.scores.sheet import AttemptReplay, Sheet
    from quizcli.settings import Held, Value
    from quizcli.terminal.style import OutputStyle


FAULTS = 5  # of the settings, told at each start


class Context:
    """One run. ``make`` makes the environment when something of it is first asked for."""

    def __init__(self, make: Callable[[], Environment]) -> None:
        self._make = make
        self.asked_plain = False  # by an option before the verb
        self._journal: Journal | None = None
        self._left_out: set[Path] = set()
        self._renamed: set[str] = set()
        self._told_installed = False

    @cached_property
    def env(self) -> Environment:
        """The world outside."""
        return self._make()

    def notice(self, text: str) -> None:
        """A sentence for the person, beside the data: stderr."""
        from quizcli.terminal.safe import neutral

        self.env.stderr.write(f"quizcli: {neutral(text)}\n")
        self.env.stderr.flush()

    def close(self) -> None:
        """Close what was opened."""
        if self._journal is not None:
            journal, self._journal = self._journal, None
            if journal.unreadable:
                self._tell_of(list(map(str, journal.unreadable)))
            if journal.wrote and not journal.unwritable:
                self._back_up(journal)
            journal.close()

    def _back_up(self, journal: Journal) -> None:
        """A copy of the journal once a day, when the day's first changes are done."""
        import sqlite3

        from quizcli.journal.backups import back_up, folder_of

        try:
            back_up(journal.connection, journal.path, self.env.clock.now().date())
        except (OSError, sqlite3.Error) as error:
            folder = folder_of(journal.path)
            self.notice(f"the journal could not be backed up to {folder}: {error}")

    def _tell_of(self, rows: list[str]) -> None:
        """Rows of the journal that were left out."""
        from quizcli.report.words import first_of

        be = "row of the journal is" if len(rows) == 1 else "rows of the journal are"
        self.notice(
            f"{len(rows)} {be} invalid and {'was' if len(rows) == 1 else 'were'} left out: "
            f"{first_of(rows, 3)} — see quizcli doctor"
        )

    # Settings -------------------------------------------------------------------------------

    @cached_property
    def config(self) -> ConfigFile:
        """The file of settings."""
        from quizcli.cli.config_values import ConfigFile

        return ConfigFile(self.env)

    @cached_property
    def settings(self) -> dict[str, Held]:
        """Every setting with its source. Faults of the file are told the first time."""
        values, faults = self.config.held()
        for fault in faults[:FAULTS]:
            self.notice(fault)
        if len(faults) > FAULTS:
            more = len(faults) - FAULTS
            self.notice(f"and {more} more faults in that file: quizcli config list")
        return values

    def setting(self, name: str) -> Value:
        """The value of a setting."""
        return self.settings[name].value

    def plain(self, asked: bool = False) -> bool:
        """Whether output is to be in lines: by an option, the environment, or the settings."""
        from quizcli.terminal.style import wants_plain

        if asked or self.asked_plain:
            return True
        return wants_plain(self.env.variables, otherwise=bool(self.setting("plain")))

    def style(self, *, plain: bool = False) -> OutputStyle:
        """How stdout looks."""
        from quizcli.terminal.style import look_at

        held = self.settings
        # The environment's own word on colour and width is heard where the stream is looked at.
        colour = held["colour"].value if held["colour"].source == "file" else "auto"
        width = held["width"].value if held["width"].source == "file" else 0
        return look_at(
            self.env.stdout,
            self.env.variables,
            plain=self.plain(plain),
            colour=str(colour),
            width=width if isinstance(width, int) else 0,
        )

    @property
    def line_width(self) -> int:
        """How wide lines of plain mode are."""
        return min(self.style(plain=True).width, 80)

    def usual_policy(self, shuffle: bool | None = None) -> Policy:
        """The policy of a quiz or a review that nothing particular is asked of, but to ``shuffle``
        or not."""
        from quizcli.quiz.steps import Policy

        usual, credit = self.setting("shuffle"), self.setting("credit")
        if shuffle is None and isinstance(usual, bool):
            shuffle = usual
        return Policy(shuffle=shuffle, credit=None if credit == "bank" else str(credit))

    # Banks and attempts ---------------------------------------------------------------------

    @cached_property
    def shelf(self) -> Shelf:
        """The learner's own banks, those that come with the program, and of other packages."""
        from quizcli.bank.shelf import shelf_of

        return shelf_of(self.env.paths, self.left_out, self._installed)

    def _installed(self) -> tuple[Path, ...]:
        """The folders with banks of other packages. Packages that registered none are told."""
        import sys

        from quizcli.bank.installed import installed

        folders, faults = installed(tuple(sys.path))
        for fault in faults if not self._told_installed else ():
            self.notice(fault)
        self._told_installed = True
        return folders

    def named_bank(self, name: str) -> Bank:
        """The bank that a person names by its file or its id, on the shelf or where it was seen
        last; or by an id that it had before, which is told. Raises NoSuchBankError or BankError,
        and UserError where its file is gone."""
        return self._told(name, self._bank(name))

    def _bank(self, name: str) -> Bank:
        from quizcli.bank.shelf import NoSuchBankError

        try:
            return self.shelf.open(name)
        except NoSuchBankError as error:
            return self.elsewhere.open(error)

    def _told(self, name: str, bank: Bank) -> Bank:
        """A bank, of which is told once where it was named by an id that it had before."""
        if name in bank.formerly and name not in self._renamed:
            self._renamed.add(name)
            self.notice(f"{name} is now called {bank.id}")
        return bank

    def locate(self, name: str) -> Path:
        """The file of the same bank for who writes it, which may have faults. Raises
        NoSuchBankError, or UserError where it is gone."""
        from quizcli.bank.shelf import NoSuchBankError

        try:
            return self.shelf.locate(name)
        except NoSuchBankError as error:
            bank = self.elsewhere.bank(name)
            if bank is None:
                return self.elsewhere.file(error)
            return Path(self._told(name, bank).file)

    def left_out(self, file: Path) -> None:
        """Tell once that a bank's file cannot be used."""
        from shlex import quote

        if file in self._left_out:
            return
        self._left_out.add(file)
        self.notice(f"{file} has faults and is left out — quizcli bank check {quote(str(file))}")

    @property
    def journal_path(self) -> Path:
        """Where the journal lies."""
        return self.env.paths.data / "journal.sqlite3"

    @property
    def journal(self) -> Journal:
        """The journal, opened; raises JournalError."""
        if self._journal is None:
            from quizcli.journal.attempts import Journal

            self._journal = Journal(self.journal_path)
        return self._journal

    def bank_of(self, attempt: Attempt) -> Bank:
        """The bank of an attempt: the file that was asked from, where that holds it still; else
        what its id means now, on the shelf or where it was seen last; else the bank that had this
        id before. Raises UserError where there is none, BankError for one that cannot be read."""
        from quizcli.bank.shelf import NoSuchBankError
        from quizcli.quiz.cards import bank_ids
        from quizcli.report.codes import ExitCode, UserError

        id = attempt.bank
        bank = self.elsewhere.readable(Path(attempt.bank_file))
        if bank is not None and id in bank_ids(bank):
            return bank
        try:
            return self._bank(id)
        except NoSuchBankError:
            raise UserError(
                f"attempt {attempt.id} needs the bank '{id}' to be graded, and it was not "
                f"found — put its file into {self.shelf.folders[0]}",
                ExitCode.BANK,
            ) from None

    @cached_property
    def elsewhere(self) -> BanksElsewhere:
        """Banks that are not on the shelf."""
        from quizcli.cli.elsewhere import BanksElsewhere

        def journal() -> Journal | None:  # to ask for a name makes none
            return self.journal if self.journal_path.exists() else None

        return BanksElsewhere(self.shelf, journal)

    def sheet_of(self, attempt: Attempt) -> Sheet:
        """The score sheet of an attempt, without words where its bank cannot be read."""
        return self.replayed(attempt).sheet

    def replayed(self, attempt: Attempt) -> AttemptReplay:
        """The same with what can be walked through again."""
        from quizcli.bank.faults import BankError
        from quizcli.report.codes import UserError
        from quizcli.scores.sheet import kept_replay

        bank = None
        with suppress(BankError, UserError):
            bank = self.bank_of(attempt)
        return kept_replay(self.journal, attempt, bank)

    # Memory ---------------------------------------------------------------------------------

    @cached_property
    def scheduler_settings(self) -> SchedulerSettings:
        """What the learner wants of the schedule."""
        from quizcli.review.facts import SchedulerSettings

        whole = ("maximum-interval", "new-per-day", "rollover", "reviews-per-day", "leech")
        interval, new, rollover, reviews, leech = (int(self.setting(name)) for name in whole)
        retention, fuzz = float(self.setting("retention")), bool(self.setting("fuzz"))
        return SchedulerSettings(retention, interval, new, rollover, fuzz, reviews, leech)

    def card_states(self, seed: int = 0) -> CardStates:
        """The cards of the journal, with nothing left to be derived."""
        from quizcli.review.card_states import CardStates

        card_states = CardStates(self.env, self.journal, self.scheduler_settings, seed)
        card_states.refresh()
        return card_states

    def feed(self, session: Session, answers: Sequence[Answer], at: str) -> list[Fact]:
        """The reviews that answers of a quiz are."""
        from quizcli.review.quiz_reviews import facts_of

        return facts_of(self.env, self.scheduler_settings, session, answers, at)
