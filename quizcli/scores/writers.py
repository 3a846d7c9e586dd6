"""Score sheets as files: CSV, Markdown, JSON. The same journal gives the same bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizcli.report.json_text import json_text
from quizcli.scores.csv_cells import csv_line
from quizcli.scores.markdown_cells import md_text
from quizcli.scores.results import said_score
from quizcli.scores.rows import earned, plain_number
from quizcli.scores.sheet import as_data

if TYPE_CHECKING:
    from collections.abc import Callable

    from quizcli.scores.rows import Row
    from quizcli.scores.sheet import Sheet

_CSV_COLUMNS = (
    "attempt", "bank", "bank_title", "bank_digest", "seed", "program", "started", "finished",
    "number", "question", "title", "response", "correct", "mark", "points", "max_points",
    "percent", "credit", "seconds", "hints", "guess", "flagged", "answered",
)  # fmt: skip


def as_csv(sheet: Sheet) -> str:
    """RFC 4180, one row a question. A text that a spreadsheet would run is shown as text."""
    attempt = sheet.attempt
    head = (
        attempt.id, attempt.bank, sheet.title, attempt.bank_digest, attempt.seed,
        attempt.program, attempt.started, sheet.finished,
    )  # fmt: skip
    lines = [_CSV_COLUMNS, *((*head, *_csv_row(row)) for row in sheet.rows)]
    return "".join(map(csv_line, lines))


def _csv_row(row: Row) -> tuple[object, ...]:
    return (
        row.number, row.question, row.title, " ".join(row.response), " ".join(row.correct),
        row.mark, plain_number(row.points) if row.counts else "", plain_number(row.maximum),
        "" if row.percent is None else plain_number(row.percent), row.rule, row.seconds, row.hints,
        _yes(row.guess), _yes(row.flagged), row.at,
    )  # fmt: skip


def _yes(value: bool) -> str:
    return "yes" if value else "no"


def as_markdown(sheet: Sheet) -> str:
    """A heading, the score and a table, for a report or a chat."""
    attempt = sheet.attempt
    lines = [
        f"# {md_text(sheet.title)}",
        "",
        " · ".join(
            (
                *said_score(sheet),
                f"attempt {attempt.id}",
                f"seed {attempt.seed}",
                sheet.finished or attempt.started,
            )
        ),
        "",
        "| # | Question | Response | Correct | Points | Credit | Seconds | Hints | Guess |",
        "|--:|---|---|---|--:|---|--:|--:|---|",
    ]
    for row in sheet.rows:
        cells = (
            str(row.number),
            md_text(row.title),
            md_text(", ".join(row.response)) or "–",
            md_text(", ".join(row.correct)),
            earned(row),
            row.rule,
            f"{row.seconds:.0f}",
            str(row.hints),
            _yes(row.guess),
        )
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def as_json(sheet: Sheet) -> str:
    """One object with ``format_version``, ``attempt`` and ``answers``."""
    return json_text(as_data(sheet))


WRITERS: dict[str, Callable[[Sheet], str]] = {
    "csv": as_csv,
    "json": as_json,
    "md": as_markdown,
}
