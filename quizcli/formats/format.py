"""What a format of other programs is to the verbs that import and export: how it is called, known
by its looks, read and written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from quizcli.formats.losses import Loss
    from quizcli.formats.sources import SourceFile
    from quizcli.quiz.model import Bank


class ExportOptions(NamedTuple):
    """What may be asked of an export beside its format; a format names those that it knows."""

    keyless: bool = False
    seed: int | None = None
    variants: int | None = None
    evidence: bool = False


class ExportSource(NamedTuple):
    """What is written: a bank, the same as plain data, what is asked of the export, and when the
    bank's file was ``changed``, in seconds of Unix."""

    bank: Bank
    fields: Mapping[str, Any]
    options: ExportOptions = ExportOptions()
    changed: int = 0


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
