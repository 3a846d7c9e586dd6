"""Slips in lists of mappings: a '- ' too many or too few, texts in the place of mappings."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from quizcli.bank.nodes import Shape
from quizcli.quiz.fields import spoken

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from quizcli.bank.nodes import Node
    from quizcli.quiz.fields import Field


class ListSlip(NamedTuple):
    """What is wrong with a list, at which node, and the items that are not read for it."""

    node: Node
    what: str
    fix: str
    unread: Sequence[Node]


def example(fields: Mapping[str, Field]) -> str:
    """How an item is written: ``- {id: …, text: …}``."""
    names = [name for name, field in fields.items() if field.required]
    names += [name for name in ("text", "right") if name in fields and name not in names]
    return f"- {{{', '.join(f'{name}: …' for name in names)}}}"


def slips(node: Node, name: str, shape: str, fields: Mapping[str, Field]) -> list[ListSlip]:
    """What is wrong with the list called ``name`` as a whole."""
    items = node.items or []
    start = next(iter(fields))
    if node.shape is Shape.LIST and all(i.items and i.items[0].text == start for i in items):
        return []  # nearly every list of nearly every bank
    if node.shape is Shape.MAP:
        first = (items or [node])[0]
        if first.text in fields:
            what = f"a '- ' is missing before '{first.text}'"
            fix = f"each {spoken(shape)} begins with one: - {first.text}: …"
            return [ListSlip(first, what, fix, items)]
        what = f"'{name}' is a mapping"
        return [ListSlip(node, what, f"write one line like {example(fields)} for each", items)]
    texts = [item for item in items if item.shape is Shape.TEXT and item.text]
    if len(texts) > 1 and len(texts) == len(items):
        fix = f"write each {spoken(shape)} as {example(fields)}"
        return [ListSlip(texts[0], f"'{name}' contains plain texts", fix, items)]
    return _torn(items, shape, fields)


def _torn(items: Sequence[Node], shape: str, fields: Mapping[str, Field]) -> list[ListSlip]:
    """Items whose lines begin with a '- ' each, so that one became several: what follows has none
    of the keys before it, and not the one with which an item begins."""
    first = next(iter(fields))
    found: list[ListSlip] = []
    at = 0
    while at < len(items):
        keys, end = _keys(items[at]), at + 1
        while keys and end < len(items) and _goes_on(_keys(items[end]), keys, first, fields):
            keys |= _keys(items[end])
            end += 1
        if end - at > 1:
            rest = items[at + 1]
            key = (rest.items or [rest])[0]
            what = f"the '- ' before '{key.text}' begins another {spoken(shape)}"
            fix = f"remove it: only the first line of each {spoken(shape)} has one"
            found.append(ListSlip(rest, what, fix, items[at:end]))
        at = end
    return found


def _keys(item: Node) -> set[str]:
    return {key.text for key in (item.items or [])[::2]} if item.shape is Shape.MAP else set()


def _goes_on(keys: set[str], before: set[str], first: str, fields: Mapping[str, Field]) -> bool:
    return bool(keys) and first not in keys and not keys & before and keys <= set(fields)
