"""Ids that are given once, and former ones that are nobody's now."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quizcli.bank.fields import Object, Reader
    from quizcli.bank.nodes import Node


def check_unique(reader: Reader, named: Sequence[tuple[str, Node]], what: str) -> None:
    """Every id once."""
    first: dict[str, Node] = {}
    for id, node in named:
        if id and id in first:
            fix = f"it is already used on line {first[id].line}; give each {what} its own id"
            reader.fault(node, f"duplicate-{what}", f"{what} '{id}' appears twice", fix)
        elif id:
            first[id] = node


def check_formerly(reader: Reader, named: Sequence[tuple[str, Object]], what: str) -> None:
    """A former id is nobody's present one, and was one thing's alone."""
    present = {id: fields.at("id").line for id, fields in named}
    claimed: dict[str, int] = {}
    for _, fields in named:
        for node in fields.at("formerly").items or [] if "formerly" in fields else []:
            id = node.text
            if id not in fields.value("formerly", ()):
                continue
            if id in present:
                said = f"'{id}' is still the id of a {what}, on line {present[id]}"
                fix = f"a former id cannot be reused; remove it, or give that {what} a new id"
                reader.fault(node, "formerly", said, fix)
            elif id in claimed:
                said = f"'{id}' is already a former id, on line {claimed[id]}"
                reader.fault(node, "formerly", said, f"keep it only in the {what} that had it")
            claimed.setdefault(id, node.line)
