"""A whole file of another program as a bank, with all that is said of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from quizcli.formats.ids import IdGiver
from quizcli.formats.source_bank import CarriedFile, bank_head

if TYPE_CHECKING:
    from collections.abc import Mapping, Set

    from quizcli.formats.losses import Loss
    from quizcli.formats.sources import Remark, SourceFile


class BankDraft(NamedTuple):
    """A bank as plain data, and what its `CarriedFile` knows by the end."""

    bank: dict[str, Any]
    lines: Mapping[str, int]
    losses: tuple[Loss, ...]
    remarks: tuple[Remark, ...]
    named: Set[str]


def to_bank(source: SourceFile, id: str, title: str) -> BankDraft:
    """The bank that a file is."""
    carried = CarriedFile(source, IdGiver())
    bank = {**bank_head(id, title), "questions": list(carried)}
    losses, remarks = tuple(carried.losses), tuple(sorted(carried.remarks))
    return BankDraft(bank, carried.lines, losses, remarks, carried.named)
