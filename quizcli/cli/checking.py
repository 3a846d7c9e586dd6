"""What bank check looks at: the files that a name means, and what is wrong in them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from quizcli.cli.context import Context

if TYPE_CHECKING:
    from collections.abc import Iterable

    from quizcli.report.result import Result


def bank_file(context: Context, name: str) -> Path:
    """The file that a name means to every verb: a path, or the id of a bank; and, where no bank has
    it, the folder that is called so. Raises NoSuchBankError."""
    from quizcli.bank.shelf import NoSuchBankError

    try:
        return context.locate(name)
    except NoSuchBankError:
        if Path(name).exists():
            return Path(name)
        raise


def every_file(context: Context) -> list[Path]:
    """The files of the shelf, and those of the banks that are offered beside it, with faults as
    well; but none that holds another bank by now."""
    elsewhere, files = context.elsewhere, context.shelf.files()
    for id, file in elsewhere.files_beside(context.shelf.ids()).items():
        bank = elsewhere.readable(file)
        if bank is None or bank.id == id:
            files.append(file)
    return files


def checked_files(paths: Iterable[Path]) -> Result:
    """The faults and notes of files."""
    from quizcli.bank.check import check_files
    from quizcli.bank.results import check_result
    from quizcli.bank.texts import Notation
    from quizcli.proof.proving import demo_faults
    from quizcli.terminal.notation import Form, complaints, render

    notation = Notation(complaints, lambda text: render(text, Form.UNICODE))
    return check_result(check_files(paths, demo_faults, notation))
