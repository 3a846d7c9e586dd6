"""``quizcli`` alone: where a quiz was left, what there is, what to type next."""

from __future__ import annotations

from quizcli.cli.desk import bank_of, journal, journal_path, shelf, show
from quizcli.quiz.cards import contents, graded
from quizcli.report.result import Columns, Heading, Line, Paragraph, Result
from quizcli.scores.results import day, percent

Body = list[Heading | Paragraph | Line | Columns]


def home() -> None:
    """Print home."""
    banks = [entry.bank for entry in shelf().banks() if entry.bank]
    body: Body = [Heading("quizcli · quizzes whose answers can be shown to be right")]
    body += _past() if journal_path().exists() else []
    commands = [
        (
            f"quizcli {'take' if graded(bank) else 'cards'} {bank.id}",
            f"{bank.title}, {contents(bank)}",
        )
        for bank in banks
    ]
    commands.append(("quizcli --help", "all commands"))
    width = max(len(command) for command, _ in commands)
    body += [Line(f"  {command:<{width}}   {what}") for command, what in commands]
    show(Result(body=tuple(body)))


def _past() -> Body:
    """What the journal says: the quiz that was left, the last score."""
    store = journal()
    try:
        attempts = store.attempts()
        if not attempts:
            return []
        body: Body = []
        last = attempts[-1]
        finished = store.last(finished=True)
        if finished is None or finished.id != last.id:
            done, total = len(store.answered(last.id)), len(last.plan)
            body += [
                Paragraph(f"{last.title}: {done} of {total} answered, then left. Go on:"),
                Line(f"  quizcli take {last.bank} --resume", accent=True),
                Line(""),
            ]
        if finished is not None:
            from quizcli.scores.sheet import sheet

            graded = sheet(finished, store.entries(finished.id), bank_of(finished))
            score = percent(float(graded.percent))
            when = day(graded.finished)[:10]
            body += [Paragraph(f"Last score: {score} % on {finished.title}, {when}"), Line("")]
        return body
    finally:
        store.close()
