"""Score sheets as files: CSV, Markdown, JSON. The same journal gives the same bytes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from quizcli.quiz.inline import SpanKind, inline
from quizcli.report.json_text import json_text
from quizcli.scores.csv_cells import csv_line
from quizcli.scores.results import said_score
from quizcli.scores.rows import earned, plain_number
from quizcli.scores.sheet import as_data
from quizcli.terminal.safe import neutral

if TYPE_CHECKING:
    from collections.abc import Callable

    from quizcli.quiz.inline import Span
    from quizcli.scores.rows import Row
    from quizcli.scores.sheet import Sheet

_MARK = re.compile(r"[&<>|`*_\[\]#\\~!$]")

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


def md_text(text: str) -> str:
    """Text that Markdown and HTML read as text; maths becomes a code span within dollars, which
    some viewers typeset and all others show as it is."""
    return "".join(map(_md_span, inline(neutral(" ".join(text.split())))))


def _md_span(span: Span) -> str:
    if span.kind is SpanKind.MATH:
        return "$`" + span.text.replace("`", "").replace("|", "\\vert ") + "`$"
    if span.kind is SpanKind.CODE:
        return span.source.replace("|", "\\|")
    return span.source if span.kind is SpanKind.MARK else _MARK.sub(_escaped, span.text)


def _escaped(found: re.Match[str]) -> str:
    return {"&": "&amp;", "<": "&lt;", ">": "&gt;"}.get(found[0], f"\\{found[0]}")


def as_json(sheet: Sheet) -> str:
    """One object with ``format_version``, ``attempt`` and ``answers``."""
    return json_text(as_data(sheet))


WRITERS: dict[str, Callable[[Sheet], str]] = {
    "csv": as_csv,
    "json": as_json,
    "md": as_markdown,
}
