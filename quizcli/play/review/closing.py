"""A card that is done with: its rating stays to be read, a leech is told of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from quizcli.play.review.words import said_leech
from quizcli.terminal.views import review as screens

if TYPE_CHECKING:
    from quizcli.play.console import KeyConsole
    from quizcli.play.review.flow import ReviewRun
    from quizcli.play.review.hand import CardInHand
    from quizcli.terminal.views.lines import Lines


def closing(console: KeyConsole, run: ReviewRun, card: CardInHand) -> Lines:
    """The last lines of a card."""
    if card.leech:
        page = console.page()
        page.say(page.text(said_leech(run, card, card.leech)))
        return page.lines
    if card.review is None:
        return []
    look = console.canvas.look
    said = screens.rating(card.rating, run.outlook(card), look=look)
    # Feedback ends with an empty line, the back of a flashcard with its last words.
    return said if card.session is not None else [Text(""), *said]
