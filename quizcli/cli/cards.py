"""``quizcli cards``: the same cards as flashcards, rated by the learner."""

from typing import Annotated

import typer

from quizcli.cli.guard import env, guarded


@guarded
def cards(
    bank: Annotated[
        list[str] | None,
        typer.Argument(help="Banks, by id or by file; the whole shelf if not said.",
                       show_default=False),
    ] = None,
    limit: Annotated[
        int | None, typer.Option(min=1, help="Turn this many cards at most.")
    ] = None,
    minutes: Annotated[
        float | None, typer.Option(min=0.1, help="Turn to no further card after this time.")
    ] = None,
    tag: Annotated[
        list[str] | None, typer.Option(help="Cards with this tag (may be repeated).")
    ] = None,
    new: Annotated[
        int | None, typer.Option(min=0, help="New cards to start now, whatever the daily limit.")
    ] = None,
    ahead: Annotated[
        bool, typer.Option("--ahead", help="Practise what is due next; nothing is written down.")
    ] = False,
    cram: Annotated[
        bool, typer.Option("--cram", help="Practise every card; nothing is written down.")
    ] = False,
    seed: Annotated[
        int | None, typer.Option(min=0, max=2**63 - 1, help="Replay the session with this seed.")
    ] = None,
    plain: Annotated[
        bool, typer.Option("--plain", help="Lines instead of screens.")
    ] = False,
) -> None:  # fmt: skip
    """Turn flashcards: think of the answer, turn the card, rate what you knew."""
    from quizcli.cli.desk import journal as open_journal
    from quizcli.cli.review import ask
    from quizcli.cli.reviews import ledger_of, mode_of, shelf_banks
    from quizcli.review.deck import Wanted

    wanted = Wanted(mode_of(ahead=ahead, cram=cram), tuple(tag or ()), new, limit)
    journal = open_journal()
    try:
        ledger = ledger_of(journal, env().random.seed() if seed is None else seed)
        banks = shelf_banks(ledger, bank or [])
        journal.check_writable()
        ask(ledger, banks, wanted, minutes=minutes, plain=plain, turned=True)
    finally:
        journal.close()
