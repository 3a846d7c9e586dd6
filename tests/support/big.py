"""A journal of many years, made at once: what the ledger would have written, without its commits."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np

from quizcli.journal.attempts import Journal
from quizcli.review.card_states import CardStates
from quizcli.review.facts import SchedulerSettings
from tests.support.fakes import START, environment

if TYPE_CHECKING:
    from pathlib import Path

TODAY = START.toordinal()
_COLUMNS = "uid, card, did, at, day, rating, milliseconds, seed, shown, chosen"


def big_journal(root: Path, cards: list[str], reviews: int, *, days: int = 3650) -> Journal:
    """A journal with so many reviews of these cards: one each, and the rest by chance; a card is
    reviewed at random over the years and one review in eight fails."""
    chance = np.random.default_rng(1)
    which = chance.permutation(
        np.r_[np.arange(len(cards)), chance.integers(0, len(cards), reviews - len(cards))]
    ).tolist()
    # Never today: a session's daily limit counts cards that began today.
    day = np.sort(chance.integers(TODAY - days, TODAY, reviews)).tolist()
    rating = chance.choice([1, 2, 3, 4], reviews, p=[0.12, 0.08, 0.7, 0.1]).tolist()
    shown = json.dumps(["a", "b", "c", "d"], separators=(",", ":"))
    journal = Journal(root / "journal.sqlite3")
    connection = journal.connection
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute("BEGIN")
    connection.executemany(
        f"INSERT INTO main.card_log ({_COLUMNS}) VALUES (?,?,'review',?,?,?,9000,?,?,'[\"a\"]')",
        (
            (
                f"{i:032x}",
                cards[card],
                f"{_DATES[on]}T12:{i // 60 % 60:02}:{i % 60:02}.000Z",
                on,
                rated,
                i,
                shown,
            )
            for i, (card, on, rated) in enumerate(zip(which, day, rating, strict=True))
        ),
    )
    connection.execute("COMMIT")
    CardStates(environment(root), journal, SchedulerSettings()).rebuild()
    connection.execute("PRAGMA synchronous = FULL")
    return journal


class _Dates(dict[int, str]):
    def __missing__(self, day: int) -> str:
        from datetime import date

        self[day] = date.fromordinal(day).isoformat()
        return self[day]


_DATES = _Dates()
