"""How pairs are written: their fields, their faults, and what of them stands in a handout."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from quizcli.quiz.fields import Field, Type, own_id
from quizcli.quiz.kinds.base import Complaint, Kind, OwnFault, opaque, repeated

if TYPE_CHECKING:
    from collections.abc import Mapping

    from quizcli.quiz.model import Question

_DIGEST = re.compile(r"[0-9a-f]{8}\Z")  # as ``opaque`` gives them
_DROP = "remove it, and a digest of the text stands in its place"
MOST = 26  # as many as there are letters


class WrittenPairs(Kind):
    """The writing of a kind of pairs."""

    def fields(self) -> tuple[Field, ...]:
        """Pairs, and what belongs to nothing."""
        return (
            Field(
                "pairs",
                Type.OBJECTS,
                "the pairs that belong together (required for a matching)",
                of="pair",
            ),
            Field("distractors", Type.TEXTS, "right sides that match nothing"),
            Field("rights", Type.OBJECTS, "in a handout, the right sides", of="side"),
        )

    def shapes(self) -> Mapping[str, tuple[Field, ...]]:
        """That of a pair."""
        return {
            "pair": (
                own_id("pair"),
                Field("left", Type.TEXT, "the left side", required=True),
                Field("right", Type.TEXT, "the right side that belongs to it"),
                Field(
                    "right_id", Type.ID, "the right side's own id; default: a digest of its text"
                ),
                Field("feedback", Type.TEXT, "shown when this pair was wrong"),
                Field(
                    "claim",
                    Type.DATA,
                    "what the pair asserts; the left side stands for the first field",
                ),
            ),
            "side": (
                Field("right", Type.TEXT, "a right side", required=True),
                Field("right_id", Type.ID, "its own id; default: a digest of its text"),
            ),
        }

    def without_key(self, own: Mapping[str, Any]) -> dict[str, Any]:
        """Left sides, and right sides apart from them, by digest."""
        handed = "rights" in own
        sides = own["rights"] if handed else own["pairs"]
        sides = [side for side in sides if "right" in side]
        sides += [{"right": text} for text in own.get("distractors", ())]
        rights = [side if handed else _with_id(side) for side in sides]
        once = {right_id(side): side for side in rights}
        return {
            "pairs": tuple({"id": pair["id"], "left": pair["left"]} for pair in own["pairs"]),
            "rights": tuple(side for _, side in sorted(once.items())),
        }

    def faults(self, question: Question) -> list[OwnFault]:
        """Too few pairs or too many, ids and sides that are there twice."""
        pairs, found = question.own["pairs"], []
        fix = "write each 'right' in its pair"
        found += [
            OwnFault("pairs", f"the pair '{pair.get('id', '')}' has no 'right'", fix, part)
            for part, pair in enumerate(pairs)
            if "right" not in pair
        ]
        if found or "rights" in question.own:
            return found or [OwnFault("rights", "it has 'rights'", fix)]
        if len(pairs) < 2:
            found.append(OwnFault("pairs", "there is only one pair", "add another one"))
        if len(self.parts(question)) > MOST:
            found.append(OwnFault("pairs", "there are more right sides than letters", f"{MOST}"))
        for field in ("id", "left"):
            for value, part in repeated(pairs, field):
                what = f"the {field} '{value[:60]}' appears in two pairs"
                found.append(OwnFault("pairs", what, "make them differ", part))
        rights = {pair.get("right", "").strip() for pair in pairs}
        found += [
            OwnFault("distractors", f"'{text[:60]}' belongs to a pair", "remove it", part)
            for part, text in enumerate(question.own.get("distractors", ()))
            if text.strip() in rights
        ]
        ids = {side.id: side.text for side in self.parts(question)}
        for part, pair in enumerate(pairs):
            if ids.get(right_id(pair)) not in {None, pair.get("right")}:
                what = f"the right_id '{right_id(pair)}' is that of another right side"
                found.append(OwnFault("pairs", what, "give each right side its own", part))
        return found

    def telling(self, question: Question) -> list[Complaint]:
        """A right_id that names its partner, or that looks like none of what belongs to nothing."""
        named = [pair for pair in question.own["pairs"] if "right_id" in pair]
        found = [
            (f"the right_id of the pair '{pair['id']}' is the pair's own id", _DROP)
            for pair in named
            if pair["right_id"] == pair["id"]
        ]
        apart = [pair for pair in named if not _DIGEST.match(pair["right_id"])]
        if apart and question.own.get("distractors"):
            what = f"the right_id '{apart[0]['right_id']}' sets its side apart from the distractors"
            found.append((f"{what}, which have digests", _DROP))
        return found


def right_id(pair: Mapping[str, str]) -> str:
    """The id of a right side: the author's, or a digest of its text."""
    return pair.get("right_id") or opaque(pair["right"])


def _with_id(side: Mapping[str, str]) -> dict[str, str]:
    """A right side with an id, as all have one then; that of a text that varies is its draw's."""
    said = {name: side[name] for name in ("right", "right_id") if name in side}
    return said if "{" in side["right"] else {**said, "right_id": right_id(side)}
