"""The formats that banks are read from and written in, and which of them a file has.

A format is one file with a ``FORMAT``, and one line here; behind a colon stands the name of one
that shares its file with another.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import PurePath
from typing import TYPE_CHECKING

from quizcli.report.codes import UserError
from quizcli.report.words import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable

    from quizcli.formats.format import BankFormat

# Of those that share a suffix, the one whose looks tell most comes first.
MODULES = {
    "aiken": "quizcli.formats.aiken",
    "csv": "quizcli.formats.question_table:CSV",
    "tsv": "quizcli.formats.question_table:TSV",
    "xlsx": "quizcli.formats.workbook",
    "anki": "quizcli.formats.anki",
    "anki-text": "quizcli.formats.anki_text",
    "markdown": "quizcli.formats.markdown_quiz",
    "jupyterquiz": "quizcli.formats.jupyterquiz",
    "text2qti": "quizcli.formats.text2qti",
    "quizlet": "quizcli.formats.quizlet",
    "gift": "quizcli.formats.gift",
    "html": "quizcli.cli.quiz_file",
    "moodle-xml": "quizcli.formats.moodle_xml",
    "qti-1.2": "quizcli.formats.qti",
    "qti-2.1": "quizcli.formats.qti:FORMAT_21",
    "qti-3.0": "quizcli.formats.qti:FORMAT_30",
}
_HEAD = 65_536  # bytes of a file that are looked at


def bank_format(name: str) -> BankFormat:
    """The format of this name. Raises UserError."""
    if name not in MODULES:
        raise UserError(f"no format is called '{name[:40]}' — {did_you_mean(name, names())}")
    module, _, attribute = MODULES[name].partition(":")
    found: BankFormat = getattr(import_module(module), attribute or "FORMAT")
    return found


def names(*, read: bool = False, written: bool = False) -> list[str]:
    """The names of formats: of all, or of those that are read, or written."""
    if not (read or written):
        return list(MODULES)
    return [one.name for one in _formats() if (one.read if read else one.write)]


def readable(name: str) -> BankFormat:
    """The format of this name, which can be imported. Raises UserError."""
    found = bank_format(name)
    if found.read is None:
        hint = did_you_mean("", names(read=True), "import")
        raise UserError(f"{found.title} can be written but not read — {hint}")
    return found


def writable(name: str) -> BankFormat:
    """The format of this name, which can be exported. Raises UserError."""
    found = bank_format(name)
    if found.write is None:
        hint = did_you_mean("", names(written=True), "export to")
        raise UserError(f"{found.title} can be read but not written — {hint}")
    return found


def guessed(file: str, data: bytes) -> BankFormat:
    """The format that a file seems to have, by its name and its looks. Raises UserError."""
    head = data[:_HEAD]
    suffix = PurePath(file).suffix.lower()
    known = [one for one in _formats() if one.read]
    called = [one for one in known if suffix in one.suffixes]
    for one in (*called, *known):
        if one.looks(head):
            return one
    if len(called) == 1:
        return called[0]
    if suffix in {".yaml", ".yml"}:
        raise UserError(f"{file} seems to be a bank already — quizcli bank check {file}")
    hint = did_you_mean("", [one.name for one in known])
    raise UserError(f"{file} is not in a known format — name it with --from: {hint}")


def written_as(file: str) -> BankFormat:
    """The format that the name of a file asks for. Raises UserError."""
    name = PurePath(file).name.lower()
    called = [one for one in _formats() if one.write and name.endswith(one.suffixes)]
    if called:
        return called[0]
    hint = did_you_mean("", names(written=True))
    raise UserError(f"the name {file} does not tell the format — name one with --to: {hint}")


def _formats() -> Iterable[BankFormat]:
    return map(bank_format, MODULES)
