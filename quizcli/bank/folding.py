"""A text of several lines that was not written as a block, so that YAML takes its lines for more
than a text, or folds them into one."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from quizcli.bank.signs import SignSlip

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from quizcli.bank.nodes import Node

# What may be long enough for several lines.
_LONG = {
    "description", "prompt", "front", "back", "text", "explanation", "model", "feedback", "missed",
}  # fmt: skip
_ENTRY = re.compile(r"(?P<lead> *(?:- +)*)(?P<key>[a-z_]+) *:(?: +(?P<value>\S.*)|\s*\Z)")
# What folding spoils: two fences, the line below the head of a table, items of a list side by side.
_FENCE = re.compile("```|~~~")
_DASHES = re.compile(r"(?=.*\|)[|: -]*-[|: -]*\Z")
_ITEM = re.compile(r"(?:[-*+]|\d+\.) \S")
_FIX = "write '|' after {}, and the whole text on the lines below it"


def without_bar(lines: Sequence[str], number: int) -> SignSlip | None:
    """The key of a text whose lines below it, of which this one cannot be read, need a bar."""
    here = lines[number] if number < len(lines) else ""
    if not here.strip() or here.lstrip(" ")[0] == "\t" or _ENTRY.match(here):
        return None
    least = _indent(here)
    for at in range(number - 1, -1, -1):
        if entry := _ENTRY.match(lines[at]):
            key, column = entry["key"], entry.end("lead")
            begins = (entry["value"] or "?")[0]
            if key not in _LONG or column >= least or begins in "|>'\"[{&*!#":
                return None
            what = f"'{key}' has several lines of text, but no '|'"
            return SignSlip(at, column, what, _FIX.format(f"'{key}:'"))
        if lines[at].strip():
            least = min(least, _indent(lines[at]))
    return None


def folded(node: Node, key: str, lines: Sequence[str]) -> tuple[str, str] | None:
    """What a text loses whose lines YAML reads as one, and how to keep it; no ``key`` for an item
    of a list."""
    if node.style == "|":
        return None
    kept = {line.strip() for line in node.text.split("\n")}
    lost = ["" if line in kept else line for line in _source(node, lines)]
    items = [bool(_ITEM.match(line)) for line in lost]
    is_code = sum(map(bool, map(_FENCE.match, lost))) > 1
    if is_code or any(map(_DASHES.match, lost)) or any(map(all, pairwise(items))):
        what = "these lines are read as one, so that code, a table or a list is lost"
        return what, _FIX.format(f"'{key}:'" if key else "the dash")
    return None


def _source(node: Node, lines: Sequence[str]) -> Iterator[str]:
    """The lines of a text as they stand in its file, as many as hold its signs."""
    left = len("".join(node.text.split()))
    begins, column = (node.line, 0) if node.style == ">" else (node.line - 1, node.column - 1)
    for line in lines[begins:]:
        said = line[column:].strip()
        yield said
        left -= len("".join(said.split()))
        if left <= 0:
            return
        column = 0


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())
