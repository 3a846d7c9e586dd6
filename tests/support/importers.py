"""What grade books do with a file: readers by what is known of each system's importer."""

from __future__ import annotations

import csv
import io
import re
from typing import Any, NamedTuple


class Imported(NamedTuple):
    """What an import came to: the ``item`` by title, its id (None where one is made), the points
    that it has (None where the file does not say), and the grade of each student by identity."""

    title: str
    id: int | None
    points: float | None
    grades: dict[str, float | str | None]


class Rejected(Exception):
    """The system takes nothing of the file."""


def rows_of(text: str, delimiter: str) -> list[list[str]]:
    return [row for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter) if row]


def decimal(cell: str) -> float | str | None:
    """As Canvas reads a score: in a cell of numbers and signs only, commas are decimal points."""
    text = cell.strip()
    if not text:
        return None
    if text.upper() == "EX":
        return "EX"
    if not re.fullmatch(r"[-+0-9.,]+", text):
        raise Rejected(f"no score: {text}")
    return float(text.replace(",", "."))


def canvas(text: str) -> list[Imported]:
    """Students by SIS id, login, else name; every column behind the section."""
    first = "".join(text.splitlines(keepends=True)[:3])
    rows = rows_of(text, ";" if first.count(";") > first.count(",") else ",")
    head = rows[0]
    if "Student" not in head[0] or "ID" not in head[1] or head[0].startswith("\ufeff"):
        raise Rejected("no Student and ID in front")
    if "Section" not in head:
        raise Rejected("no Section")
    start = head.index("Section") + 1
    found = []
    for at in range(start, len(head)):
        if re.search(r"(Final|Current|Override) (Score|Points|Grade)", head[at]):
            continue
        named = re.fullmatch(r"(.*) \((\d+)\)", head[at])
        points, skipped, grades = None, False, {}
        for row in rows[1:]:
            if row[0].strip().startswith("Points Possible"):
                skipped = "read only" in row[at]
                points = decimal(row[at]) if not skipped else None
                continue
            sis = row[head.index("SIS User ID")] if "SIS User ID" in head else ""
            who = sis or row[head.index("SIS Login ID")] or row[0]
            grades[who] = decimal(row[at])
        if not skipped:
            title, id = (named[1], int(named[2])) if named else (head[at], None)
            found.append(Imported(title, id, points, grades))  # type: ignore[arg-type]
    return found


def moodle(text: str, users: dict[str, str], by: str, column: str, most: float) -> Imported:
    """Users by the column ``by``: its cells to names. One fault, and nothing is imported."""
    rows = rows_of(text.removeprefix("\ufeff"), "," if text.count(",") > text.count(";") else ";")
    if len({len(row) for row in rows}) != 1:
        raise Rejected("a row of another length")
    known = {user.casefold(): name for user, name in users.items()} if by != "ID number" else users
    grades: dict[str, Any] = {}
    for row in rows[1:]:
        user = row[rows[0].index(by)]
        user = user if by == "ID number" else user.casefold()
        if user not in known or known[user] in grades:
            raise Rejected(f"unknown or twice: {user}")
        cell = row[rows[0].index(column)].strip()
        grade = None if cell in {"", "-"} else float(cell.replace(",", "."))
        if grade is not None and grade > most:
            raise Rejected(f"above the maximum: {grade}")
        grades[known[user]] = grade
    return Imported(column, None, None, grades)


def blackboard(text: str) -> list[Imported]:
    """Students by Username alone; a header ends with the column's id, or a column is made."""
    text = text.removeprefix("\ufeff")
    delimiter = "\t" if "\t" in text.split("\n", 1)[0] else ","
    rows = rows_of(text, delimiter)
    user = rows[0].index("Username")
    found = []
    for at, header in enumerate(rows[0]):
        named = re.fullmatch(r"(.*?)(?: \[Total Pts: ([\d.]+) \w+\])? ?\|(\d+)", header)
        if header in {"Last Name", "First Name", "Username", "Student ID"}:
            continue
        grades = {row[user]: float(row[at]) if row[at] else None for row in rows[1:]}
        title, points, id = (named[1], named[2], int(named[3])) if named else (header, None, None)
        found.append(Imported(title, id, float(points) if points else None, grades))
    return found


def brightspace(text: str, most: float) -> Imported:
    """Students by #id; above the maximum is capped; a last column of # must be there."""
    rows = rows_of(text, ",")
    if rows[0][-1] != "End-of-Line Indicator" or any(row[-1] != "#" for row in rows[1:]):
        raise Rejected("lines without their end")
    ids = {"OrgDefinedId", "Username"}
    items = [i for i, header in enumerate(rows[0]) if "Points Grade" in header]
    if any(header not in ids for i, header in enumerate(rows[0][:-1]) if i not in items):
        raise Rejected("a column that is not taken")
    (at,) = items
    grades = {}
    for row in rows[1:]:
        who = next(
            cell for header, cell in zip(rows[0], row, strict=True) if header in ids and cell
        )
        if not who.startswith("#"):
            raise Rejected("an id without #")
        grades[who[1:]] = min(float(row[at]), most) if row[at] else None
    return Imported(rows[0][at].partition(" Points Grade")[0], None, None, dict(grades))
