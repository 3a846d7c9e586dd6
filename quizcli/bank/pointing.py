"""Where in a question that which is wrong with it stands: as near to it as can be known."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from quizcli.bank.places import TextPlaces

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quizcli.bank.nodes import Node


def part_of(node: Node, part: int | None) -> Node:
    """The part of a list with this number; the node itself, where it has none."""
    items = () if node.is_map else node.items or ()
    return items[part] if part is not None and part < len(items) else node


def key_of(node: Node, name: str) -> Node:
    """A key of a mapping; the node itself, where it has no such key."""
    keys = (node.items or [])[::2] if node.is_map else ()
    return next((key for key in keys if key.text == name), node)


def text_in(node: Node, text: str) -> Node | None:
    """The last of the texts in a node that is this one; None where it stands elsewhere."""
    found = [each for each in node.texts() if each.text.strip() == text.strip()]
    return found[-1] if found else None


def letter_of(node: Node, at: int, lines: Sequence[str]) -> Node:
    """A node that begins at a letter of a text."""
    line, column = TextPlaces(node, lines).of(at)
    return replace(node, line=line, column=column)
