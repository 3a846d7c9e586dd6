"""What ``bank`` prints: the shelf, a whole bank, the outcome of a check."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from quizcli.bank.faults import Fault, Level
from quizcli.report.codes import ExitCode
from quizcli.report.result import Columns, Drawing, Heading, Line, Paragraph, Result
from quizcli.report.words import counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quizcli.bank.shelf import Shelved
    from quizcli.quiz.model import Bank, Option, Question

Body = list[Heading | Paragraph | Line | Drawing | Columns]


def shelf_result(shelved: Sequence[Shelved]) -> Result:
    """The banks on the shelf."""
    rows, data, notices = [], [], []
    for entry in shelved:
        if entry.bank is None:
            count = len(entry.error.faults) if entry.error else 0
            notices.append(f"{entry.path} has {counted(count, 'fault')}: quizcli bank check")
            continue
        bank = entry.bank
        rows.append((bank.id, bank.title, str(len(bank.questions))))
        data.append(
            {
                "id": bank.id,
                "title": bank.title,
                "description": bank.description,
                "questions": len(bank.questions),
                "digest": bank.digest,
                "file": str(entry.path),
            }
        )
    body: Body = [Columns(("Bank", "Title", "Questions"), tuple(rows), (2,))]
    if rows:
        body += [Line(""), Line(f"  quizcli take {rows[0][0]}", accent=True)]
    return Result(data={"banks": data}, body=tuple(body), notices=tuple(notices))


def bank_result(bank: Bank) -> Result:
    """A whole bank, the key included."""
    body: Body = [Heading(bank.title)]
    if bank.description:
        body += [Paragraph(bank.description), Line("")]
    facts = f"{counted(len(bank.questions), 'question')} · credit {bank.credit} · {bank.digest}"
    body.append(Paragraph(f"{bank.id} · {facts}", quiet=True))
    for number, question in enumerate(bank.questions, 1):
        body += _question(number, question)
    return Result(data=_bank_data(bank), body=tuple(body))


def _question(number: int, question: Question) -> Body:
    points = "1 point" if question.points == 1 else f"{question.points} points"
    facts = [question.id, question.kind, points]
    facts += [question.difficulty] if question.difficulty else []
    facts += [f"demo {question.demo.name}"] if question.demo else []
    body: Body = [
        Heading(f"{number}. {question.title or question.id}"),
        Paragraph(" · ".join(facts), quiet=True),
        Paragraph(question.prompt),
    ]
    if question.figure:
        body.append(Drawing(question.figure.text))
        body.append(Paragraph(f"Figure: {question.figure.alt}", quiet=True))
    body.append(Line(""))
    for option in question.options:
        sign = "✓" if option.correct else "✗"
        body.append(Paragraph(f"{sign} {option.id}: {option.text}"))
        body += [Paragraph(f"  {text}") for text in (option.feedback, option.missed) if text]
    for place, hint in enumerate(question.hints, 1):
        body.append(Paragraph(f"Hint {place}: {hint}"))
    if question.explanation:
        body += [Line(""), Paragraph(f"Why: {question.explanation}")]
    body += [Paragraph(f"See: {reference}", quiet=True) for reference in question.references]
    return body


def _bank_data(bank: Bank) -> dict[str, Any]:
    return {
        "bank": {
            "id": bank.id,
            "title": bank.title,
            "description": bank.description,
            "credit": bank.credit,
            "shuffle": bank.shuffle,
            "digest": bank.digest,
        },
        "questions": [_question_data(question) for question in bank.questions],
    }


def _question_data(question: Question) -> dict[str, Any]:
    figure, demo, points = question.figure, question.demo, question.points
    return {
        "id": question.id,
        "title": question.title,
        "kind": question.kind,
        "prompt": question.prompt,
        "figure": {"text": figure.text, "alt": figure.alt} if figure else None,
        "options": [_option_data(option) for option in question.options],
        "hints": list(question.hints),
        "explanation": question.explanation,
        "tags": list(question.tags),
        "points": points if isinstance(points, int) else str(points),
        "difficulty": question.difficulty or None,
        "references": list(question.references),
        "demo": {"name": demo.name, "set": dict(demo.parameters)} if demo else None,
        "credit": question.credit,
        "shuffle": question.shuffle,
        "digest": question.digest,
    }


def _option_data(option: Option) -> dict[str, Any]:
    return {
        "id": option.id,
        "text": option.text,
        "correct": option.correct,
        "feedback": option.feedback,
        "missed": option.missed,
        "pin": "last" if option.last else None,
        "claim": dict(option.claim) if option.claim is not None else None,
    }


def check_result(files: Sequence[tuple[str, list[Fault]]]) -> Result:
    """Every fault of every file, then how many there are; exit 1 when there is one."""
    faults = [fault for _, found in files for fault in found if fault.level is Level.FAULT]
    notes = [fault for _, found in files for fault in found if fault.level is Level.NOTE]
    body: Body = [Line(str(fault)) for _, found in files for fault in found]
    summary = f"{counted(len(files), 'bank')} checked: {counted(len(faults), 'fault')}"
    summary += f", {counted(len(notes), 'note')}" if notes else ""
    body.append(Line(summary))
    data = {
        "files": [
            {"file": file, "faults": [_fault_data(fault) for fault in found]}
            for file, found in files
        ]
    }
    code = ExitCode.FAILED if faults else ExitCode.DONE
    return Result(data=data, body=tuple(body), exit_code=code)


def _fault_data(fault: Fault) -> dict[str, Any]:
    return {
        "level": str(fault.level),
        "code": fault.code,
        "line": fault.place.line,
        "column": fault.place.column,
        "what": fault.what,
        "fix": fault.fix,
    }
