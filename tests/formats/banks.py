"""What a converted bank is held to: that the bank format takes it."""

from __future__ import annotations

from typing import Any

import yaml

from quizcli.bank.faults import BankError
from quizcli.bank.read import read_bank
from quizcli.quiz.kinds import KINDS


class _Plain(yaml.SafeDumper):
    """Without aliases, which no bank has."""

    def ignore_aliases(self, data: Any) -> bool:
        """Whatever it is."""
        return True


def faults(bank: dict[str, Any]) -> list[str]:
    """What the bank format refuses of it, beside kinds that it does not have."""
    known = [question for question in bank["questions"] if question["kind"] in KINDS]
    if not known:
        return []
    text = yaml.dump(
        {**bank, "questions": known}, Dumper=_Plain, allow_unicode=True, sort_keys=False
    )
    try:
        read_bank(text.encode("utf-8"), "bank.yaml")
    except BankError as error:
        return [f"{fault.code}: {fault.what}" for fault in error.faults]
    return []
