"""Opening the journal's file: created, migrated forward, or refused with a sentence.

The rule: a file that is not ours, newer than we are, or damaged is never written to.
"""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from quizcli.journal.schema import APPLICATION_ID, MIGRATIONS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# How long one process waits for another to finish its write.
BUSY_MILLISECONDS = 10_000


class JournalError(Exception):
    """The journal cannot be read or written; the message says what to do about it."""


def connect(path: Path) -> sqlite3.Connection:
    """A connection to the journal at ``path``, which is made or migrated where need be.

    Autocommit: transactions are opened by hand. WAL with full sync, so that a committed answer
    survives a crash of the machine. Raises JournalError.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise JournalError(_unwritable(path, error.strerror or str(error))) from None
    connection = None
    try:
        connection = sqlite3.connect(path, isolation_level=None, timeout=BUSY_MILLISECONDS / 1000)
        _refuse_foreign(connection, path)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        _migrate(connection)
    except sqlite3.Error as error:
        _close(connection)
        raise explained(error, path) from None
    except JournalError:
        _close(connection)
        raise
    return connection


def _close(connection: sqlite3.Connection | None) -> None:
    if connection is not None:
        with suppress(sqlite3.Error):
            connection.close()


def _refuse_foreign(connection: sqlite3.Connection, path: Path) -> None:
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    owner = connection.execute("PRAGMA application_id").fetchone()[0]
    tables = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]
    if tables and owner != APPLICATION_ID:
        raise JournalError(
            f"{path} is a database of another program — move it away, "
            "or set QUIZCLI_HOME to a folder of your own"
        )
    if version > len(MIGRATIONS):
        raise JournalError(
            f"the journal {path} was written by a newer quizcli (schema {version}, this one "
            f"knows {len(MIGRATIONS)}) — upgrade: pip install --upgrade quizcli"
        )


def _migrate(connection: sqlite3.Connection) -> None:
    if _version(connection) == len(MIGRATIONS):
        return
    with transaction(connection):
        # Another process may have been faster; the answer is certain only in here.
        for number, script in enumerate(MIGRATIONS[_version(connection) :], _version(connection)):
            for statement in script.split(";"):
                if statement.strip():
                    connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {number + 1}")
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """A write transaction: all of it happens, or nothing."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        # A full disk may have rolled back already; then there is nothing left to undo.
        with suppress(sqlite3.Error):
            connection.execute("ROLLBACK")
        raise


def explained(error: sqlite3.Error, path: Path) -> JournalError:
    """The sentence for what SQLite says."""
    said = str(error)
    if "not a database" in said or "malformed" in said or "corrupt" in said:
        return JournalError(
            f"the journal {path} is damaged ({said}); nothing was written to it — "
            f"move it away to start a new one: mv '{path}' '{path}.damaged'"
        )
    if "full" in said:
        return JournalError(f"the disk is full: {path} cannot grow — free some space, then resume")
    if "locked" in said:
        return JournalError(f"another program holds the journal {path} — close it, then try again")
    if "no such column" in said or "no such table" in said:
        return JournalError(f"the journal {path} is not what it says it is ({said}) — move it away")
    return JournalError(_unwritable(path, said))


def _unwritable(path: Path, why: str) -> str:
    return (
        f"the journal {path} cannot be written ({why}) — "
        "set QUIZCLI_HOME to a folder that can be, for example: QUIZCLI_HOME=~/quizcli"
    )
