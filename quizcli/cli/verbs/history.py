"""``quizcli history``: attempts in a list, or one of them again with all its reasons."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from quizcli.cli.guard import env, guarded
from quizcli.cli.output import Svg

if TYPE_CHECKING:
    from pathlib import Path

    from quizcli.journal.attempts import Attempt, Journal
    from quizcli.scores.sheet import Sheet


@guarded
def history(
    attempt: Annotated[
        int | None, typer.Argument(help="The number of an attempt to walk through again.")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    plain: Annotated[bool, typer.Option("--plain", help="Maths in letters, no escapes.")] = False,
    svg: Svg = None,
) -> None:
    """List attempts, or walk through one again with the reason for every option."""
    from quizcli.cli.context import journal, show
    from quizcli.scores.results import attempts_result

    store = journal()
    try:
        if attempt is not None:
            _walk(store, attempt, as_json=json, plain=plain, svg=svg)
            return
        sheets, gone = [], []
        for found in store.attempts():
            try:
                sheets.append(_sheet(store, found))
            except Exception as error:  # a bank that is gone or broken hides its attempts only
                gone.append(f"attempt {found.id} is left out: {str(error).splitlines()[0]}")
    finally:
        store.close()
    show(attempts_result(sheets, gone), as_json=json, plain=plain, svg=svg, title="Attempts")


def _sheet(store: Journal, attempt: Attempt) -> Sheet:
    from quizcli.cli.context import bank_of
    from quizcli.scores.sheet import sheet

    return sheet(attempt, store.entries(attempt.id), bank_of(attempt))


def _walk(store: Journal, number: int, *, as_json: bool, plain: bool, svg: Path | None) -> None:
    from quizcli.cli.context import bank_of, look, show
    from quizcli.report.codes import UserError
    from quizcli.scores.results import sheet_result
    from quizcli.scores.sheet import rebuilt

    attempt = store.attempt(number)
    if attempt is None:
        raise UserError(f"there is no attempt {number} — list them: quizcli history")
    graded = _sheet(store, attempt)
    if as_json:
        show(sheet_result(graded), as_json=True)
        return
    session, _ = rebuilt(attempt, store.entries(number), bank_of(attempt))
    how = look(plain=plain)
    if svg is not None:
        from quizcli.cli.output import drawn, result_lines, write_svg
        from quizcli.terminal.walk import on_screen

        lines = [*on_screen(session, drawn()), *result_lines(sheet_result(graded))]
        write_svg(svg, lines, attempt.title)
        return
    if how.plain:
        from quizcli.terminal.walk import in_lines

        env().stdout.write("".join(f"{line}\n" for line in in_lines(session, min(how.width, 80))))
    else:
        from quizcli.terminal.canvas import ansi
        from quizcli.terminal.walk import on_screen

        env().stdout.write(ansi(on_screen(session, how), how))
    show(sheet_result(graded), plain=plain)
