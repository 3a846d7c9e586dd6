"""What may happen to the journal's file, in sentences; and a transaction in it."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

# How long one process waits for another to finish its write.
BUSY_SECONDS = 10


class JournalError(Exception):
    """The journal cannot be read or written; the message says what to do about it."""


class DamagedError(JournalError):
    """The file cannot be trusted."""


class ForeignError(JournalError):
    """A database of another program."""


class DisplacedError(Exception):
    """The file of a journal is no longer at its place; what was read from it is still there."""


@contextmanager
def transaction(
    connection: sqlite3.Connection, check: Callable[[], None] | None = None
) -> Iterator[None]:
    """A write transaction: all of it happens, or nothing. What ``check`` raises just before the
    end undoes it."""
    try:
        # Within: a signal may be raised as soon as it has begun, and it must not stay open then.
        connection.execute("BEGIN IMMEDIATE")
        yield
        if check is not None:
            check()
        connection.execute("COMMIT")
    except BaseException:
        # A full disk may have rolled back already; then there is nothing left to undo.
        with suppress(sqlite3.Error):
            connection.execute("ROLLBACK")
        raise


def explained(error: sqlite3.Error | MemoryError, path: Path) -> JournalError:
    """The sentence for what SQLite says."""
    said = str(error)
    if isinstance(error, MemoryError):  # what a damaged row seems to need
        return JournalError(
            f"the journal {path} needs more memory than there is, or it is damaged — "
            "check it: quizcli doctor"
        )
    if any(word in said for word in ("not a database", "malformed", "corrupt", "decode")):
        return damaged(path, said)
    if "full" in said:
        return JournalError(f"the disk is full: {path} cannot grow — free some space, then resume")
    if "locked" in said:
        return JournalError(
            f"another program is using the journal {path} — close it, then try again"
        )
    if "no such column" in said or "no such table" in said:
        return JournalError(f"the journal {path} is not a valid journal ({said}) — move it away")
    return JournalError(unwritable(path, said))


def damaged(path: Path, why: str) -> DamagedError:
    """The sentence for a file that cannot be trusted; the log beside it may hold answers too."""
    from shlex import quote

    log = path.with_name(f"{path.name}-wal")
    moves = [(path, f"{path}.damaged")] + ([(log, f"{path}.damaged-wal")] if log.exists() else [])
    commands = " && ".join(f"mv {quote(str(old))} {quote(new)}" for old, new in moves)
    return DamagedError(
        f"the journal {path} is damaged ({why}), and quizcli leaves it as it is — "
        f"move it away to start a new one: {commands}"
    )


def no_journal(path: Path) -> JournalError:
    """The sentence for a file that was named to be read and cannot be: it is not the learner's own
    journal, and may stay where it is."""
    from quizcli.report.other_files import other_file

    with suppress(OSError):
        if path.is_file():  # a pipe would be waited for
            with path.open("rb") as stream:
                other = other_file(stream.read(4096), str(path), "a journal")
            if other is not None:
                return JournalError(f"{path}: {other.what} — {other.fix}")
    return JournalError(
        f"{path} is not a readable journal — name a file called journal.sqlite3, or a copy of one"
    )


def unwritable(path: Path, why: str) -> str:
    """The sentence for a journal that cannot be written."""
    return (
        f"the journal {path} cannot be written ({why}) — "
        "set QUIZCLI_HOME to a writable folder, for example: QUIZCLI_HOME=~/quizcli"
    )
