"""Anki's packages: read as they are, written by genanki. The same bank gives the same bytes, and
one that changed since replaces the notes that it gave before."""

from __future__ import annotations

from hashlib import blake2b
from importlib import import_module
from io import BytesIO
from itertools import chain
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from quizcli.formats.anki_collection import UnreadableError, notes_in
from quizcli.formats.anki_notes import deck_of, notes_of, question_of, titles_of_decks
from quizcli.formats.format import BankFormat, ExportFile
from quizcli.formats.sources import Remark, SourceFile
from quizcli.report.codes import UserError

if TYPE_CHECKING:
    from quizcli.formats.format import ExportSource
    from quizcli.formats.losses import Loss

_MODEL = 1_607_392_319_017  # of all notes of ours: Anki knows them by it
_BEGINNING = (1980, 1, 1, 0, 0, 0)  # the first time that a zip archive can hold
_LEAST_TIME = 1_577_836_800  # Anki takes a note of 1970 for a damaged one
_CSS = ".card { font-family: sans-serif; font-size: 18px; text-align: left; }"


def read(data: bytes) -> SourceFile:
    """The notes of a package; a line is the number of a note."""
    remarks: list[Remark] = []
    try:
        notes, decks = notes_in(data)
    except UnreadableError as error:
        return SourceFile((), (Remark(1, str(error), error.fix, lost=True),))
    found = (question_of(note, remarks) for note in notes)
    return SourceFile(chain(titles_of_decks(decks), filter(None, found)), remarks)


def written(source: ExportSource) -> ExportFile:
    """The cards of a bank as a package."""
    try:
        genanki = import_module("genanki")
    except ImportError:
        raise UserError(
            "Anki packages are written by genanki — pip install 'quizcli[anki]', or export "
            "--to anki-text, which Anki imports as well"
        ) from None
    losses: list[Loss] = []
    template = {"name": "Card", "qfmt": "{{Front}}", "afmt": "{{FrontSide}}<hr id=answer>{{Back}}"}
    fields = [{"name": "Front"}, {"name": "Back"}]
    model = genanki.Model(_MODEL, "quizcli", fields=fields, templates=[template], css=_CSS)
    deck = genanki.Deck(_deck_id(source.bank.id), deck_of(source, losses))
    for note in notes_of(source, losses):
        deck.add_note(genanki.Note(model, list(note.fields), guid=note.guid, tags=list(note.tags)))
    packed = BytesIO()
    # A note replaces one that is older: the time is that of the bank's file.
    genanki.Package(deck).write_to_file(packed, timestamp=max(source.changed, _LEAST_TIME))
    return ExportFile(_timeless(packed), tuple(losses))


def _deck_id(bank: str) -> int:
    return int.from_bytes(blake2b(bank.encode(), digest_size=5).digest()) + 2**40


def _timeless(packed: BytesIO) -> bytes:
    """The archive without the times at which its parts were made."""
    again = BytesIO()
    with ZipFile(packed) as old, ZipFile(again, "w", ZIP_DEFLATED) as new:
        for name in sorted(old.namelist()):
            entry = ZipInfo(name, _BEGINNING)
            entry.compress_type = ZIP_DEFLATED
            new.writestr(entry, old.read(name))
    return again.getvalue()


FORMAT = BankFormat(
    "anki",
    "an Anki package",
    (".apkg", ".colpkg"),
    lambda head: head.startswith(b"PK\x03\x04") and b"collection.anki2" in head,
    read,
    written,
)
