"""A GIFT text cut into its questions, each with the comments above it and its braces found.

Questions are parted by empty lines. What people write besides is read as they meant it, and told:
an empty line among the answers, no empty line between two questions, a brace within an answer.
"""

from __future__ import annotations

import re
from collections import deque
from itertools import count
from typing import TYPE_CHECKING, NamedTuple

from quizcli.formats.gift_escapes import shown, without_escapes, without_foreign_signs
from quizcli.formats.sources import Remark, SourceCategory

if TYPE_CHECKING:
    from collections.abc import Iterator

_CATEGORY = re.compile(r"\$CATEGORY(?:\s*([:\ufdd1])|\s)(.*)", re.IGNORECASE)
_BRACE = re.compile("[{}]")
# A line that begins a question, by its title.
_TITLED = re.compile(r"\n(?=[^\S\n]*+::[^\n]+?::)")
# What may stand behind the answers before another question begins on the same line.
_NEXT = re.compile(r"[^\S\n]*[.!?;…]*[^\S\n]*(?=(::)|([^\W\d_]))")
_FORMULA = "braces in a formula or in code are read as part of it"
_ESCAPED = "write \\{ and \\}, because other programs need them"


class GiftBlock(NamedTuple):
    """Text without an empty line: where it begins, and the comments above and within it."""

    line: int
    text: str
    comments: tuple[tuple[int, str], ...] = ()


class GiftPiece(NamedTuple):
    """The text of one question. ``opens`` and ``closes`` are the places of its braces, -1 for none;
    ``again`` says that a second pair follows."""

    line: int
    text: str
    comments: tuple[str, ...]
    opens: int
    closes: int
    again: bool = False


def pieces(text: str, remarks: list[Remark]) -> Iterator[GiftPiece | SourceCategory]:
    """The questions and categories of a text in order."""
    coming = _blocks(text, remarks)
    ahead: deque[GiftBlock | SourceCategory] = deque()  # read, and not yet taken
    while (block := ahead.popleft() if ahead else next(coming, None)) is not None:
        if isinstance(block, SourceCategory):
            yield block
            continue
        if block.text.count("{") > block.text.count("}"):
            block = _with_rest(block, ahead, coming, remarks)
        yield from _cut(block, remarks)


def _blocks(text: str, remarks: list[Remark]) -> Iterator[GiftBlock | SourceCategory]:
    lines: list[str] = []
    comments: list[tuple[int, str]] = []
    first = 0
    for number, source in enumerate(_lines(text), 1):
        line = without_escapes(source)
        bare = line.strip()
        category = _CATEGORY.match(bare) if bare[:1] == "$" else None
        if not bare or category:
            if lines:
                yield GiftBlock(first, "\n".join(lines), tuple(comments))
                lines, comments = [], []
            if category:
                path = shown(category[2]).strip()
                if not category[1]:
                    what = "the category has no colon, which other programs need"
                    remarks.append(Remark(number, what, f"write $CATEGORY: {path}"))
                yield SourceCategory(number, path)
        elif bare.startswith("//"):
            comments.append((number, shown(bare)))
            if lines:
                lines.append("")
        else:
            if not lines:
                first = number
            without, braces = without_foreign_signs(line)
            if braces:
                remarks.append(Remark(number, _FORMULA, _ESCAPED))
            lines.append(without)


def _lines(text: str) -> Iterator[str]:
    """Its lines one by one, and an empty one at the end."""
    start = 0
    while (end := text.find("\n", start)) >= 0:
        yield text[start:end]
        start = end + 1
    yield text[start:]
    yield ""


def _with_rest(
    block: GiftBlock,
    ahead: deque[GiftBlock | SourceCategory],
    coming: Iterator[GiftBlock | SourceCategory],
    remarks: list[Remark],
) -> GiftBlock:
    """A block whose braces are open, with those below it up to the one that closes them, where
    nothing but an empty line stands between."""
    for end in count():
        if end == len(ahead):
            if (following := next(coming, None)) is None:
                break
            ahead.append(following)
        below = ahead[end]
        if isinstance(below, SourceCategory) or below.text.lstrip().startswith("::"):
            break
        brace = _BRACE.search(below.text)
        if brace is None:
            continue
        if brace[0] == "{":
            break
        parts = [block]
        for _ in range(end + 1):
            part = ahead.popleft()
            assert isinstance(part, GiftBlock)  # a category ends the search
            parts.append(part)
        lines: list[str] = []
        for part in parts:
            lines += [""] * (part.line - block.line - len(lines))
            lines += part.text.split("\n")
        comments = tuple(comment for part in parts for comment in part.comments)
        what = "an empty line among the answers: other programs end the question there"
        remarks.append(Remark(block.line, what, "remove it"))
        return GiftBlock(block.line, "\n".join(lines), comments)
    return block


