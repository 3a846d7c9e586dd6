"""An edited question of a source, where it is known what the source said before: what did not
change there is left as it is here, part by part.

What a question was is not kept, only its digest. Wherever it differs from what the source says now,
either it was edited there, and is here what it was, or the other way round; so the question that it
was is among a few, and its digest tells which.
"""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Any

from quizcli.bank.question_merging import PARTS, parts_before

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

_MOST = 10  # places that differ, of which 2 to that power questions are tried

_Place = tuple[str, int, str]  # a field, or one of a part of it


def as_it_came(
    old: Mapping[str, Any], new: Mapping[str, Any], is_it: Callable[[Mapping[str, Any]], bool]
) -> dict[str, Any] | None:
    """What the source said of a question, which ``is_it`` knows, if nothing of that was edited both
    here and there; else None."""
    places = dict(_differing(old, new))
    if len(places) > _MOST:
        return None
    for chosen in product((False, True), repeat=len(places)):
        came = {name: said for name, said in new.items() if name != "id"}
        for name in PARTS.keys() & came.keys():
            came[name] = [dict(part) for part in came[name]]
        for is_ours, ((name, at, field), own) in zip(chosen, places.items(), strict=True):
            if is_ours:
                _set(came[name][at] if field else came, field or name, own)
        if is_it(came):
            return came
    return None


def _differing(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[tuple[_Place, Any]]:
    """Where two questions differ, and what the old one says there, None for nothing."""
    for name in dict.fromkeys((*new, *old)):
        own, theirs = old.get(name), new.get(name)
        if name == "id" or own == theirs:
            continue
        if name in PARTS and own and theirs and len(own) == len(theirs):
            for at, was in enumerate(parts_before(own, theirs, PARTS[name])):
                for field in dict.fromkeys((*theirs[at], *(was or ()))):
                    if was and theirs[at].get(field) != was.get(field):
                        yield (name, at, field), was.get(field)
        else:
            yield (name, 0, ""), own


def _set(fields: dict[str, Any], name: str, said: Any) -> None:
    if said is None:
        fields.pop(name, None)
    else:
        fields[name] = said


def with_own(
    old: Mapping[str, Any], new: Mapping[str, Any], came: Sequence[Mapping[str, Any]]
) -> dict[str, Any]:
    """A question of the source with what is said here wherever the source says what it said before,
    which is one of several where it was an export."""
    found = {"id": new["id"]}
    for name in dict.fromkeys((*new, *old)):
        own, theirs, before = old.get(name), new.get(name), [each.get(name) for each in came]
        if name == "id":
            continue
        if theirs in before:
            _set(found, name, own)
        elif name in PARTS and own and theirs:
            found[name] = _parts(own, theirs, [each for each in before if each], PARTS[name])
        else:
            _set(found, name, theirs)
    return found


def _parts(
    own: Sequence[Mapping[str, Any]],
    theirs: Sequence[Mapping[str, Any]],
    before: Sequence[Sequence[Mapping[str, Any]]],
    text: str,
) -> list[dict[str, Any]]:
    ours, came = parts_before(own, theirs, text), [parts_before(b, theirs, text) for b in before]
    found = []
    for at, part in enumerate(theirs):
        was, here = [each[at] for each in came], ours[at]
        known = [each for each in was if each is not None]
        if here is None or not known:
            found.append(dict(part))
            continue
        merged = {"id": part["id"]}
        for field in dict.fromkeys((*part, *here)):
            if field != "id":
                is_same = part.get(field) in [each.get(field) for each in known]
                _set(merged, field, (here if is_same else part).get(field))
        found.append(merged)
    return found
