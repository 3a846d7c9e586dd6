"""Opening the journal's file: made, migrated forward, read only, or refused with a sentence.

The rule: a file that is not ours, newer than we are, damaged or emptied is never written to, and
one that cannot be written can still be read.
"""

from __future__ import annotations

import os
import sqlite3
import time
from contextlib import closing, suppress
from typing import TYPE_CHECKING

from quizcli.env import own_folder
from quizcli.journal.checks import COLUMNS
from quizcli.journal.file import (
    BUSY_SECONDS,
    ForeignError,
    JournalError,
    damaged,
    explained,
    transaction,
    unwritable,
)
from quizcli.journal.schema import APPLICATION_ID, MIGRATIONS
from quizcli.named_tuple import NamedTuple

if TYPE_CHECKING:
    from pathlib import Path

# A larger file is not looked through before it is written to: 7 ms for each megabyte; and of one
# that is larger than that of a few years, the indexes are not compared with their tables, which
# takes four times as long.
CHECKED_BYTES, COMPARED_BYTES = 8_000_000, 1_000_000


class OpenedFile(NamedTuple):
    """A connection to a journal; ``unwritable`` says why nothing can be written, "" where it can
    be. Then the connection is to a copy in memory, which may be changed and is not kept."""

    connection: sqlite3.Connection
    unwritable: str = ""


def open_file(path: Path, *, read_only: bool = False) -> OpenedFile:
    """The journal at ``path``, which is made or migrated where need be; with ``read_only`` a copy
    of one that has to be there.

    Autocommit: transactions are opened by hand. WAL with full sync, so that a committed answer
    survives a crash of the machine. Raises JournalError.
    """
    try:
        exists = _is_there(path)
        if exists:
            look_at(path)
        if read_only and not exists:
            raise JournalError(f"there is no journal at {path}")
        why = "it is only read" if read_only else _kept_from_writing(path)
        if why:
            return OpenedFile(_in_memory(path if exists else None), why)
        if not exists:
            _make(path)
        return OpenedFile(_connected(path))
    except OSError as error:
        raise JournalError(unwritable(path, error.strerror or str(error))) from None
    except UnicodeDecodeError:  # of a table's name or definition
        raise damaged(path, "one of its tables has no readable definition") from None
    except (sqlite3.Error, MemoryError) as error:
        raise explained(error, path) from None


def _is_there(path: Path) -> bool:
    """Whether there is a journal. Raises JournalError where there is what was left of one."""
    log = path.with_name(f"{path.name}-wal")
    try:
        size = path.stat().st_size
    except FileNotFoundError:
        if path.is_symlink() or not (log.exists() and log.stat().st_size):
            return False
        raise JournalError(
            f"the journal {path} is missing, but its log {log.name} is still there and may hold "
            "answers — put the journal back, or move the log away"
        ) from None
    if size == 0:
        raise JournalError(
            f"the journal {path} is empty (0 bytes); another program emptied it — restore a "
            "copy: quizcli doctor; or delete it to start a new one"
        )
    return True


def _kept_from_writing(path: Path) -> str:
    """Why the journal cannot be written; "" where it can be."""
    folder = path.parent
    try:
        # A folder of somebody's own keeps its rights; one that is made here is for its owner only.
        own_folder(folder)
    except OSError as error:
        return unwritable(path, error.strerror or str(error))
    if not os.access(folder, os.W_OK):
        return unwritable(path, f"the folder {folder} is not writable")
    if path.exists() and not os.access(path, os.W_OK):
        return unwritable(path, "it is read-only")
    return ""


def _make(path: Path) -> None:
    """Make a new journal beside and put it in its place whole, so that one of no bytes is never
    ours; where another process was faster, theirs stays."""
    new = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        os.close(os.open(new, os.O_CREAT | os.O_WRONLY, 0o600))
        _connected(new).close()
        try:
            os.link(new, path)
        except FileExistsError:
            pass
        except OSError:  # a file system without second names
            if not path.exists():
                new.rename(path)
    finally:
        new.unlink(missing_ok=True)


def _connected(path: Path) -> sqlite3.Connection:
    with suppress(OSError):  # somebody else's file
        if path.stat().st_mode & 0o077:
            path.chmod(0o600)
    changed = path.stat().st_mtime
    connection = sqlite3.connect(path, isolation_level=None, timeout=BUSY_SECONDS)
    try:
        _write_ahead(connection)
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        _copy_before_migration(connection, path, changed)
        migrate(connection)
    except BaseException:
        with suppress(sqlite3.Error):
            connection.close()
        raise
    return connection


