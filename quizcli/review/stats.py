"""A learner's statistics, gathered from the journal and from the banks as they are."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from quizcli.review import statistics
from quizcli.review.banks import retention_of
from quizcli.review.card_states import memory_of
from quizcli.review.rebuilding import reviews_of
from quizcli.scheduling.memory import Rating

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quizcli.quiz.model import Question
    from quizcli.review.banks import Banks
    from quizcli.review.card_states import CardStates
    from quizcli.review.rebuilding import Review
    from quizcli.review.statistics import Calibration, Day, Forecast, Retention, Stabilities

WEEKS = 12
# A wrong option chosen twice is a misconception, once it may be a slip.
LEAST_CHOSEN = 2


class Misconception(NamedTuple):
    """A wrong option, how often it was chosen, of how many answers to its question."""

    card: str
    option: str
    text: str
    times: int
    answers: int


class Figures(NamedTuple):
    """Everything that the statistics say; ``today`` is a learning day."""

    today: int
    reviews: int
    cards: int
    retention: Retention
    days: tuple[Day, ...]
    misconceptions: tuple[Misconception, ...]
    calibration: Calibration
    stabilities: Stabilities
    forecast: Forecast


def figures(ledger: CardStates, banks: Banks) -> Figures:
    """The figures of the banks named, or of everything."""
    only = set(banks.only)
    # First, since a bank that is opened may say that cards have another name now.
    questions = {
        card.address: card.question for id in banks.ids() for card in banks.cards(id).values()
    }
    reviews = reviews_of(ledger)
    if only:
        reviews = [review for review in reviews if review.card.partition("/")[0] in only]
    asked = {retention_of(bank, ledger.plan.retention) for id in only if (bank := banks.bank(id))}
    desired = asked.pop() if len(asked) == 1 else ledger.plan.retention
    records = _records(reviews, questions, ledger.parameters)
    rows = [r for r in ledger.log.rows("reviews") if not only or r.bank in only]
    active = [row for row in rows if not row.suspended and row.card in questions]
    today = ledger.today
    # Whole weeks, so that each column of the calendar is one.
    first = today - (today - 1) % 7 - 7 * (WEEKS - 1)
    return Figures(
        today,
        len(reviews),
        len(rows),
        statistics.retention(records, desired),
        statistics.by_day(records, first, today),
        _misconceptions(reviews, questions),
        statistics.calibration(records),
        statistics.stabilities(m for row in rows if (m := memory_of(row)) is not None),
        statistics.forecast(
            # A card that was put off is due on the day after.
            (
                max(row.due, row.buried + 1) if row.buried >= today else row.due
                for row in active
                if row.due is not None
            ),
            today,
        ),
    )


def _records(
    reviews: Sequence[Review], questions: dict[str, Question], parameters: tuple[float, ...]
) -> list[statistics.Reviewed]:
    """The reviews with what was predicted before each; graded anew by the bank as it is."""
    if not reviews:
        return []
    from quizcli.scheduling.replay import named, replay

    log, _ = named((review.card, review.day, review.rating) for review in reviews)
    recall = replay(log, parameters).recall_before.tolist()
    last: dict[str, int] = {}
    records = []
    for review, predicted in zip(reviews, recall, strict=True):
        before = last.get(review.card)
        question, chosen = questions.get(review.card), json.loads(review.chosen)
        records.append(
            statistics.Reviewed(
                review.card,
                review.day,
                Rating(review.rating),
                review.milliseconds,
                bool(review.guess),
                frozenset(chosen) == question.key if question and chosen else None,
                None if before is None else predicted,
                None if before is None else max(0, review.day - before),
            )
        )
        last[review.card] = review.day
    return records


def _misconceptions(
    reviews: Sequence[Review], questions: dict[str, Question]
) -> tuple[Misconception, ...]:
    """Wrong options that were chosen more than once, the most frequent first."""
    answers: Counter[str] = Counter()
    wrong: Counter[tuple[str, str]] = Counter()
    for review in reviews:
        question = questions.get(review.card)
        chosen = json.loads(review.chosen)
        if question is None or not chosen:
            continue
        answers[review.card] += 1
        known = {option.id for option in question.options} - question.key
        wrong.update((review.card, id) for id in chosen if id in known)
    return tuple(
        Misconception(card, id, questions[card].option(id).text, times, answers[card])
        for (card, id), times in wrong.most_common()
        if times >= LEAST_CHOSEN
    )
