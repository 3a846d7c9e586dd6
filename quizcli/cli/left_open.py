"""An attempt that was left and can go on, of which nothing is told that is still asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from quizcli.cli.context import Context
    from quizcli.journal.attempts import Attempt
    from quizcli.play.home import Stopped
    from quizcli.scores.sheet import Sheet


def left_open(context: Context, attempt: Attempt) -> Stopped | None:
    """Where an attempt can go on, None for one that cannot. Raises UserError for an exam: its marks
    and its key are for when it is handed in."""
    from quizcli.report.codes import UserError

    if attempt not in context.journal.left_unfinished():
        return None
    stopped = stopped_at(context, attempt)
    if stopped and attempt.policy.exam:
        what = f"attempt {attempt.id} is an exam that has not been handed in"
        raise UserError(f"{what} — resume it with: {stopped.command} --resume")
    return stopped


def so_far(sheet: Sheet, left: Stopped | None) -> Sheet:
    """A sheet as it is shown: of an attempt that was left and can go on without the keys of what it
    still asks, and saying so."""
    from dataclasses import replace

    from quizcli.report.words import counted
    from quizcli.scores.sheet import without_unanswered_keys

    if left is None or left.answered == left.total:
        return sheet
    what = f"{counted(left.total - left.answered, 'question')} not answered yet"
    notice = f"{what}; resume with: {left.command} --resume"
    return replace(without_unanswered_keys(sheet), notices=(*sheet.notices, notice))


def stopped_at(context: Context, last: Attempt) -> Stopped | None:
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
