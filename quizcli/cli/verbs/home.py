"""``quizcli`` alone: what is due, where a quiz was left, what to type next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizcli.cli.context import Context
from quizcli.cli.guard import verb
from quizcli.cli.output import show
from quizcli.cli.welcome import welcome

if TYPE_CHECKING:
    from datetime import date

    from quizcli.journal.attempts import Attempt
    from quizcli.play.home import Stopped


@verb
def home(context: Context) -> None:
    """Print home."""
    from quizcli.cli.card_banks import card_banks, card_queue, tell_of_files
    from quizcli.play.home import Home, due_now, home_result

    welcome(context)
    if not context.journal_path.exists():
        tell_of_files(context, context.shelf.index(), {})
        show(context, home_result(Home(tuple(context.shelf.usable()))))
        return
    card_states = context.card_states()
    banks = card_banks(context, card_states)
    due = due_now(card_queue(context, card_states, banks))
    known = tuple(filter(None, map(banks.bank, banks.ids())))
    show(context, home_result(Home(known, due, _stopped(context), _score(context))))


def _stopped(context: Context) -> Stopped | None:
    """The quiz that was left last: a later one at another bank, finished or not, hides it no more
    than it does from ``take BANK --resume``."""
    return next(filter(None, (_left(context, a) for a in context.journal.left_unfinished())), None)


def _left(context: Context, last: Attempt) -> Stopped | None:
    """An attempt that was left unfinished, where it can go on."""
    from quizcli.bank.faults import BankError
    from quizcli.play.commands import command
    from quizcli.play.home import Stopped
    from quizcli.play.quiz.starting import remaining_of
    from quizcli.quiz.cards import bank_ids
    from quizcli.quiz.steps import SessionError
    from quizcli.report.codes import UserError
    from quizcli.scores.sheet import rebuilt

    journal = context.journal
    try:
        bank = context.bank_of(last)
        if journal.interrupted(bank_ids(bank)) != last:  # it goes on under another name
            return None
        session, _ = rebuilt(last, journal.entries(last.id), bank)
    except (UserError, BankError, SessionError):  # its bank is gone, or broken, or another
        return None  # and there is nothing to go on with
    place = session.position if session.current else next(iter(session.unanswered), 0)
    answered, total = len(session.answers), len(session.items)
    remaining = remaining_of(last, context.env.clock.now())
    return Stopped(command(context.env, bank), bank.title, answered, total, place + 1, remaining)


def _score(context: Context) -> tuple[str, str, date] | None:
    """The last score."""
    from datetime import datetime

    from quizcli.report.words import percent

    finished = context.journal.last_finished()
    if finished is None:
        return None
    graded = context.sheet_of(finished)
    when = datetime.fromisoformat(graded.finished).astimezone(context.env.zone).date()
    if not graded.maximum:  # all was recorded, and nothing graded
        return None
    return percent(float(graded.percent)), graded.title, when
