"""A flashcard as it is shown, on a screen and in lines alike. Nothing here draws."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from quizcli.quiz.kinds import kind_of

if TYPE_CHECKING:
    from quizcli.quiz.cards import Card
    from quizcli.quiz.steps import Item

SEVERAL = "More than one may be right."


class Turning(NamedTuple):
    """What the sides of a card show: the card, and its question with the options as shown."""

    card: Card
    item: Item


def instruction(card: Card) -> str:
    """What to look for, where the prompt alone does not say it; nothing is ticked here."""
    kind = kind_of(card.question)
    if kind.several:
        return SEVERAL
    return kind.ask if kind.chooses else ""  # nothing is typed here
