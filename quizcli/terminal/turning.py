"""A flashcard as it is shown, on a screen and in lines alike. Nothing here draws."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from quizcli.quiz.kinds import kind_of
from quizcli.quiz.steps import Item

if TYPE_CHECKING:
    from quizcli.quiz.cards import Card
    from quizcli.quiz.model import Option

SEVERAL = "More than one may be right."


@dataclass(frozen=True, slots=True)
class Turning:
    """What the sides of a card show: the card, the title of its bank, its number among how many.

    ``options`` are those of a choice in the order in which they are shown, the bank's if not
    said; ``note`` a few words at the right edge.
    """

    card: Card
    title: str
    number: int
    total: int
    options: tuple[Option, ...] = ()
    note: str = ""

    @property
    def item(self) -> Item:
        """The question with its options as they are shown."""
        return Item(self.card.question, self.options or self.card.question.options)


def instruction(card: Card) -> str:
    """What to look for, where the prompt alone does not say it; nothing is ticked here."""
    kind = kind_of(card.question)
    if kind.several:
        return SEVERAL
    return kind.ask if kind.chooses else ""  # nothing is typed here
