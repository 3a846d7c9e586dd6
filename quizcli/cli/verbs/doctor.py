"""``quizcli doctor``: where things lie, what the terminal can do, whether the journal is whole."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from quizcli.cli.context import Context
from quizcli.cli.guard import verb
from quizcli.cli.options import JsonOption, PlainOption

if TYPE_CHECKING:
    from quizcli.report.result import Result


@verb
def doctor(
    context: Context,
    restore: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Restore the journal from this copy."),
    ] = None,
    json: JsonOption = False,
    plain: PlainOption = False,
) -> None:
    from quizcli.cli.output import show

    if restore is not None:
        show(context, _restored(context, restore), as_json=json)
        return
    from quizcli.cli.examining import examined

    show(context, examined(context, plain=plain), as_json=json, plain=plain)


def _restored(context: Context, copy: Path) -> Result:
    from quizcli.journal.restoring import restore
    from quizcli.report.result import Paragraph, Result

    day = context.env.clock.now().date()
    before = restore(context.env.cwd / copy, context.journal_path, day)
    words = [Paragraph(f"The journal was restored from {copy.name}.")]
    if before is not None:
        words.append(Paragraph(f"Its previous content is in {before}."))
    data = {"restored": str(copy), "before": None if before is None else str(before)}
    return Result(data=data, body=tuple(words))
