"""What a session came to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizcli.named_tuple import NamedTuple
from quizcli.quiz.steps import Score

if TYPE_CHECKING:
    from collections.abc import Mapping

    from quizcli.quiz.grading import Grade
    from quizcli.quiz.session import Session


class CameTo(NamedTuple):
    """The grade of each question by its id, those included that its bank has no more; and how many
    seconds it took."""

    grades: Mapping[str, Grade]
    seconds: float

    @property
    def score(self) -> Score:
        """Points and maximum of all that counts."""
        return Score.of(list(self.grades.values()))


def came_to(session: Session) -> CameTo:
    """What a session came to by itself."""
    grades = {item.question.id: session.outcome(item)[1] for item in session.items}
    return CameTo(grades, session.duration)
