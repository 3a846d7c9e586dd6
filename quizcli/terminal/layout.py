"""Text into lines of a width, judged by cells, without the drawing library.

A blank line separates paragraphs; a line that starts with two spaces keeps its place (an
equation, a drawing); all other lines of a paragraph are joined and wrapped anew.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from quizcli.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator


# What is one sign although it is several characters: an escape, or a character that is named.
_ESCAPES = re.compile(r"\\(?:x[0-9a-f]{2}|u[0-9a-f]{4}|U[0-9a-f]{8})|<U\+[0-9A-F]{4,6}>")


class StyledLine(NamedTuple):
    """A line, and the stretches of it that have a style: (from, to, the style's name)."""

    text: str
    styles: tuple[tuple[int, int, str], ...] = ()


def cells(text: str) -> int:
    """Columns that a text takes in a terminal at most: terminals do not agree about the spacing
    marks of Indic scripts, and here they take a cell each."""
    if text.isascii():
        return len(text)
    from rich.cells import cell_len

    return cell_len(text) + sum(map(_is_spacing_mark, text))


@lru_cache(4096)
def _is_spacing_mark(character: str) -> bool:
    if character < "\u0900":
        return False
    from unicodedata import category

    return category(character) == "Mc"


def cut(text: str, room: int, mark: str = "…", *, ending: bool = False) -> str:
    """``text`` in at most ``room`` cells; ``mark`` says where words are left out: at the end, or,
    to keep the ``ending``, which may be all that tells two texts apart, between the words."""
    if cells(text) <= room:
        return text
    last = ""
    if ending and room >= 24:
        for word in reversed(text.split(" ")):
            if cells(word) + cells(last) + 1 > room // 2:
                break
            last = f" {word}{last}"
    room -= cells(mark) + cells(last)
    first = ""
    for sign in _signs(text):
        if cells(first + sign) > room:
            break
        first += sign
    if last and " " in first:  # between the words
        first = first[: first.rindex(" ")]
    return first.rstrip() + mark + last


def paragraphs(text: str) -> Iterator[tuple[bool, str]]:
    """(kept, text) in order: kept lines one by one, running text paragraph by paragraph.

    A blank line comes as (True, "").
    """
    running: list[str] = []
    for line in text.split("\n"):
        if line.startswith("  ") or not line.strip():
            if running:
                yield False, " ".join(running)
                running = []
            yield True, line.rstrip()
        else:
            running.append(line.strip())
    if running:
        yield False, " ".join(running)


def wrap(text: str, width: int, indent: str = "", hang: str | None = None) -> list[str]:
    """Lines of at most ``width`` cells; the first starts with ``indent``, others with ``hang``."""
    hang = indent if hang is None else hang
    lines: list[str] = []
    for kept, block in paragraphs(text):
        lead = hang if lines else indent
        if not block:
            lines.append("")
        elif kept:
            lines += fill(block.split(" "), width, lead, hang + "      ", kept=True)
        else:
            # Only at these: a no-break space is there to hold together what it stands between.
            lines += fill(block.replace("\t", " ").split(" "), width, lead, hang, kept=False)
    return lines


def fill(words: list[str], width: int, indent: str, hang: str, *, kept: bool) -> list[str]:
    """Words in lines of a width; ``kept`` keeps the spaces between them, which are empty words."""
    lines: list[str] = []
    line, used, empty = indent, cells(indent), True
    room = max(8, width - max(used, cells(hang)))
    for word in (piece for whole in words for piece in _pieces(whole, room) if piece or kept):
        size = cells(word)
        if not empty and used + 1 + size > width:
            lines.append(line.rstrip())
            line, used, empty = hang, cells(hang), True
            if not word:
                continue
        line, used = (line + word, used + size) if empty else (f"{line} {word}", used + 1 + size)
        empty = False
    return [*lines, line.rstrip()]


def _pieces(word: str, room: int) -> Iterator[str]:
    """A word that is wider than a line, in pieces that are not."""
    if cells(word) <= room:
        yield word
        return
    piece = ""
    for sign in _signs(word):
        # Measured together: a variation selector makes the character before it wider.
        if piece and cells(piece + sign) > room:
            yield piece
            piece = ""
        piece += sign
        while cells(piece) > room and piece.isascii():  # an escape wider than the line
            yield piece[:room]
            piece = piece[room:]
    yield piece


def _signs(word: str) -> Iterator[str]:
    """A word's characters, each with what is drawn on it or joined to it; an escape is one."""
    at = 0
    while at < len(word):
        escape = _ESCAPES.match(word, at)
        end = escape.end() if escape else at + 1
        while end < len(word) and (word[end - 1] == "\u200d" or _clings(word[end])):
            end += 1
        yield word[at:end]
        at = end


def _clings(character: str) -> bool:
    return character > "\u02ff" and (not cells(character) or _is_spacing_mark(character))
