"""Answers that an author foresees beside the right one: their feedback, and what they claim."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from quizcli.quiz.fields import Field, Type

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from quizcli.quiz.model import Question

ANSWER = Field("answer", Type.TEXT, "the right answer (a number, or true or false)")
CLAIM = Field(
    "claim", Type.DATA, "what an answer asserts, for the experiment; {given} is the answer"
)
EXPECT = Field("expect", Type.OBJECTS, "anticipated wrong answers, with feedback", of="foreseen")
SHAPES = {
    "foreseen": (
        Field("answer", Type.TEXT, "a possible answer", required=True),
        Field("feedback", Type.TEXT, "shown for this answer"),
        Field("claim", Type.DATA, "what this answer asserts, if not the question's own claim"),
    )
}


class Foreseen(NamedTuple):
    """A wrong answer that was foreseen; ``claim`` None leaves it to the question's own."""

    answer: str
    feedback: str = ""
    claim: Mapping[str, Any] | None = None


def foreseen(question: Question) -> Sequence[Foreseen]:
    """The wrong answers that a question foresees, in its order."""
    return [Foreseen(**each) for each in question.own.get("expect", ())]