def _cut(block: GiftBlock, remarks: list[Remark]) -> Iterator[GiftPiece]:
    """The questions of a block, which are one where it was written as it should be."""
    text = block.text
    opened, closed = text.find("{"), text.rfind("}")
    if opened == text.rfind("{") < closed == text.find("}") and not _TITLED.search(text):
        said = tuple(said for _, said in block.comments)
        yield GiftPiece(block.line, text, said, opened, closed)
        return
    partners, opens = _partners(text)
    comments = list(block.comments)
    start, line = 0, block.line
    while start < len(text):
        end, opened, closed, again = _one(text, start, opens, partners)
        source = text[start:end]
        below = line + source.count("\n")
        own = tuple(said for number, said in comments if end == len(text) or number < below)
        comments = comments[len(own) :]
        if source.strip():
            first = line + source[: len(source) - len(source.lstrip())].count("\n")
            opened, closed = max(opened - start, -1), max(closed - start, -1)
            yield GiftPiece(first, source, own, opened, closed, again)
        if end < len(text):
            what = "no empty line between this question and the one above"
            remarks.append(Remark(below, what, "add one"))
        line, start = below, end


def _partners(text: str) -> tuple[dict[int, int], list[int]]:
    """Where the brace that each opening one belongs to closes, and all opening ones in order."""
    partners: dict[int, int] = {}
    opens: list[int] = []
    stack: list[int] = []
    for brace in _BRACE.finditer(text):
        if brace[0] == "{":
            opens.append(brace.start())
            stack.append(brace.start())
        elif stack:
            partners[stack.pop()] = brace.start()
    opens.reverse()  # so that the next one is the last
    return partners, opens


def _one(
    text: str, start: int, opens: list[int], partners: dict[int, int]
) -> tuple[int, int, int, bool]:
    """Where the question that begins at ``start`` ends, where its braces stand, and whether it has
    more than one pair. ``opens`` loses the braces that belong to it."""
    while opens and opens[-1] < start:
        opens.pop()
    opened = opens.pop() if opens else -1
    title = _title(text, start, opened if opened >= 0 else len(text))
    if title is not None:
        if opened >= 0:
            opens.append(opened)
        return title, -1, -1, False
    if opened < 0:
        return len(text), -1, text.find("}", start), False
    closed = partners.get(opened, -1)
    if closed < 0:
        return _end_of_open(text, opened, opens), opened, -1, False
    again = False
    behind = closed
    while True:
        while opens and opens[-1] < behind:
            opens.pop()
        following = opens[-1] if opens else len(text)
        end = _boundary(text, behind, following)
        if end is not None:
            return end, opened, closed, again
        again = True
        behind = partners.get(opens.pop(), following + 1)


def _title(text: str, start: int, end: int) -> int | None:
    """Where a titled question begins below the first line of what starts here."""
    match = _TITLED.search(text, start, end) if "\n" in text else None
    while match and not text[start : match.start()].strip():
        match = _TITLED.search(text, match.start() + 1, end)
    return match.start() + 1 if match else None


def _end_of_open(text: str, opened: int, opens: list[int]) -> int:
    """Where a question whose braces are open ends: at the line of the next ones, else the text."""
    while opens:
        line = text.rfind("\n", opened, opens[-1])
        if line >= 0:
            return _title(text, opened, opens[-1]) or line + 1
        opens.pop()
    return len(text)


def _boundary(text: str, closed: int, following: int) -> int | None:
    """Where a question ends whose answers close at ``closed``: None where another pair of braces
    belongs to it."""
    title = _title(text, closed, following)
    if title is not None:
        return title
    if following == len(text):
        return following
    line = text.find("\n", closed, following)
    if line >= 0:
        return line + 1
    begins = _NEXT.match(text, closed + 1)
    if begins and (begins[1] or begins[2].isupper()):
        return begins.end()
    return None