def _copy_before_migration(connection: sqlite3.Connection, path: Path, changed: float) -> None:
    """An older program can read the copy, should the newer one not please. Its day is that of the
    last change. Raises OSError where it cannot be made: then nothing is migrated either."""
    version = _version(connection)
    if not 0 < version < len(MIGRATIONS):
        return
    from datetime import UTC, datetime

    from quizcli.journal.backups import back_up

    back_up(connection, path, datetime.fromtimestamp(changed, UTC).date(), f"schema-{version}")


def _in_memory(path: Path | None) -> sqlite3.Connection:
    """A copy of a journal that cannot be written, or an empty one."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    if path is not None:
        with closing(reading(path, alone=_is_alone(path))) as source:
            source.backup(connection)
    migrate(connection)
    return connection


def reading(path: Path, *, alone: bool = False) -> sqlite3.Connection:
    """A connection that cannot write, and where nobody has the file open (``alone``) leaves no
    trace beside it either."""
    uri = f"{path.absolute().as_uri()}?mode=ro{'&immutable=1' if alone else ''}"
    connection = sqlite3.connect(uri, uri=True, timeout=BUSY_SECONDS)
    try:
        connection.execute("SELECT 1 FROM sqlite_schema LIMIT 1")
    except MemoryError:  # where the definition of a table is damaged, it seems to be that large
        connection.close()
        raise sqlite3.DatabaseError("the database disk image is malformed") from None
    except sqlite3.OperationalError:
        connection.close()
        if alone:
            raise
        return reading(path, alone=True)  # the files beside it cannot be made
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


def look_at(path: Path, *, again: bool = True) -> None:
    """Refuse a file that is foreign, newer or damaged, by a connection that cannot write to it.

    An ordinary connection would do more than read: it writes what a killed process left in the
    log into the file, and makes files beside it. Raises JournalError or sqlite3.Error.
    """
    alone = _is_alone(path)
    try:
        with closing(reading(path, alone=alone)) as connection:
            _refuse_foreign(connection, path)
            _check_columns(connection)
            if (size := path.stat().st_size) <= CHECKED_BYTES:
                check_whole(connection, compared=size <= COMPARED_BYTES)
    except sqlite3.DatabaseError:
        if not (alone and again):
            raise
        # Somebody may have opened the file since, and read without locks it looked like half.
        time.sleep(0.1)
        look_at(path, again=False)


def _is_alone(path: Path) -> bool:
    """Without a log nobody has the file open, and it can be read without leaving a trace."""
    return not path.with_name(f"{path.name}-wal").exists()


def check_whole(connection: sqlite3.Connection, *, compared: bool = False) -> None:
    """Raises sqlite3.DatabaseError where the pages of a file do not make a database, or where an
    index, ``compared`` with its table, is not that table's."""
    check = "integrity_check" if compared else "quick_check"
    (said,) = connection.execute(f"PRAGMA {check}(1)").fetchone()
    if said != "ok":
        raise sqlite3.DatabaseError("the database disk image is malformed")


def _refuse_foreign(connection: sqlite3.Connection, path: Path) -> None:
    version = _version(connection)
    owner = connection.execute("PRAGMA application_id").fetchone()[0]
    tables = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]
    if tables and owner != APPLICATION_ID:
        raise ForeignError(
            f"{path} is a database of another program — move it away, "
            "or set QUIZCLI_HOME to a folder of your own"
        )
    if version > len(MIGRATIONS):
        raise JournalError(
            f"the journal {path} was written by a newer quizcli (schema {version}, this one "
            f"knows {len(MIGRATIONS)}) — upgrade: pip install --upgrade quizcli"
        )


def _check_columns(connection: sqlite3.Connection) -> None:
    """Raises sqlite3.OperationalError where a table of this program's schema, or a column, is not
    there: else that would be told once something had been written."""
    if _version(connection) == len(MIGRATIONS):
        for table, (name, checks) in COLUMNS.items():
            connection.execute(f"SELECT {', '.join((name, *checks))} FROM {table} LIMIT 0")


def migrate(connection: sqlite3.Connection) -> None:
    """Bring the tables to the schema of this program. Raises sqlite3.Error."""
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
