"""All reviews of a journal as they count, in parts: of a million few are in memory at once.

The rule: a review counts under its card's name of today, with its last rating, unless it was
undone. What comes is plain tuples in the order of a record's fields.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from quizcli.journal.checks import readable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from quizcli.journal.connection import JournalFile


class ReckonedReview(NamedTuple):
    """One review, with what its next interval is reckoned with."""

    card: str
    day: int
    rating: int
    id: int
    seed: int
    retention: float
    maximum: int
    fuzz: bool


class TimedReview(NamedTuple):
    """One review and when it was."""

    card: str
    day: int
    rating: int
    id: int
    at: str


class AnsweredReview(NamedTuple):
    """One review and what was answered. ``shown`` are the parts that were shown, ``chosen`` what
    was answered and ``variables`` their values, as JSON; ``milliseconds`` the thinking time,
    ``retention`` what was aimed at then."""

    card: str
    day: int
    rating: int
    id: int
    milliseconds: int
    guess: bool
    shown: str
    chosen: str
    variables: str
    retention: float


class ReviewRecord(NamedTuple):
    """One review with all that is written of it elsewhere."""

    card: str
    day: int
    rating: int
    id: int
    at: str
    milliseconds: int
    guess: bool
    seed: int
    retention: float
    maximum: int
    fuzz: bool
    leech: int
    chosen: str
    variables: str


class CountedReviews:
    """The reviews that were not undone. ``names`` are former names of cards with those of today,
    ``rated`` other ratings by a review's number, ``undone`` numbers, and ``imported`` the cards
    whose order is that of times, by their names of today."""

    def __init__(
        self,
        journal: JournalFile,
        names: Mapping[str, str],
        rated: Mapping[int, int],
        undone: AbstractSet[int],
        imported: AbstractSet[str],
    ) -> None:
        self.journal = journal
        self.names = names
        self.rated = rated
        self.undone = undone
        self.imported = {*imported, *(old for old, new in names.items() if new in imported)}

    def parts(self, record: type[NamedTuple], checked: Iterable[str] = ()) -> Iterator[list[Any]]:
        """All of them, each card's in its order. Of so many rows only what is needed is looked at:
        what the record has, and the columns ``checked``. Raises JournalError."""
        columns = dict.fromkeys(each for each in (*record._fields, *checked) if each != "id")
        order: str = "id"
        values: tuple[str, ...] = ()
        if self.imported:
            order = "CASE WHEN card IN (SELECT value FROM json_each(?)) THEN at ELSE '' END, id"
            values = (json.dumps([*self.imported]),)
        return self._amended(
            f"SELECT {', '.join(record._fields)} FROM main.card_log WHERE did = 'review' "
            f"AND {readable('card_log', columns)} ORDER BY {order}",
            values,
        )

    def numbered(self, ids: Sequence[int], record: type[NamedTuple]) -> list[Any]:
        """Those with these numbers, in their order. Raises JournalError."""
        parts = self._amended(
            f"SELECT {', '.join(record._fields)} FROM main.card_log "
            "WHERE id IN (SELECT value FROM json_each(?))",
            (json.dumps(ids),),
        )
        rows = {row[3]: row for part in parts for row in part}
        return [rows[id] for id in ids]

    def _amended(self, sql: str, values: Sequence[Any]) -> Iterator[list[Any]]:
        simple = not (self.names or self.undone or self.rated)
        for rows in self.journal.parts(sql, values):
            yield (
                rows
                if simple
                else [
                    (self.names.get(card, card), day, self.rated.get(id, rating), id, *rest)
                    for card, day, rating, id, *rest in rows
                    if id not in self.undone
                ]
            )
