"""Marks that an attempt was given, and those that today's bank would give instead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizcli.env import timestamp
from quizcli.journal.acts import Act, ActKind, ActTable, NewMark
from quizcli.quiz.grading import BY_HAND, hundredths, written_grade
from quizcli.quiz.steps import Answer
from quizcli.scores.rows import Change

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from quizcli.env import Environment
    from quizcli.journal.attempts import Attempt, Entry, Journal
    from quizcli.quiz.model import Rational
    from quizcli.quiz.session import Session
    from quizcli.quiz.steps import AnyStep
    from quizcli.scores.rows import Row


NO_NAMES: Mapping[str, str] = {}


def with_marks(
    attempt: Attempt,
    entries: Sequence[Entry],
    regraded: Act | None,
    names: Mapping[str, str] = NO_NAMES,
) -> tuple[Attempt, list[Entry]]:
    """An attempt with the marks of a regrade in place of those it was given; ``names`` are ids that
    its questions had before, each with that of now."""
    if regraded is None:
        return attempt, list(entries)
    marks = {names.get(id, id): mark for id, mark in regraded.marks}
    maxima = dict(attempt.maxima) | {id: mark.maximum for id, mark in marks.items()}
    steps = [_marked(entry.step, marks) for entry in entries]
    changed = [entry._replace(step=step) for entry, step in zip(entries, steps, strict=True)]
    return attempt._replace(maxima=tuple(maxima.items())), changed


def _marked(step: AnyStep, marks: Mapping[str, NewMark]) -> AnyStep:
    if isinstance(step, Answer) and step.question in marks:
        return step._replace(grade=written_grade(step.response.given, *marks[step.question]))
    return step


def changes_of(rows: Sequence[Row], now: Session) -> list[Change]:
    """The marks that today's bank would give in place of those that count; a question that is gone
    keeps its own."""
    changes = []
    for row in rows:
        item = now.item(row.question)
        if item is None:
            continue
        grade = now.outcome(item)[1]
        if not grade.counts or row.rule == BY_HAND:  # what a person marked stays
            continue
        new = NewMark(grade.points, grade.maximum, grade.rule)
        if not row.counts or (new.points, new.maximum) != (row.points, row.maximum):
            then = NewMark(row.points, row.maximum, row.rule)
            changes.append(Change(row.question, row.title, then, new))
    return changes


def percent_now(rows: Sequence[Row], changes: Sequence[Change]) -> Rational:
    """The score that today's bank would give."""
    new: Mapping[str, NewMark] = {change.question: change.now for change in changes}
    marks = [
        new.get(row.question) or NewMark(row.points, row.maximum, row.rule)
        for row in rows
        if row.counts or row.question in new
    ]
    return hundredths(sum(mark.points for mark in marks), sum(mark.maximum for mark in marks))


def regrade(
    env: Environment,
    journal: Journal,
    attempt: Attempt,
    rows: Sequence[Row],
    changes: Sequence[Change],
    reason: str,
) -> Act:
    """Let the marks of today's bank count, from now on and until it is undone. They are written
    down under the ids that the questions of the ``attempt`` had then. Raises JournalError."""
    then = {row.question: id for row, (id, _) in zip(rows, attempt.plan, strict=True)}
    marks = tuple((then[change.question], change.now) for change in changes)
    act = Act(
        env.random.uid(), ActKind.REGRADE, timestamp(env.clock.now()), reason, attempt.id, marks
    )
    acts = ActTable(journal)
    return act._replace(id=journal.in_one(lambda: acts.insert(act)))


def regraded(journal: Journal, attempt: Attempt) -> Act | None:
    """The regrade of an attempt that counts, with the marks of earlier ones that it left."""
    standing = ActTable(journal).regrades(attempt.id)
    if not standing:
        return None
    marks = {id: mark for act in reversed(standing) for id, mark in act.marks}
    return standing[0]._replace(marks=tuple(marks.items()))
