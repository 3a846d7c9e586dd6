"""The state of a question on the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizcli.named_tuple import NamedTuple
from quizcli.quiz.kinds import kind_of
from quizcli.quiz.responses import pair_of

if TYPE_CHECKING:
    from quizcli.quiz.responses import Response
    from quizcli.quiz.session import Session
    from quizcli.quiz.steps import Item


class Asking(NamedTuple):
    """What the screen of a question shows beyond the session: where the cursor stands, what is
    ticked or ``typed``, with the cursor after ``at`` characters of it, what is left of a time limit
    in seconds, a word to say. ``placed`` are the parts of an answer that is arranged, in their
    places ("" for none yet); the one under the cursor may be ``held``. ``warned`` is a key that
    counts when it is pressed once more."""

    session: Session
    item: Item
    cursor: int | None = None
    ticked: frozenset[str] = frozenset()
    guess: bool = False
    remaining: float | None = None
    message: str = ""
    typed: str = ""
    at: int = 0
    placed: tuple[str, ...] = ()
    held: bool = False
    warned: str = ""

    @property
    def number(self) -> int:
        """The number of the question, from 1."""
        return self.session.number(self.item)

    @property
    def several(self) -> bool:
        """Whether several options may be ticked."""
        return kind_of(self.item.question).several


def answered(session: Session, item: Item, response: Response) -> Asking:
    """The state in which a response was given, in whatever form its kind has."""
    form, given = item.kind.form, response.given
    return Asking(
        session,
        item,
        ticked=response.chosen,
        guess=response.guess,
        typed=", ".join(given) if form == "typed" else "",
        placed=placed(item, given),
    )


def placed(item: Item, given: tuple[str, ...]) -> tuple[str, ...]:
    """The parts in the places that an answer gave them, "" where none was; an order has one from
    the first."""
    if item.kind.form == "order":
        return given or item.shown
    if item.kind.form != "pairs":
        return ()
    chosen = dict(map(pair_of, given))
    return tuple(chosen.get(left.id, "") for left in item.kind.lefts(item.question))
