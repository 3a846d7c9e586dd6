"""Questions under many draws: what was parsed, or filled in, for one hand-in serves the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizcli.quiz.drawing import NO_VALUES, drawn, variables_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from quizcli.quiz.model import Question
    from quizcli.quiz.variables import Variables

    DrawKey = tuple[str, tuple[str, ...]]

_REMEMBERED = 4096  # draws; a class has fewer of those that are possible


class DrawnQuestions:
    """The questions of a bank by id, and under the numbers that hand-ins had."""

    def __init__(self, questions: Mapping[str, Question]) -> None:
        self._questions = questions
        self._variables: dict[str, Variables] = {}
        self._drawn: dict[DrawKey, Question] = {}

    def under(self, id: str, values: Mapping[str, str]) -> Question:
        """The question with these numbers."""
        question = self._questions[id]
        if not values:
            return question
        usual = question.usual
        if usual and (usual.values is values or usual.values == values):
            return usual.question
        key = (id, tuple(values.values()))
        if key not in self._drawn:
            if len(self._drawn) >= _REMEMBERED:
                self._drawn.clear()
            self._drawn[key] = drawn(question, values)
        return self._drawn[key]

    def values(
        self, id: str, said: Mapping[str, str], seed: int, bank: str, then: str
    ) -> Mapping[str, str] | None:
        """All numbers of a question of which a hand-in ``said`` some: those that it has by itself,
        or that the seed draws for the names that ``bank`` and question had ``then``. None where
        neither agrees."""
        question = self._questions[id]
        if "variables" not in question.own:
            return NO_VALUES
        if question.usual and said.items() <= question.usual.values.items():
            return question.usual.values
        if id not in self._variables:
            found = variables_of(question)
            assert found is not None
            self._variables[id] = found
        mine = self._variables[id].draw(seed, bank, then)
        return mine if said.items() <= mine.items() else None

    def due(self, id: str, seed: int, bank: str) -> Mapping[str, str]:
        """The numbers of a question that a hand-in lacks: its own, or those that the seed draws."""
        return self.values(id, NO_VALUES, seed, bank, id) or NO_VALUES
