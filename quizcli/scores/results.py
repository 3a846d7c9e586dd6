"""Score sheets and lists of attempts as results: the JSON object and the words together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizcli.quiz.grading import Mark
from quizcli.report.result import Columns, Heading, Line, Paragraph, Result
from quizcli.report.times import day, local
from quizcli.report.words import counted, flagged_title, out_of, percent, thinking_time
from quizcli.scores.regrading import percent_now
from quizcli.scores.rows import earned, plain_number
from quizcli.scores.sheet_data import as_data

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import tzinfo

    from quizcli.journal.acts import Act
    from quizcli.journal.attempts import Attempt
    from quizcli.scores.rows import Change
    from quizcli.scores.sheet import Sheet


def sheet_result(sheet: Sheet, zone: tzinfo | None = None) -> Result:
    """The score of one attempt, with its time in ``zone``."""
    rows = tuple(
        (
            str(row.number),
            flagged_title(row.title, is_flagged=row.flagged),
            "; ".join(row.response_words) or "–",
            f"{row.mark}, a guess" if row.guess else str(row.mark),
            earned(row),
            thinking_time(row.seconds, answered=bool(row.response)),
        )
        for row in sheet.rows
    )
    return Result(
        data=as_data(sheet),
        body=(
            Heading(sheet.title),
            Paragraph(" · ".join(facts(sheet))),
            Paragraph(said_when(sheet, lambda at: local(at, zone)).capitalize()),
            Line(""),
            Columns(("#", "Question", "Response", "Mark", "Points", "Time"), rows, (0, 4, 5)),
        ),
        notices=notices(sheet, zone),
    )


def notices(sheet: Sheet, zone: tzinfo | None) -> tuple[str, ...]:
    """What is to be known beside a score: what changed in its bank, that it was regraded, and what
    a person has yet to mark."""
    found = [*sheet.notices]
    if sheet.regraded is not None:
        found.append(f"regraded on {day(sheet.regraded.at, zone)}: {sheet.regraded.reason}")
    recorded = [row.question for row in sheet.rows if row.mark is Mark.RECORDED]
    if recorded and sheet.maximum and sheet.finished:
        are = "is" if len(recorded) == 1 else "are"
        marks = " ".join(f"--mark {id}=POINTS" for id in recorded)
        found.append(
            f"{counted(len(recorded), 'answer')} {are} not marked yet — quizcli score "
            f"{sheet.attempt.id} {marks} --reason TEXT"
        )
    return tuple(found)


def facts(sheet: Sheet) -> list[str]:
    """What stands at the head of a score: who, what kind of attempt, how much."""
    attempt = sheet.attempt
    who = [attempt.name, attempt.student, attempt.section and f"section {attempt.section}"]
    return [
        *filter(None, who),
        *said_score(sheet),
        _kind(attempt),
        f"attempt {attempt.id}",
        f"seed {attempt.seed}",
    ]


def _kind(attempt: Attempt) -> str:
    """What kind of attempt it is: a file of answers follows an exam's rules, but nobody sat one."""
    if attempt.origin == "answers":
        return "answers file"
    return "exam" if attempt.policy.exam else "practice"


def said_when(sheet: Sheet, written: Callable[[str], str] = str) -> str:
    """When an attempt was finished, or else started, as it is ``written``: which of both is said,
    since a list of attempts goes by the start."""
    if sheet.finished:
        return f"finished {written(sheet.finished)}"
    return f"started {written(sheet.attempt.started)}"


def said_score(sheet: Sheet) -> list[str]:
    """The score in points and in percent, or that there is none; and that it may still change."""
    unfinished = [] if sheet.finished else ["unfinished"]
    if not sheet.maximum:
        return ["Recorded, not graded", *unfinished]
    share = f"{percent(float(sheet.percent))}%"
    return [f"Score {out_of(sheet.points, sheet.maximum)}", share, *unfinished]


def attempts_result(sheets: Sequence[Sheet], zone: tzinfo | None, bank: str = "") -> Result:
    """All attempts, or those at a ``bank``, the latest last. A star marks a score that today's bank
    would change; an offset that all times have stands above them."""
    times = [local(sheet.attempt.started, zone) for sheet in sheets]
    offsets = {time.rpartition(" ")[2] for time in times}
    shared = offsets.pop() if len(offsets) == 1 else ""
    times = [time.removesuffix(f" {shared}") for time in times]
    rows = tuple(
        (
            str(sheet.attempt.id),
            sheet.attempt.bank,
            started,
            _kind(sheet.attempt),
            f"{sum(bool(row.response) for row in sheet.rows)} of {len(sheet.rows)}",
            _score(sheet),
            str(sheet.attempt.seed),
        )
        for sheet, started in zip(sheets, times, strict=True)
    )
    if not rows:
        body: tuple[Heading | Paragraph | Line | Columns, ...] = (
            Paragraph(f"No attempts{bank and f' at {bank}'} yet. Take a quiz:"),
            Line(f"  quizcli take {bank}".rstrip(), accent=True),
        )
    else:
        when = f"Started ({shared})" if shared else "Started"
        names = ("Attempt", "Bank", when, "Kind", "Answered", "Score", "Seed")
        allowed = [each for each in sheets if each.finished or not each.attempt.policy.exam]
        whole = [each for each in allowed if each.finished] or allowed
        changed = [sheet for sheet in sheets if sheet.changes and sheet.finished]
        star = "* Today's bank would give a different score: see quizcli score ATTEMPT."
        body = (
            Columns(names, rows, (0, 5, 6), whole=(2,)),
            *((Line(""), Paragraph(star)) if changed else ()),
            *((Line(""), Paragraph("Walk through an attempt again:")) if whole else ()),
            *(Line(f"  quizcli history {each.attempt.id}", accent=True) for each in whole[-1:]),
        )
    data = {"attempts": [as_data(sheet)["attempt"] for sheet in sheets]}
    return Result(data=data, body=body)


def _score(sheet: Sheet) -> str:
    if not sheet.finished:
        return "unfinished"
    if not sheet.maximum:
        return "recorded"
    return f"{percent(float(sheet.percent))}%" + ("*" if sheet.changes else "")


def changes_result(sheet: Sheet, changes: Sequence[Change], act: Act) -> Result:
    """A regrade, or marks by hand, as what it changed."""
    rows = tuple(
        (
            change.title,
            earned(change.then),
            earned(change.now),
        )
        for change in changes
    )
    before, after = sheet.percent, percent_now(sheet.rows, changes)
    data = {
        "attempt": sheet.attempt.id,
        "reason": act.reason,
        "at": act.at,
        "percent_before": plain_number(before),
        "percent": plain_number(after),
        "changes": [
            {
                "question": change.question,
                "points_before": plain_number(change.then.points) if change.then.counts else None,
                "max_points_before": plain_number(change.then.maximum),
                "points": plain_number(change.now.points),
                "max_points": plain_number(change.now.maximum),
            }
            for change in changes
        ],
    }
    body = (
        Paragraph(
            f"Attempt {sheet.attempt.id} was regraded: {percent(float(before))}% before, "
            f"{percent(float(after))}% now."
        ),
        Line(""),
        Columns(("Question", "Before", "Now"), rows, (1, 2)),
        Line(""),
        Paragraph("To undo this:"),
        Line("  quizcli journal undo", accent=True),
    )
    return Result(data=data, body=body)
