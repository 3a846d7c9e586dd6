"""The queue as a result: every card of some banks, the next one first."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, Any

from quizcli.journal.facts import FactKind
from quizcli.quiz.cards import contents
from quizcli.report.result import Columns, Line, Paragraph, Result
from quizcli.review.deriving import in_order

if TYPE_CHECKING:
    from quizcli.journal.card_states import CardRow
    from quizcli.review.card_states import CardStates
    from quizcli.review.queue import Queue


def day_text(day: int | None) -> str | None:
    """A learning day as an ISO date."""
    return None if day is None else date.fromordinal(day).isoformat()


def state(row: CardRow, card_states: CardStates) -> str:
    """A card's state in one word."""
    today = card_states.today
    if row.suspended:
        # By hand, or by a review, under the threshold that was in force then.
        aside = {FactKind.SUSPEND, FactKind.RESUME}
        marks = [f.did for f in in_order(card_states.log.facts(row.card)) if f.did in aside]
        return "suspended" if marks[-1:] == [FactKind.SUSPEND] else "leech"
    if row.is_aside(today):
        return "buried"
    if row.is_new:
        return "new"
    return "due" if row.is_due(today) else "later"


def card_data(row: CardRow, card_states: CardStates) -> dict[str, Any]:
    """A card as data; what only a review can give is null before the first."""
    return {
        "card": row.card,
        "due": day_text(row.due),
        "stability": row.stability,
        "difficulty": row.difficulty,
        "recall": card_states.recall(row),
        "lapses": row.lapses if row.reviews else None,
        "reviews": row.reviews,
        "state": state(row, card_states),
    }


def queue_result(queue: Queue) -> Result:
    """What is asked now, in its order, then the cards of later days."""
    banks, card_states = queue.banks, queue.card_states
    coming = [queued_card.row for queued_card in queue.all()]
    asked = {row.card for row in coming}
    rest = [
        card_states.row(address)
        for id in banks.ids()
        for address in banks.cards(id)
        if address not in asked
    ]
    rest.sort(key=lambda row: (row.suspended, row.due is None, row.due or 0))
    rows = [*coming, *rest]
    today = card_states.today
    table = tuple(
        (
            row.card,
            _when(row, card_states, asked=row.card in asked),
            "–" if row.stability is None else f"{row.stability:.1f} d",
            "–" if row.difficulty is None else f"{row.difficulty:.1f}",
            "–" if (recall := card_states.recall(row)) is None else f"{100 * recall:.0f}%",
            str(row.lapses),
        )
        for row in rows
    )
    counts = contents(*(bank for id in banks.ids() if (bank := banks.bank(id)) is not None))
    kinds = ("new" if row.is_new else "due" if (row.due or 0) <= today else "not due yet"
             for row in coming)  # fmt: skip
    now = [f"{n} {kind}" for kind, n in sorted(Counter(kinds).items())]
    aside = sum(row.suspended for row in rest)
    said = [*(now or ["0 due"]), f"{len(rest) - aside} later"]
    said += [f"{aside} suspended"] if aside else []
    head = f"{', '.join(said)}, {counts} in total."
    body = (
        Paragraph(head),
        Line(""),
        Columns(
            ("Card", "Due", "Stability", "Difficulty", "Recall", "Lapses"),
            table,
            (2, 3, 4, 5),
        ),
    )
    data = {"today": day_text(today), "cards": [card_data(row, card_states) for row in rows]}
    return Result(data=data, body=body if rows else (Paragraph("There are no cards."),))


def _when(row: CardRow, card_states: CardStates, *, asked: bool) -> str:
    """When a card is asked; one that is due and not ``asked`` waits for a sibling or a limit, and
    so does a new one, or for its bank to be begun."""
    word = state(row, card_states)
    if word == "later":
        return f"{day_text(row.due)}"
    if word == "new":
        return "new" if asked else "new, later"
    return "now" if word == "due" and asked else word
