"""An exam from a bank: so many questions of each tag, one section after the other.

A question with several tags is taken once. Where taking the first that come would leave another
section short, though there is a way to fill all, that way is found (Kuhn's algorithm: an earlier
choice gives way where it has another).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quizcli.quiz.model import Question, Section


class TooFewError(ValueError):
    """A section that cannot be filled: ``found`` of its questions are free."""

    def __init__(self, section: Section, found: int) -> None:
        wanted = f"{section.size} questions of '{section.tag}' are wanted"
        super().__init__(f"{wanted}, {found} {'is' if found == 1 else 'are'} left")
        self.section = section
        self.found = found


class _Place(NamedTuple):
    section: int
    number: int


def drawn(questions: Sequence[Question], sections: Sequence[Section]) -> list[Question]:
    """The questions of each section, those taken that come first; in a section in the order in
    which they come. Raises TooFewError."""
    holds: dict[str, _Place] = {}
    for index, section in enumerate(sections):
        for number in range(section.size):
            if not _filled(_Place(index, number), questions, sections, holds, set()):
                raise TooFewError(section, number)
    return [
        question
        for index in range(len(sections))
        for question in questions
        if question.id in holds and holds[question.id].section == index
    ]


def _filled(
    place: _Place,
    questions: Sequence[Question],
    sections: Sequence[Section],
    holds: dict[str, _Place],
    tried: set[str],
) -> bool:
    """Give a place a question: one that is free, else one whose own place can have another."""
    fitting = [q for q in questions if sections[place.section].tag in q.tags and q.id not in tried]
    for question in sorted(fitting, key=lambda q: q.id in holds):
        tried.add(question.id)
        taken = holds.get(question.id)
        if taken is None or _filled(taken, questions, sections, holds, tried):
            holds[question.id] = place
            return True
    return False
