"""What is done with a card in place of answering it, at a console."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizcli.journal.facts import FactKind
from quizcli.play.review.words import asked_earlier, said_skipped, said_undone
from quizcli.review.changes import said_aside, said_redone

if TYPE_CHECKING:
    from quizcli.play.console import KeyConsole
    from quizcli.play.review.flow import ReviewRun
    from quizcli.play.review.hand import CardInHand
    from quizcli.terminal.views.lines import Lines

INSTEAD = {"tab": "skip", "-": "bury", "ctrl-p": "bury", "@": "suspend", "ctrl-x": "suspend"}
REDO = frozenset({"U", "ctrl-r"})
BACK = frozenset({"backspace", "delete"}) | REDO
BACK_BY_LETTERS = BACK | {"u"}  # where no letter answers


def do_instead(what: str, run: ReviewRun, card: CardInHand) -> str:
    """Leave the card out, put it off or aside; what to say of it beside the next card, which may
    fill the screen."""
    if what == "skip":
        return said_skipped(card)
    how = FactKind(what)
    run.put_aside(card, how)
    return said_aside(how, card.address)


def take_back(
    key: str, console: KeyConsole, run: ReviewRun, above: Lines | None = None
) -> tuple[bool, str]:
    """Undo, or redo: whether anything was, and what to say. What an earlier session did is
    taken back only where the learner, asked by its name below what is shown ``above``, wants
    that."""
    if key in REDO:
        fact = run.redo()
        return fact is not None, said_redone(fact, run.card_states)
    earlier = run.earlier()
    if earlier is not None:
        question = asked_earlier(earlier, run.card_states)
        if not console.agrees(question, ("y", "undo it"), ("Esc", "keep it"), above):
            return False, ""
    undone = run.undo()
    return undone is not None, said_undone(undone, run.card_states)


def taken_back(key: str, console: KeyConsole, run: ReviewRun) -> str | None:
    """The same where a card is left by it: what to say beside the one that comes; None where
    nothing was, of which the reason stays on the screen."""
    done, words = take_back(key, console, run)
    console.canvas.live([])
    if done:
        return words
    if words:
        console.tell(words)
    return None
