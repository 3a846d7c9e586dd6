"""Attempts as a person names them: by number, or by the bank that was asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizcli.report.codes import UserError
from quizcli.report.numbers import is_whole, whole

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quizcli.cli.context import Context
    from quizcli.journal.attempts import Attempt


def numbered(context: Context, name: str) -> Attempt | None:
    """The attempt with this number; None for what is no number, such as the name of a bank. Raises
    UserError where there is no such attempt."""
    if not is_whole(name.removeprefix("-")):
        return None
    number = whole(name, 0, 2**63 - 1)
    attempt = None if number is None else context.journal.attempt(number)
    if attempt is None:
        raise UserError(f"there is no attempt {name} — list them: quizcli history")
    return attempt


def ids_of(context: Context, name: str) -> Sequence[str]:
    """The ids under which attempts at a bank are kept, also of one that cannot be read any more.
    Raises NoSuchBankError, BankError or UserError where there is neither a bank nor an attempt."""
    from quizcli.bank.faults import BankError
    from quizcli.bank.shelf import NoSuchBankError
    from quizcli.quiz.cards import bank_ids

    try:
        return bank_ids(context.named_bank(name))
    except (BankError, NoSuchBankError, UserError):
        if context.journal.latest([name]) is None:
            raise
        return [name]


def last_finished(context: Context, name: str | None) -> Attempt:
    """The attempt that was finished last, of all or at the bank with this name. Raises UserError
    where there is none."""
    last = context.journal.last_finished(ids_of(context, name) if name else ())
    if last is None:
        of, take = (f" of {name}", f" {name}") if name else ("", "")
        raise UserError(f"no quiz{of} has been finished yet — take one: quizcli take{take}")
    return last
