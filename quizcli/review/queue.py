"""What to ask today, and in which order. The rule: the same cards give the same queue, whatever the
order in which due ones are handed in, and none twice.

Due cards come first, the one most likely forgotten before all others. Recall falls with the days
since the last review over the stability, under any parameters, so that is what is compared. Then
come new ones, in the order of their bank, as many as the day still allows. Of siblings (the gaps
of one cloze note) one a day is asked, since answering the first gives the others away.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from quizcli.quiz.shuffle import draw

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from quizcli.review.memory import Memory

NEW_A_DAY = 20
# What a card takes as long as nobody has been timed, in seconds: reading, thinking, feedback.
SECONDS_A_CARD = 20.0


class Queued(NamedTuple):
    """A card that could be asked. ``memory`` and ``due`` (a learning day) are None for a new one;
    ``note`` is the same for siblings and empty for a card that has none."""

    card: str
    memory: Memory | None = None
    due: int | None = None
    note: str = ""


class Queue(NamedTuple):
    """The cards to ask, in order.

    ``due`` and ``new`` count those in it, ``over_limit`` what a limit or the minutes left out,
    ``siblings`` what waits for another day because a card of the same note is asked on this one.
    New cards beyond the daily limit are not for today, and are not counted.
    """

    cards: tuple[Queued, ...]
    due: int
    new: int
    over_limit: int
    siblings: int


def queue(
    cards: Iterable[Queued],
    day: int,
    *,
    seed: int,
    new_limit: int = NEW_A_DAY,
    introduced: int = 0,
    asked_notes: Collection[str] = (),
    limit: int | None = None,
    minutes: float | None = None,
    seconds_a_card: float = SECONDS_A_CARD,
) -> Queue:
    """The queue of ``day``.

    ``cards`` come in the order in which new ones should be met, without those suspended or buried.
    ``introduced`` is how many new cards the day has already seen, ``asked_notes`` the notes of
    which a card was reviewed on it. ``limit`` caps the number of cards, and ``minutes`` caps it at
    what fits, at ``seconds_a_card`` each, but never below one card.
    """
    rows = list(cards)
    waiting = [row for row in rows if row.due is not None and row.due <= day]
    fresh = [row for row in rows if row.memory is None]
    urgent = most_likely_forgotten_first(waiting, day, seed)
    due, met = _one_a_note(urgent, asked_notes)
    new = _one_a_note(fresh, met)[0][: max(0, new_limit - introduced)]
    ordered = [*due, *new]
    notes = {*asked_notes, *(row.note for row in ordered)} - {""}
    asked = ordered[: _room(limit, minutes, seconds_a_card)]
    return Queue(
        cards=tuple(asked),
        due=min(len(due), len(asked)),
        new=max(0, len(asked) - len(due)),
        over_limit=len(ordered) - len(asked),
        siblings=sum(row.note in notes for row in (*waiting, *fresh))
        - sum(row.note in notes for row in ordered),
    )


def most_likely_forgotten_first(cards: Iterable[Queued], day: int, seed: int) -> list[Queued]:
    """Cards by their recall on ``day``, the least first; equal ones by a draw from the seed."""

    def kept(row: Queued) -> float:
        assert row.memory is not None, f"{row.card} is due and has no memory"
        return -max(0, day - row.memory.day) / row.memory.stability

    ordered: list[Queued] = []
    for _, equal in groupby(sorted(cards, key=kept), kept):
        rows = list(equal)
        if len(rows) > 1:  # a draw costs more than all the rest, so only where it decides
            rows.sort(key=lambda row: (draw(seed, "queue", row.card), row.card))
        ordered += rows
    return ordered


def _one_a_note(rows: Iterable[Queued], asked: Collection[str]) -> tuple[list[Queued], set[str]]:
    """The first of each note that was not asked yet, and all notes asked then."""
    met, kept = set(asked), []
    for row in rows:
        if row.note and row.note in met:
            continue
        kept.append(row)
        met.add(row.note)
    return kept, met


def _room(limit: int | None, minutes: float | None, seconds_a_card: float) -> int | None:
    """How many cards may be asked; None for as many as there are."""
    rooms = [] if limit is None else [max(0, limit)]
    if minutes is not None:
        # Too few minutes for one card still ask one: nobody starts in order to do nothing.
        rooms.append(max(1, int(minutes * 60 / seconds_a_card + 1e-9)))
    return min(rooms, default=None)
