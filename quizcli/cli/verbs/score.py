"""``quizcli score``: the score sheet of an attempt, for reading or for handing in."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from quizcli.cli import completing
from quizcli.cli.context import Context
from quizcli.cli.guard import verb
from quizcli.cli.left_open import left_open, so_far
from quizcli.cli.options import ForceOption, PlainOption, SvgOption, output_option
from quizcli.scores.formats import SHEETS, written_sheet

if TYPE_CHECKING:
    from quizcli.scores.sheet import Sheet


TABLE = "table"  # as it is shown, which no file writes
if TYPE_CHECKING:
    Format = str
else:  # The names, which help lists and any other than which is refused.
    Format = StrEnum("Format", {name.upper(): name for name in (TABLE, *SHEETS)})
SUFFIXES = {
    **{ending: name for name, format in SHEETS.items() for ending in format.endings},
    ".txt": TABLE,
}


@verb
def score(
    context: Context,
    attempt: Annotated[
        str | None,
        typer.Argument(
            help="An attempt's number, or a bank for the last one finished there. "
            "[default: the last one finished]",
            autocompletion=completing.banks,
        ),
    ] = None,
    format: Annotated[
        Format | None,
        typer.Option(help="The format; with -o, taken from the file's name.", show_default=False),
    ] = None,
    output: Annotated[Path | None, output_option(*SUFFIXES)] = None,
    plain: PlainOption = False,
    svg: SvgOption = None,
    force: ForceOption = False,
    regrade: Annotated[
        bool,
        typer.Option("--regrade", help="Grade the answers again, with the bank as it is now."),
    ] = False,
    mark: Annotated[
        list[str] | None,
        typer.Option(
            metavar="QUESTION=POINTS",
            help="Give an answer this mark; may be repeated.",
            show_default=False,
        ),
    ] = None,
    reason: Annotated[
        str | None,
        typer.Option(
            metavar="TEXT",
            help="The reason for the regrade or mark (required with --mark).",
            show_default=False,
        ),
    ] = None,
    name: Annotated[
        str, typer.Option(metavar="NAME", help="Show this name instead of the recorded one.")
    ] = "",
    no_key: Annotated[
        bool, typer.Option("--no-key", help="Leave the right answers out of the file.")
    ] = False,
) -> None:
    from dataclasses import replace

    from quizcli.cli.attempts import last_finished, numbered
    from quizcli.cli.output import show, write_whole
    from quizcli.report.codes import UserError
    from quizcli.report.result import Line, Paragraph, Result
    from quizcli.scores.results import sheet_result
    from quizcli.scores.sheet import without_key

    written = _format(format, output)
    if svg is not None and output is not None:
        raise UserError("-o and --svg each write a file — leave out one of them")
    chosen = numbered(context, attempt or "") or last_finished(context, attempt)
    left = None if regrade or mark else left_open(context, chosen)
    graded = so_far(context.sheet_of(chosen), left)
    if regrade or mark:
        if regrade and mark:
            raise UserError("--regrade and --mark each change marks — leave out one of them")
        _regrade(context, graded, mark, reason, as_json=written == "json")
        return
    if name:
        graded = replace(graded, attempt=graded.attempt._replace(name=name))
    if no_key:
        graded = without_key(graded)
    result = sheet_result(graded, context.env.zone)
    if svg is not None:
        show(context, result, svg=svg, force=force, title=graded.title)
        return
    if written != TABLE:
        result = Result(raw=written_sheet(written, graded), notices=result.notices)
    if output is None:
        if written == TABLE:  # whose responses are ids
            whole = Line(f"  quizcli history {chosen.id}", accent=True)
            explained = (Line(""), Paragraph("Each question with its answer and reasons:"), whole)
            result = replace(result, body=(*result.body, *explained))
        show(context, result, plain=plain)
        return
    text = result.raw
    if text is None:
        from quizcli.terminal.render import body

        text = "".join(f"{line}\n" for line in body(result, context.style(plain=True)))
    write_whole(context, output, text, force=force)
    show(context, Result(notices=(*result.notices, f"written to {output}")))


def _format(format: Format | None, output: Path | None) -> Format:
    """What is asked for, or what the name of the file says. Raises UserError where these differ."""
    from quizcli.report.codes import UserError

    named = SUFFIXES.get(output.suffix.lower()) if output is not None else None
    if format is not None and named is not None and format != named:
        raise UserError(
            f"{output} would be {named}, and --format says {format} — leave out one of them"
        )
    return format or named or TABLE


def _regrade(
    context: Context, graded: Sheet, given: list[str] | None, reason: str | None, *, as_json: bool
) -> None:
    """Let the marks of today's bank count, or those that a person has ``given``."""
    from quizcli.cli.output import show
    from quizcli.scores.marking import wanted_changes
    from quizcli.scores.regrading import regrade
    from quizcli.scores.results import changes_result

    changes, why = wanted_changes(graded, given, reason)
    act = regrade(context.env, context.journal, graded.attempt, graded.rows, changes, why)
    show(context, changes_result(graded, changes, act), as_json=as_json)
