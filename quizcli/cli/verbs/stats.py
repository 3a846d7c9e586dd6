"""``quizcli stats``: how well it is remembered, what is mistaken, what comes."""

from typing import Annotated

import typer

from quizcli.cli.context import Context
from quizcli.cli.guard import verb
from quizcli.cli.options import BanksArgument, ForceOption, JsonOption, PlainOption, SvgOption


@verb
def stats(
    context: Context,
    bank: BanksArgument = None,
    forecast: Annotated[
        bool, typer.Option("--forecast", help="Show the cards due on each of the next 30 days.")
    ] = False,
    streak: Annotated[
        bool, typer.Option("--streak", help="Show how many days in a row you have reviewed.")
    ] = False,
    json: JsonOption = False,
    plain: PlainOption = False,
    svg: SvgOption = None,
    force: ForceOption = False,
) -> None:
    from quizcli.cli.card_banks import card_banks, card_queue
    from quizcli.cli.output import show
    from quizcli.review.stats import stats_of
    from quizcli.review.stats_view import stats_result

    card_states = context.card_states()
    queue = card_queue(context, card_states, card_banks(context, card_states, bank or ()))
    result = stats_result(stats_of(queue), forecast=forecast, streak=streak)
    show(context, result, as_json=json, plain=plain, svg=svg, force=force, title="quizcli stats")
