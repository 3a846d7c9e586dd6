"""A score sheet as the JSON object that a hand-in is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from quizcli.scores.regrading import percent_now
from quizcli.scores.rows import plain_number

if TYPE_CHECKING:
    from quizcli.scores.rows import Row
    from quizcli.scores.sheet import Sheet

HAND_IN = 2  # the version of what a score is as JSON


def as_data(sheet: Sheet) -> dict[str, Any]:
    """The JSON object of a sheet: ``attempt`` and ``answers``."""
    attempt = sheet.attempt
    exam, limit, shuffle, credit = attempt.policy
    return {
        "format_version": HAND_IN,
        "attempt": {
            "id": attempt.id,
            "uid": attempt.uid,
            "bank": attempt.bank,
            "title": sheet.title,
            "bank_digest": attempt.bank_digest,
            "graded_with_digest": sheet.graded_with,
            "regraded": sheet.regraded.at if sheet.regraded else None,
            "percent_today": plain_number(percent_now(sheet.rows, sheet.changes)),
            "parent_digest": sheet.parent or None,
            "student": {
                "id": attempt.student or None,
                "name": attempt.name or None,
                "section": attempt.section or None,
            },
            "seed": attempt.seed,
            "policy": {"exam": exam, "limit": limit, "shuffle": shuffle, "credit": credit},
            "origin": attempt.origin,
            "program": attempt.program,
            "started": attempt.started,
            "finished": sheet.finished or None,
            "points": plain_number(sheet.points),
            "max_points": plain_number(sheet.maximum),
            "percent": plain_number(sheet.percent) if sheet.maximum else None,
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
        "given": list(row.given),
        "shown": list(row.shown),
        "variables": dict(row.variables),
        "asked": row.asked or None,
        "digest": row.digest or None,
        "response": list(row.response),
        "correct": list(row.correct),
        "correct_today": list(row.correct_today),
        "mark": str(row.mark),
        "points": plain_number(row.points) if row.counts else None,
        "max_points": plain_number(row.maximum),
        "percent": None if row.percent is None else plain_number(row.percent),
        "credit": row.rule,
        "seconds": row.seconds,
        "hints": row.hints,
        "guess": row.guess,
        "flagged": row.flagged,
        "edited": row.edited,
        "at": row.at or None,
    }
