"""From hand-ins to the marks of a class. The rule: one file at a time, and nothing is lost."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from quizcli.scores.grading import Grader
from quizcli.scores.hand_in_files import BadHandIn, read_object
from quizcli.scores.roster import Roster
from quizcli.scores.tries import Fate, FileNote

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from quizcli.scores.grading import StudentGrade
    from quizcli.scores.hand_in_files import FoundFile
    from quizcli.scores.hand_in_head import Student
    from quizcli.scores.hand_ins import HandInReader
    from quizcli.scores.overrides import Override
    from quizcli.scores.policies import GradingRules
    from quizcli.scores.tries import TryPile


def read_files(
    files: Iterable[FoundFile], reader: HandInReader, pile: TryPile, told: Callable[[], None]
) -> None:
    """Put each file into the pile, or what is wrong with it; ``told`` after each."""
    for file in files:
        try:
            pile.add(reader.graded(read_object(file), file.name))
        except BadHandIn as bad:
            pile.refuse(file.name, bad.reasons)
        told()


def graded_class(
    pile: TryPile, reader: HandInReader, rules: GradingRules, decided: Sequence[Override], name: str
) -> tuple[list[StudentGrade], tuple[FileNote, ...]]:
    """The marks of everybody, and the report. Decisions stand in a table of that ``name``; one for
    a student who is not there is reported."""
    tries, notes = pile.sorted_out()
    found = _by_student([student for student, _ in tries], decided, name, notes)
    grader = Grader(rules, reader.questions)
    grades = [grader.grade(who, files, found.get(who, ())) for who, files in tries]
    return grades, tuple(notes)


def _by_student(
    students: Sequence[Student], decided: Sequence[Override], name: str, notes: list[FileNote]
) -> dict[Student, list[Override]]:
    here, found = Roster(students), defaultdict(list)
    for one in decided:
        student = here.find(one.student) or here.find("", one.student)
        if student is None:
            said = f"there is no student '{one.student}'"
            notes.append(FileNote(f"{name} line {one.line}", Fate.REFUSED, (said,)))
        else:
            found[student].append(one)
    return found
