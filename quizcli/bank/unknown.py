"""A key that a mapping does not know: what it was meant to be."""

from __future__ import annotations

import re
import unicodedata
from itertools import takewhile
from typing import TYPE_CHECKING

from quizcli.bank.signs import quoted
from quizcli.quiz.fields import spoken
from quizcli.quiz.kinds import KINDS
from quizcli.report.words import did_you_mean, listed, nearest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from quizcli.bank.nodes import Node
    from quizcli.quiz.fields import Field
    from quizcli.quiz.kinds.base import Kind


# What people call fields.
_CALLED = {
    "type": "kind", "question": "prompt", "ask": "prompt", "choices": "options", "label": "text",
    "value": "text", "reason": "explanation", "solution": "answer", "comment": "feedback",
    "image": "figure", "tips": "hints", "score": "points", "lang": "language",
    "level": "difficulty", "category": "tags", "topic": "tags",
}  # fmt: skip
# What nobody sees, and a web page or an office program leaves in what is copied from it.
_BLANK = re.compile("[\u00a0\u2000-\u200d\u202f\u205f\u2060\u3000\ufeff]")
_FEW = 3
_MOST = 200  # keys and values that are looked at: more than any mapping may have


def advice(
    node: Node, key: Node, shapes: Mapping[str, Mapping[str, Field]], shape: str, line: str
) -> tuple[str, str | None]:
    """What to do about an unknown key of a mapping in this ``line``, "" where that was said at
    another one; and the key that seems to be meant, None where none is near."""
    name, fields = key.text, shapes[shape]
    if stuck := _stuck(name, fields):
        first = next(each for each in (node.items or [])[::2] if _stuck(each.text, fields))
        return f"write it as {': '.join(stuck)}" if first is key else "", stuck[0]
    if parted := _parted(node, key):
        first, (value, *rests) = parted
        text = line[value.column - 1 : rests[-1].column - 1 + len(rests[-1].text)]
        fix = f"a comma in braces ends the text; put it in quotes: {first.text}: {quoted(text)}"
        if text[0] in "“”„«":
            bare = quoted(text.strip("“”„«»"))
            fix = f"{text[0]} is not a quotation mark in YAML; write {first.text}: {bare}"
        return fix if rests[0] is key else "", None
    if _is_of_a_block(node, key):
        return "", None
    if (bare := _BLANK.sub("", name)) != name and bare in fields:
        odd = _BLANK.findall(name)[0]
        return f"remove the {unicodedata.name(odd).lower()}, U+{ord(odd):04X}, from it", bare
    others = [other for other, known in shapes.items() if name in known]
    if 0 < len(others) <= _FEW:  # what many have was hardly meant for one of them
        return f"move it into the {listed(list(map(spoken, others)), 'or')}", None
    names = tuple(name for name in fields if name not in _of_others(node, shape))
    meant = nearest(name[:80], names) or _CALLED.get(name.lower())
    if meant in names:
        return f"did you mean '{meant}'?", meant
    return did_you_mean(name[:80], names, "use"), None


def _stuck(name: str, fields: Mapping[str, Field]) -> tuple[str, ...]:
    """``id`` and ``a`` of a key that was written as ``id:a`` or ``id = a``; () for others."""
    found = re.match(r"([a-z_]+)(?::| *= *)(\S.*)\Z", name)
    return found.groups() if found and found[1] in fields else ()


def _is_of_a_block(node: Node, key: Node) -> bool:
    """Whether a key stands behind a block that is empty, since its lines are not indented."""
    items = node.items or []
    at = next(number for number, each in enumerate(items) if each is key)
    return at > 0 and items[at - 1].style in {"|", ">"} and not items[at - 1].text


def foreign(kind: Kind) -> set[str]:
    """The fields that questions of other kinds have, and those of this kind may not."""
    every = {field for other in KINDS.values() for field in (*other.needs, *other.takes)}
    return every.difference(kind.needs, kind.takes)


def _of_others(node: Node, shape: str) -> set[str]:
    """The fields that a question may not have, where its kind is known."""
    items = node.items or [] if shape == "question" else []
    named = [key.text for key in items[::2]]
    kind = KINDS.get(items[2 * named.index("kind") + 1].text) if "kind" in named else None
    return foreign(kind) if kind else set()


def _parted(node: Node, key: Node) -> tuple[Node, list[Node]] | None:
    """Where commas have ended a text, and what goes on behind them is read as keys without values,
    this one among them: the key of that text, and its parts."""
    items = (node.items or [])[:_MOST]
    pairs = list(zip(items[::2], items[1::2], strict=True))
    at = first = next((number for number, (other, _) in enumerate(pairs) if other is key), 0)
    while first and _is_rest(*pairs[first]):
        first -= 1
    name, value = pairs[first]
    if first == at or not _is_bare(value) or value.line != key.line:
        return None
    rests = takewhile(lambda pair: _is_rest(*pair) and pair[0].line == key.line, pairs[first + 1 :])
    return name, [value, *(rest for rest, _ in rests)]


def _is_rest(key: Node, value: Node) -> bool:
    """Whether a key has no value, as in a block none is."""
    return value.items is None and not (value.text or value.style or key.style)


def _is_bare(value: Node) -> bool:
    return value.items is None and bool(value.text) and not value.style
