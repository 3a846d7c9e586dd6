"""A question of a bank with what its source says of it now."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from quizcli.bank.question_matching import free_id
from quizcli.bank.shapes import shapes
from quizcli.quiz.kinds import KINDS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

# What other formats say of an answer: it is gone here, where it is gone there.
_OF_THE_SOURCE = {
    "kind", "prompt", "front", "back", "text", "options", "answer", "answers", "patterns",
    "tolerance", "expect", "pairs", "distractors", "items", "credit",
}  # fmt: skip
_ALSO = {"title", "explanation", "tags"}  # may have been added here
_PARTS = {"options": "text", "pairs": "left", "items": "text"}


def merged(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
    """The question with what its source says; ids stay, its own and those of its parts, and so
    does what the source has no word for."""
    fields = {**new, "id": old["id"]}
    kept = {name: said for name, said in old.items() if name not in _OF_THE_SOURCE}
    fields |= {name: said for name, said in kept.items() if name not in fields}
    for name, text in _PARTS.items():
        if name in new and isinstance(old.get(name), list):
            fields[name] = _parts(old[name], new[name], text)
    order = list(shapes(tuple(KINDS), ())["question"])
    return dict(sorted(fields.items(), key=lambda field: order.index(field[0])))


def without_unit(old: Mapping[str, Any], new: dict[str, Any]) -> dict[str, Any]:
    """A question of the source without the unit that an export of this bank put behind its prompt,
    as the format has no place for one: it is no edit."""
    if not old.get("unit") or "unit" in new or "prompt" not in new:
        return new
    signs = "".join(r"\\?" + re.escape(sign) for sign in old["unit"])
    behind = re.compile(rf" \({signs}\)\Z")
    bare, own = behind.sub("", new["prompt"]), old.get("prompt", "")
    # Where its own prompt ends with the unit, the one behind that was put there.
    is_put = bare != new["prompt"] and bool(behind.search(own)) == bool(behind.search(bare))
    return new | {"prompt": bare} if is_put else new


def conflicts(
    old: Mapping[str, Any], digest: str, digest_of: Callable[[Mapping[str, Any]], str]
) -> bool:
    """Whether a question is not as it came from its source."""
    came = {name: said for name, said in old.items() if name in _OF_THE_SOURCE | _ALSO}
    return digest_of(came) != digest


def _parts(
    olds: Sequence[Mapping[str, Any]], news: Sequence[Mapping[str, Any]], text: str
) -> list[dict[str, Any]]:
    """Options or pairs, each with the id that it had, and what was added to it."""
    # The two of a true-or-false have no texts, and ids that mean themselves.
    by_mark = {part.get(text, part["id"]): part for part in olds}
    marks = [new.get(text, new["id"]) for new in news]
    left = [part for part in olds if part.get(text, part["id"]) not in marks]
    # As many as before: each that changed stands in the place of one that did.
    changed = iter(left if len(olds) == len(news) else ())
    taken = {part["id"] for part in olds}
    parts = []
    for new, mark in zip(news, marks, strict=True):
        old = by_mark.get(mark) or next(changed, None)
        if old is not None:
            more = {n: said for n, said in old.items() if n not in {"correct", "feedback"}}
            parts.append({**more, **new, "id": old["id"]})
            continue
        parts.append({**new, "id": free_id(new["id"], taken)})
    return parts
