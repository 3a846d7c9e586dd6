"""A class as one JSON object, and as a page of Markdown."""

from __future__ import annotations

import json
from itertools import chain
from typing import TYPE_CHECKING, Any

from quizcli.report.json_text import json_text, shown_json
from quizcli.report.words import counted, percent
from quizcli.scores.gradebooks.book import AnswerWords, BookFile
from quizcli.scores.markdown_cells import md_text
from quizcli.scores.repair_files import repair_data, repair_said
from quizcli.scores.rows import plain_number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quizcli.scores.gradebooks.book import GradeBook
    from quizcli.scores.grading import QuestionMark, StudentGrade, TryScore

_VERSION = 1


def as_json(book: GradeBook) -> BookFile:
    """One object: ``bank``, ``report``, ``students``; a student a line, since an encoder that
    indents takes ten times as long."""
    head = json_text({"format_version": _VERSION, **_head(book)}).rstrip("}\n ")
    return BookFile(chain((f'{head},\n  "students": [\n',), _lines(book), ("\n  ]\n}\n",)))


def _lines(book: GradeBook) -> Iterator[str]:
    words = AnswerWords(book.questions)
    encode = json.JSONEncoder(ensure_ascii=False).encode  # made once
    for number, grade in enumerate(book.grades):
        line = shown_json(encode(_student(grade, words)))
        yield f"{',' if number else ' '}\n    {line}"[0 if number else 2 :]


def class_data(book: GradeBook) -> dict[str, Any]:
    """The JSON object of a class."""
    words = AnswerWords(book.questions)
    return {**_head(book), "students": [_student(grade, words) for grade in book.grades]}


def _head(book: GradeBook) -> dict[str, Any]:
    return {
        "bank": book.bank.id,
        **({} if book.repair is None else {"repair": repair_data(book.repair)}),
        "report": [
            {"file": note.file, "fate": str(note.fate), "reasons": list(note.reasons)}
            for note in book.notes
        ],
        "title": book.bank.title,
        "bank_digest": book.bank.digest,
        "policy": book.policy,
        "max_points": plain_number(book.maximum),
    }


def _student(grade: StudentGrade, words: AnswerWords) -> dict[str, Any]:
    return {
        "student": {
            "id": grade.student.id or None,
            "name": grade.student.name or None,
            "section": grade.student.section or None,
        },
        "status": str(grade.status),
        "points": None if grade.points is None else plain_number(grade.points),
        "max_points": plain_number(grade.maximum),
        "percent": None if grade.percent is None else plain_number(grade.percent),
        "counted": list(grade.counted),
        "notes": list(grade.notes),
        "tries": [_try(one) for one in grade.tries],
        "answers": [_mark(mark, words) for mark in grade.marks],
    }


def _try(one: TryScore) -> dict[str, Any]:
    hand_in = one.hand_in
    return {
        "file": hand_in.file,
        "uid": hand_in.uid,
        "seed": hand_in.seed,
        "started": hand_in.started,
        "finished": hand_in.finished or None,
        "points": plain_number(one.points),
        "max_points": plain_number(one.maximum),
        "late": one.late,
        "remarks": list(hand_in.remarks),
    }


def _mark(mark: QuestionMark, words: AnswerWords) -> dict[str, Any]:
    answer = mark.answer
    return {
        "question": mark.question,
        "try": mark.attempt or None,
        "given": list(answer.given) if answer else [],
        "response": words.response(answer) if answer else "",
        "mark": str(mark.mark),
        "points": None if mark.points is None else plain_number(mark.points),
        "max_points": plain_number(mark.maximum),
        "credit": mark.rule,
        "excused": mark.excused,
        "note": mark.note or None,
        "seconds": answer.seconds if answer else 0,
        "hints": answer.hints if answer else 0,
    }


def as_markdown(book: GradeBook) -> BookFile:
    """The students in a table, then what is to be said of files."""
    graded = sum(grade.points is not None for grade in book.grades)
    said = (
        f"{counted(graded, 'student')} graded",
        f"{plain_number(book.maximum)} points",
        md_text(book.policy),
    )
    head = [
        f"# {md_text(book.bank.title)}",
        "",
        " · ".join(said),
        "",
        "| Student | Name | Section | Points | Percent | Tries | Notes |",
        "|---|---|---|--:|--:|--:|---|",
    ]
    if book.repair is not None:
        head[4:4] = [f"Repaired: {md_text(repair_said(book.repair))}", ""]
    files = ["", "| File | Result | Why |", "|---|---|---|"] if book.notes else []
    notes = (
        f"| {md_text(note.file)} | {note.fate} | {md_text('; '.join(note.reasons))} |"
        for note in book.notes
    )
    lines = chain(head, map(_md_row, book.grades), files, notes)
    return BookFile(f"{line}\n" for line in lines)


def _md_row(grade: StudentGrade) -> str:
    cells = (
        md_text(grade.student.id),
        md_text(grade.student.name),
        md_text(grade.student.section),
        str(grade.status) if grade.points is None else str(plain_number(grade.points)),
        "" if grade.percent is None else percent(float(grade.percent)),
        str(len(grade.tries)),
        md_text(grade.said),
    )
    return f"| {' | '.join(cells)} |"
