"""The notes in a package of Anki, and their reviews: a zip archive with a database, which newer
ones press by zstd.

Whatever the archive holds, it is not unpacked to a disk, and no more than its database is read.
"""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from importlib import import_module
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple, TypeVar
from zipfile import ZipFile

from quizcli.formats.anki_notes import AnkiNote
from quizcli.formats.zip_files import ZIP_ERRORS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MOST_BYTES = 256_000_000  # of a database
_MOST_STEPS = 20_000_000  # of SQLite for one query: millions of notes
_NAMES = ("collection.anki21b", "collection.anki21", "collection.anki2")
_SEPARATOR = "\x1f"
_WITHOUT_LOG = b"\x01\x01"
Read = TypeVar("Read")


class UnreadableError(Exception):
    """A package that cannot be read; ``fix`` says what to do."""

    def __init__(self, what: str, fix: str) -> None:
        super().__init__(what)
        self.fix = fix


class AnkiReview(NamedTuple):
    """One review of a card: the ``guid`` of its note and its number among the cards of that, the
    time in milliseconds since 1970, a rating from 1 to 4, 0 where the card was suspended instead,
    and how long it took."""

    guid: str
    number: int
    at: int
    rating: int
    milliseconds: int


def notes_in(data: bytes) -> tuple[list[AnkiNote], list[str]]:
    """All notes of a package, in its order, and the names of the decks that their cards are in; the
    line of a note is its number. Raises UnreadableError."""
    return _read(data, lambda connection: ([*_notes(connection)], _decks(connection)))


def reviews_in(data: bytes) -> list[AnkiReview]:
    """The review log of a package, and at its end the cards that are suspended. Raises
    UnreadableError."""
    return _read(data, lambda connection: [*_reviews(connection)])


def _read(data: bytes, what_of: Callable[[sqlite3.Connection], Read]) -> Read:
    database = _database(data)
    if not database.startswith(b"SQLite format 3\0"):
        raise UnreadableError("its collection is not a database", "export it again from Anki")
    try:
        with closing(sqlite3.connect(":memory:")) as connection:
            # Newer collections keep a log beside them, which no database in memory can have.
            connection.deserialize(database[:18] + _WITHOUT_LOG + database[20:])
            connection.create_collation("unicase", _unicase)
            connection.set_progress_handler(lambda: 1, _MOST_STEPS)
            return what_of(connection)
    except (sqlite3.Error, OverflowError, UnicodeDecodeError, MemoryError) as error:
        what = f"its collection cannot be read: {str(error) or 'it is damaged'}"
        raise UnreadableError(what, "export it again from Anki") from None


def _unicase(one: str, other: str) -> int:
    left, right = one.casefold(), other.casefold()
    return (left > right) - (left < right)


def _notes(connection: sqlite3.Connection) -> Iterator[AnkiNote]:
    """What stands in its table of notes."""
    _check_table(connection, "notes")
    query = "SELECT guid, flds, tags FROM notes ORDER BY id"
    for number, (guid, fields, tags) in enumerate(connection.execute(query), 1):
        parts = tuple(str(fields).split(_SEPARATOR))
        yield AnkiNote(number, str(guid), parts, tuple(str(tags).split()))


def _decks(connection: sqlite3.Connection) -> list[str]:
    """Names alone, which nothing else depends on: of a collection in which they are not to be found
    there are none."""
    within = "SELECT DISTINCT CASE WHEN odid THEN odid ELSE did END FROM cards"
    try:
        for table in ("cards", "col"):
            _check_table(connection, table)
        (kept,) = connection.execute("SELECT decks FROM col").fetchone()
        if kept:  # older collections keep their decks in one cell
            decks = [(int(id), deck["name"]) for id, deck in json.loads(kept).items()]
        else:
            _check_table(connection, "decks")
            decks = connection.execute("SELECT id, name FROM decks").fetchall()
        used = {id for (id,) in connection.execute(within)}
    except (sqlite3.Error, UnreadableError, ValueError, TypeError, LookupError, AttributeError,
            RecursionError):  # fmt: skip
        return []
    return [name for id, name in decks if id in used and isinstance(name, str)]


def _reviews(connection: sqlite3.Connection) -> Iterator[AnkiReview]:
    """Ratings by a person, whether learning or reviewing; what a program rescheduled is none, nor
    is practice that moved nothing (type 3 without a factor, as Anki's own FSRS leaves it out)."""
    for table in ("notes", "cards", "revlog"):
        _check_table(connection, table)
    of = "FROM cards c JOIN notes n ON n.id = c.nid"
    reviews = (
        f"SELECT n.guid, c.ord, r.id, r.ease, r.time {of} JOIN revlog r ON r.cid = c.id "
        "WHERE r.ease BETWEEN 1 AND 4 AND r.type < 4 AND NOT (r.type = 3 AND r.factor = 0) "
        "ORDER BY r.id"
    )
    suspended = f"SELECT n.guid, c.ord, c.mod * 1000, 0, 0 {of} WHERE c.queue = -1 ORDER BY c.id"
    for query in (reviews, suspended):
        for guid, *numbers in connection.execute(query):
            if any(not isinstance(number, int) for number in numbers):
                raise UnreadableError("its review log is damaged", "export it again from Anki")
            yield AnkiReview(str(guid), *numbers)


def _check_table(connection: sqlite3.Connection, name: str) -> None:
    """A view of that name might compute anything."""
    kind = "SELECT type FROM sqlite_master WHERE name = ?"
    if connection.execute(kind, (name,)).fetchone() != ("table",):
        raise UnreadableError(f"its collection has no {name}", "export it again from Anki")


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
