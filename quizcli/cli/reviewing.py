"""Sessions of cards: what ``review`` and ``cards`` have in common."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer

from quizcli.report.words import counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from quizcli.cli.context import Context
    from quizcli.play.review.flow import ReviewRun
    from quizcli.report.result import Result
    from quizcli.review.queue import Queue, QueueOptions


def opened_queue(
    context: Context, names: Sequence[str] | None, options: QueueOptions, seed: int | None
) -> Queue:
    """The queue of a session. Raises UserError for a tag that no card has."""
    from quizcli.cli.card_banks import card_banks, card_queue
    from quizcli.review.banks import check_tags

    card_states = context.card_states(context.env.random.seed() if seed is None else seed)
    banks = card_banks(context, card_states, names or ())
    check_tags(banks, options.tags)
    return card_queue(context, card_states, banks, options)


def changed(
    context: Context, suspend: str | None, resume: str | None, *, undo: bool, redo: bool
) -> Iterator[Result]:
    """What is done to cards outside a session: undone or redone, else put aside or brought back."""
    from quizcli.cli.card_banks import card_banks
    from quizcli.review.changes import counting_again, put_aside, taken_back

    card_states = context.card_states()
    if undo or redo:
        yield (taken_back if undo else counting_again)(card_states)
        return
    banks = card_banks(context, card_states)
    for card, is_suspended in ((suspend, True), (resume, False)):
        if card is not None:
            yield put_aside(card_states, banks, card, is_suspended=is_suspended)


def ask(
    context: Context,
    queue: Queue,
    *,
    shuffle: bool | None = None,
    minutes: float | None = None,
    plain: bool = False,
    turned: bool = False,
) -> None:
    """A session at the terminal or in lines. ``turned``: as flashcards."""
    from quizcli.play.review.flow import ReviewRun

    context.journal.check_writable()
    policy = context.usual_policy(shuffle)
    run = ReviewRun(context.env, queue, policy=policy, minutes=minutes, turned=turned)
    if context.env.interactive and not context.plain(plain):
        from quizcli.cli.screen import consoles
        from quizcli.play.console import no_limit
        from quizcli.play.review.keys import KeyReview

        with consoles(context) as open_console, _told(run):
            KeyReview(open_console(no_limit), run).run()
        return
    from quizcli.play.line_console import LineConsole
    from quizcli.play.review.lines import LineReview

    lines = LineReview(LineConsole(context.env, context.line_width), run)
    with _told(run):
        finished = lines.run()
    if not finished and not lines.left:
        saved, written = run.saved()
        how = f"; {counted(saved, 'review')} saved" if written else " before an answer"
        context.notice(f"the input ended{how}")
        raise typer.Exit(1)


@contextmanager
def _told(run: ReviewRun) -> Iterator[None]:
    """Where the journal cannot be written, what of the session it holds is told as well."""
    from quizcli.journal.file import JournalError
    from quizcli.play.review.words import said_broken_off

    try:
        yield
    except JournalError as error:
        raise JournalError(f"{error}\n{said_broken_off(run)}".rstrip()) from None
