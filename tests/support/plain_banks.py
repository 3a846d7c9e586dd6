"""What a converted bank is held to: that the bank format takes it."""

from __future__ import annotations

from typing import Any

from quizcli.bank.faults import BankError
from quizcli.bank.plain import plain_bank
from quizcli.bank.read import read_bank
from quizcli.bank.yaml_text import bank_text
from quizcli.formats.format import BankFormat, ExportFile, ExportOptions, ExportSource
from quizcli.quiz.kinds import KINDS
from quizcli.quiz.model import Bank


def bank_of(fields: dict[str, Any]) -> Bank:
    """The bank of some plain data."""
    return read_bank(bank_text(fields).encode(), "bank.yaml")


def written(format: BankFormat, fields: dict[str, Any], **options: Any) -> ExportFile:
    """A bank in a format."""
    assert format.write
    bank = bank_of(fields)
    return format.write(ExportSource(bank, plain_bank(bank), ExportOptions(**options)))


def faults(bank: dict[str, Any]) -> list[str]:
    """What the bank format refuses of it, beside kinds that it does not have."""
    known = [question for question in bank["questions"] if question["kind"] in KINDS]
    if not known:
        return []
    try:
        bank_of({**bank, "questions": known})
    except BankError as error:
        return [f"{fault.code}: {fault.what}" for fault in error.faults]
    return []
