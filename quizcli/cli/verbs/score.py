"""``quizcli score``: the score sheet of an attempt, for reading or for handing in."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from quizcli.cli.context import Context
from quizcli.cli.guard import verb
from quizcli.cli.options import OutputOption, PlainOption, SvgOption

if TYPE_CHECKING:
    from quizcli.journal.attempts import Attempt


class Format(StrEnum):
    """What ``score`` writes."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    MD = "md"


@verb
def score(
    context: Context,
    attempt: Annotated[
        int | None, typer.Argument(help="An attempt's number; the last finished one if not said.")
    ] = None,
    format: Annotated[Format, typer.Option(help="How to write it.")] = Format.TABLE,
    output: OutputOption = None,
    plain: PlainOption = False,
    svg: SvgOption = None,
) -> None:
    from quizcli.cli.output import show, write_whole
    from quizcli.report.result import Result
    from quizcli.scores.results import sheet_result
    from quizcli.scores.sheet import sheet
    from quizcli.scores.writers import WRITERS

    chosen = _last_finished(context) if attempt is None else context.attempt(attempt)
    graded = sheet(chosen, context.journal.entries(chosen.id), context.bank_of(chosen))
    result = sheet_result(graded)
    if svg is not None:
        show(context, result, svg=svg, title=graded.bank.title)
        return
    if format is not Format.TABLE:
        result = Result(raw=WRITERS[format](graded), notices=graded.notices)
    if output is None:
        show(context, result, plain=plain)
        return
    text = result.raw
    if text is None:
        from quizcli.terminal.render import body

        text = "".join(f"{line}\n" for line in body(result, context.style(plain=True)))
    write_whole(context, output, text)
    show(context, Result(notices=(*result.notices, f"written to {output}")))


def _last_finished(context: Context) -> Attempt:
    from quizcli.report.codes import UserError

    last = context.journal.last(finished=True)
    if last is None:
        raise UserError("no quiz was finished yet — take one: quizcli take")
    return last
