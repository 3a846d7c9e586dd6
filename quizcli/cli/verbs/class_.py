"""``quizcli class``: for course staff."""

from __future__ import annotations

from typing import Annotated

import typer

from quizcli.cli import completing
from quizcli.cli.context import Context
from quizcli.cli.guard import verb
from quizcli.cli.lazy import subgroup
from quizcli.cli.options import ForceOption, OutputOption

app = subgroup()


@app.callback()
def group() -> None:
    """A group, though it has one verb."""


@app.command("handout")
@verb
def hand_out(
    context: Context,
    bank: Annotated[
        str, typer.Argument(help="A bank's id, or its file.", autocompletion=completing.banks)
    ],
    output: OutputOption = None,
    force: ForceOption = False,
) -> None:
    """Write a bank without its answers, to be taken and handed in."""
    from quizcli.bank.handout import handout
    from quizcli.cli.output import show, write_whole
    from quizcli.report.result import Result

    text = handout(context.shelf.open(bank))
    if output is None:
        show(context, Result(raw=text))
        return
    write_whole(context, output, text, force=force)
    show(context, Result(notices=(f"written to {output}",)))
