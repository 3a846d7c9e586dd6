"""What ``bank`` prints: the shelf, a whole bank, the outcome of a check."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from quizcli.bank.faults import NO_BANK, Fault, Level
from quizcli.bank.showing import Body, shown_question
from quizcli.quiz.cards import back, cards_in, contents, front, pure, quizzed
from quizcli.quiz.drawing import usual
from quizcli.quiz.kinds import KINDS, kind_of
from quizcli.report.codes import ExitCode
from quizcli.report.result import Columns, Heading, Line, Markup, Paragraph, Result
from quizcli.report.words import counted, listed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quizcli.bank.shelf import Shelved
    from quizcli.quiz.model import Bank, Option, Question


def shelf_result(shelved: Sequence[Shelved], elsewhere: Sequence[Bank] = ()) -> Result:
    """The banks on the shelf, and those that lie ``elsewhere``, each with its file."""
    notices = [
        f"{entry.path} has {counted(len(entry.error.faults), 'fault')}: quizcli bank check"
        for entry in shelved
        if entry.error is not None
    ]
    rows, data = [], []
    for bank in [*(entry.bank for entry in shelved if entry.bank), *elsewhere]:
        rows.append((bank.id, bank.title, contents(bank)))
        data.append(
            {
                "id": bank.id,
                "title": bank.title,
                "description": bank.description,
                "questions": len(quizzed(bank)),
                "cards": len(pure(bank)),
                "digest": bank.digest,
                "file": bank.file,
            }
        )
    body: Body = [Columns(("Bank", "Title", "Contents"), tuple(rows))]
    places = [*(str(entry.path.parent) for entry in shelved), *(bank.file for bank in elsewhere)]
    if places:
        body += [Line(""), Paragraph("Stored in:", quiet=True)]
        body += [Line(f"  {place}") for place in dict.fromkeys(places)]
    if data:
        verb = "take" if data[0]["questions"] else "cards"
        body += [Line(""), Line(f"  quizcli {verb} {data[0]['id']}", accent=True)]
    return Result(data={"banks": data}, body=tuple(body), notices=tuple(notices))


def search_result(found: Sequence[tuple[Bank, Question]]) -> Result:
    """Questions that were searched for."""
    rows = tuple(
        (f"{bank.id}/{question.id}", (question.title or question.prompt).split("\n")[0][:60])
        for bank, question in ((bank, usual(question)) for bank, question in found)
    )
    data = [{"question": f"{bank.id}/{q.id}", "title": q.title, "file": q.place.file,
             "line": q.place.line} for bank, q in found]  # fmt: skip
    body: Body = (
        [Columns(("Question", "Title"), rows)] if rows else [Paragraph("Nothing was found.")]
    )
    if rows:
        body += [Line(""), Line(f"  quizcli bank preview {rows[0][0]}", accent=True)]
    return Result(data={"questions": data}, body=tuple(body))


def bank_result(bank: Bank) -> Result:
    """A whole bank, the key included."""
    body: Body = [Heading(bank.title)]
    if bank.description:
        body += [Markup(bank.description), Line("")]
    facts = [bank.id, contents(bank)]
    facts += [f"credit {bank.credit}"] if quizzed(bank) else []
    facts.append(bank.digest)
    facts += [f"retention {bank.retention:g}"] if bank.retention else []
    facts += [] if bank.new_per_day is None else [f"at most {bank.new_per_day} new a day"]
    facts += [f"formerly {listed(bank.formerly)}"] if bank.formerly else []
    facts += [f"language {bank.language}"] if bank.language else []
    facts += [] if bank.shuffle else ["not shuffled"]
    facts += [f"draws {size} of {tag}" for tag, size in bank.draw]
    facts += ["a handout, without the key"] if bank.keyless else []
    body.append(Paragraph(" · ".join(facts), quiet=True))
    for number, question in enumerate(bank.questions, 1):
        body += shown_question(number, question, bank.id)
    return Result(data=_bank_data(bank), body=tuple(body))


def _bank_data(bank: Bank) -> dict[str, Any]:
    return {
        "bank": {
            "id": bank.id,
            "formerly": list(bank.formerly),
            "title": bank.title,
            "description": bank.description,
            "credit": bank.credit,
            "language": bank.language or None,
            "draw": [{"tag": tag, "count": size} for tag, size in bank.draw],
            "shuffle": bank.shuffle,
            "keyless": bank.keyless,
            "parent": bank.parent or None,
            "retention": bank.retention,
            "new_per_day": bank.new_per_day,
            "digest": bank.digest,
        },
        "questions": [_question_data(question, bank.id) for question in bank.questions],
    }


def _question_data(question: Question, bank: str) -> dict[str, Any]:
    figure, demo, points = question.figure, question.demo, question.points
    own = kind_of(question)
    # The prompt under the name that it has in this kind; the names of other kinds hold nothing.
    prompts = {kind.needs[0]: None for kind in KINDS.values()} | {own.needs[0]: question.prompt}
    return {
        "id": question.id,
        "formerly": list(question.formerly),
        "title": question.title,
        "kind": question.kind,
        **prompts,
        "back": question.back or None,
        "figure": {"text": figure.text, "alt": figure.alt} if figure else None,
        "options": [_option_data(option, keyless=question.keyless) for option in question.options],
        **dict.fromkeys(("scenario", "variables", "where")),
        **{field.name: None for kind in KINDS.values() for field in kind.fields()},
        **question.own,
        "hints": list(question.hints),
        "explanation": question.explanation,
        "tags": list(question.tags),
        "points": (points if isinstance(points, int) else str(points)) if own.quizzed else None,
        "difficulty": question.difficulty or None,
        "time": question.time,
        "references": list(question.references),
        "demo": {"name": demo.name, "set": dict(demo.parameters)} if demo else None,
        "credit": question.credit,
        "shuffle": question.shuffle,
        "digest": question.digest,
        "cards": [
            {"address": card.address, "front": front(card), "back": back(card)}
            for card in cards_in(bank, question)
        ],
    }


def _option_data(option: Option, *, keyless: bool) -> dict[str, Any]:
    return {
        "id": option.id,
        "text": option.text,
        "correct": None if keyless else option.correct,
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
    banks = len(files) - sum(fault.code == NO_BANK for fault in faults)
    summary = f"{counted(banks, 'bank')} checked: {counted(len(faults), 'fault')}"
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
