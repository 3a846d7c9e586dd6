"""The way back from a copy of the journal."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from quizcli.journal.backups import back_up, folder_of
from quizcli.journal.file import DamagedError, ForeignError, JournalError, explained, no_journal
from quizcli.journal.opening import look_at, open_file, reading

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path


def restore(copy: Path, journal: Path, day: date) -> Path | None:
    """Let a journal hold what a copy holds. What it held is copied before, or where it cannot be
    read any more moved aside; where that lies is returned, None where there was nothing.

    Raises JournalError; then the journal is as it was.
    """
    if not copy.is_file():
        raise JournalError(f"there is no copy {copy} — list them: quizcli doctor")
    if not copy.stat().st_size:  # which SQLite takes for a database that holds nothing
        raise no_journal(copy)
    try:
        look_at(copy)
    except (DamagedError, ForeignError, sqlite3.DatabaseError):
        raise no_journal(copy) from None
    try:
        before = _put_aside(journal, day)
        opened = open_file(journal)
        if opened.unwritable:
            raise JournalError(opened.unwritable)
        with closing(opened.connection) as target, closing(reading(copy)) as source:
            # Over the pages of the file that is there: whoever has it open sees the other content.
            source.backup(target)
        with closing(open_file(journal).connection):
            pass  # a copy of an older schema is migrated
    except sqlite3.Error as error:
        raise explained(error, copy) from None
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise JournalError(f"{journal} cannot be restored: {reason}") from None
    return before


def _put_aside(journal: Path, day: date) -> Path | None:
    """Keep what a journal holds now."""
    if not journal.exists():
        return None
    if not journal.stat().st_size:
        journal.unlink()
        return None
    try:
        look_at(journal)
        with closing(reading(journal)) as connection:
            n = len(list(folder_of(journal).glob("*-before-restore-*"))) + 1
            return back_up(connection, journal, day, f"before-restore-{n}")
    except (JournalError, sqlite3.Error):
        aside = journal.with_name(f"{journal.name}.damaged")
        n = 1
        while aside.exists():
            n += 1
            aside = journal.with_name(f"{journal.name}.damaged-{n}")
        log = journal.with_name(f"{journal.name}-wal")
        if log.exists():
            log.rename(aside.with_name(f"{aside.name}-wal"))
        return journal.rename(aside)
