"""Marks that a person gives: of free answers, and where the program's are not to count."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING

from quizcli.journal.acts import NewMark
from quizcli.quiz.grading import BY_HAND
from quizcli.report.codes import ExitCode, UserError
from quizcli.report.words import did_you_mean
from quizcli.scores.rows import Change, plain_number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quizcli.scores.sheet import Sheet

_POINTS = re.compile(r"[0-9]{1,9}([.,][0-9]{1,9}|/[1-9][0-9]{0,8})?\Z")


def points_in(text: str) -> Fraction | None:
    """The points that a person wrote, such as 1.5, 1,5 or 1/2; None for anything else."""
    text = text.strip()
    return Fraction(text.replace(",", ".")) if _POINTS.match(text) else None


def wanted_changes(
    sheet: Sheet, said: Sequence[str] | None, reason: str | None
) -> tuple[list[Change], str]:
    """The marks that a person gives with ``QUESTION=POINTS`` texts, or else those that today's bank
    gives, and why they are to count. Raises UserError where there is nothing to count, or no reason
    for it."""
    if not sheet.finished:
        raise UserError("an unfinished attempt is graded when it is handed in")
    changes = marks_of(sheet, said) if said else list(sheet.changes)
    if not changes:
        raise UserError(
            "today's bank gives the same marks: there is nothing to regrade", ExitCode.FAILED
        )
    if said and not (reason or "").strip():
        raise UserError("a mark needs a reason — add --reason TEXT")
    return changes, reason or "the bank was edited"


def marks_of(sheet: Sheet, said: Sequence[str]) -> list[Change]:
    """The marks that ``QUESTION=POINTS`` texts give. Raises UserError."""
    rows = {row.question: row for row in sheet.rows}
    marks = {}
    for text in said:
        id, _, points = text.partition("=")
        named = id.strip()
        row = rows.get(named) or rows.get(sheet.names.get(named, ""))
        if row is None:
            hint = did_you_mean(id[:80], tuple(rows), "its questions are")
            raise UserError(f"attempt {sheet.attempt.id} has no question '{id[:80]}' — {hint}")
        if not row.at:
            raise UserError(f"'{row.question}' was not answered, so it earns 0 — leave it out")
        earned = points_in(points)
        if earned is None or earned > row.maximum:
            most = plain_number(row.maximum)
            raise UserError(
                f"'{points[:40]}' is not a valid mark for '{row.question}' — write 0 to {most}, "
                "such as 1/2"
            )
        whole = int(earned) if earned.denominator == 1 else earned
        then = NewMark(row.points, row.maximum, row.rule)
        marks[row.question] = Change(
            row.question, row.title, then, NewMark(whole, row.maximum, BY_HAND)
        )
    return list(marks.values())
