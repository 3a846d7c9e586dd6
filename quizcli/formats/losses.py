"""What a conversion could not carry, counted for people."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from quizcli.report.words import counted, first_of

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST_LINES = 5  # or questions, named with a loss; the others are counted


class Loss(NamedTuple):
    """One thing that was dropped or changed: what it is ("picture"), and where it stood.

    ``line`` is that of the source, 0 where it has none; ``many`` the plural, where that is more
    than an s. ``changed`` is what became of it; "" where it was dropped. ``question`` is the id of
    one that was left out whole.
    """

    line: int
    what: str
    many: str = ""
    changed: str = ""
    question: str = ""


def summary(losses: Iterable[Loss]) -> tuple[str, ...]:
    """A sentence for each sort of loss, in the order in which they first occurred: ``3 pictures
    dropped (lines 4, 9 and 12)``."""
    sorts: dict[tuple[str, str, str], list[Loss]] = defaultdict(list)
    for loss in losses:
        sorts[loss.what, loss.many, loss.changed].append(loss)
    return tuple(
        f"{counted(len(all), what, many or None)} {changed or 'dropped'}{_where(all)}"
        for (what, many, changed), all in sorts.items()
    )


def _where(losses: Iterable[Loss]) -> str:
    """Which questions, or on which lines."""
    if names := [loss.question for loss in losses if loss.question]:
        return f" ({first_of(names, MOST_LINES)})"
    numbers = sorted({loss.line for loss in losses if loss.line})
    if not numbers:
        return ""
    named = first_of(list(map(str, numbers)), MOST_LINES)
    return f" ({'line' if len(numbers) == 1 else 'lines'} {named})"
