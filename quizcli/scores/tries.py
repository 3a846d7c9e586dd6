"""The hand-ins of a class, by student. The rule: a file counts, or its line says why it does not.

An attempt counts once, whatever it is handed in as: a copy is left out, and so is an earlier state
of what was finished later. Two files that claim to be one attempt, and say that different things
were answered, or by different students, are for a person to sort out: neither counts.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quizcli.scores.hand_in_head import Student
    from quizcli.scores.hand_in_store import HandInStore
    from quizcli.scores.hand_ins import GradedHandIn
    from quizcli.scores.roster import Roster


class Fate(StrEnum):
    """What became of a file."""

    REFUSED = "not graded"
    LEFT_OUT = "left out"
    REMARKED = "graded"


class FileNote(NamedTuple):
    """A line of the report: a file (or a line of a table), and what is to be said of it."""

    file: str
    fate: Fate
    reasons: tuple[str, ...]


class TryPile:
    """Gathers hand-ins in a ``store``, and gives them back by student: in the order of the
    ``roster``, then of those who are not in it by section, id and name. ``known`` are those of the
    roster, ``refused`` those of them whom a file names that could not be graded."""

    def __init__(self, store: HandInStore, roster: Roster | None = None) -> None:
        self.store = store
        self._roster = roster
        self.known = frozenset(roster.students if roster else ())
        self.refused: set[Student] = set()
        self._by_uid: dict[str, tuple[int, ...]] = {}  # of numbers in the store
        self._notes: list[FileNote] = []

    def add(self, one: GradedHandIn) -> None:
        """One more hand-in."""
        number = self.store.put(one)
        self._by_uid[one.uid] = (*self._by_uid.get(one.uid, ()), number)

    def refuse(self, file: str, reasons: Sequence[str], student: Student | None = None) -> None:
        """A file that could not be graded, and the student whom it names."""
        self._notes.append(FileNote(file, Fate.REFUSED, tuple(reasons)))
        if student is not None:
            self._not_graded(student)

    def _not_graded(self, said: Student) -> None:
        """Somebody handed in what is not graded; where number and name are of two, either did."""
        if self._roster is not None:
            found = (self._roster.find(said.id), self._roster.find("", said.name))
            self.refused |= {one for one in found if one is not None}

    def sorted_out(self) -> tuple[list[tuple[Student, Sequence[int]]], list[FileNote]]:
        """The tries of each student by their numbers in the store, none for those who handed in
        nothing; and the report."""
        notes = list(self._notes)
        tries: dict[str, tuple[int, ...]] = {}
        students: dict[str, Student] = {}
        for uid, same in self._by_uid.items():
            number = same[0] if len(same) == 1 else self._once(same, notes)
            if number is None:
                for each in same:
                    self._not_graded(self.store.head(each).student)
                continue
            one = self.store.head(number)
            if mistaken := self._mistaken(one):
                notes.append(FileNote(one.file, Fate.REFUSED, (mistaken,)))
                self._not_graded(one.student)
                continue
            key, student, remarks = self._student(one, uid)
            remarks += one.remarks
            if remarks:
                notes.append(FileNote(one.file, Fate.REMARKED, tuple(remarks)))
            known = students.setdefault(key, student)
            if said := self._doubt(student, known, is_first=key not in tries):
                notes.append(FileNote(one.file, Fate.REMARKED, (said,)))
            mine = same if len(same) == 1 else (number,)
            tries[key] = tries[key] + mine if key in tries else mine
        here = [] if self._roster is None else list(self._roster.students)
        ordered: list[tuple[Student, Sequence[int]]]
        ordered = [(one, tries.pop(_key(one), ())) for one in here]
        others = sorted(tries, key=lambda key: (students[key].section, key))
        return ordered + [(students[key], tries[key]) for key in others], sorted(notes)

    def _doubt(self, student: Student, known: Student, *, is_first: bool) -> str:
        """What speaks against one more try being of the student ``known``; a roster knows better.
        Where a name is not said, it is no other one."""
        if self._roster is not None or is_first:
            return ""
        if student.name and known.name and student.name.casefold() != known.name.casefold():
            return f"'{student.id}' is named '{student.name}' here, '{known.name}' elsewhere"
        if not student.id:
            return (
                f"has the name '{student.name}' but no student number; taken as another try of "
                "the same student"
            )
        return ""

    def _once(self, same: Sequence[int], notes: list[FileNote]) -> int | None:
        """What counts of files that are of one attempt."""
        files = [self.store.get(number) for number in same]
        counting = _counting(files, notes)
        return next((n for n, one in zip(same, files, strict=True) if one.file == counting), None)

    def _mistaken(self, one: GradedHandIn) -> str:
        """What is wrong where number and name are of two people: it cannot be known whose it is,
        and nobody gets the mark of another."""
        said = one.student
        found = self._roster.find(said.id) if self._roster and said.id else None
        if found is None or self._roster is None or not self._roster.is_mistaken(said, found):
            return ""
        return (
            f"the number '{said.id}' belongs to {found.name}, but the file says {said.name} — "
            "correct whichever is wrong, or give the mark with --overrides"
        )

    def _student(self, one: GradedHandIn, uid: str) -> tuple[str, Student, list[str]]:
        """The key of a student, who they are, and what is to be said of that."""
        said = one.student
        if not (said.id or said.name):
            return f"\x7f{uid}", said, ["has neither a name nor a student number"]
        if self._roster is None:
            return _key(said), said, []
        found = self._roster.find(said.id, said.name)
        if found is not None:
            return _key(found), found, [] if said.id else ["matched by name only"]
        like = self._roster.like(said.id)
        hint = f" (it has '{like}': did a spreadsheet drop the leading zeros?)" if like else ""
        return _key(said), said, [f"'{said.id or said.name}' is not in the roster{hint}"]


def _key(student: Student) -> str:
    return f"id {student.id}" if student.id else f"name {student.name.casefold()}"


def _counting(same: Sequence[GradedHandIn], notes: list[FileNote]) -> str | None:
    """The file that counts of those that are of one attempt, if one does."""
    by_file = sorted(same, key=lambda one: one.file)
    if len({one.student for one in same}) > 1:
        notes += _unclear(by_file, "the same attempt as {}, but from another student")
        return None
    last = max(by_file, key=lambda one: (bool(one.finished), _end(one)))
    copies = [one for one in by_file if _answered(one) == _answered(last) and _alike(one, last)]
    others = [one for one in by_file if one not in copies]
    if any(one.finished for one in others):
        notes += _unclear(by_file, "the same attempt as {}, but with other answers")
        return None
    counts = copies[0].file
    notes += [FileNote(one.file, Fate.LEFT_OUT, (f"the same as {counts}",)) for one in copies[1:]]
    earlier = (f"an earlier state of {counts}",)
    notes += [FileNote(one.file, Fate.LEFT_OUT, earlier) for one in others]
    return counts


def _unclear(files: Sequence[GradedHandIn], said: str) -> list[FileNote]:
    names = [one.file for one in files]
    return [
        FileNote(name, Fate.REFUSED, (said.format(names[1] if name == names[0] else names[0]),))
        for name in names
    ]


def _end(one: GradedHandIn) -> str:
    return one.finished or max((answer.at for answer in one.answers), default="")


def _answered(one: GradedHandIn) -> list[tuple[str, tuple[str, ...]]]:
    return [(answer.question, answer.given) for answer in one.answers]


def _alike(one: GradedHandIn, other: GradedHandIn) -> bool:
    return (one.started, one.finished, one.seed) == (other.started, other.finished, other.seed)
