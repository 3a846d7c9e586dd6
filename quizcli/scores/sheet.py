"""The score sheet of one attempt: marks recomputed from what was answered and from the bank.

The rule: nothing is read back that can be derived. The journal says what was chosen, the bank
says what that is worth; points written down at the time serve to notice a difference only.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from quizcli.quiz.cards import new_ids
from quizcli.quiz.session import Answer, Session, StepKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quizcli.journal.attempts import Attempt, Entry
    from quizcli.quiz.grading import Mark
    from quizcli.quiz.model import Bank, Rational


@dataclass(frozen=True, slots=True)
class Row:
    """One question of an attempt. ``seconds`` sums the thinking time of all its answers."""

    number: int
    question: str
    title: str
    kind: str
    response: tuple[str, ...]
    correct: tuple[str, ...]
    mark: Mark
    points: Rational
    maximum: Rational
    rule: str
    seconds: float
    hints: int
    guess: bool
    flagged: bool
    edited: bool
    at: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """An attempt and its rows, in the order asked. Times are UTC, ISO 8601."""

    attempt: Attempt
    bank: Bank
    finished: str
    points: Rational
    maximum: Rational
    percent: Rational
    seconds: float
    rows: tuple[Row, ...]
    notices: tuple[str, ...]


def named_today(
    attempt: Attempt, entries: Sequence[Entry], bank: Bank
) -> tuple[Attempt, list[Entry]]:
    """An attempt with its questions under the ids that the bank gives them now."""
    names = new_ids(bank)
    plan = tuple((names.get(id, id), shown) for id, shown in attempt.plan)
    steps = [
        entry._replace(
            step=entry.step._replace(question=names.get(entry.step.question, entry.step.question))
        )
        for entry in entries
    ]
    return attempt._replace(plan=plan), steps


def rebuilt(attempt: Attempt, entries: Sequence[Entry], bank: Bank) -> tuple[Session, list[str]]:
    """The session as it was, graded by the bank as it is; and the questions whose answer is lost.

    Raises SessionError when the bank has none of the attempt's questions left.
    """
    attempt, entries = named_today(attempt, entries, bank)
    session = Session(bank, attempt.seed, attempt.policy, plan=attempt.plan)
    lost = session.replay([entry.step for entry in entries])
    return session, lost


def sheet(attempt: Attempt, entries: Sequence[Entry], bank: Bank) -> Sheet:
    """The sheet of an attempt.

    ``notices`` say what changed in the bank since, where that may have changed a mark.
    """
    attempt, entries = named_today(attempt, entries, bank)
    session, lost = rebuilt(attempt, entries, bank)
    rows = tuple(_row(session, number, entries) for number in range(len(session.items)))
    score = session.score()
    finished = [entry.at for entry in entries if entry.step.did is StepKind.FINISH]
    return Sheet(
        attempt=attempt,
        bank=bank,
        finished=finished[-1] if finished else "",
        points=score.points,
        maximum=score.maximum,
        percent=score.percent,
        seconds=session.duration,
        rows=rows,
        notices=tuple(_notices(attempt, session, rows, lost)),
    )


def _row(session: Session, number: int, entries: Sequence[Entry]) -> Row:
    item = session.items[number]
    question = item.question
    answer = session.answers.get(question.id)
    times = [
        entry.at
        for entry in entries
        if isinstance(entry.step, Answer) and entry.step.question == question.id
    ]
    kind = item.kind
    from quizcli.quiz.grading import grade, rule_for

    result = answer.grade if answer else grade(question, (), session.rule(question))
    return Row(
        number=number + 1,
        question=question.id,
        title=question.title or question.id,
        kind=question.kind,
        response=kind.describe(question, answer.response.given) if answer else (),
        correct=kind.describe(question, kind.key(question)),
        mark=result.mark,
        points=result.points,
        maximum=question.points,
        rule=rule_for(question, session.rule(question)),
        seconds=plain_number(session.seconds(question.id)),
        hints=session.hints.get(question.id, 0),
        guess=bool(answer and answer.response.guess),
        flagged=question.id in session.flags,
        edited=bool(answer and answer.digest != question.digest),
        at=times[-1] if times else "",
    )


def _notices(
    attempt: Attempt, session: Session, rows: Sequence[Row], lost: Sequence[str]
) -> list[str]:
    notices = []
    gone = [id for id, _ in attempt.plan if id not in {item.question.id for item in session.items}]
    if gone:
        notices.append(f"no longer in the bank, and left out of the score: {', '.join(gone)}")
    unusable = [id for id in lost if id not in gone]
    if unusable:
        notices.append(f"answered with an option that is gone, so blank: {', '.join(unusable)}")
    edited = [row.question for row in rows if row.edited]
    if edited:
        notices.append(f"edited since it was answered, graded as it is now: {', '.join(edited)}")
    return notices


def plain_number(value: Rational | float) -> int | float:
    """A rational as JSON and tables show it: whole, or rounded to four decimals."""
    whole = round(value)
    return whole if whole == value else round(float(value), 4)


def as_data(sheet: Sheet) -> dict[str, Any]:
    """The JSON object of a sheet: ``attempt`` and ``answers``."""
    attempt = sheet.attempt
    return {
        "attempt": {
            "id": attempt.id,
            "uid": attempt.uid,
            "bank": attempt.bank,
            "title": sheet.bank.title,
            "bank_digest": attempt.bank_digest,
            "graded_with_digest": sheet.bank.digest,
            "seed": attempt.seed,
            "exam": attempt.policy.exam,
            "origin": attempt.origin,
            "program": attempt.program,
            "started": attempt.started,
            "finished": sheet.finished or None,
            "points": plain_number(sheet.points),
            "max_points": plain_number(sheet.maximum),
            "percent": plain_number(sheet.percent),
            "seconds": plain_number(sheet.seconds),
        },
        "answers": [_row_data(row) for row in sheet.rows],
    }


def _row_data(row: Row) -> dict[str, Any]:
    return {
        "number": row.number,
        "question": row.question,
        "title": row.title,
        "kind": row.kind,
        "response": list(row.response),
        "correct": list(row.correct),
        "mark": str(row.mark),
        "points": plain_number(row.points),
        "max_points": plain_number(row.maximum),
        "percent": plain_number(100 * row.points / row.maximum),
        "credit": row.rule,
        "seconds": row.seconds,
        "hints": row.hints,
        "guess": row.guess,
        "flagged": row.flagged,
        "edited": row.edited,
        "at": row.at or None,
    }
