"""A text of several lines that was not written as a block, so that YAML folds them into one."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from quizcli.bank.bars import WITH_BAR

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from quizcli.bank.nodes import Node

# What folding spoils: two fences, the line below the head of a table, items of a list side by side.
_FENCE = re.compile("```|~~~")
_DASHES = re.compile(r"(?=.*\|)[|: -]*-[|: -]*\Z")
_ITEM = re.compile(r"(?:[-*+]|\d+\.) \S")


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
        return what, WITH_BAR.format(f"'{key}:'" if key else "the dash")
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
