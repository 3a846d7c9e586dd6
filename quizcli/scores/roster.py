"""A roster: who belongs to a class. The rule: an id is a text, and is the same or it is another."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from quizcli.report.codes import UserError
from quizcli.report.words import listed
from quizcli.scores.hand_in_head import Student
from quizcli.scores.names_alike import is_of_another
from quizcli.scores.tables import read_table, spoilt

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from quizcli.scores.tables import CsvRow, CsvTable

# What the columns are called by those who export them, the surest first.
_IDS = ("sisuserid", "orgdefinedid", "idnumber", "studentid", "studentnumber", "id")
_NAMES = ("name", "fullname", "studentname", "student")
_FIRST, _LAST = ("firstname", "givenname"), ("lastname", "surname", "familyname")
_USERNAMES = ("username", "sisloginid", "loginid", "login", "user")
_EMAILS = ("email", "emailaddress", "mail")
_SECTIONS = ("section", "group", "groups", "class")


class Roster:
    """The students of a class, found by id, username or email, else by a name that only one has."""

    def __init__(self, students: Iterable[Student]) -> None:
        self.students = tuple(students)
        self._by_id: dict[str, Student] = {}
        self._by_name: dict[str, list[Student]] = defaultdict(list)
        for one in self.students:
            self._by_name[one.name.casefold()].append(one)
        for one in reversed(self.students):
            self._by_id |= {each.casefold(): one for each in (one.email, one.username) if each}
        self._by_id |= {one.id: one for one in self.students if one.id}

    def find(self, id: str, name: str = "") -> Student | None:
        """The student of an id, or of a name where there is no id."""
        if id:
            return self._by_id.get(id) or self._by_id.get(id.casefold())
        named = self._by_name.get(name.casefold(), []) if name else []
        return named[0] if len(named) == 1 else None

    def is_mistaken(self, said: Student, found: Student) -> bool:
        """Whether the name that was ``said`` is another's than that of the student ``found``."""
        named = self.find("", said.name)
        if named is not None:
            return named != found
        return is_of_another(said.name, (found.name, found.username, found.email))

    def like(self, id: str) -> str:
        """An id that differs by leading zeros only, which spreadsheets take away; "" for none."""
        bare = id.lstrip("0")
        found = [one.id for one in self.students if one.id != id and one.id.lstrip("0") == bare]
        return found[0] if bare and found else ""


def read_roster(path: Path, name: str) -> Roster:
    """The roster in a table. Raises UserError with all its faults."""
    table = read_table(path, name)
    columns = _Columns(table)
    faults, students = table.faults, []
    lines: dict[str, int] = {}
    for row in table.rows:
        one = columns.student(row)
        if one.name.startswith("Points Possible"):  # of a grade book of Canvas
            continue
        if wrong := spoilt(one.id):
            faults.add(row.line, wrong)
        elif not (one.id or one.username or one.email or one.name):
            faults.add(row.line, "has neither an id nor a name")
        elif one.id and one.id in lines:
            faults.add(row.line, f"'{one.id}' is on line {lines[one.id]} already")
        else:
            lines[one.id] = row.line
            students.append(one)
    faults.tell()
    if not students:
        raise UserError(f"{name} has no students in it")
    return Roster(students)


class _Columns:
    """Where the facts about a student are in a table."""

    def __init__(self, table: CsvTable) -> None:
        self._id, self._name = table.column(*_IDS), table.column(*_NAMES)
        self._first, self._last = table.column(*_FIRST), table.column(*_LAST)
        self._username, self._email = table.column(*_USERNAMES), table.column(*_EMAILS)
        self._section = table.column(*_SECTIONS)
        known = (self._id, self._name, self._last, self._username, self._email)
        if all(at is None for at in known):
            raise UserError(
                f"{table.name} has none of the columns id, name, username and email — "
                f"it has {listed([header[:40] for header in table.headers[:12]])}"
            )

    def student(self, row: CsvRow) -> Student:
        """The student in a row."""

        def cell(at: int | None) -> str:
            return "" if at is None else " ".join(row.cells[at].split())

        whole = f"{cell(self._first)} {cell(self._last)}".strip()
        # Brightspace writes ids as #123.
        id, username = cell(self._id).removeprefix("#"), cell(self._username).removeprefix("#")
        email = cell(self._email)
        return Student(
            id=id or username or email,
            name=cell(self._name) or whole,
            section=cell(self._section),
            username=username,
            email=email,
        )
