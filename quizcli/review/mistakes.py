"""What was wrong with an old answer: judged by the bank as it is, under the numbers of then."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from quizcli.quiz.drawing import drawn
from quizcli.quiz.grading import Mark, grade
from quizcli.quiz.kinds import kind_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from quizcli.quiz.model import Question


def asked_then(question: Question, variables: Mapping[str, str] | str) -> Question | None:
    """The question with the values that its variables had (JSON or a mapping); None where these are
    not known, or are no values of it any more."""
    if "variables" not in question.own:
        return question
    values = json.loads(variables) if isinstance(variables, str) else variables
    try:
        return drawn(question, values) if values else None
    except ValueError:
        return None


def is_right(question: Question | None, chosen: Sequence[str], shown: Sequence[str]) -> bool | None:
    """Whether an answer is right; None where nothing was answered, nothing that can be one, or what
    only a person can mark. ``shown`` are the parts that were shown then: they tell which of today's
    an edited one is."""
    if question is None or not chosen:
        return None
    try:
        given = kind_of(question).today(question, tuple(shown), tuple(chosen))
        found = grade(question, given)
    except ValueError:  # the bank was edited
        return None
    return found.mark is Mark.RIGHT if found.counts else None


def mistakes_of(
    question: Question | None, chosen: Sequence[str], shown: Sequence[str]
) -> list[tuple[str, str]]:
    """The mistakes of an answer, each as a word that stands for it and as a text. Of one of whose
    parts some are not in the question any more, those of the others."""
    right = is_right(question, chosen, shown)
    if question is None or right:
        return []
    kind = kind_of(question)
    given = kind.today(question, tuple(shown), tuple(chosen))
    if right is None:
        given = tuple(word for word in given if _fits(question, word))
    words = kind.mistakes(question, given) if given else ()
    return [(word, kind.mistake_text(question, word)) for word in words]


def _fits(question: Question, word: str) -> bool:
    """Whether a part of an answer may still be given."""
    try:
        kind_of(question).check(question, (word,))
    except ValueError:
        return False
    return True
