"""``quizcli`` alone: what is due, where a quiz was left, what to type next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizcli.cli.context import bank_of, journal, journal_path, shelf, show
from quizcli.cli.guard import env
from quizcli.cli.welcome import welcome

if TYPE_CHECKING:
    from datetime import date

    from quizcli.journal.attempts import Journal
    from quizcli.play.home import Home, Stopped


def home() -> None:
    """Print home."""
    from quizcli.play.home import Home, home_result

    welcome()
    banks = tuple(entry.bank for entry in shelf().banks() if entry.bank)
    found = Home(banks)
    if journal_path().exists():
        store = journal()
        try:
            found = _past(store, found)
        finally:
            store.close()
    show(home_result(found))


def _past(store: Journal, home: Home) -> Home:
    """What the journal adds."""
    from dataclasses import replace

    from quizcli.cli.memory import ledger_of, shelf_banks
    from quizcli.play.home import due_now

    ledger = ledger_of(store)
    due = due_now(ledger, shelf_banks(ledger, []))
    return replace(home, due=due, stopped=_stopped(store), score=_score(store))


def _stopped(store: Journal) -> Stopped | None:
    """The latest attempt, where it was left unfinished."""
    from quizcli.play.home import Stopped
    from quizcli.play.quiz.start import command_for
    from quizcli.report.codes import UserError

    last = store.latest()
    finished = store.last(finished=True)
    if last is None or (finished is not None and finished.id == last.id):
        return None
    try:
        bank_of(last)
    except UserError:  # its bank is gone, and there is nothing to go on with
        return None
    done, total = len(store.answered(last.id)), len(last.plan)
    return Stopped(command_for(env(), last.bank, last.bank_file), last.title, done, total)


def _score(store: Journal) -> tuple[str, str, date] | None:
    """The last score; none where its bank is gone."""
    from datetime import datetime

    from quizcli.report.codes import UserError
    from quizcli.scores.results import percent
    from quizcli.scores.sheet import sheet

    finished = store.last(finished=True)
    if finished is None:
        return None
    try:
        graded = sheet(finished, store.entries(finished.id), bank_of(finished))
    except UserError:
        return None
    when = datetime.fromisoformat(graded.finished).astimezone(env().zone).date()
    return percent(float(graded.percent)), finished.title, when
