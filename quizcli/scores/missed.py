"""What is to be asked again of a bank."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizcli.quiz.cards import bank_ids
from quizcli.scores.sheet import kept_sheet

if TYPE_CHECKING:
    from quizcli.journal.attempts import Journal
    from quizcli.quiz.model import Bank


def missed(journal: Journal, bank: Bank) -> set[str]:
    """The questions of a bank that did not earn all their points when they were asked last, as it
    counts now: regrades heard, whatever ids it and its questions had then. A blank was asked when
    it was handed in; an answer that was only recorded is none that was missed."""
    latest: dict[str, tuple[str, bool]] = {}
    for attempt in journal.attempts(bank_ids(bank)):
        graded = kept_sheet(journal, attempt, bank)
        for row in graded.rows:
            at = row.at or graded.finished
            if at and at >= latest.get(row.question, ("",))[0]:
                latest[row.question] = at, row.grade.missed
    return {each.id for each in bank.headings if latest.get(each.id, ("", False))[1]}
