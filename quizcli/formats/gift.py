"""GIFT, Moodle's format for questions in a text file.

`read` never raises, whatever it is given: what cannot be read is a remark with its line, and the
next question is read.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from quizcli.formats.decoding import decoded, decoded_source
from quizcli.formats.format import BankFormat
from quizcli.formats.gift_answers import AnswerReader
from quizcli.formats.gift_blocks import pieces
from quizcli.formats.gift_escapes import collapsed, marked_text
from quizcli.formats.gift_writer import written
from quizcli.formats.sources import (
    GAP,
    Remark,
    SourceCategory,
    SourceFile,
    SourceKind,
    SourceQuestion,
    SourceText,
    SourceTitle,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quizcli.formats.gift_blocks import GiftPiece
    from quizcli.formats.sources import SourceItem

_ANSWERS = re.compile(
    r"(?<!\\)\{\s*(?:[=~#]|(?:T|F|TRUE|FALSE)\s*[}#])|^\s*::.*::|^\$CATEGORY:", re.MULTILINE
)

_STRAY = re.compile(r"^[^\S\n]*+([=~][^\n]*\w[^\n]*)", re.MULTILINE)
_TITLE = re.compile(r"\s*+::((?:[^:]|:(?!:))*+)::")
_ID = re.compile(r"\[id:((?:\\\]|[^\]\x00-\x1f\x7f])+)\]")
_OF_ALL = re.compile(r"\[title:((?:\\\]|[^\]\x00-\x1f\x7f])+)\]")
_TAG = re.compile(r"\[tag:((?:\\\]|[^\]\x00-\x1f\x7f])+)\]")


def read(source: bytes | str) -> SourceFile:
    """The questions and categories of a GIFT file, and what is to be said of it."""
    data = source.encode("utf-8", "surrogatepass") if isinstance(source, str) else source
    text, remarks = decoded_source(data)
    return SourceFile(_items(text, remarks), remarks)


def _items(text: str, remarks: list[Remark]) -> Iterator[SourceItem]:
    category = ""
    for piece in pieces(text, remarks):
        if isinstance(piece, SourceCategory):
            category = piece.path
            yield piece
            continue
        for title in _OF_ALL.findall("\n".join(piece.comments)):
            yield SourceTitle(piece.line, (title.replace("\\]", "]").strip(),))
        if (question := _question(piece, category, remarks)) is not None:
            yield question


def _question(piece: GiftPiece, category: str, remarks: list[Remark]) -> SourceQuestion | None:
    fault = _fault(piece)
    if fault:
        what, fix = fault
        remarks.append(Remark(piece.line, f"{_called(piece)} is left out: {what}", fix, lost=True))
        return None
    remarks += _strays(piece)
    text, opens, closes = piece.text, piece.opens, piece.closes
    stem = text[:opens] if opens >= 0 else text
    tail = text[closes + 1 :] if opens >= 0 else ""
    if tail.lstrip().startswith("}"):
        remarks.append(Remark(piece.line, "there is one } too many", "remove it"))
        tail = tail.lstrip().lstrip("}")
    title, stem = _titled(stem, piece.line, remarks)
    id, tags = _named(piece.comments)
    gap = bool(tail.strip())
    prompt = _prompt(stem, tail if gap else None)
    start = text[:opens].lstrip().count("\n") if opens >= 0 else 0
    reader = AnswerReader(piece.line + start, prompt.markup, remarks)
    kind, fields = (
        reader.read(text[opens + 1 : closes]) if opens >= 0 else (SourceKind.DESCRIPTION, {})
    )
    return SourceQuestion(piece.line, kind, prompt, id, tags, title, category, gap, **fields)


def _called(piece: GiftPiece) -> str:
    """What a question is called where it cannot be read: by its title, or by its first words."""
    text = piece.text[: piece.opens] if piece.opens >= 0 else piece.text
    title = _TITLE.match(text)
    words = collapsed(title[1] if title else text)
    return f"'{words if len(words) <= 40 else f'{words[:40]}…'}'" if words else "a question"


def _strays(piece: GiftPiece) -> Iterator[Remark]:
    """Lines that look like answers and stand outside the braces."""
    start = piece.closes + 1  # the whole text, where there are no braces
    for stray in _STRAY.finditer(piece.text, start):
        line = piece.line + piece.text[: stray.start(1)].lstrip().count("\n")
        what = f"'{collapsed(stray[1])[:40]}' stands outside the braces, so it is no answer"
        yield Remark(line, what, "move it between { and }")


def _fault(piece: GiftPiece) -> tuple[str, str] | None:
    """Why a question cannot be read, and how to mend it."""
    if piece.again:
        return "the question has answers in two places", "split it into two questions"
    if piece.opens >= 0 and piece.closes < 0:
        return "the answers are never closed", "add } after the last one"
    if piece.opens < 0 <= piece.closes:
        return "there is a } without a {", "add { before the first answer, or write \\}"
    return None


def _titled(stem: str, line: int, remarks: list[Remark]) -> tuple[str, str]:
    """The title, and what stands behind it."""
    if not stem.lstrip().startswith("::"):
        return "", stem
    match = _TITLE.match(stem)
    if match:
        return collapsed(match[1]), stem[match.end() :]
    remarks.append(Remark(line, "the title is never closed", "add :: after it"))
    return "", stem.lstrip()[2:]


def _named(comments: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    """The id and the tags that comments give to the question below them."""
    if not any("[" in comment for comment in comments):
        return "", ()
    text = "\n".join(comments)
    ids = [found.replace("\\]", "]").strip() for found in _ID.findall(text)]
    tags = (found.replace("\\]", "]").strip() for found in _TAG.findall(text))
    return (ids[-1] if ids else ""), tuple(dict.fromkeys(tag for tag in tags if tag))


def _prompt(stem: str, tail: str | None) -> SourceText:
    """What is asked, with a gap where answers stand within it."""
    return marked_text(stem if tail is None else f"{stem}{GAP}{tail}", "moodle")


def _looks(head: bytes) -> bool:
    text, _ = decoded(head)
    return _ANSWERS.search(text) is not None


FORMAT = BankFormat("gift", "GIFT, Moodle's text format", (".gift", ".txt"), _looks, read, written)
