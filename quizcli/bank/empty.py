"""A field without a value: what belongs there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizcli.bank.signs import quoted
from quizcli.quiz.fields import Type
from quizcli.quiz.kinds import KINDS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from quizcli.bank.nodes import Node
    from quizcli.quiz.fields import Field

_NEEDED = {name for kind in KINDS.values() for name in kind.needs}


def empty(
    node: Node, name: str, shapes: Mapping[str, Mapping[str, Field]], line: str
) -> tuple[str, str]:
    """What is told of a node without a value, which begins in this ``line``, and what to do."""
    known = [fields[name] for fields in shapes.values() if name in fields]
    what = f"'{name}' is empty" if known else f"{name} is empty"
    remark = line[node.column - 1 :].strip()
    if remark.startswith("#"):
        listed = (
            known and known[0].type in {Type.TEXTS, Type.IDS} and line[: node.column].strip("- ")
        )
        fix = f"put the text in quotes: {quoted(remark)}" if not listed else "remove the '#'"
        return f"{what}, since '#' starts a comment", fix
    if node.style in {"|", ">"}:
        return what, f"indent the lines of the text further than '{name}'"
    if known and known[0].of and known[0].type is Type.OBJECTS:
        return what, f"write each {known[0].of} under it, beginning with '- id: …'"
    if known and known[0].type is Type.BOOLEAN:
        return what, f"write '{name}: true', or remove the key"
    if name in _NEEDED or any(field.required for field in known):
        words = known[0].words if known else ()
        return what, f"write '{name}: {words[0]}'" if len(
            words
        ) == 1 else "it is required: fill it in"
    return what, "fill it in, or remove the key"
