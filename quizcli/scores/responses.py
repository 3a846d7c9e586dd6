"""Answers that were gathered elsewhere, as a table: wide or long.

Wide has one row a student and one column a question, by id. Long has the columns ``student``,
``question`` and ``response``. A cell holds option ids, their letters in the bank's order or their
texts, or what was typed. A student of whom one cell makes no sense is not graded, and told.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from quizcli.quiz.cards import new_ids
from quizcli.quiz.kinds import kind_of
from quizcli.quiz.responses import BadResponse
from quizcli.report.codes import UserError
from quizcli.report.words import listed
from quizcli.scores.hand_in_head import Student
from quizcli.scores.hand_ins import GradedHandIn, HandedAnswer
from quizcli.scores.tables import needed, read_table, spoilt

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from quizcli.quiz.model import Question
    from quizcli.scores.hand_ins import HandInReader
    from quizcli.scores.tables import CsvRow, CsvTable
    from quizcli.scores.tries import TryPile

_STUDENT = ("student", "studentid", "id", "idnumber", "username", "email")
_NAME, _SECTION = ("name", "fullname", "studentname"), ("section", "group")
_QUESTION, _RESPONSE = ("question", "item"), ("response", "answer", "given")


class _Record(NamedTuple):
    """What a student answered, by question, with what is wrong with it."""

    line: int
    student: Student
    given: dict[str, tuple[str, ...]]
    faults: list[str]


def read_responses(path: Path, name: str, reader: HandInReader, pile: TryPile) -> list[str]:
    """Put what a table says into the pile. Returns what is to be said of its columns; raises
    UserError for a table that is none of the two."""
    table = read_table(path, name)
    is_long = table.column(*_QUESTION) is not None and table.column(*_RESPONSE) is not None
    cells = _Cells(reader)
    if is_long:
        records, asked, said = _long(table, cells)
    else:
        records, asked, said = _wide(table, cells)
    for one in records:
        if one.faults:
            pile.refuse(f"{name} line {one.line}", one.faults)
            continue
        answers = tuple(
            cells.answer(id, number, one.given.get(id, ())) for number, id in enumerate(asked, 1)
        )
        file = f"{name} line {one.line}"
        pile.add(GradedHandIn(file, file, one.student, 0, True, "", "", asked, answers))
    table.faults.tell()
    missing = [id for id in reader.questions if id not in asked]
    if missing:
        some = ", ".join(missing[:5]) + (", …" if len(missing) > 5 else "")
        said.append(f"{name} has no answers to {some}, which the marks leave out")
    return said


class _Cells:
    """Reads the cells of questions, each text of a question once."""

    def __init__(self, reader: HandInReader) -> None:
        self._reader = reader
        self.names = new_ids(reader.bank) | {id: id for id in reader.questions}
        self._questions: dict[str, Question] = {}
        self._known: dict[tuple[str, str], tuple[str, ...]] = {}

    def question(self, id: str) -> Question:
        """The question, under its usual numbers. Raises UserError where it has none of these."""
        if id not in self._questions:
            question = self._reader.questions[id]
            if "variables" in question.own and not question.usual:
                raise UserError(
                    f"'{id}' has other numbers for each seed, and a table does not say which — "
                    "have it handed in as files"
                )
            self._questions[id] = question.usual.question if question.usual else question
        return self._questions[id]

    def answer(self, id: str, number: int, given: tuple[str, ...]) -> HandedAnswer:
        """An answer to the question, which has its usual numbers."""
        usual = self._reader.questions[id].usual
        values: Mapping[str, str] = usual.values if usual else {}
        grade = self._reader.earned(id, given, values)
        return HandedAnswer(id, number, given, (), grade, 0, 0, False, "", values)

    def given(self, id: str, cell: str) -> tuple[str, ...]:
        """The answer in a cell. Raises BadResponse."""
        key = (id, cell)
        if key not in self._known:
            if len(self._known) > 50_000:
                self._known.clear()
            self._known[key] = _given(self.question(id), cell.strip())
        return self._known[key]


def _given(question: Question, cell: str) -> tuple[str, ...]:
    kind = kind_of(question)
    if not cell:
        return ()
    if kind.chooses:
        return _chosen(question, cell)
    typed = kind.form == "typed"
    between = r"[,;\n]" if kind.form == "pairs" else r"[,;\s]"
    parts = [cell] if typed else [part.strip() for part in re.split(between, cell) if part.strip()]
    given, misread = kind.read(question, parts)
    if misread:
        raise BadResponse(misread[0].what)
    return given


def _chosen(question: Question, cell: str) -> tuple[str, ...]:
    """Options by text, by ids or by letters in the order of the bank, whatever the case."""
    kind = kind_of(question)
    texts = {" ".join(option.text.casefold().split()): option.id for option in question.options}
    if whole := texts.get(" ".join(cell.casefold().split())):
        return (whole,)
    ids = {option.id.casefold(): option.id for option in question.options}
    parts = [part.casefold() for part in re.split(r"[,;\s]+", cell) if part]
    if not any(part in ids for part in parts):
        shown = tuple(option.id for option in question.options)
        return kind.parse(question, shown, ",".join(parts)).given
    given, misread = kind.read(question, [ids.get(part, part) for part in parts])
    if misread:
        raise BadResponse(misread[0].what)
    return given


_Read = tuple[list[_Record], tuple[str, ...], list[str]]


def _wide(table: CsvTable, cells: _Cells) -> _Read:
    columns = {cells.names[h]: i for i, h in enumerate(table.headers) if h in cells.names}
    if not columns:
        known = listed(list(cells.names)[:6], "or")
        raise UserError(
            f"{table.name} has no column that is called like a question ({known}), and it is no "
            "list of student, question and response either"
        )
    who = _Who(table)
    asked = tuple(id for id in cells.names.values() if id in columns)
    records = []
    for row in table.rows:
        one = _Record(row.line, *who.student(row))
        for id, at in columns.items():
            _read(one, id, row.cells[at], cells)
        records.append(one)
    used = {*columns.values(), *who.columns}
    unused = [header for i, header in enumerate(table.headers) if i not in used and header]
    said = [f"columns of {table.name} that are no question: {listed(unused[:8])}"] if unused else []
    return records, tuple(dict.fromkeys(asked)), said


def _long(table: CsvTable, cells: _Cells) -> _Read:
    who = _Who(table)
    question = needed(table, "what was asked", *_QUESTION)
    response = needed(table, "what was answered", *_RESPONSE)
    records: dict[Student, _Record] = {}
    seen: set[str] = set()
    for row in table.rows:
        student, given, faults = who.student(row)
        one = records.get(student)
        if one is None:
            one = records[student] = _Record(row.line, student, given, faults)
        id = cells.names.get(row.cells[question].strip())
        if id is None:
            said = row.cells[question].strip()[:60]
            one.faults.append(f"line {row.line}: the bank has no question '{said}'")
        elif id in one.given:
            one.faults.append(f"line {row.line}: '{id}' is answered twice")
        else:
            seen.add(id)
            _read(one, id, row.cells[response], cells)
    return list(records.values()), tuple(id for id in cells.names.values() if id in seen), []


def _read(one: _Record, id: str, cell: str, cells: _Cells) -> None:
    try:
        one.given[id] = cells.given(id, cell)
    except BadResponse as bad:
        why = str(bad).rstrip(".")
        one.faults.append(f"'{id}' was answered with '{cell.strip()[:40]}': {why}")


class _Who:
    """The columns that say whose answers these are."""

    def __init__(self, table: CsvTable) -> None:
        at = [table.column(*names) for names in (_STUDENT, _NAME, _SECTION)]
        if at[0] is None and at[1] is None:
            needed(table, "whose answers these are", *_STUDENT)
        self._at = at
        self.columns = {i for i in at if i is not None}

    def student(self, row: CsvRow) -> tuple[Student, dict[str, tuple[str, ...]], list[str]]:
        """Who it is, with no answers yet, and what is wrong with that."""
        id, name, section = (
            " ".join(row.cells[i].split()) if i is not None else "" for i in self._at
        )
        wrong = spoilt(id) or ("" if id or name else "names no student")
        return Student(id, name, section), {}, [wrong] if wrong else []
