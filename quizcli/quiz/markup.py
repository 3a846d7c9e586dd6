r"""The blocks of a text: paragraphs, code, tables, list items, and lines that keep their place.

- Lines between fences (three or more backticks or tildes) are code, and so are lines indented by
  four spaces or more behind an empty line, unless each of them is a formula (an equation).
- A line indented otherwise, by two spaces or more, keeps its place; all other lines of a paragraph
  are joined and wrapped anew.
- ``-``, ``*``, ``+``, ``1.`` or ``1)`` and a space begin an item of a list; what follows it
  indented belongs to it.
- A line with bars above a line of dashes and bars is the head of a table.

What a line says within itself is the business of `inline`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from quizcli.named_tuple import NamedTuple
from quizcli.quiz.inline import Span, SpanKind, inline

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

INDENT = 4  # spaces before code that has no fence


class MarkupText(NamedTuple):
    """Running text, to be wrapped."""

    text: str


class PlacedLine(NamedTuple):
    """A line that keeps its place, with its indentation; an empty one is an empty line."""

    text: str


class Code(NamedTuple):
    """Lines to be shown as they are."""

    lines: tuple[str, ...]


class ListItem(NamedTuple):
    """An item of a list: how far it is indented, its sign as typed (``-``, ``2.``), its text."""

    indent: int
    sign: str
    text: str


class MarkupTable(NamedTuple):
    """A table: its head, its rows, which all have as many cells, and the columns that are aligned
    right or centred."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    right: tuple[int, ...] = ()
    centred: tuple[int, ...] = ()


Block = MarkupText | PlacedLine | Code | ListItem | MarkupTable

_FENCE = r" *(`{3,}[^`]*|~{3,}.*)\Z"
_ITEM = r"( *)([-+*]|\d{1,9}[.)]) +(\S.*)\Z"
# Patterns are made when a line may match: most texts of a quiz are a sentence.
_RULE = r"\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*\Z"


def _fence(line: str) -> re.Match[str] | None:
    return re.match(_FENCE, line) if line.lstrip(" ").startswith(("```", "~~~")) else None


def _item(line: str) -> re.Match[str] | None:
    return re.match(_ITEM, line) if line.lstrip(" ")[:1] in "-+*0123456789" else None


def blocks(text: str) -> list[Block]:
    """The blocks of a text in order."""
    found: list[Block] = []
    for code, lines in stretches(text.split("\n")):
        if code:
            found.append(Code(_bare_code(lines)))
        else:
            found += _lines_to_blocks(_whole_spans("\n".join(lines)).split("\n"))
    return found


def spans(text: str) -> list[Span]:
    """All spans of a text; their sources together are the text."""
    if not any(sign in text for sign in "$`*_\\~\t") and "    " not in text:
        return [Span(SpanKind.TEXT, text, text)]
    found: list[Span] = []
    for number, (code, lines) in enumerate(stretches(text.split("\n"))):
        if number:
            found.append(Span(SpanKind.TEXT, "\n", "\n"))
        source = "\n".join(lines)
        found += [Span(SpanKind.CODE, source, source)] if code else inline(source)
    return found


def formulas(text: str) -> list[str]:
    """The formulas of a text, without their dollars."""
    if "$" not in text:
        return []
    return [span.text for span in spans(text) if span.kind is SpanKind.MATH]


def running(text: str) -> bool:
    """Whether a text is one paragraph or less, so that it can stand within a sentence."""
    return all(isinstance(block, MarkupText) or block == PlacedLine("") for block in blocks(text))


def stretches(lines: Sequence[str]) -> Iterator[tuple[bool, list[str]]]:
    """(is code, lines): code whole, and other lines from one empty line to the next."""
    at = 0
    prose: list[str] = []
    in_list = False  # what is indented behind an item belongs to it
    while at < len(lines):
        line = lines[at]
        after = at
        if _fence(line):
            after = _fence_end(lines, at)
        elif not prose and not in_list and _indented(line):
            after = _indented_end(lines, at)
        if after > at:
            if prose:
                yield False, prose
                prose = []
            yield True, list(lines[at:after])
            at = after
            continue
        at += 1
        if line.strip():
            prose.append(line)
            in_list = bool(_item(line)) or (in_list and line[0].isspace())
            continue
        if prose:
            yield False, prose
            prose = []
        yield False, [line]
    if prose:
        yield False, prose


def _fence_end(lines: Sequence[str], at: int) -> int:
    """Behind the fence that closes this one, or behind the text."""
    inner = range(at + 1, len(lines))
    return next((n + 1 for n in inner if _closes(lines[at], lines[n])), len(lines))


def _closes(fence: str, line: str) -> bool:
    fence, line = fence.strip(), line.strip()
    length = len(fence) - len(fence.lstrip(fence[0]))
    return len(line) >= length and not line.strip(fence[0])


