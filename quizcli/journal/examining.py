"""Whether a journal is whole, row by row."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from quizcli.journal.checks import COLUMNS, UnreadableRow
from quizcli.journal.predictions import PredictionTable
from quizcli.journal.reviews import CardLog

if TYPE_CHECKING:
    from collections.abc import Callable

    from quizcli.journal.attempts import Journal
    from quizcli.journal.parameters import Checked


class Examined(NamedTuple):
    """``integrity`` is what SQLite says of the pages, "ok" where they are whole; ``reviews`` are
    those that were not undone; ``unreadable`` are the rows that make no sense; the states of
    ``derived_anew`` cards were among them, and are derived from the facts again."""

    schema: int
    integrity: str
    attempts: int
    reviews: int
    unreadable: tuple[UnreadableRow, ...]
    derived_anew: int


def examine(journal: Journal, refresh: Callable[[], object], checked: Checked) -> Examined:
    """Read every row. States of cards are thrown away where they make no sense, and ``refresh``
    derives them; parameters are ``checked``. Raises JournalError."""
    log = CardLog(journal)
    ((integrity,),) = journal.rows("PRAGMA integrity_check(1)")
    ((schema,),) = journal.rows("PRAGMA user_version")
    for table in COLUMNS:
        journal.rows(f"SELECT count(*) FROM {table}")
    attempts = journal.attempts()
    for attempt in attempts:
        journal.entries(attempt.id)
    log.parameters(checked)
    log.all_facts()
    PredictionTable(journal).all()
    wrong = [row for row in journal.unreadable if row.table == "cards"]
    if wrong and not journal.unwritable:
        log.forget_wrong([row.id for row in wrong])
        refresh()
        for row in wrong:
            del journal.unreadable[row]
    rows = tuple(journal.unreadable)
    return Examined(schema, integrity, len(attempts), len(log.reckoned()), rows, len(wrong))
