"""``quizcli review``: each question again on the day on which it is about to be forgotten."""

from typing import Annotated

import typer

from quizcli.cli import completing
from quizcli.cli.context import Context
from quizcli.cli.guard import verb
from quizcli.cli.options import (
    AheadOption,
    BanksArgument,
    CardTagOption,
    CramOption,
    LimitOption,
    LinesOption,
    MinutesOption,
    NewOption,
    SeedOption,
)


@verb
def review(
    context: Context,
    bank: BanksArgument = None,
    limit: LimitOption = None,
    minutes: MinutesOption = None,
    tag: CardTagOption = None,
    new: NewOption = None,
    ahead: AheadOption = False,
    cram: CramOption = False,
    queue: Annotated[
        bool, typer.Option("--queue", help="List the cards and when each is due.")
    ] = False,
    undo: Annotated[
        bool,
        typer.Option("--undo", help="Undo the latest review, suspension, burying or resumption."),
    ] = False,
    redo: Annotated[
        bool, typer.Option("--redo", help="Redo what was last undone.")
    ] = False,
    suspend: Annotated[
        str | None,
        typer.Option(metavar="CARD", help="Suspend a card.", autocompletion=completing.cards),
    ] = None,
    resume: Annotated[
        str | None,
        typer.Option(metavar="CARD", help="Bring back a suspended card.",
                     autocompletion=completing.cards),
    ] = None,
    shuffle: Annotated[
        bool | None,
        typer.Option("--shuffle/--no-shuffle", help="Shuffle the options, or keep the bank's "
                     "order. [default: the bank's own]", show_default=False),
    ] = None,
    seed: SeedOption = None,
    plain: LinesOption = False,
    json: Annotated[
        bool, typer.Option("--json", help="With --queue, --undo or --redo: print JSON.")
    ] = False,
) -> None:  # fmt: skip
    from quizcli.cli.output import show
    from quizcli.cli.reviewing import ask, changed, opened_queue
    from quizcli.report.codes import ExitCode, UserError
    from quizcli.review.queue import QueueOptions, mode_of

    if json and not (queue or undo or redo):
        raise UserError(
            "--json goes with --queue, --undo or --redo — after a review: quizcli stats --json"
        )
    options = QueueOptions(mode_of(ahead=ahead, cram=cram), tuple(tag or ()), new, limit)
    if undo or redo or suspend or resume:
        for result in changed(context, suspend, resume, undo=undo, redo=redo):
            show(context, result, as_json=json and (undo or redo))
            if (undo or redo) and result.data["undone" if undo else "redone"] is None:
                raise typer.Exit(ExitCode.FAILED)  # as "journal undo" where there is nothing
        return
    listed_alike = 0 if queue and seed is None else seed  # a list is the same twice
    opened = opened_queue(context, bank, options, listed_alike)
    if queue:
        from quizcli.review.queue_view import queue_result

        show(context, queue_result(opened), as_json=json, plain=plain)
        return
    ask(context, opened, shuffle=shuffle, minutes=minutes, plain=plain)
