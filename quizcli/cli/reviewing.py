"""Sessions of cards: what ``review`` and ``cards`` have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quizcli.cli.context import Context
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
    origin = "cards" if turned else "review"
    run = ReviewRun(
        context.env, queue, shuffle=shuffle, minutes=minutes, origin=origin, turned=turned
    )
    if context.env.interactive and not context.plain(plain):
        from quizcli.cli.screen import consoles
        from quizcli.play.console import no_limit
        from quizcli.play.review.keys import KeyReview

        with consoles(context) as open_console:
            KeyReview(open_console(no_limit), run).run()
        return
    from quizcli.play.line_console import LineConsole
    from quizcli.play.review.lines import LineReview

    lines = LineReview(LineConsole(context.env, context.line_width), run)
    if not lines.run() and not lines.left:
        kept = run.tally.reviewed > 0
        context.notice(
            f"the input ended{'; what was answered is kept' if kept else ' before an answer'}"
        )
        raise typer.Exit(1)
