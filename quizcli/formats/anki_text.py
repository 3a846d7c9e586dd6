"""Anki's text: notes in lines, with headers that say which column is what. It needs no package, and
a note that comes again replaces the one of its guid."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from quizcli.formats.anki_notes import AnkiNote, deck_of, notes_of, question_of, titles_of_decks
from quizcli.formats.csv_rows import rows
from quizcli.formats.decoding import decoded_source
from quizcli.formats.format import BankFormat, ExportFile
from quizcli.formats.sources import SourceFile

if TYPE_CHECKING:
    from quizcli.formats.format import ExportSource
    from quizcli.formats.losses import Loss

_HEADER = re.compile(r"#([a-z ]+):(.*)")
_SIGNS = {"tab": "\t", "comma": ",", "semicolon": ";", "pipe": "|", "space": " ", "colon": ":"}
_LOOKS = re.compile(
    rb"(?:\xef\xbb\xbf)?(?:#[a-z ]+:[^\n]*\n)*#(?:separator|html|guid column|deck):"
)
_OF_ITS_OWN = ("guid", "notetype", "deck", "tags")  # columns that are no field of a note


def read(data: bytes) -> SourceFile:
    """The notes of a file, and what is to be said of it."""
    text, remarks = decoded_source(data)
    headers: dict[str, str] = {}
    lines = text.split("\n")
    for number, line in enumerate(lines):
        if not (match := _HEADER.match(line)):
            break
        headers[match[1]] = match[2].strip()
        lines[number] = ""
    separator = headers.get("separator", "tab").lower()
    sign = _SIGNS.get(separator, separator[:1] or "\t")
    columns = {name: _column(headers, name) for name in _OF_ITS_OWN}
    markup = "html" if headers.get("html", "").lower() == "true" else "plain"
    found = []
    decks = {headers["deck"]: None} if "deck" in headers else {}
    for row in rows("\n".join(lines), sign, remarks):
        own = {name: row.cells[at] for name, at in columns.items() if 0 <= at < len(row.cells)}
        fields = tuple(c for at, c in enumerate(row.cells) if at not in columns.values())
        tags = (*headers.get("tags", "").split(), *own.get("tags", "").split())
        note = AnkiNote(row.line, own.get("guid", ""), fields, tags, markup)
        if question := question_of(note, remarks):
            found.append(question)
            decks |= {own["deck"]: None} if "deck" in own else {}
    return SourceFile([*titles_of_decks(decks), *found], remarks)


def _column(headers: dict[str, str], name: str) -> int:
    said = headers.get(f"{name} column", "")
    return int(said) - 1 if said.isdigit() else -1


def written(source: ExportSource) -> ExportFile:
    """The cards of a bank as notes."""
    losses: list[Loss] = []
    title = deck_of(source, losses)
    lines = ["#separator:tab", "#html:true", "#guid column:1", "#notetype:Basic", f"#deck:{title}",
             "#tags column:4"]  # fmt: skip
    for note in notes_of(source, losses):
        cells = (note.guid, *note.fields, " ".join(note.tags))
        lines.append("\t".join(map(_cell, cells)))
    return ExportFile("\n".join(lines) + "\n", tuple(losses))


def _cell(text: str) -> str:
    return '"' + text.replace('"', '""') + '"' if re.search(r'["\t\n]', text) else text


FORMAT = BankFormat(
    "anki-text",
    "Anki's notes in plain text",
    (".anki.txt", ".txt", ".tsv"),
    lambda head: _LOOKS.match(head) is not None,
    read,
    written,
)
