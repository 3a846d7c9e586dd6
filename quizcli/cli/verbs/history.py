"""``quizcli history``: attempts in a list, or one of them again with all its reasons."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from quizcli.cli import completing
from quizcli.cli.context import Context
from quizcli.cli.guard import verb
from quizcli.cli.left_open import left_open, so_far
from quizcli.cli.options import ForceOption, HtmlOption, JsonOption, PlainOption, SvgOption

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from quizcli.journal.attempts import Attempt
    from quizcli.play.home import Stopped
    from quizcli.quiz.session import Session
    from quizcli.quiz.steps import Answer, Item


@verb
def history(
    context: Context,
    attempt: Annotated[
        str | None,
        typer.Argument(
            help="The number of an attempt to walk through again, or a bank to list its attempts.",
            autocompletion=completing.banks,
        ),
    ] = None,
    json: JsonOption = False,
    plain: PlainOption = False,
    svg: SvgOption = None,
    html: HtmlOption = None,
    force: ForceOption = False,
) -> None:
    from quizcli.cli.attempts import ids_of, numbered
    from quizcli.cli.output import show
    from quizcli.scores.results import attempts_result

    if html is not None:
        _kept(context, attempt or "", html, json=json, svg=svg, force=force)
        return
    chosen = numbered(context, attempt or "")
    if chosen is not None:
        _walk(context, chosen, as_json=json, plain=plain, svg=svg, force=force)
        return
    at = ids_of(context, attempt) if attempt else ()
    sheets = [context.sheet_of(each) for each in context.journal.attempts(at)]
    result = attempts_result(sheets, context.env.zone, attempt or "")
    show(context, result, as_json=json, plain=plain, svg=svg, force=force, title="Attempts")


def _walk(
    context: Context, attempt: Attempt, *, as_json: bool, plain: bool, svg: Path | None, force: bool
) -> None:
    """The questions of an attempt with their reasons, and its score below them."""
    from quizcli.cli.output import (
        picture_style,
        result_lines,
        show,
        show_lines,
        show_plain,
        write_svg,
    )
    from quizcli.scores.results import sheet_result
    from quizcli.terminal import walk

    left = left_open(context, attempt)
    graded, session, unfit = context.replayed(attempt)
    result = sheet_result(so_far(graded, left), context.env.zone)
    if as_json:
        show(context, result, as_json=True)
        return
    if session is None:
        show(context, result, plain=plain, svg=svg, force=force, title=attempt.title)
        return
    items = _told(session, unfit, left)
    style = context.style(plain=plain)
    if svg is not None:
        lines = walk.on_screen(session, items, picture_style(context), unfit)
        write_svg(
            context, svg, [*lines, *result_lines(context, result)], attempt.title, force=force
        )
        return
    if style.plain:
        show_plain(context, walk.in_lines(session, items, min(style.width, 80), unfit))
    else:
        show_lines(context, walk.on_screen(session, items, style, unfit), style)
    show(context, result, plain=plain)


def _told(session: Session, unfit: Mapping[str, Answer], left: Stopped | None) -> Sequence[Item]:
    """The questions to walk through: of an attempt that can go on those that were answered, since
    the others are still asked."""
    if left is None:
        return session.items
    answered = session.answers.keys() | unfit.keys()
    return [item for item in session.items if item.question.id in answered]


def _kept(
    context: Context, attempt: str, html: Path, *, json: bool, svg: Path | None, force: bool
) -> None:
    """An attempt as a page."""
    from quizcli.cli.attempts import numbered
    from quizcli.cli.output import show
    from quizcli.cli.paging import attempt_page, marks_page, refuse_other_forms, write_page
    from quizcli.report.codes import UserError
    from quizcli.scores.results import sheet_result

    refuse_other_forms(json=json, svg=svg)
    chosen = numbered(context, attempt)
    if chosen is None:
        raise UserError(f"which attempt? quizcli history{attempt and f' {attempt}'} lists them")
    left = left_open(context, chosen)
    graded, session, unfit = context.replayed(chosen)
    result = sheet_result(so_far(graded, left), context.env.zone)
    if session is None:
        page = partial(marks_page, graded.title, chosen.id, result)
    else:
        page = partial(attempt_page, session, _told(session, unfit, left), unfit, chosen.id, result)
    write_page(context, html, page, force=force)
    show(context, replace(result, body=()))
