"""A bank of one's own, begun: a file with remarks, and beside it the schema for editors."""

from __future__ import annotations

from shlex import quote
from typing import TYPE_CHECKING

from quizcli.bank.faults import BankError
from quizcli.bank.read import read_bank
from quizcli.bank.schema import schema as bank_schema
from quizcli.bank.template import SCHEMA_FILE, new_bank
from quizcli.cli.output import write_whole
from quizcli.env import own_folder
from quizcli.report.codes import UserError
from quizcli.report.json_text import json_text
from quizcli.report.result import Line, Result

if TYPE_CHECKING:
    from quizcli.cli.context import Context


def begun(context: Context, name: str, title: str) -> Result:
    """Write the file where quizcli finds it. Raises UserError for an id that cannot be, or is."""
    if not name.strip():
        raise UserError("a bank needs an id — quizcli bank new my-bank")
    folder = context.shelf.folders[0]
    path = folder / f"{name}.yaml"
    text = new_bank(name, title.strip() or name, str(path))
    try:
        read_bank(text.encode(), str(path))
    except BankError as error:  # of an id or a title; no file is there yet
        raise UserError("; ".join(f"{each.what} — {each.fix}" for each in error.faults)) from None
    if name in context.shelf.ids():
        raise UserError(f"a bank called '{name}' already exists — quizcli bank list")
    try:
        own_folder(folder)
    except OSError as error:
        raise UserError(
            f"{folder} cannot be created: {(error.strerror or str(error)).lower()}"
        ) from None
    write_whole(context, path, text)
    write_whole(context, folder / SCHEMA_FILE, json_text(bank_schema()), force=True)
    body = (
        Line(f"Written: {path}"),
        Line(f"  quizcli bank edit {name}", accent=True),
        Line(f"  quizcli bank check {quote(str(path))} --watch", accent=True),
    )
    return Result(body=body)
