"""The kinds of question: one file each, and one line here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizcli.quiz.kinds import (
    card,
    cloze,
    free,
    matching,
    multiple,
    number,
    ordering,
    single,
    text,
    truth,
)
from quizcli.quiz.kinds.base import Kind

if TYPE_CHECKING:
    from quizcli.quiz.model import Question, QuestionHeading

KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        single.KIND,
        multiple.KIND,
        truth.KIND,
        number.KIND,
        text.KIND,
        matching.KIND,
        ordering.KIND,
        free.KIND,
        card.KIND,
        cloze.KIND,
    )
}


def kind_of(question: Question | QuestionHeading) -> Kind:
    """The kind that owns the answer to a question; without its key in a handout."""
    kind = KINDS[question.kind]
    if not question.keyless:
        return kind
    from quizcli.quiz.kinds.withheld import withheld

    return withheld(kind)


__all__ = ["KINDS", "Kind", "kind_of"]
