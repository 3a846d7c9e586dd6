"""Where in a file a letter of one of its texts stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quizcli.bank.nodes import Node


def place_in(node: Node, at: int, lines: Sequence[str]) -> tuple[int, int]:
    """Line and column of a letter of a text, in the ``lines`` of its file: found by its letters,
    since their spaces and line breaks may be others there. Where the text begins, if they are
    others too, as with escapes."""
    start = node.line, node.column
    if node.style == "|" or not at:
        return node.at(at)
    letters = "".join(node.text.split())
    wanted = len("".join(node.text[:at].split()))
    number, column = node.line - 1, node.column - 1 + bool(node.style)
    if node.style == ">":
        number, column = number + 1, 0
    matched = 0
    while number < len(lines):
        line = lines[number]
        while column < len(line):
            if not line[column].isspace():
                if matched >= len(letters) or line[column] != letters[matched]:
                    return start
                if matched == wanted:
                    return number + 1, column + 1
                matched += 1
                column += node.style == "'" and line[column : column + 2] == "''"
            column += 1
        number, column = number + 1, 0
    return start
