"""What a format of other programs is to the verbs that import and export: how it is called, known
by its looks, read and written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from quizcli.formats.losses import Loss
    from quizcli.formats.sources import Remark, SourceFile
    from quizcli.quiz.model import Bank


class BankDraft(NamedTuple):
    """A bank as plain data. ``lines`` are those of its questions in the source, by their ids;
    ``named`` the ids that the source gave itself; ``remarks`` say what was read otherwise than it
    was written, and which questions are not in."""

    bank: dict[str, Any]
    lines: Mapping[str, int]
    losses: tuple[Loss, ...]
    remarks: tuple[Remark, ...]
    named: frozenset[str] = frozenset()


class ExportOptions(NamedTuple):
    """What may be asked of an export beside its format; a format names those that it knows."""

    keyless: bool = False


class ExportSource(NamedTuple):
    """What is written: a bank, the same as plain data, and what is asked of the export."""

    bank: Bank
    fields: Mapping[str, Any]
    options: ExportOptions = ExportOptions()


class ExportFile(NamedTuple):
    """The content of a file, and what of the bank is not in it."""

    content: str | bytes
    losses: tuple[Loss, ...] = ()


class BankFormat(NamedTuple):
    """One format. ``looks`` says of the beginning of a file with one of its suffixes whether it is
    one; ``options`` are the names of the export options that it knows."""

    name: str
    title: str
    suffixes: tuple[str, ...]
    looks: Callable[[bytes], bool] = lambda _head: False
    read: Callable[[bytes], SourceFile] | None = None
    write: Callable[[ExportSource], ExportFile] | None = None
    options: tuple[str, ...] = ()
