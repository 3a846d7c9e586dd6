"""Score sheets as files: CSV, Markdown, JSON. The same journal gives the same bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizcli.quiz.kinds import KINDS
from quizcli.report.json_text import json_text
from quizcli.report.words import flagged_title
from quizcli.scores.csv_cells import csv_lines
from quizcli.scores.markdown_cells import md_text, md_typed
from quizcli.scores.results import facts, said_when
from quizcli.scores.rows import earned, plain_number
from quizcli.scores.sheet_data import as_data

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quizcli.scores.rows import Row
    from quizcli.scores.sheet import Sheet

_CSV_COLUMNS = (
    "attempt", "bank", "bank_title", "bank_digest", "seed", "program", "started", "finished",
    "number", "question", "title", "response", "correct", "mark", "points", "max_points",
    "percent", "credit", "seconds", "hints", "guess", "flagged", "answered",
    "edited", "correct_today", "response_ids", "correct_ids", "correct_today_ids",
    "name", "student", "section", "kind",
)  # fmt: skip


def as_csv(sheet: Sheet) -> str:
    """RFC 4180, one row a question. A text that a spreadsheet would run is shown as text."""
    attempt = sheet.attempt
    head = (
        attempt.id, attempt.bank, sheet.title, attempt.bank_digest, attempt.seed,
        attempt.program, attempt.started, sheet.finished,
    )  # fmt: skip
    kind = "exam" if attempt.policy.exam else "practice"
    who = (attempt.name, attempt.student, attempt.section, kind)
    lines = [_CSV_COLUMNS, *((*head, *_csv_row(row), *who) for row in sheet.rows)]
    return "".join(csv_lines(lines))


def _csv_row(row: Row) -> tuple[object, ...]:
    return (
        row.number, row.question, row.title, _words(row.response_words), _words(row.correct_words),
        row.mark, plain_number(row.points) if row.counts else "", plain_number(row.maximum),
        "" if row.percent is None else plain_number(row.percent), row.rule, row.seconds, row.hints,
        _yes(row.guess), _yes(row.flagged), row.at, _yes(row.edited),
        _words(row.correct_today_words), *_ids(row),
    )  # fmt: skip


def _words(words: Sequence[str]) -> str:
    return "; ".join(words)


def _ids(row: Row) -> list[str]:
    """Where an answer is typed there are none."""
    if row.correct_today == row.correct_today_words and row.response == row.response_words:
        return ["", "", ""]
    return [" ".join(ids) for ids in (row.response, row.correct, row.correct_today)]


def _yes(value: bool) -> str:
    return "yes" if value else "no"


def as_markdown(sheet: Sheet) -> str:
    """A heading, whose score it is, the score and a table, for a report or a chat."""
    lines = [
        f"# {md_text(sheet.title)}",
        "",
        " · ".join(map(md_typed, (*facts(sheet), said_when(sheet)))),
        "",
        "| # | Question | Response | Correct | Points | Credit | Seconds | Hints | Guess |",
        "|--:|---|---|---|--:|---|--:|--:|---|",
    ]
    for row in sheet.rows:
        cells = (
            str(row.number),
            flagged_title(md_text(row.title), is_flagged=row.flagged),
            _md_words(row, row.response_words) or "–",
            _md_key(row),
            earned(row),
            row.rule,
            f"{row.seconds:.0f}",
            str(row.hints),
            _yes(row.guess),
        )
        lines.append(f"| {' | '.join(cells)} |")
    if sheet.notices:
        lines += ["", *(f"- {md_typed(notice)}" for notice in sheet.notices)]
    return "\n".join(lines) + "\n"


def _md_words(row: Row, words: Sequence[str]) -> str:
    kind = KINDS.get(row.kind)
    said = md_typed if kind is None or kind.form == "typed" else md_text
    return said(_words(words))


def _md_key(row: Row) -> str:
    """The key by which it was graded, and that of today where it may be another."""
    then, today = (_md_words(row, key) for key in (row.correct_words, row.correct_today_words))
    return then if then == today else f"{then or '?'} (today: {today})"


def as_json(sheet: Sheet) -> str:
    """One object with ``format_version``, ``attempt`` and ``answers``."""
    return json_text(as_data(sheet))
