"""What a person names by BANK/QUESTION, or by the name of an experiment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizcli.bank.misnamed import is_folder
from quizcli.bank.shelf import NoSuchBankError
from quizcli.quiz.cards import id_now
from quizcli.report.codes import UserError
from quizcli.report.words import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable

    from quizcli.proof.subject import Subject
    from quizcli.quiz.model import Bank, Question


def named_question(bank: Bank, id: str) -> Question:
    """The question of a bank with this id, or that had it before. Raises UserError."""
    try:
        return bank.question(id_now(bank, id))
    except KeyError:
        hint = did_you_mean(id, [each.id for each in bank.headings], "the questions are")
        raise UserError(f"{bank.id} has no question '{id}' — {hint}") from None


def bank_of(address: str, name: str, open_bank: Callable[[str], Bank]) -> Bank:
    """The bank with the ``name`` that an address begins with. Raises what ``open_bank`` raises; of
    the whole address where that is a path."""
    try:
        return open_bank(name)
    except NoSuchBankError as error:
        if not name or is_folder(address):
            raise NoSuchBankError(address, error.known) from None
        raise


def named_subject(name: str, open_bank: Callable[[str], Bank]) -> tuple[Subject, Bank | None]:
    """The subject of BANK/QUESTION, with the bank, or of an experiment's name. Raises DemoError,
    UserError, and what ``open_bank`` raises."""
    from quizcli.proof.subject import of_experiment, of_question

    bank_name, slash, id = name.rpartition("/")
    if not slash:
        return of_experiment(name), None
    bank = bank_of(name, bank_name, open_bank)
    return of_question(named_question(bank, id)), bank
