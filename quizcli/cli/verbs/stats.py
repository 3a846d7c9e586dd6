"""``quizcli stats``: how well it is remembered, what is mistaken, what comes."""

from typing import Annotated

import typer

from quizcli.cli.guard import guarded
from quizcli.cli.output import Svg


@guarded
def stats(
    bank: Annotated[
        list[str] | None,
        typer.Argument(help="Banks, by id or by file; everything if not said.",
                       show_default=False),
    ] = None,
    forecast: Annotated[
        bool, typer.Option("--forecast", help="Cards due on each of the next 30 days.")
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    plain: Annotated[bool, typer.Option("--plain", help="Words, no pictures.")] = False,
    svg: Svg = None,
) -> None:  # fmt: skip
    """Show how well it is remembered, which options mislead you, and what comes."""
    from quizcli.cli.context import journal, show
    from quizcli.cli.memory import ledger_of, shelf_banks
    from quizcli.review.stats import figures
    from quizcli.review.stats_view import stats_result

    store = journal()
    try:
        ledger = ledger_of(store)
        found = figures(ledger, shelf_banks(ledger, bank or []))
    finally:
        store.close()
    result = stats_result(found, forecast=forecast)
    show(result, as_json=json, plain=plain, svg=svg, title="quizcli stats")
