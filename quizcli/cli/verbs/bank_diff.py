"""``quizcli bank diff``: two versions of a bank."""

from __future__ import annotations

from typing import Annotated

import typer

from quizcli.cli import completing
from quizcli.cli.context import Context
from quizcli.cli.guard import verb
from quizcli.cli.options import JsonOption, PlainOption


@verb
def diff_banks(
    context: Context,
    old: Annotated[
        str,
        typer.Argument(help="A bank's id, or the path of its file.",
                       autocompletion=completing.banks),
    ],
    new: Annotated[
        str | None,
        typer.Argument(help="Its edited version; without it, OLD is compared with your history.",
                       autocompletion=completing.banks, show_default=False),
    ] = None,
    json: JsonOption = False,
    plain: PlainOption = False,
) -> None:  # fmt: skip
    """Show what learners will notice in an edited bank, and whose history it affects."""
    from quizcli.cli.diffing import diffed
    from quizcli.cli.output import show

    show(context, diffed(context, old, new), as_json=json, plain=plain)
