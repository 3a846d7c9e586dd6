"""Notes of Anki as records of ours, and cards of ours as its notes, whatever file they are in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from quizcli.formats.flashcards import two_sided
from quizcli.formats.html_writer import html_of
from quizcli.formats.plain_writer import dollar_losses, to_plain
from quizcli.formats.sources import Remark, SourceKind, SourceQuestion, SourceText, SourceTitle
from quizcli.report.words import counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from quizcli.formats.format import ExportSource
    from quizcli.formats.losses import Loss

_GAP = re.compile(
    r"\{\{c([0-9]{1,3})::((?:(?!\{\{|\}\}).){1,2000}?)(?:::((?:(?!\}\}).){1,500}))?\}\}", re.DOTALL
)
_SOUND = re.compile(r"\[sound:[^\]\n]{1,300}\]")
_WITHIN = re.compile("::|\x1f")  # in a name, what stands before the name of a deck within
_EMPTY = re.compile(r"(?:<br\s*/?>|&nbsp;|\s)*\Z", re.IGNORECASE)


class AnkiNote(NamedTuple):
    """A note: where it stands, what it is known by, its fields as HTML, its tags."""

    line: int
    guid: str
    fields: tuple[str, ...]
    tags: tuple[str, ...] = ()
    markup: str = "html"


def question_of(note: AnkiNote, remarks: list[Remark]) -> SourceQuestion | None:
    """The flashcard or the text with gaps that a note is; None, and told, where it is none."""
    fields = [_SOUND.sub("", field) for field in note.fields]
    sounds = sum(map(len, map(_SOUND.findall, note.fields)))
    if sounds:
        remarks.append(Remark(note.line, f"{counted(sounds, 'sound file')} not read"))
    fields = [field for field in fields if not _EMPTY.match(field)]
    if fields and _GAP.search(fields[0]):
        text, *others = fields
        return SourceQuestion(
            note.line,
            SourceKind.CLOZE,
            SourceText(_gaps(text), note.markup),
            id=note.guid,
            tags=note.tags,
            feedback=_joined(others, note.markup) if others else None,
        )
    if len(fields) < 2:
        shown = re.sub(r"<[^<>]*>", "", fields[0])[:40] if fields else "an empty note"
        what = f"'{shown}' is left out: it has one side"
        remarks.append(Remark(note.line, what, "fill in a second field", lost=True))
        return None
    front, *others = fields
    return SourceQuestion(
        note.line,
        SourceKind.CARD,
        SourceText(front, note.markup),
        id=note.guid,
        tags=note.tags,
        back=_joined(others, note.markup),
    )


def _gaps(text: str) -> str:
    """Gaps as ours; one that occurs again is called by its number and its place."""
    seen: dict[str, int] = {}

    def ours(match: re.Match[str]) -> str:
        seen[match[1]] = seen.get(match[1], 0) + 1
        name = f"c{match[1]}" + (f"-{seen[match[1]]}" if seen[match[1]] > 1 else "")
        hint = f"|{match[3].strip()}" if match[3] else ""
        return f"[[{name}{hint}::{match[2].strip()}]]"

    return _GAP.sub(ours, text)


def _joined(fields: Sequence[str], markup: str) -> SourceText:
    return SourceText(("<br><br>" if markup == "html" else "\n\n").join(fields), markup)


def deck_of(source: ExportSource, losses: list[Loss]) -> str:
    """The name of a bank's deck; two colons would make decks within decks of it."""
    return to_plain(source.bank.title, losses, one_line=True).replace("::", ":")


def titles_of_decks(names: Iterable[str]) -> list[SourceTitle]:
    """The names of decks as titles; the one that every collection has says nothing."""
    paths = (tuple(part.strip() for part in _WITHIN.split(name)) for name in names)
    return [SourceTitle(1, path) for path in paths if path[-1] and path != ("Default",)]


def notes_of(source: ExportSource, losses: list[Loss]) -> list[AnkiNote]:
    """A note for each card of a bank, known by its address for ever."""
    notes = []
    for card in two_sided(source, losses):
        losses += [*dollar_losses(card.front), *dollar_losses(card.back)]
        tags = tuple("_".join(tag.split()) for tag in card.tags)
        notes.append(AnkiNote(0, card.address, (html_of(card.front), html_of(card.back)), tags))
    return notes
