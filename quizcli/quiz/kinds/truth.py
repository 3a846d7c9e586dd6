"""True or false: a statement and two options, which always stand in this order. Where they need no
feedback of their own, ``answer: true`` says it all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from quizcli.quiz.kinds.base import OwnFault
from quizcli.quiz.kinds.choice import Choice
from quizcli.quiz.kinds.foreseen import ANSWER

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from quizcli.quiz.fields import Field
    from quizcli.quiz.kinds.base import Complaint
    from quizcli.quiz.model import Option, Question

IDS = ("true", "false")


class TrueFalse(Choice):
    """The kind of a statement."""

    needs = ("prompt",)
    takes = (*Choice.takes, "options", "answer")

    def fields(self) -> tuple[Field, ...]:
        """The answer, in place of two options."""
        return (ANSWER,)

    def written_options(self, own: Mapping[str, Any]) -> tuple[Option, ...]:
        """The two, where the answer alone is written."""
        from quizcli.quiz.model import Option

        if own.get("answer") not in IDS:
            return ()
        return tuple(Option(id, self.texts[id], id == own["answer"]) for id in IDS)

    def faults(self, question: Question) -> list[OwnFault]:
        """An answer that is none, one beside options, neither of them."""
        answer: str = question.own.get("answer", "")
        if not answer and not question.options:
            return [
                OwnFault("answer", "there is neither 'answer' nor 'options'", "add 'answer: true'")
            ]
        if answer and answer not in IDS:
            return [OwnFault("answer", f"'answer' is '{answer[:40]}'", "write true or false")]
        if answer and any(option.place.line for option in question.options):
            return [OwnFault("answer", "both 'answer' and 'options' are given", "keep one of them")]
        return []

    def complaints(self, options: Sequence[Option]) -> list[Complaint]:
        """One key, and both options."""
        missing = [id for id in IDS if id not in {option.id for option in options}]
        return super().complaints(options) + [
            (f"there is no option '{id}'", f"add '- id: {id}', with feedback of its own")
            for id in missing
        ]


KIND = TrueFalse(
    "true-false", ask="True or false?", texts={"true": "True", "false": "False"}, ids=IDS
)
