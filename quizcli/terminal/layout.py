"""Text into lines of a width, judged by cells, without the drawing library.

A blank line separates paragraphs; a line that starts with two spaces keeps its place (an
equation, a drawing); all other lines of a paragraph are joined and wrapped anew.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


def cells(text: str) -> int:
    """Columns that a text takes in a terminal."""
    if text.isascii():
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)


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
            lines += _fill(block.split(" "), width, lead, hang + "      ", kept=True)
        else:
            # Only at these: a no-break space is there to hold together what it stands between.
            lines += _fill(block.replace("\t", " ").split(" "), width, lead, hang, kept=False)
    return lines


def _fill(words: list[str], width: int, indent: str, hang: str, *, kept: bool) -> list[str]:
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
    yield piece


def _signs(word: str) -> Iterator[str]:
    """A word's characters, each with what is drawn on it or joined to it."""
    sign = ""
    for character in word:
        if sign and not (sign[-1] == "\u200d" or (character > "\u02ff" and not cells(character))):
            yield sign
            sign = ""
        sign += character
    yield sign
