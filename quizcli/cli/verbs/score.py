"""``quizcli score``: the score sheet of an attempt, for reading or for handing in."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from quizcli.cli.guard import env, guarded
from quizcli.cli.output import Svg

if TYPE_CHECKING:
    from quizcli.journal.attempts import Attempt, Journal


class Format(StrEnum):
    """What ``score`` writes."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    MD = "md"


@guarded
def score(
    attempt: Annotated[
        int | None, typer.Argument(help="An attempt's number; the last finished one if not said.")
    ] = None,
    format: Annotated[Format, typer.Option(help="How to write it.")] = Format.TABLE,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write it to a file.")
    ] = None,
    plain: Annotated[bool, typer.Option("--plain", help="Maths in letters.")] = False,
    svg: Svg = None,
) -> None:
    """Show or export the score of an attempt."""
    from quizcli.cli.context import bank_of, journal, look, show
    from quizcli.report.result import Result
    from quizcli.scores.results import sheet_result
    from quizcli.scores.sheet import sheet
    from quizcli.scores.writers import WRITERS

    store = journal()
    try:
        chosen = _chosen(store, attempt)
        graded = sheet(chosen, store.entries(chosen.id), bank_of(chosen))
    finally:
        store.close()
    result = sheet_result(graded)
    if svg is not None:
        show(result, svg=svg, title=graded.bank.title)
        return
    if format is not Format.TABLE:
        result = Result(raw=WRITERS[format](graded), notices=graded.notices)
    if output is None:
        show(result, plain=plain)
        return
    text = result.raw
    if text is None:
        from quizcli.terminal.render import body

        text = "".join(f"{line}\n" for line in body(result, look(plain=True)))
    write_whole(output, text)
    show(Result(notices=(*result.notices, f"written to {output}")))


def _chosen(store: Journal, number: int | None) -> Attempt:
    from quizcli.report.codes import UserError

    if number is None:
        last = store.last(finished=True)
        if last is None:
            raise UserError("no quiz was finished yet — take one: quizcli take")
        return last
    found = store.attempt(number)
    if found is None:
        raise UserError(f"there is no attempt {number} — list them: quizcli history")
    return found


def write_whole(path: Path, text: str) -> None:
    """The whole file or none of it: a full disk must not leave half a score sheet."""
    from quizcli.report.codes import ExitCode, UserError

    if not path.is_absolute():
        path = env().cwd / path
    part = path.with_name(f".{path.name}.part")
    try:
        if path.exists() and not path.is_file():  # a device or a pipe is written as it is
            path.write_bytes(text.encode())
            return
        part.write_bytes(text.encode())
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        reason = (error.strerror or str(error)).lower()
        raise UserError(f"{path} cannot be written: {reason}", ExitCode.FAILED) from None
