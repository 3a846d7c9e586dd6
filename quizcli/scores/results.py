"""Score sheets and lists of attempts as results: the JSON object and the words together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizcli.report.result import Columns, Heading, Line, Paragraph, Result
from quizcli.scores.sheet import as_data, plain_number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quizcli.scores.sheet import Sheet


def sheet_result(sheet: Sheet) -> Result:
    """The score of one attempt."""
    attempt = sheet.attempt
    points = f"{plain_number(sheet.points)} of {plain_number(sheet.maximum)}"
    rows = tuple(
        (
            str(row.number),
            row.title,
            ", ".join(row.response) or "–",
            str(row.mark),
            f"{plain_number(row.points)} / {plain_number(row.maximum)}",
            f"{row.seconds:.0f} s",
        )
        for row in sheet.rows
    )
    return Result(
        data=as_data(sheet),
        body=(
            Heading(sheet.bank.title),
            Paragraph(
                f"Score {points} · {percent(float(sheet.percent))}% · attempt {attempt.id} · "
                f"seed {attempt.seed} · {day(sheet.finished or attempt.started)}"
            ),
            Line(""),
            Columns(("#", "Question", "Response", "Mark", "Points", "Time"), rows, (0, 4, 5)),
        ),
        notices=sheet.notices,
    )


def attempts_result(sheets: Sequence[Sheet], gone: Sequence[str]) -> Result:
    """All attempts, the latest last; ``gone`` says which could not be graded and why."""
    rows = tuple(
        (
            str(sheet.attempt.id),
            sheet.attempt.bank,
            day(sheet.attempt.started),
            f"{sum(bool(row.response) for row in sheet.rows)} of {len(sheet.rows)}",
            f"{percent(float(sheet.percent))}%" if sheet.finished else "unfinished",
            str(sheet.attempt.seed),
        )
        for sheet in sheets
    )
    if not rows:
        body: tuple[Heading | Paragraph | Line | Columns, ...] = (
            Paragraph("No attempt yet. Take a quiz:"),
            Line("  quizcli take", accent=True),
        )
    else:
        body = (
            Columns(
                ("Attempt", "Bank", "Started (UTC)", "Answered", "Score", "Seed"), rows, (0, 4, 5)
            ),
            Line(""),
            Paragraph("One of them again, with all its reasons:"),
            Line(f"  quizcli history {rows[-1][0]}", accent=True),
        )
    data = {"attempts": [as_data(sheet)["attempt"] for sheet in sheets]}
    return Result(data=data, body=body, notices=tuple(gone))


def percent(value: float) -> str:
    """``80`` or ``66.7``."""
    return f"{value:.1f}".removesuffix(".0")


def day(at: str) -> str:
    """``2026-11-19 14:05`` of an ISO 8601 time."""
    return at[:16].replace("T", " ")
