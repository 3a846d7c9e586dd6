"""A question of a bank with what its source says of it now."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Any

from quizcli.bank.question_matching import free_id
from quizcli.bank.shapes import shapes
from quizcli.quiz.kinds import KINDS
from quizcli.quiz.kinds.cloze import filled, gaps
from quizcli.quiz.kinds.number import amount, tolerance
from quizcli.quiz.model import Question
from quizcli.quiz.quantities import quantity
from quizcli.quiz.responses import BadResponse

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence, Set
    from fractions import Fraction

# What other formats say of an answer: it is gone here, where it is gone there.
_OF_THE_SOURCE = {
    "kind", "prompt", "front", "back", "text", "options", "answer", "answers", "patterns",
    "tolerance", "expect", "pairs", "distractors", "items", "credit",
}  # fmt: skip
# Not every format has a place for these: one that says none of any question took none away.
_RARE = {"expect", "patterns", "distractors"}
_GAP = re.compile(r"\[\[\s*([a-z0-9][a-z0-9_-]*)\s*(\|[^\[\]]*)?::")  # as far as its answer
_ALSO = {"title", "explanation", "tags"}  # may have been added here
# Fields that are lists of parts, and what a part is known by.
PARTS = {"options": "text", "pairs": "left", "items": "text"}


def held_in(source: Sequence[Mapping[str, Any]]) -> set[str]:
    """The fields that a source says of any question, and of its options and pairs."""
    parts = [part for each in source for name in PARTS for part in each.get(name, ())]
    return {name for each in (*source, *parts) for name in each}


def merged(old: Mapping[str, Any], new: Mapping[str, Any], held: Set[str]) -> dict[str, Any]:
    """The question with what its source says; ids stay, its own and those of its parts, and so
    does what the source has no word for: ``held`` is all that it says of any question."""
    fields = {**new, "id": old["id"]}
    theirs = _OF_THE_SOURCE - (_RARE - held if old["kind"] == new["kind"] else set())
    kept = {name: said for name, said in old.items() if name not in theirs}
    fields |= {name: said for name, said in kept.items() if name not in fields}
    for name, text in PARTS.items():
        if name in new and isinstance(old.get(name), list):
            fields[name] = _parts(old[name], new[name], text, held)
    if old["kind"] == new["kind"] == "cloze":
        fields["text"] = _with_own_gaps(old["text"], new["text"])
    order = list(shapes(tuple(KINDS), ())["question"])
    return dict(sorted(fields.items(), key=lambda field: order.index(field[0])))


def _with_own_gaps(old: str, new: str) -> str:
    """A text of the source with the ids and hints that its gaps have here: what is known of a gap
    is remembered under its id, and no other format has one."""
    mine, theirs = gaps(old), gaps(new)
    is_same = filled(old) == filled(new) and len(mine) == len(theirs)
    if is_same and all(
        other.answer == own.answer and other.hint in {"", own.hint}
        for own, other in zip(mine, theirs, strict=True)
    ):
        return old
    heads = {head[1]: head[0] for head in _GAP.finditer(old)}
    left = {gap.answer: gap.id for gap in reversed(mine) if gap.id in heads}
    ids = {gap.id: left.pop(gap.answer) for gap in theirs if gap.answer in left}
    if set(ids.values()) & {gap.id for gap in theirs if gap.id not in ids}:
        return new  # an id of the source is that of another gap here

    def own_head(head: re.Match[str]) -> str:
        if head[1] not in ids:
            return head[0]
        own = heads[ids[head[1]]]
        return f"[[{ids[head[1]]}{head[2]}::" if head[2] else own

    return _GAP.sub(own_head, new)


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


def with_own_numbers(old: Mapping[str, Any], new: dict[str, Any], language: str) -> dict[str, Any]:
    """A number of the source as this bank writes it, where both are the same: an export made 0.005
    of ``5 ms``, and 0.333333333333333 of ``1/3``."""
    if old["kind"] != "number" or new["kind"] != "number":
        return new
    ours = Question("", "number", "", own={**old, "language": language})
    found = dict(new)
    is_same = _is_same(partial(amount, ours, old["answer"]), new["answer"])
    if is_same:
        found["answer"] = old["answer"]
    width = old.get("tolerance", "")
    is_kept = width and (is_same or not width.endswith("%"))
    if is_kept and _is_same(partial(tolerance, ours), new.get("tolerance", "0")):
        found["tolerance"] = width
    if "expect" in new:
        found["expect"] = [_expected(ours, each) for each in new["expect"]]
    return found


def _expected(ours: Question, new: Mapping[str, Any]) -> Mapping[str, Any]:
    """An anticipated answer with what the same one has here."""
    for each in ours.own.get("expect", ()):
        if _is_same(partial(amount, ours, each["answer"]), new["answer"]):
            more = {name: said for name, said in each.items() if name != "feedback"}
            return {**more, **new, "answer": each["answer"]}
    return new


def _is_same(own: Callable[[], Fraction], theirs: str) -> bool:
    """Whether a number is one of the source, which may have rounded it."""
    try:
        return f"{float(own()):.15g}" == f"{float(quantity(theirs).value):.15g}"
    except (BadResponse, OverflowError):  # an expression over variables, for one
        return False


def is_as_it_came(
    old: Mapping[str, Any], held: Set[str], is_it: Callable[[Mapping[str, Any]], bool]
) -> bool:
    """Whether a question is what its source said once, which ``is_it`` knows."""
    theirs = (_OF_THE_SOURCE | _ALSO) - (_RARE - held)
    return is_it({name: said for name, said in old.items() if name in theirs})


def parts_before(
    olds: Sequence[Mapping[str, Any]], news: Sequence[Mapping[str, Any]], text: str
) -> list[Mapping[str, Any] | None]:
    """What each part was, by its ``text``; None for what is new."""
    # The two of a true-or-false have no texts, and ids that mean themselves.
    by_mark = {part.get(text, part["id"]): part for part in olds}
    marks = [new.get(text, new["id"]) for new in news]
    left = [part for part in olds if part.get(text, part["id"]) not in marks]
    # As many as before: each that changed stands in the place of one that did.
    changed = iter(left if len(olds) == len(news) else ())
    return [by_mark.get(mark) or next(changed, None) for mark in marks]


def _parts(
    olds: Sequence[Mapping[str, Any]],
    news: Sequence[Mapping[str, Any]],
    text: str,
    held: Set[str],
) -> list[dict[str, Any]]:
    """Options or pairs, each with the id that it had, and what was added to it."""
    taken = {part["id"] for part in olds}
    theirs = {"correct", "feedback"} & (held | {"correct"})
    parts = []
    for new, old in zip(news, parts_before(olds, news, text), strict=True):
        if old is not None:
            more = {n: said for n, said in old.items() if n not in theirs}
            parts.append({**more, **new, "id": old["id"]})
            continue
        parts.append({**new, "id": free_id(new["id"], taken)})
    return parts
