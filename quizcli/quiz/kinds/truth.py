"""True or false: a statement and two options, which always stand in this order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizcli.quiz.kinds.choice import Choice

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quizcli.quiz.kinds.base import Complaint
    from quizcli.quiz.model import Option

IDS = ("true", "false")


class TrueFalse(Choice):
    """The kind of a statement."""

    def complaints(self, options: Sequence[Option]) -> list[Complaint]:
        """One key, and both options."""
        missing = [id for id in IDS if id not in {option.id for option in options}]
        return super().complaints(options) + [
            (f"there is no option '{id}'", f"add '- id: {id}', with a feedback of its own")
            for id in missing
        ]


KIND = TrueFalse(
    "true-false", ask="True or false?", texts={"true": "True", "false": "False"}, ids=IDS
)
