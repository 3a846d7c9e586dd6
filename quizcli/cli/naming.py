"""What a person names by BANK/QUESTION, or by the name of an experiment."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from quizcli.bank.faults import SUFFIXES
from quizcli.bank.misnamed import is_folder
from quizcli.bank.shelf import NoSuchBankError
from quizcli.quiz.cards import id_now
from quizcli.report.codes import UserError
from quizcli.report.words import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable

    from quizcli.proof.subject import Subject
    from quizcli.quiz.model import Bank, Question


class Named(NamedTuple):
    """A bank, a question of it and one of its gaps, each "" where there is none, as a person named
    them: a bank alone, also by its file, or BANK/QUESTION#GAP."""

    bank: str
    question: str = ""
    gap: str = ""


def named(text: str, question: str | None = None) -> Named:
    """What is named in one text, or in two with the ``question`` apart."""
    bank, slash, id = text.rpartition("/")
    if question is not None:
        bank, id = text, question
    elif not slash or text.endswith(SUFFIXES):
        return Named(text)
    id, _, gap = id.partition("#")
    return Named(bank, id, gap)


def named_question(bank: Bank, id: str) -> Question:
    """The question of a bank with this id, or that had it before. Raises UserError."""
    try:
        return bank.question(id_now(bank, id))
    except KeyError:
        hint = did_you_mean(id, [each.id for each in bank.headings], "the questions are")
        raise UserError(f"{bank.id} has no question '{id}' — {hint}") from None


def bank_of(name: Named, open_bank: Callable[[str], Bank]) -> Bank:
    """The bank that is named. Raises what ``open_bank`` raises; of the whole where that is a
    path."""
    try:
        return open_bank(name.bank)
    except NoSuchBankError as error:
        whole = f"{name.bank}/{name.question}" if name.question else name.bank
        if not name.bank or is_folder(whole):
            raise NoSuchBankError(whole, error.known) from None
        raise


def named_subject(name: Named, open_bank: Callable[[str], Bank]) -> tuple[Subject, Bank | None]:
    """The subject of a question, with its bank, or of an experiment's name. Raises DemoError,
    UserError, and what ``open_bank`` raises."""
    from quizcli.proof.subject import of_experiment, of_question

    if not name.question:
        return of_experiment(name.bank), None
    bank = bank_of(name, open_bank)
    return of_question(named_question(bank, name.question)), bank
