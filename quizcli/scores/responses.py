"""Answers that were gathered elsewhere, as a table: wide or long.

Wide has one row a student and one column a question, by id. Long has the columns ``student``,
``question`` and ``response``. A cell holds option ids, their letters in the bank's order or their
texts, or what was typed. A student of whom one cell makes no sense is not graded, and told.

With a column ``form`` the answers are from paper: letters are those of that form, a column or a
question may be called by its number on it, and what has no cell is a blank. So are a
dash and what makes no sense, such as two ticks for a single choice, which is told.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from quizcli.quiz.cards import new_ids, told_apart
from quizcli.quiz.responses import BadResponse
from quizcli.report.codes import UserError
from quizcli.report.words import listed
from quizcli.scores.answer_cells import marked, typed_in
from quizcli.scores.hand_in_head import Student, one_question_now
from quizcli.scores.hand_ins import GradedHandIn, HandedAnswer
from quizcli.scores.printed_forms import NoForm, form_of
from quizcli.scores.tables import needed, read_table, spoilt

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from quizcli.quiz.model import Question
    from quizcli.scores.hand_ins import HandInReader
    from quizcli.scores.printed_forms import PrintedForm
    from quizcli.scores.tables import CsvRow, CsvTable
    from quizcli.scores.tries import TryPile

_STUDENT = ("student", "studentid", "id", "idnumber", "username", "email")
_NAME, _SECTION = ("name", "fullname", "studentname"), ("section", "group")
_FORM = ("form", "formcode")
_NUMBER = re.compile(r"(?:question|q|no\.?|#)?\s*([0-9]{1,4})\.?\Z", re.IGNORECASE)
_QUESTION, _RESPONSE = ("question", "item"), ("response", "answer", "given")


class _Record(NamedTuple):
    """What a student answered, by question, with what is wrong with it, or odd."""

    line: int
    student: Student
    given: dict[str, tuple[str, ...]]
    faults: list[str]
    remarks: list[str]
    form: PrintedForm | None = None


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
        file = f"{name} line {one.line}"
        if one.faults:
            pile.refuse(file, one.faults, one.student)
        elif one.form:
            pile.add(cells.on_paper(one, one.form, file))
        else:
            answers = tuple(
                cells.answer(id, n, one.given.get(id, ())) for n, id in enumerate(asked, 1)
            )
            head = (file, file, one.student, 0, True, "", "")
            pile.add(GradedHandIn(*head, asked, answers, tuple(one.remarks)))
    table.faults.tell()
    missing = [id for id in reader.questions if id not in asked]
    if missing and table.column(*_FORM) is None:
        some = ", ".join(missing[:5]) + (", …" if len(missing) > 5 else "")
        said.append(f"{name} has no answers to {some}, so these do not count")
    return said


class _Cells:
    """Reads the cells of questions, each text of a question once."""

    def __init__(self, reader: HandInReader) -> None:
        self._reader = reader
        self.ids = {id: id for id in reader.questions}
        self.names = new_ids(reader.bank) | self.ids
        self._questions: dict[str, Question] = {}
        self._known: dict[tuple[str, str, int], tuple[str, ...]] = {}
        self._forms: dict[int, PrintedForm] = {}

    def question(self, id: str) -> Question:
        """The question, under its usual numbers. Raises UserError where it has none of these."""
        if id not in self._questions:
            question = self._reader.questions[id]
            if "variables" in question.own and not question.usual:
                raise UserError(
                    f"'{id}' has different numbers for each seed, and a table has no seed — "
                    "grade hand-in files instead"
                )
            self._questions[id] = question.usual.question if question.usual else question
        return self._questions[id]

    def answer(self, id: str, number: int, given: tuple[str, ...]) -> HandedAnswer:
        """An answer to the question, which has its usual numbers."""
        usual = self._reader.questions[id].usual
        values: Mapping[str, str] = usual.values if usual else {}
        grade = self._reader.earned(id, given, values)
        return HandedAnswer(id, number, given, (), grade, 0, 0, False, "", values)

    def given(self, id: str, cell: str, form: PrintedForm | None = None) -> tuple[str, ...]:
        """The answer in a cell, from a ``form`` if it is one. Raises BadResponse."""
        key = (id, cell, form.seed if form else -1)
        if key not in self._known:
            if len(self._known) > 50_000:
                self._known.clear()
            if form is None:
                self._known[key] = typed_in(self.question(id), cell.strip())
            else:
                self._known[key] = marked(form.item(form.number(id) or 0), cell.strip())
        return self._known[key]

    def form(self, code: str) -> PrintedForm:
        """The form of a code. Raises NoForm."""
        return form_of(self._reader.bank, code, self._forms)

    def on_paper(self, one: _Record, form: PrintedForm, file: str) -> GradedHandIn:
        """What was answered on a form, as a hand-in."""
        answers = []
        for number, item in enumerate(form.items, 1):
            id, values = item.question.id, item.variables
            given = one.given.get(id, ())
            grade = self._reader.earned(id, given, values)
            answers.append(
                HandedAnswer(id, number, given, item.shown, grade, 0, 0, False, "", values)
            )
        asked = tuple(answer.question for answer in answers)
        return GradedHandIn(
            file, file, one.student, form.seed, True, "", "", asked, tuple(answers),
            tuple(one.remarks),
        )  # fmt: skip


_Read = tuple[list[_Record], tuple[str, ...], list[str]]


def _wide(table: CsvTable, cells: _Cells) -> _Read:
    on_paper = table.column(*_FORM) is not None
    columns: dict[str, int] = {}
    # A column of a question that is another one now, which has a column itself, is of none.
    names = cells.ids | told_apart(cells.names, [header.strip() for header in table.headers])
    for i, header in enumerate(table.headers):
        if name := _called(header, names, on_paper=on_paper):
            columns[name] = i
    if not columns:
        known = listed(list(cells.names)[:6], "or")
        raise UserError(
            f"{table.name} has no column named after a question ({known}), and is not a "
            "list of student, question and response either"
        )
    who = _Who(table)
    asked = tuple(id for id in cells.names.values() if id in columns)
    records = []
    for row in table.rows:
        one = who.record(row, cells)
        records.append(one)
        for name, at in columns.items():
            if row.cells[at].strip() or not on_paper:
                _read(one, name, row.cells[at], cells, row.line)
    used = {*columns.values(), *who.columns}
    unused = [header for i, header in enumerate(table.headers) if i not in used and header]
    said = (
        [f"columns of {table.name} that are not questions, ignored: {listed(unused[:8])}"]
        if unused
        else []
    )
    return records, tuple(dict.fromkeys(asked)), said


def _called(said: str, names: Mapping[str, str], *, on_paper: bool) -> str | None:
    """The question that is called so: its id, or, on paper, its number."""
    if on_paper and (number := _NUMBER.match(said.strip())):
        return number[1]
    return names.get(said.strip())


def _long(table: CsvTable, cells: _Cells) -> _Read:
    who = _Who(table)
    question = needed(table, "what was asked", *_QUESTION)
    response = needed(table, "what was answered", *_RESPONSE)
    records: dict[tuple[Student, int], tuple[_Record, list[CsvRow]]] = {}
    for row in table.rows:
        new = who.record(row, cells)
        who_asked = (new.student, new.form.seed if new.form else -1)
        records.setdefault(who_asked, (new, []))[1].append(row)
    seen: set[str] = set()
    for one, rows in records.values():
        asked = [row.cells[question].strip() for row in rows]
        names = cells.ids | told_apart(cells.names, dict.fromkeys(asked))
        for row, said in zip(rows, asked, strict=True):
            name = _called(said, names, on_paper=who.form is not None)
            if name is not None:
                seen.add(name)
                _read(one, name, row.cells[response], cells, row.line)
            elif said in cells.names:
                one.remarks.append(one_question_now(said, cells.names[said]))
            else:
                one.faults.append(f"line {row.line}: the bank has no question '{said[:60]}'")
    every = [one for one, _ in records.values()]
    return every, tuple(id for id in cells.ids if id in seen), []


def _placed(one: _Record, name: str) -> str:
    """The id of a question that is called so; on a form by its number."""
    if one.form and name.isdecimal() and 1 <= int(name) <= len(one.form.items):
        return one.form.item(int(name)).question.id
    return name


def _read(one: _Record, name: str, cell: str, cells: _Cells, line: int) -> None:
    id = _placed(one, name)
    if one.form and one.form.number(id) is None:
        one.faults.append(f"form {one.form.code} has no question '{name}'")
    elif id in one.given:
        where = "" if line == one.line else f"line {line}: "
        one.faults.append(f"{where}'{id}' is answered twice")
    elif id in cells.names.values():  # of a form that is not known numbers say nothing
        try:
            one.given[id] = cells.given(id, cell, one.form)
        except BadResponse as bad:
            why = str(bad).rstrip(".")
            said = f"'{name}' was answered with '{cell.strip()[:40]}': {why}"
            if one.form is None:
                one.faults.append(said)
            else:  # as a grader of paper does
                one.given[id] = ()
                one.remarks.append(f"{said} — counts as a blank")


class _Who:
    """The columns that say whose answers these are, and of which form."""

    def __init__(self, table: CsvTable) -> None:
        at = [table.column(*names) for names in (_STUDENT, _NAME, _SECTION)]
        if at[0] is None and at[1] is None:
            needed(table, "whose answers these are", *_STUDENT)
        self._at = at
        self.form = table.column(*_FORM)
        self.columns = {i for i in (*at, self.form) if i is not None}

    def record(self, row: CsvRow, cells: _Cells) -> _Record:
        """Who it is, with no answers yet, and what is wrong with that."""
        id, name, section = (
            " ".join(row.cells[i].split()) if i is not None else "" for i in self._at
        )
        wrong = spoilt(id) or ("" if id or name else "has no student")
        one = _Record(row.line, Student(id, name, section), {}, [wrong] if wrong else [], [])
        if self.form is None:
            return one
        try:
            return one._replace(form=cells.form(row.cells[self.form]))
        except NoForm as no:
            one.faults.append(str(no))
            return one
