"""What a conversion could not carry, counted for people."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

from quizcli.report.words import counted

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST_LINES = 5  # named with a loss; the others are counted


class Loss(NamedTuple):
    """One thing that was dropped or changed: what it is ("picture"), and where it stood.

    ``line`` is that of the source, 0 where it has none; ``many`` the plural, where that is more
    than an s. ``changed`` is what became of it; "" where it was dropped.
    """

    line: int
    what: str
    many: str = ""
    changed: str = ""


def summary(losses: Iterable[Loss]) -> tuple[str, ...]:
    """A sentence for each sort of loss, in the order in which they first occurred: ``3 pictures
    dropped (lines 4, 9 and 12)``."""
    sorts: dict[tuple[str, str, str], Counter[int]] = defaultdict(Counter)
    for loss in losses:
        sorts[loss.what, loss.many, loss.changed][loss.line] += 1
    return tuple(
        f"{counted(lines.total(), what, many or None)} {changed or 'dropped'}{_lines(lines)}"
        for (what, many, changed), lines in sorts.items()
    )


def _lines(lines: Counter[int]) -> str:
    numbers = sorted(line for line in lines if line)
    if not numbers:
        return ""
    named = ", ".join(map(str, numbers[:MOST_LINES]))
    more = f" and {len(numbers) - MOST_LINES} more" if len(numbers) > MOST_LINES else ""
    return f" ({'line' if len(numbers) == 1 else 'lines'} {named}{more})"
