"""What of a text does not come to the screen as it was meant: a rest that YAML reads as a remark,
a fence that nothing closes, rows of a table that is none. Notes.
"""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from quizcli.bank.faults import Fault, Level
from quizcli.bank.folding import folded
from quizcli.bank.places import TextPlaces
from quizcli.quiz.inline import SpanKind, inline
from quizcli.quiz.markup import Code, MarkupTable, blocks, rows_with_more_cells, stretches
from quizcli.quiz.model import Place

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from quizcli.bank.nodes import Node

# Where people write sentences. What stands behind an id or a number is a remark.
_PROSE = {
    "title", "description", "prompt", "front", "back", "text", "left", "right", "feedback",
    "missed", "explanation", "model", "alt", "hints", "references",
}  # fmt: skip
_REMARK = re.compile(r"(?:^|(?<=\s))#.*")
# With what a sentence goes on, and a remark does not begin.
_GOES_ON = re.compile(r"# ?(?:is|are|was|were|has|have|and|or|than)\b")
_BRACKETS = re.compile(r"\([^()]*\)|\[[^][]*\]|\{[^{}]*\}")
_TASK = re.compile(r"# ?(TODO|FIXME|XXX|HACK|NOTE)\b")


def losses(root: Node, file: str, lines: Sequence[str]) -> Iterator[Fault]:
    """Notes on the texts of a bank, whose file has these ``lines``."""
    drawings = {
        id(node) for name, node in _named(root) if name == "figure" for node in node.texts()
    }
    for name, value in _named(root):
        for node in value.items or [value] if name in _PROSE else ():
            if node.items is not None or (id(node) in drawings and name == "text"):
                continue
            if remark := _cut_off(node, lines) or _before(name, node, lines):
                line, column, said = remark
                what = f"the rest of the line, '{said[:40]}', is a comment, not part of the text"
                fix = "put the text in quotes, or two spaces before a comment"
                yield Fault(Place(file, line, column), "remark", what, fix, Level.NOTE)
            if named := _named_text(node, lines):
                what = f"'{named[:40]}' is read as a name, not as part of the text"
                fix = "put the text in quotes"
                place = Place(file, node.line, node.column)
                yield Fault(place, "anchor", what, fix, Level.NOTE)
            if lost := folded(node, "" if value.items else name, lines):
                place = Place(file, node.line, node.column)
                yield Fault(place, "folded", *lost, Level.NOTE)
                continue
            yield from _blocks(node, file, lines)


def _named(node: Node) -> Iterator[tuple[str, Node]]:
    """Each value of each mapping with its key, in the order of the file."""
    items = node.items or []
    if node.is_map:
        for key, value in zip(items[::2], items[1::2], strict=True):
            yield key.text, value
            yield from _named(value)
    else:
        for item in items:
            yield from _named(item)


def _named_text(node: Node, lines: Sequence[str]) -> str:
    """The name, as ``&amp``, that a text has been given by what seems to begin it."""
    rest = lines[node.line - 1][node.column - 1 :]
    return rest.split()[0] if not node.style and rest.startswith("&") else ""


def _cut_off(node: Node, lines: Sequence[str]) -> tuple[int, int, str] | None:
    """Line, column and words of a remark that seems to belong to the text before it."""
    if node.style:
        return None
    left, column = len("".join(node.text.split())), node.column - 1
    for number, line in enumerate(lines[node.line - 1 :], node.line):
        found = _REMARK.search(line, column)
        text = line[column : found.start()] if found else line[column:]
        left -= len("".join(text.split()))
        if found and _belongs(text, found[0].rstrip()):
            return number, found.start() + 1, found[0].rstrip()
        if found or left <= 0:
            return None
        column = 0
    return None


def _before(name: str, node: Node, lines: Sequence[str]) -> tuple[int, int, str] | None:
    """Line, column and words of a remark that seems to be the first line of a text."""
    if node.style or node.line < 2 or lines[node.line - 1][: node.column - 1].strip():
        return None
    found = re.search(rf"(?<![\w-]){name}: +(#\w.*)", lines[node.line - 2])
    return (node.line - 1, found.start(1) + 1, found[1].rstrip()) if found else None


def _belongs(text: str, remark: str) -> bool:
    """Whether a text seems to go on behind a ``#``: a space alone parts them, and a letter stands
    on either side (``C #``, ``#1``), or the sentence goes on or ends there alone."""
    bare = text.rstrip()
    if len(text) - len(bare) != 1 or _TASK.match(remark):
        return False
    beside = re.search(r"(?:^|\s)[A-Z]\Z", bare) or re.match(r"#\w", remark)
    is_open = not bare.endswith((".", "?", "!", ":"))
    goes_on = _GOES_ON.match(remark) or remark.endswith((".", "?", "!"))
    return bool(beside or (is_open and goes_on))


def _blocks(node: Node, file: str, source: Sequence[str]) -> Iterator[Fault]:
    """What is no block and looks like one."""
    note = partial(_note, node, TextPlaces(node, source), file)
    at = 0  # the line of the text
    for code, lines in stretches(node.text.split("\n")):
        if code and _is_open(lines):
            what, fix = "the code that begins here is not closed", "repeat its fence after it"
            yield note(at, "fence", what, fix)
        elif not code and (row := _loose_row(lines)) is not None:
            what = "these lines with bars are not a table, and are read as one line"
            columns = len(re.split(r"(?<!\\)\|", lines[row].strip().strip("|")))
            fix = f"write '|{columns * '---|'}' under the first one"
            yield note(at + row, "table", what, fix)
        for row in () if code else rows_with_more_cells(lines):
            what = "this row has more cells than its table has columns; they share the last one"
            fix = "remove a bar, or write '\\|' for one that belongs to the text"
            yield note(at + row, "cells", what, fix)
        at += len(lines)


def _is_open(lines: Sequence[str]) -> bool:
    """Whether code begins with a fence and does not end with one."""
    [code] = blocks("\n".join(lines))
    return isinstance(code, Code) and len(code.lines) == len(lines) - 1


def _loose_row(lines: Sequence[str]) -> int | None:
    """Which line is like the first row of a table, and is not in one."""
    rows, bars = list(map(_is_row, lines)), list(map(_bars, lines))
    pairs = (
        at
        for at in range(len(lines) - 1)
        if (rows[at] and rows[at + 1]) or 0 < bars[at] == bars[at + 1]
    )
    at = next(pairs, None)
    is_table = at is not None and isinstance(blocks("\n".join(lines[at:]))[0], MarkupTable)
    return None if is_table else at


def _is_row(line: str) -> bool:
    """Whether a line is two cells or more between bars."""
    first, *cells, last = line.strip().split("|") if line.count("|") > 2 else ("?", "?")
    return not (first or last) and sum(map(bool, map(str.strip, cells))) > 1


def _bars(line: str) -> int:
    """How many bars part words of a line that has none at its edges: not those of a formula, of
    code, or of something in brackets, such as a condition. A line that is indented keeps its
    place."""
    if "|" not in line or line.startswith("  ") or line.strip()[0] == "|":
        return 0
    prose = "".join(span.source if span.kind is SpanKind.TEXT else "x" for span in inline(line))
    return len(re.findall(r"(?<=\S) +\| +(?=\S)", _BRACKETS.sub("x", prose)))


def _note(
    node: Node, places: TextPlaces, file: str, line: int, code: str, what: str, fix: str
) -> Fault:
    at = sum(len(each) + 1 for each in node.text.split("\n")[:line])
    return Fault(Place(file, *places.of(at)), code, what, fix, Level.NOTE)
