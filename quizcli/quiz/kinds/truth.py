"""True or false: a statement and two options, which always stand in this order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizcli.quiz.kinds.base import Complaint, Kind, one_key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quizcli.quiz.model import Option

IDS = ("true", "false")


def _complaints(options: Sequence[Option]) -> list[Complaint]:
    missing = [id for id in IDS if id not in {option.id for option in options}]
    complaints = one_key(options)
    complaints += [
        (f"there is no option '{id}'", f"add '- id: {id}', with a feedback of its own")
        for id in missing
    ]
    return complaints


KIND = Kind(
    "true-false",
    ask="True or false?",
    complaints=_complaints,
    texts={"true": "True", "false": "False"},
    ids=IDS,
)