def _indented(line: str) -> bool:
    return line.expandtabs(INDENT).startswith(" " * INDENT) and bool(line.strip())


def _indented_end(lines: Sequence[str], at: int) -> int:
    """Behind the last line of the indented code that begins here; here, where there is none."""
    end = at
    while end < len(lines) and _indented(lines[end]):
        end += 1
    # A paragraph that goes on at the edge was no code.
    if (end < len(lines) and lines[end].strip()) or all(map(_equation, lines[at:end])):
        return at
    for number in range(end, len(lines)):
        if _indented(lines[number]):
            end = number + 1
        elif lines[number].strip():
            break
    return end


def _equation(line: str) -> bool:
    """Whether a line is formulas and the signs between sentences alone."""
    prose = "".join(span.text for span in inline(line) if span.kind is not SpanKind.MATH)
    return "$" in line and not prose.strip(" \t.,;:")


def _bare_code(lines: Sequence[str]) -> tuple[str, ...]:
    """Code without its fences or its indentation; what is indented further keeps the rest."""
    fence = _fence(lines[0])
    if not fence:
        return tuple(line.expandtabs(INDENT)[INDENT:] for line in lines)
    inner = lines[1:-1] if len(lines) > 1 and _closes(lines[0], lines[-1]) else lines[1:]
    indent = _spaces(lines[0])
    return tuple(line[min(indent, _spaces(line)) :] for line in inner)


def _spaces(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _whole_spans(text: str) -> str:
    """The same text with each formula and each piece of code on one line."""
    if "\n" not in text or not ("$" in text or "`" in text):
        return text
    whole = (SpanKind.MATH, SpanKind.CODE)
    return "".join(
        re.sub(r"\s*\n\s*", " ", span.source) if span.kind in whole else span.source
        for span in inline(text)
    )


def _lines_to_blocks(lines: Sequence[str]) -> Iterator[Block]:
    at = 0
    words: list[str] = []
    item: ListItem | None = None
    while at < len(lines):
        line = lines[at].expandtabs(INDENT) if lines[at][:1] == "\t" else lines[at]
        began = _item(line)
        table = _table(lines, at)
        placed = line.startswith("  ") or not line.strip()
        # Only a list that begins at its first number interrupts a paragraph.
        if began and words and began[2][0].isdigit() and began[2][:-1] != "1":
            began = None
        if (table or began or placed) and words:
            yield MarkupText(" ".join(words))
            words = []
        if item and (table or began or not placed or not line.strip()):
            yield item
            item = None
        if table:
            yield table
            at += 2 + len(table.rows)
            continue
        if began:
            item = ListItem(len(began[1]), began[2], began[3])
        elif item:
            item = item._replace(text=f"{item.text} {line.strip()}")
        elif placed:
            yield PlacedLine(line.rstrip())
        else:
            words.append(line.strip())
        at += 1
    if item:
        yield item
    if words:
        yield MarkupText(" ".join(words))


def _table(lines: Sequence[str], at: int) -> MarkupTable | None:
    if at + 1 >= len(lines) or "|" not in lines[at] or "|" not in lines[at + 1]:
        return None
    if not re.match(_RULE, lines[at + 1]):
        return None
    head, dashes = _cells(lines[at]), _cells(lines[at + 1])
    if len(head) != len(dashes):
        return None
    rows = []
    for line in lines[at + 2 :]:
        if "|" not in line:
            break
        row = _cells(line)
        row += [""] * (len(head) - len(row))
        # Cells beyond the last column are kept in it.
        rows.append((*row[: len(head) - 1], " | ".join(row[len(head) - 1 :])))
    to_the_right = [i for i, cell in enumerate(dashes) if cell.endswith(":")]
    centred = tuple(i for i in to_the_right if dashes[i].startswith(":"))
    right = tuple(i for i in to_the_right if i not in centred)
    return MarkupTable(tuple(head), tuple(rows), right, centred)


def rows_with_more_cells(lines: Sequence[str]) -> Iterator[int]:
    """Which of these lines are rows of a table that have more cells than its head."""
    at = 0
    while at < len(lines):
        table = _table(lines, at)
        end = at + 2 + len(table.rows) if table else at + 1
        for row in range(at + 2, end):
            if table and len(_cells(lines[row])) > len(table.head):
                yield row
        at = end


def _cells(line: str) -> list[str]:
    """The cells of a row: split at bars that stand in no formula and no code."""
    cells = [""]
    row = line.strip()
    for span in inline(row):
        if span.kind is not SpanKind.TEXT:
            cells[-1] += span.source
            continue
        first, *rest = re.split(r"(?<!\\)\|", span.source)
        cells[-1] += first
        cells += rest
    cells = [cell.strip().replace("\\|", "|") for cell in cells]
    return cells[row.startswith("|") : len(cells) - (len(cells) > 1 and not cells[-1])]
