"""From hand-ins to the marks of a class. The rule: one file at a time, and nothing is lost."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from quizcli.scores.grading import Grader, Status
from quizcli.scores.hand_in_files import BadHandIn, read_object
from quizcli.scores.hand_in_head import student_in
from quizcli.scores.repaired_marks import RepairedGrader
from quizcli.scores.roster import Roster
from quizcli.scores.tries import Fate, FileNote

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from quizcli.scores.grading import StudentGrade
    from quizcli.scores.hand_in_files import FoundFile
    from quizcli.scores.hand_in_head import Student
    from quizcli.scores.hand_ins import HandInReader
    from quizcli.scores.overrides import Override
    from quizcli.scores.policies import GradingRules
    from quizcli.scores.repairs import Repair
    from quizcli.scores.tries import TryPile


def read_files(
    files: Iterable[FoundFile], reader: HandInReader, pile: TryPile, told: Callable[[], None]
) -> None:
    """Put each file into the pile, or what is wrong with it; ``told`` after each."""
    for file in files:
        data: dict[str, Any] = {}
        try:
            data = read_object(file)
            pile.add(reader.graded(data, file.name))
        except BadHandIn as bad:
            pile.refuse(file.name, bad.reasons, student_in(data))
        told()


class GradedClass:
    """The marks of everybody, which are worked out anew whenever they are gone through."""

    def __init__(
        self,
        pile: TryPile,
        tries: Sequence[tuple[Student, Sequence[int]]],
        grader: Grader | RepairedGrader,
        decided: Mapping[Student, Sequence[Override]],
    ) -> None:
        self._pile, self._tries = pile, tries
        self._grader, self._decided = grader, decided

    def __iter__(self) -> Iterator[StudentGrade]:
        for who, numbers in self._tries:
            hand_ins = map(self._pile.store.get, numbers)
            grade = self._grader.grade(who, hand_ins, self._decided.get(who, ()))
            if grade.status is Status.MISSING and who in self._pile.refused:
                grade = grade._replace(status=Status.REFUSED)
            yield grade._replace(certain=True) if who in self._pile.known else grade


def graded_class(
    pile: TryPile,
    reader: HandInReader,
    rules: GradingRules,
    decided: Sequence[Override],
    name: str,
    repair: Repair | None = None,
) -> tuple[Iterable[StudentGrade], tuple[FileNote, ...]]:
    """The marks of everybody, and the report. Decisions stand in a table of that ``name``; one for
    a student who is not there is reported. Under a ``repair`` each mark has that of before."""
    tries, notes = pile.sorted_out()
    found = _by_student([student for student, _ in tries], decided, name, notes)
    grader = RepairedGrader(repair, reader, rules) if repair else Grader(rules, reader.questions)
    grades = GradedClass(pile, tries, grader, found)
    return list(grades) if pile.store.is_small else grades, tuple(notes)


def _by_student(
    students: Sequence[Student], decided: Sequence[Override], name: str, notes: list[FileNote]
) -> dict[Student, list[Override]]:
    found: dict[Student, list[Override]] = defaultdict(list)
    here = Roster(students if decided else ())
    for one in decided:
        student = here.find(one.student) or here.find("", one.student)
        if student is None:
            said = f"there is no student '{one.student}'"
            notes.append(FileNote(f"{name} line {one.line}", Fate.REFUSED, (said,)))
        else:
            found[student].append(one)
    return found
