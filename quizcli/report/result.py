"""What a verb returns. The rule: data and words from the same records, printed in one place.

``data`` is the JSON object, ``body`` what a person reads, ``raw`` a file's content where the
verb's product is one. stdout carries one of the three; notices go to stderr.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from quizcli.report.codes import ExitCode

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from quizcli.report.pictures import Picture

FORMAT_VERSION = 1


@dataclass(frozen=True, slots=True)
class Heading:
    """A line that says what follows."""

    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text, to be wrapped. ``quiet`` text is of second rank."""

    text: str
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Markup:
    """A text of a bank, with its code, tables and lists, behind a ``lead`` of our own words; all
    lines but the first begin with ``hang``."""

    text: str
    lead: str = ""
    hang: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One line, shown as it is: a command to type, a fault with its place."""

    text: str
    accent: bool = False


@dataclass(frozen=True, slots=True)
class Drawing:
    """Lines that form a picture; left out where it cannot be seen, so words follow it."""

    text: str


@dataclass(frozen=True, slots=True)
class Columns:
    """A table. ``right`` are the indices of columns aligned to the right, ``whole`` those of others
    whose cells are never folded either, such as times."""

    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    right: tuple[int, ...] = ()
    whole: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Commands:
    """Commands to type, each with what it does; the first is the one to type next."""

    rows: tuple[tuple[str, str], ...]


Block = Heading | Paragraph | Markup | Line | Drawing | Columns | Commands


def texts(body: Sequence[Block | Picture]) -> list[str]:
    """All texts of a body that may hold formulas, which decide together how these are written."""
    from quizcli.report.pictures import TextTable

    found: list[str] = []
    for block in body:
        match block:
            case Heading(text) | Paragraph(text) | Markup(text):
                found.append(text)
            case Columns() | TextTable():
                found += [cell for row in block.rows for cell in row]
            case Commands():
                found += [what for _, what in block.rows]
    return found


@dataclass(frozen=True, slots=True)
class Result:
    """The outcome of a verb."""

    data: Mapping[str, Any] = field(default_factory=dict)
    body: tuple[Block | Picture, ...] = ()
    raw: str | None = None
    notices: tuple[str, ...] = ()
    exit_code: ExitCode = ExitCode.DONE
