"""The journal as a file that is open: rows read through their checks, and writes that last.

The rule: an answer that was acknowledged is in a file that the learner can find. So before each
commit the file has to be the one that was opened: a journal that a backup, a synchronised folder or
a person has replaced, moved or deleted meanwhile gets nothing any more, and what the session read
and wrote is kept in a file beside it.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing, contextmanager, suppress
from typing import TYPE_CHECKING, Any, TypeVar

from quizcli.env import own_folder
from quizcli.journal.checks import COLUMNS, UnreadableRow, listen, view
from quizcli.journal.file import DisplacedError, JournalError, explained, transaction
from quizcli.journal.opening import check_whole, open_file, reading

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

PART = 8192  # rows that are in memory at once
Wrote = TypeVar("Wrote")
Record = TypeVar("Record")


class JournalFile:
    """The journal at a path. Opening it makes or migrates the file, or with ``read_only`` looks at
    a copy of it; raises JournalError.

    ``unreadable`` are the rows that were left out so far, ``wrote`` whether anything was written,
    ``kept`` the file that holds this session where the journal itself was displaced.
    """

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        self.path = path
        self.connection, self.unwritable = open_file(path, read_only=read_only)
        self.unreadable: dict[UnreadableRow, None] = {}
        self.wrote = False
        self.kept: Path | None = None
        self._place = None if self.unwritable else _place(path)
        self._stamp = _stamp(path)
        self._decodes = False
        self._viewed: set[str] = set()
        listen(self.connection, self.unreadable)

    def close(self) -> None:
        """Close the file; the journal cannot be used after it."""
        self.connection.close()

    @contextmanager
    def said(self) -> Iterator[None]:
        """What SQLite says, as a sentence: JournalError."""
        try:
            yield
        except (sqlite3.Error, MemoryError) as error:
            raise explained(error, self.path) from None

    # Reading --------------------------------------------------------------------------------

    def rows(self, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """The rows of a query; none for a value that no row can hold, such as a number of thirty
        digits. Raises JournalError."""
        with self.said():
            try:
                self._look_through_checks(sql)
                return self.connection.execute(sql, tuple(values)).fetchall()
            except (OverflowError, UnicodeEncodeError):
                return []
            except sqlite3.OperationalError as error:
                if self._decodes or "decode" not in str(error):
                    raise
        self._decodes = True
        self._viewed.clear()
        return self.rows(sql, values)

    def parts(self, sql: str, values: Sequence[Any] = ()) -> Iterator[list[tuple[Any, ...]]]:
        """The rows of a query, a part at a time, for a query with millions. Raises JournalError."""
        with self.said():
            cursor = self.connection.execute(sql, values)
            while rows := cursor.fetchmany(PART):
                yield rows

    def _look_through_checks(self, sql: str) -> None:
        """Have the views of the tables that a query names; a start needs few of them."""
        for table in COLUMNS:
            if table in sql and table not in self._viewed:
                view(self.connection, table, decode=self._decodes)
                self._viewed.add(table)

    def records(
        self,
        table: str,
        rows: Iterable[tuple[Any, ...]],
        make: Callable[[tuple[Any, ...]], Record],
    ) -> list[Record]:
        """Rows, the first column of which names them, as records; those of which none can be made
        are left out."""
        records = []
        for row in rows:
            try:
                records.append(make(row))
            except (ValueError, TypeError, LookupError, ArithmeticError) as error:
                column = str(error) if type(error) is ColumnError else "value"
                self.unreadable[UnreadableRow(table, str(row[0]), column)] = None
        return records

    # Writing --------------------------------------------------------------------------------

    def check_writable(self) -> None:
        """Raises JournalError now rather than at the first answer."""

        def probe() -> None:
            self.connection.execute("CREATE TABLE IF NOT EXISTS main.probe (n)")
            self.connection.execute("DROP TABLE main.probe")

        wrote, self.wrote = self.wrote, False
        self.in_one(probe)
        self.wrote = wrote

    def in_one(self, act: Callable[[], Wrote], *, derived: bool = False) -> Wrote:
        """Run ``act``, which reads and writes, in one transaction, durable on return; nobody else
        writes meanwhile. Raises JournalError.

        What is ``derived`` from the rest may be written where nothing can be kept.
        """
        if self.unwritable and not derived:
            raise JournalError(self.unwritable)
        try:
            return self._once(act)
        except DisplacedError:
            kept = self._kept_beside()
        self._once(act)
        self.kept = kept
        self._place = None  # nothing more is written here: whoever goes on opens the journal anew
        self.unwritable = (
            f"the journal {self.path} was replaced, moved or deleted during this session — the "
            f"answers of this session are saved in {kept.name} next to it; to merge them into "
            f"the journal that is there now: quizcli journal merge {_quoted(kept)}"
        )
        raise JournalError(self.unwritable)

    def _once(self, act: Callable[[], Wrote]) -> Wrote:
        self._check_place()
        with self.said():
            try:
                with transaction(self.connection, self._check_place):
                    self._check_content()
                    wrote = act()
            except BaseException:
                self._viewed.clear()  # those that were made within are undone with the rest
                raise
            self.wrote = True
            self._empty_log()
        self._stamp = _stamp(self.path)
        return wrote

    def _check_place(self) -> None:
        if self._place is not None and _place(self.path) != self._place:
            raise DisplacedError

    def _check_content(self) -> None:
        """Somebody may have written other content into the very file, as ``cp`` does; what is
        committed then would be mixed with it. Where the file was changed since, and not by another
        session, a new connection reads other rows than this one. In a transaction, so that nobody
        else commits between the two looks."""
        if self._place is None or _stamp(self.path) == self._stamp:
            return
        if _rows_of(self.connection) != self._rows_anew():
            raise DisplacedError

    def _rows_anew(self) -> object:
        try:
            with closing(reading(self.path)) as connection:
                return _rows_of(connection)
        except sqlite3.Error:
            return None

    def _empty_log(self) -> None:
        """Move what was committed from the log into the file: a log that is left by a killed
        process would be replayed over whatever file is at the place then. Where somebody reads
        just now, the next commit does it."""
        (busy,) = self.connection.execute("PRAGMA busy_timeout").fetchone()
        self.connection.execute("PRAGMA busy_timeout = 0")
        with suppress(sqlite3.OperationalError):
            self.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        self.connection.execute(f"PRAGMA busy_timeout = {busy}")

    def _kept_beside(self) -> Path:
        """Copy what this session has read and written into a file beside the journal, and go on in
        that. Raises JournalError where that cannot be done either."""
        number = 1
        while (kept := self.path.with_name(f"{self.path.name}.kept-{number}")).exists():
            number += 1
        displaced = self.connection
        try:
            own_folder(kept.parent)
            kept.touch(mode=0o600)
            self.connection = sqlite3.connect(kept, isolation_level=None)
            displaced.backup(self.connection)
            check_whole(self.connection)
            self._place = None
            self._viewed.clear()
            listen(self.connection, self.unreadable)
        except (OSError, sqlite3.Error, JournalError) as error:
            with suppress(OSError, sqlite3.Error):
                self.connection.close()
                kept.unlink()
            self.unwritable = (  # and there is nothing that could be backed up at the end
                f"the journal {self.path} was replaced, emptied or deleted during this session, "
                f"and nothing can be saved next to it ({error}): the last answer is not stored — "
                "for earlier copies: quizcli doctor"
            )
            raise JournalError(self.unwritable) from None
        finally:
            with suppress(sqlite3.Error):
                displaced.close()
        return kept


class ColumnError(ValueError):
    """The message is the column whose value makes no sense."""


def _place(path: Path) -> tuple[int, int] | None:
    """What a file is, whatever it is called; None where there is none or one of no bytes."""
    try:
        found = path.stat()
    except OSError:
        return None
    return (found.st_dev, found.st_ino) if found.st_size else None


def _stamp(path: Path) -> tuple[int, int] | None:
    """When a file was changed last, and how long it is."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_size, found.st_mtime_ns


def _rows_of(connection: sqlite3.Connection) -> object:
    """How much was ever written, by table. Raises sqlite3.Error."""
    return connection.execute("SELECT name, seq FROM sqlite_sequence ORDER BY name").fetchall()


def _quoted(path: Path) -> str:
    from shlex import quote

    return quote(str(path))
