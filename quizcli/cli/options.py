"""Options that sessions of cards have in common."""

from typing import Annotated

import typer

BanksOption = Annotated[
    list[str] | None,
    typer.Argument(
        help="Banks, by id or by file; the whole shelf if not said.", show_default=False
    ),
]
LimitOption = Annotated[int | None, typer.Option(min=1, help="Ask this many cards at most.")]
MinutesOption = Annotated[
    float | None, typer.Option(min=0.1, help="Turn to no further card after this time.")
]
TagOption = Annotated[
    list[str] | None, typer.Option(help="Ask cards with this tag (may be repeated).")
]
NewOption = Annotated[
    int | None, typer.Option(min=0, help="New cards to start now, whatever the daily limit.")
]
AheadOption = Annotated[
    bool, typer.Option("--ahead", help="Practise what is due next; nothing is written down.")
]
CramOption = Annotated[
    bool, typer.Option("--cram", help="Practise every card; nothing is written down.")
]
SeedOption = Annotated[
    int | None, typer.Option(min=0, max=2**63 - 1, help="Replay the session with this seed.")
]
PlainOption = Annotated[bool, typer.Option("--plain", help="Lines instead of screens.")]
