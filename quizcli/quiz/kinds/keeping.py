"""How parts that are named by digests of their texts are kept, so that an edit loses no answer.

A part is kept as ``digest/name``: its name is the author's id, or ``+2`` for the second distractor.
Read again it is what has the same text; else what has its name, and was not shown beside it then,
where the text was edited; else the only new part, where one only is gone. What is none of these is
gone, and stays as it was kept.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_GONE = "(edited since)"


def kept_part(part: str, name: str) -> str:
    """A part with its name, "" where it has none."""
    return f"{part}/{name}" if name else part


def part_then(kept: str) -> str:
    """The digest that a part had then."""
    return kept.partition("/")[0]


def part_today(kept: str, shown: Sequence[str], names: Mapping[str, str]) -> str:
    """The digest that a part has today, whose parts are ``names`` by digest."""
    then, _, name = kept.partition("/")
    if then in names:
        return then
    new = [part for part in names if part not in shown]
    renamed = [part for part in new if names[part] == name] if name else []
    gone = [part for part in shown if part not in names]
    if not renamed and gone == [then] and len(new) == 1:
        renamed = new
    return renamed[0] if renamed else kept


def name_of_gone(kept: str) -> str:
    """What is said of a part that is not there any more."""
    return kept.partition("/")[2] or _GONE
