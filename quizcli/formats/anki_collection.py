"""The notes in a package of Anki: a zip archive with a database, which newer ones press by zstd.

Whatever the archive holds, it is not unpacked to a disk, and no more than its database is read.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from importlib import import_module
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZipFile

from quizcli.formats.anki_notes import AnkiNote
from quizcli.formats.zip_files import ZIP_ERRORS

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_BYTES = 256_000_000  # of a database
_MOST_STEPS = 20_000_000  # of SQLite for one query: millions of notes
_NAMES = ("collection.anki21b", "collection.anki21", "collection.anki2")
_SEPARATOR = "\x1f"


class UnreadableError(Exception):
    """A package that cannot be read; ``fix`` says what to do."""

    def __init__(self, what: str, fix: str) -> None:
        super().__init__(what)
        self.fix = fix


def notes_in(data: bytes) -> list[AnkiNote]:
    """All notes of a package, in its order; the line is their number. Raises UnreadableError."""
    database = _database(data)
    if not database.startswith(b"SQLite format 3\0"):
        raise UnreadableError("its collection is not a database", "export it again from Anki")
    try:
        with closing(sqlite3.connect(":memory:")) as connection:
            connection.deserialize(database)
            connection.create_collation("unicase", _unicase)
            connection.set_progress_handler(lambda: 1, _MOST_STEPS)
            return list(_notes(connection))
    except (sqlite3.Error, OverflowError, UnicodeDecodeError) as error:
        what = f"its collection cannot be read: {error}"
        raise UnreadableError(what, "export it again from Anki") from None


def _unicase(one: str, other: str) -> int:
    left, right = one.casefold(), other.casefold()
    return (left > right) - (left < right)


def _notes(connection: sqlite3.Connection) -> Iterator[AnkiNote]:
    """What stands in its table of notes; a view of that name might compute anything."""
    kind = "SELECT type FROM sqlite_master WHERE name = 'notes'"
    if connection.execute(kind).fetchone() != ("table",):
        raise UnreadableError("its collection has no notes", "export it again from Anki")
    query = "SELECT guid, flds, tags FROM notes ORDER BY id"
    for number, (guid, fields, tags) in enumerate(connection.execute(query), 1):
        parts = tuple(str(fields).split(_SEPARATOR))
        yield AnkiNote(number, str(guid), parts, tuple(str(tags).split()))


def _database(data: bytes) -> bytes:
    """The newest database of a package. An older one beside it holds a note that asks to update
    Anki, and nothing else."""
    try:
        with ZipFile(BytesIO(data)) as archive:
            names = set(archive.namelist())
            name = next((name for name in _NAMES if name in names), None)
            if name is None:
                raise UnreadableError("it is not an Anki package", "export a deck as .apkg")
            with archive.open(name) as stream:
                found = stream.read(MOST_BYTES + 1)
    except ZIP_ERRORS as error:
        raise UnreadableError(f"it is not a complete archive: {error}", "export it again") from None
    found = _unpressed(found) if name.endswith("b") else found
    if len(found) > MOST_BYTES:
        most = MOST_BYTES // 1_000_000
        raise UnreadableError(f"its collection has more than {most} MB", "export fewer decks")
    return found


def _unpressed(data: bytes) -> bytes:
    for module in ("compression.zstd", "backports.zstd"):
        try:
            zstd = import_module(module)
        except ImportError:
            continue
        try:
            found: bytes = zstd.ZstdDecompressor().decompress(data, MOST_BYTES + 1)
        except (zstd.ZstdError, EOFError) as error:
            raise UnreadableError(
                f"its collection is damaged: {error}", "export it again"
            ) from None
        return found
    raise UnreadableError(
        "it is compressed with zstd",
        "pip install 'quizcli[anki]', or tick 'Support older Anki versions' when you export",
    )
