"""Opening the journal's file: created, migrated forward, or refused with a sentence.

The rule: a file that is not ours, newer than we are, or damaged is never written to.
"""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing, contextmanager, suppress
from typing import TYPE_CHECKING

from quizcli.journal.schema import APPLICATION_ID, MIGRATIONS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# How long one process waits for another to finish its write.
BUSY_SECONDS = 10
# A larger file is not looked through before it is written to: 7 ms for each megabyte.
CHECKED_BYTES = 8_000_000


class JournalError(Exception):
    """The journal cannot be read or written; the message says what to do about it."""


def connect(path: Path) -> sqlite3.Connection:
    """A connection to the journal at ``path``, which is made or migrated where need be.

    Autocommit: transactions are opened by hand. WAL with full sync, so that a committed answer
    survives a crash of the machine. Raises JournalError.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        new = not path.exists() or not path.stat().st_size
    except OSError as error:
        raise JournalError(_unwritable(path, error.strerror or str(error))) from None
    connection = None
    try:
        if not new:
            _look_at(path)
        connection = sqlite3.connect(path, isolation_level=None, timeout=BUSY_SECONDS)
        _write_ahead(connection)
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        _migrate(connection)
    except sqlite3.Error as error:
        if connection is not None:
            with suppress(sqlite3.Error):
                connection.close()
        raise explained(error, path) from None
    return connection


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Turn the write-ahead log on. Of two processes that do so at once on a new file SQLite tells
    one that the file is locked, at once and whatever the timeout: that one tries again."""
    end = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > end:
                raise
            time.sleep(0.01)
        else:
            return


def _look_at(path: Path, *, again: bool = True) -> None:
    """Refuse a file that is foreign, newer or damaged, by a connection that cannot write to it.

    An ordinary connection would do more than read: it writes what a killed process left in the
    log into the file, and makes files beside it. Raises JournalError or sqlite3.Error.
    """
    # Without a log nobody has the file open, and it can be read without leaving a trace.
    alone = not path.with_name(f"{path.name}-wal").exists()
    uri = f"{path.absolute().as_uri()}?mode=ro{'&immutable=1' if alone else ''}"
    try:
        with closing(sqlite3.connect(uri, uri=True, timeout=BUSY_SECONDS)) as connection:
            _refuse_foreign(connection, path)
            if path.stat().st_size <= CHECKED_BYTES:
                (found,) = connection.execute("PRAGMA quick_check(1)").fetchone()
                if found != "ok":
                    raise sqlite3.DatabaseError("the database disk image is malformed")
    except sqlite3.DatabaseError:
        if not (alone and again):
            raise
        # Somebody may have opened the file since, and read without locks it looked like half.
        time.sleep(0.1)
        _look_at(path, again=False)


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
    if any(word in said for word in ("not a database", "malformed", "corrupt", "decode")):
        return damaged(path, said)
    if "full" in said:
        return JournalError(f"the disk is full: {path} cannot grow — free some space, then resume")
    if "locked" in said:
        return JournalError(f"another program holds the journal {path} — close it, then try again")
    if "no such column" in said or "no such table" in said:
        return JournalError(f"the journal {path} is not what it says it is ({said}) — move it away")
    return JournalError(_unwritable(path, said))


def damaged(path: Path, why: str) -> JournalError:
    """The sentence for a file that cannot be trusted; the log beside it may hold answers too."""
    from shlex import quote

    log = path.with_name(f"{path.name}-wal")
    moves = [(path, f"{path}.damaged")] + ([(log, f"{path}.damaged-wal")] if log.exists() else [])
    commands = " && ".join(f"mv {quote(str(old))} {quote(new)}" for old, new in moves)
    return JournalError(
        f"the journal {path} is damaged ({why}), and quizcli leaves it as it is — "
        f"move it away to start a new one: {commands}"
    )


def _unwritable(path: Path, why: str) -> str:
    return (
        f"the journal {path} cannot be written ({why}) — "
        "set QUIZCLI_HOME to a folder that can be, for example: QUIZCLI_HOME=~/quizcli"
    )
