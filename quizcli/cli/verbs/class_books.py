"""Which grade books are written, and to which files."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from quizcli.cli.context import Context
from quizcli.cli.endings import another_kind
from quizcli.scores.formats import BOOKS

if TYPE_CHECKING:
    from quizcli.scores.tables import CsvTable


if TYPE_CHECKING:
    BookFormat = str
else:  # The names, which help lists and any other than which is refused.
    BookFormat = StrEnum("BookFormat", {name.upper(): name for name in BOOKS})


def files_wanted(
    formats: list[BookFormat], outputs: list[Path], *, as_json: bool
) -> list[tuple[BookFormat, Path | None]]:
    """Each format with its file. Raises UserError where these do not go together."""
    from quizcli.report.codes import UserError
    from quizcli.report.words import counted

    if formats and as_json:
        raise UserError("--json prints the marks, and --format writes them — leave out one of them")
    for each, path in zip(formats, outputs, strict=False):
        if wrong := another_kind(path, *BOOKS[each].endings):
            raise UserError(wrong)
    if len(formats) == 1 and not outputs:
        return [(formats[0], None)]
    if len(formats) != len(outputs):
        raise UserError(
            f"there are {counted(len(formats), '--format')} and {counted(len(outputs), '-o')} — "
            "each format needs its file: --format canvas -o canvas.csv --format items -o items.csv"
        )
    twice = [path for path in outputs if outputs.count(path) > 1]
    if twice:
        raise UserError(f"two formats would be written to {twice[0]} — give each its own file")
    return list(zip(formats, outputs, strict=True))


def check_page(context: Context, html: Path | None, *, as_json: bool, force: bool) -> None:
    """Raises UserError, before anything is read, where a page cannot be written."""
    if html is not None:
        from quizcli.cli.output import refuse_existing
        from quizcli.cli.paging import refuse_other_forms

        refuse_other_forms(json=as_json, svg=None)
        refuse_existing(context, html, force=force)


def downloaded(
    context: Context, template: str | None, formats: list[BookFormat]
) -> CsvTable | None:
    """The file to be filled in. Raises UserError."""
    from quizcli.report.codes import UserError
    from quizcli.scores.tables import read_table

    if template is None:
        return None
    systems = [each for each in formats if BOOKS[each].fills]
    if len(systems) != 1:
        raise UserError(
            "--template is filled in for the system it was downloaded from — name that system: "
            f"--format {systems[0] if systems else 'canvas'}"
        )
    return read_table(context.env.cwd / template, template)
