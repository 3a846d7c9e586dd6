"""The sound questions of a bank that cannot be used, so that what is told of them does not wait
until the others are mended."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace
from typing import TYPE_CHECKING

from quizcli.bank.nodes import Node, Shape

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quizcli.bank.faults import Fault

# Of a bank's head what its questions rest on; the rest may be what is wrong.
_KEPT = {"language", "keyless", "scenarios"}
_STATED = {"format": "1", "id": "bank", "title": "Bank"}


def sound_part(root: Node, faults: Sequence[Fault], file: str) -> Node:
    """The bank of those questions in ``root``, the tree of ``file``, in which no fault lies."""
    questions = root.listed("questions")
    starts = [(question.line, question.column) for question in questions]
    found = [(f.place.line, f.place.column) for f in faults if f.place.file == file]
    faulty = {bisect_right(starts, place) - 1 for place in found}
    sound = [question for i, question in enumerate(questions) if i not in faulty]
    items: list[Node] = []
    for name, text in _STATED.items():
        items += [_text(root, name), _text(root, text)]
    keys = root.items or []
    for key, value in zip(keys[::2], keys[1::2], strict=False):
        if key.text in _KEPT:
            items += [key, value]
        elif key.text == "questions":
            items += [key, replace(value, items=sound)]
    return replace(root, items=items)


def _text(root: Node, text: str) -> Node:
    return Node(Shape.TEXT, root.line, root.column, text)
