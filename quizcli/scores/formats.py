"""The formats of score sheets and grade books: one file each, and one line here.

The rule: whoever asks for their names imports none of their files.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from quizcli.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

    from quizcli.scores.gradebooks.book import BookFile, GradeBook
    from quizcli.scores.sheet import Sheet
    from quizcli.scores.tables import CsvTable


class ScoreFormat(NamedTuple):
    """A format: the function that writes it, as ``FILE:NAME`` in this folder, and how its files may
    end. ``fills``: it can be filled into a file that was downloaded from its system.
    ``spreadsheet``: ``--bom`` is for it."""

    writer: str
    endings: tuple[str, ...] = (".csv", ".txt")
    fills: bool = False
    spreadsheet: bool = False

    def imported(self) -> Callable[..., Any]:
        """The function that writes it."""
        file, _, name = self.writer.partition(":")
        found: Callable[..., Any] = getattr(import_module(f"quizcli.scores.{file}"), name)
        return found


# Of an attempt; a writer makes the text of a Sheet.
SHEETS = {
    "json": ScoreFormat("writers:as_json", (".json",)),
    "csv": ScoreFormat("writers:as_csv", (".csv",)),
    "md": ScoreFormat("writers:as_markdown", (".md", ".markdown")),
}
# Of a class; a writer makes the BookFile of a GradeBook, and of a download where it fills one.
BOOKS = {
    "students": ScoreFormat("gradebooks.tables:per_student", spreadsheet=True),
    "items": ScoreFormat("gradebooks.tables:per_item", spreadsheet=True),
    "events": ScoreFormat("gradebooks.tables:events", spreadsheet=True),
    "canvas": ScoreFormat("gradebooks.canvas:canvas", fills=True),
    "moodle": ScoreFormat("gradebooks.moodle:moodle", fills=True),
    # A file that was downloaded from Blackboard is of tabs, and is called a spreadsheet.
    "blackboard": ScoreFormat(
        "gradebooks.blackboard:blackboard", (".csv", ".txt", ".tsv", ".xls"), fills=True
    ),
    "brightspace": ScoreFormat("gradebooks.brightspace:brightspace", fills=True),
    "json": ScoreFormat("gradebooks.whole:as_json", (".json",)),
    "md": ScoreFormat("gradebooks.whole:as_markdown", (".md", ".markdown", ".txt")),
}


def written_sheet(name: str, sheet: Sheet) -> str:
    """A score sheet in a format."""
    text: str = SHEETS[name].imported()(sheet)
    return text


def written_book(name: str, book: GradeBook, template: CsvTable | None = None) -> BookFile:
    """A grade book in a format, filled into a download where there is one."""
    format = BOOKS[name]
    write = format.imported()
    file: BookFile = write(book, template) if format.fills else write(book)
    return file
