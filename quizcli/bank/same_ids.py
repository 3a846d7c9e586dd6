"""Ids of questions of one bank that stand in several files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizcli.bank.faults import Fault

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quizcli.bank.fields import Reader
    from quizcli.quiz.model import Place, Question


def check_apart(reader: Reader, questions: Sequence[Question]) -> None:
    """No id, and no former one, is that of a question in another file. Within a file this was
    checked where it was read."""
    present: dict[str, Place] = {}
    for question in questions:
        first = present.setdefault(question.id, question.place)
        if question.id and first.file != question.place.file:
            what = f"the question id '{question.id}' is also used in {first}"
            fix = "give each question of the bank its own id"
            reader.faults.append(Fault(question.place, "duplicate-question", what, fix))
    for question in questions:
        for id in question.formerly:
            holder = present.setdefault(id, question.place)
            if holder.file != question.place.file:
                what = f"its former id '{id}' is now the id of a question in {holder}"
                fix = "remove it from 'formerly', or give that question another id"
                reader.faults.append(Fault(question.place, "formerly", what, fix))
