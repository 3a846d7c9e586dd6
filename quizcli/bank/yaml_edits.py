"""A question written anew among the lines of its file: what says the same keeps its lines, and the
remarks of its author stay above what they were written for.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from quizcli.bank.plain import plain_node
from quizcli.bank.yaml_text import mapping_lines, question_text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from quizcli.bank.nodes import Node


# What an imported question was called by its source, and a digest of what came from there.
NOTE = re.compile(r"#\s*from ([a-z0-9][a-z0-9_-]*) ([0-9a-f]{8})\s*$")


class QuestionEdit(NamedTuple):
    """A question as it is to be, and what stands behind its id, "" where its lines are left as they
    are; ``place`` is where it stands in the bank, -1 for a new one."""

    question: dict[str, Any]
    note: str = ""
    place: int = -1


class _Stretch(NamedTuple):
    """Something with a name on lines of its own, with those above that belong to it."""

    name: str
    node: Node
    above: Sequence[str]
    own: Sequence[str]
    start: int


def plain(node: Node) -> Any:
    """What stands in a tree, without the line ends and spaces behind a text: no bank has them once
    it is read, and no source says them, so a text in a block is the same as one on its line."""
    return _bare(plain_node(node))


def _bare(said: Any) -> Any:
    if isinstance(said, str):
        return said.rstrip("\n ")
    if isinstance(said, list):
        return [_bare(each) for each in said]
    return {name: _bare(each) for name, each in said.items()}


def with_edits(
    lines: Sequence[str], nodes: Sequence[Node], edits: Sequence[QuestionEdit], *, keeping: bool
) -> str:
    """A file with the lines of those questions alone replaced that changed, or, ``keeping``, with
    those of what changed in them; "" where questions do not stand on lines of their own."""
    starts = [node.line - 1 for node in nodes]
    firsts = [lines[start] for start in starts]
    if not nodes or any(not re.match(r" *- +[a-z_]+:", first) for first in firsts):
        return ""
    indent = firsts[0][: len(firsts[0]) - len(firsts[0].lstrip())]
    ends = [_end(lines, a, b, len(indent)) for a, b in pairwise([*starts, len(lines)])]
    written = list(lines[: starts[0]])
    for n, (question, note, place) in enumerate(edits):
        anew = question_text(question, indent, note).rstrip("\n") if note else ""
        if place < 0:
            written += [anew, ""] if n == 0 else ["", anew]
            continue
        if place:
            written += lines[ends[place - 1] : starts[place]]
        if not note:
            written += lines[starts[place] : ends[place]]
        else:
            kept = _mapping(nodes[place], lines, ends[place], question, note) if keeping else None
            written += kept or [anew]
    return "\n".join([*written, *lines[ends[-1] :]])


def _end(lines: Sequence[str], start: int, stop: int, indent: int) -> int:
    """Where what begins on a line ends: before what stands less deep, and before the remarks and
    empty lines that belong to what follows."""
    for at in range(start + 1, stop):
        line = lines[at]
        text = line.lstrip()
        if text and not text.startswith("#") and len(line) - len(text) <= indent:
            stop = at
            break
    while stop > start + 1:
        line = lines[stop - 1]
        text = line.lstrip()
        if text and not (text.startswith("#") and len(line) - len(text) <= indent):
            break
        stop -= 1
    return stop


def _mapping(
    node: Node, lines: Sequence[str], stop: int, said: Mapping[str, Any], note: str = ""
) -> list[str] | None:
    """The lines of a mapping, of which the first may follow a dash; None where it is written in
    brackets."""
    items = node.items or []
    keys = items[::2]
    if not keys or len({key.column for key in keys}) > 1:
        return None
    named = [(key.text, value, key.line - 1) for key, value in zip(keys, items[1::2], strict=True)]
    indent = keys[0].column - 1
    pieces = _pieces(named, lines, stop, indent)
    if pieces is None:
        return None
    if note:
        pieces = [_noted(each, note) if each.name == "id" else each for each in pieces]

    def written(name: str, piece: _Stretch | None) -> list[str]:
        parts = said[name]
        if piece and isinstance(parts, list) and parts and isinstance(parts[0], dict):
            found = _parts(piece, lines, parts)
            if found is not None:
                return found
        fresh = list(mapping_lines({name: parts}, " " * indent))
        if piece and piece is pieces[0]:  # what stands before it is a dash, or spaces
            fresh[0] = lines[piece.start][:indent] + fresh[0][indent:]
        return fresh

    return _put_together(pieces, said, written)


def _noted(piece: _Stretch, note: str) -> _Stretch:
    first, *others = piece.own
    return piece._replace(own=[f"{NOTE.sub('', first).rstrip()}  # {note}", *others])


def _parts(
    piece: _Stretch, lines: Sequence[str], parts: Sequence[Mapping[str, Any]]
) -> list[str] | None:
    """The lines of a list of options or pairs below its key; None where it is written in brackets,
    or its order changed."""
    nodes = piece.node.items or []
    starts = [node.line - 1 for node in nodes]
    dashes = {lines[start].find("- ") for start in starts}
    if not nodes or not all(node.is_map for node in nodes) or len(dashes) > 1:
        return None
    indent, stop = dashes.pop(), piece.start + len(piece.own)
    ids = [str(plain(node).get("id", "")) for node in nodes]
    said = {str(part["id"]): part for part in parts}
    pieces = _pieces(list(zip(ids, nodes, starts, strict=True)), lines, stop, indent)
    order = [id for id in said if id in ids]
    if pieces is None or indent < 0 or order != [id for id in ids if id in said]:
        return None

    def written(name: str, part: _Stretch | None) -> list[str]:
        own = part and _mapping(part.node, lines, part.start + len(part.own), said[name])
        return own or question_text(said[name], " " * indent).rstrip("\n").split("\n")

    return [lines[piece.start], *_put_together(pieces, said, written)]


def _pieces(
    named: Sequence[tuple[str, Node, int]], lines: Sequence[str], stop: int, indent: int
) -> list[_Stretch] | None:
    """What stands below each other; None where two begin on one line."""
    starts = [start for _, _, start in named]
    if any(one >= other for one, other in pairwise([*starts, stop])):
        return None
    ends = [_end(lines, a, b, indent) for a, b in pairwise([*starts, stop])]
    above = [starts[0], *ends]
    return [
        _Stretch(name, node, lines[before:start], lines[start:end], start)
        for (name, node, start), before, end in zip(named, above, ends, strict=False)
    ]


def _put_together(
    pieces: Sequence[_Stretch],
    said: Mapping[str, Any],
    written: Callable[[str, _Stretch | None], list[str]],
) -> list[str]:
    """Pieces that stay, those written anew in their place, and new ones behind what they follow."""
    known = {piece.name: piece for piece in pieces}
    behind: dict[str, list[str]] = {}
    last = ""
    for name in said:
        if name in known:
            last = name
        else:
            behind.setdefault(last, []).extend(written(name, None))
    found = list(behind.pop("", []))
    for piece in pieces:
        if piece.name in said:
            is_same = plain(piece.node) == said[piece.name]
            found += [*piece.above, *(piece.own if is_same else written(piece.name, piece))]
            found += behind.get(piece.name, [])
    return found
