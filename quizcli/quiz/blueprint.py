"""An exam from a bank: so many questions of each tag, one section after the other.

A question with several tags is taken once. Where taking the first that come would leave another
section short, though there is a way to fill all, that way is found: an earlier choice gives way
where its section has another (augmenting paths, Kuhn 1955, searched breadth first over sections).
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from quizcli.report.words import counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quizcli.quiz.model import Question, QuestionHeading, Section


class TooFewError(ValueError):
    """The section at ``index`` cannot be filled: ``found`` of its questions are left for it."""

    def __init__(self, sections: Sequence[Section], index: int, found: int) -> None:
        self.section, self.index, self.found = sections[index], index, found
        wanted = counted(self.section.size, "question")
        are = "is" if self.section.size == 1 else "are"
        left = f"{found} {'is' if found == 1 else 'are'} left"
        super().__init__(f"{wanted} of '{self.section.tag}' {are} needed, but {left}")


def by_section(
    questions: Sequence[QuestionHeading | Question], sections: Sequence[Section]
) -> list[list[QuestionHeading | Question]]:
    """The questions of each section: of those that fit the ones that come first, in their order.
    Raises TooFewError."""
    fitting = [[q.id for q in questions if section.tag in q.tags] for section in sections]
    held: dict[str, int] = {}  # the section of a question that was taken
    for index, section in enumerate(sections):
        for number in range(section.size):
            if not _filled(index, fitting, held):
                raise TooFewError(sections, index, number)
    return [[q for q in questions if held.get(q.id) == index] for index in range(len(sections))]


def _filled(index: int, fitting: Sequence[Sequence[str]], held: dict[str, int]) -> bool:
    """Give a section one question more: one that is free, else one that another section gives it,
    which gets another in its turn."""
    came: dict[int, tuple[int, str] | None] = {index: None}  # from which section, by what
    waiting = deque([index])
    while waiting:
        at = waiting.popleft()
        for id in fitting[at]:
            owner = held.get(id)
            if owner is None:
                step: tuple[int, str] | None = (at, id)
                while step is not None:
                    section, taken = step
                    held[taken] = section
                    step = came[section]
                return True
            if owner not in came:
                came[owner] = at, id
                waiting.append(owner)
    return False
