"""What is done with a card in place of answering it, at a console."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizcli.journal.facts import FactKind
from quizcli.play.review.words import said_skipped, said_undone
from quizcli.review.changes import said_aside

if TYPE_CHECKING:
    from quizcli.play.console import KeyConsole
    from quizcli.play.review.flow import CardInHand, ReviewRun

INSTEAD = {
    "backspace": "undo",
    "delete": "undo",
    "tab": "skip",
    "-": "bury",
    "@": "suspend",
}


def do_instead(what: str, console: KeyConsole, run: ReviewRun, card: CardInHand) -> None:
    """Undo, leave the card out, put it off or aside; and say so."""
    if what == "undo":
        console.tell(said_undone(run.undo()))
    elif what == "skip":
        console.tell(said_skipped(card))
    else:
        how = FactKind(what)
        run.put_aside(card, how)
        console.tell(said_aside(how, card.address))
