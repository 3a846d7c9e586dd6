"""How parts that are named by digests of their texts are kept, so that an edit loses no answer.

A part is kept as ``digest/name``: its name is the author's id, or ``+2`` for the second distractor.
Read again it is what has the same text; else what has its name, and was not shown beside it then,
where the text was edited; else the only new part, where one only is gone. What is none of these is
gone, and stays as it was kept.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_GONE = "(edited since)"
# What is kept of a part, behind the left side of a pair where it is one.
_KEPT = re.compile(r"(.*: )?([0-9a-f]{8}(?:/.*)?)", re.DOTALL)


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
    """What is said of a part that is not there any more: the author's id, if it had one."""
    name = kept.partition("/")[2]
    return _GONE if name.startswith("+") else name or _GONE


def words_of_gone(kept: Sequence[str], shown: Sequence[str]) -> tuple[str, ...]:
    """What is said of an answer whose question is not there any more, nor its kind."""
    return tuple(left + (name_of_gone(part) if part else "") for left, part in _parts(kept, shown))


def gone_then(kept: Sequence[str], shown: Sequence[str]) -> tuple[str, ...]:
    """The same answer as it was given, without the author's names."""
    return tuple(left + part_then(part) for left, part in _parts(kept, shown))


def _parts(kept: Sequence[str], shown: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Each word of a kept answer, what it says of a part that was shown by its digest apart."""
    for word in kept:
        found = _KEPT.fullmatch(word)
        is_part = found and part_then(found[2]) in shown
        yield (found[1] or "", found[2]) if found and is_part else (word, "")
