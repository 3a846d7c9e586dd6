"""A learner's statistics, gathered from the journal and from the banks as they are."""

from __future__ import annotations

import json
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from quizcli.journal.predictions import PredictionTable
from quizcli.quiz.cards import bank_of
from quizcli.quiz.drawing import usual
from quizcli.quiz.kinds import kind_of
from quizcli.review import statistics
from quizcli.review.deriving import memory_of
from quizcli.review.foresight import Foresight, Nearness, foresight
from quizcli.review.mistakes import asked_then, is_right, mistakes_of
from quizcli.review.statistics import Streak
from quizcli.scheduling.memory import Rating
from quizcli.uncollected import uncollected

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quizcli.journal.reviews import ReviewRecord
    from quizcli.quiz.model import Question
    from quizcli.review.card_states import CardStates
    from quizcli.review.counts import QueueCounts
    from quizcli.review.forecasts import Forecast
    from quizcli.review.statistics import Calibration, Day, Retention, Stabilities

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


class Stats(NamedTuple):
    """Everything that the statistics say; ``today`` is a learning day, and ``gone`` are questions
    that were learned and that no bank has now."""

    today: int
    reviews: int
    cards: int
    retention: Retention
    days: tuple[Day, ...]
    misconceptions: tuple[Misconception, ...]
    calibration: Calibration
    stabilities: Stabilities
    forecast: Forecast
    streak: Streak = Streak(0, 0)
    gone: tuple[str, ...] = ()
    foresight: Foresight = Foresight(Nearness(0, 0, None), ())


_parsed = lru_cache(4096)(json.loads)  # of a million answers most are like others


@uncollected()
def stats_of(queue: QueueCounts) -> Stats:
    """The statistics of the banks named, or of everything."""
    banks, card_states = queue.banks, queue.card_states
    only = set(banks.only)
    # First, since a bank that is opened may say that cards have another name now.
    questions = {
        card.address: card.question for id in banks.ids() for card in banks.cards(id).values()
    }
    reviews = card_states.log.reviews()
    if only:
        reviews = [review for review in reviews if bank_of(review.card) in only]
    records = _records(reviews, questions, card_states.parameters)
    rows = [row for row in card_states.log.reviewed() if not only or row.bank in only]
    today = card_states.today
    # Whole weeks, so that each column of the calendar is one.
    first = today - (today - 1) % 7 - 7 * (WEEKS - 1)
    return Stats(
        today,
        len(reviews),
        len(rows),
        statistics.retention(records, _desired(queue, reviews)),
        statistics.by_day(records, first, today),
        _misconceptions(reviews, questions),
        statistics.calibration(records),
        statistics.stabilities(m for row in rows if (m := memory_of(row)) is not None),
        queue.forecast(),
        statistics.streak((record.day for record in records), today),
        tuple(queue.gone()),
        _foresight(card_states, only, questions),
    )


def _desired(queue: QueueCounts, reviews: Sequence[ReviewRecord]) -> float:
    """The retention that was desired of these reviews: that of each card's bank, on average; where
    there is none yet, of the banks that were named."""
    banks, own = queue.banks, queue.card_states.settings.retention
    reviewed = Counter(bank_of(review.card) for review in reviews) or Counter(banks.only)
    wanted = Counter[float]()
    for id, n in reviewed.items():
        wanted[banks.retention(id) or own] += n
    if len(wanted) <= 1:
        return next(iter(wanted), own)
    return sum(retention * n for retention, n in wanted.items()) / wanted.total()


def _foresight(
    card_states: CardStates, only: set[str], questions: dict[str, Question]
) -> Foresight:
    """Of the experiments behind the questions of some banks, or of all."""
    predictions = PredictionTable(card_states.log.journal).all()
    if only:
        behind = {question.demo.name for question in questions.values() if question.demo}
        predictions = [each for each in predictions if each.experiment in behind]
    return foresight(predictions, card_states.env.zone, card_states.settings.rollover)


def _records(
    reviews: Sequence[ReviewRecord], questions: dict[str, Question], parameters: tuple[float, ...]
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
        question = questions.get(review.card)
        chosen, shown = _parsed(review.chosen), _parsed(review.shown)
        records.append(
            statistics.Reviewed(
                review.card,
                review.day,
                Rating(review.rating),
                review.milliseconds,
                bool(review.guess),
                is_right(question and asked_then(question, review.variables), chosen, shown),
                None if before is None else predicted,
                None if before is None else max(0, review.day - before),
            )
        )
        last[review.card] = review.day
    return records


def _misconceptions(
    reviews: Sequence[ReviewRecord], questions: dict[str, Question]
) -> tuple[Misconception, ...]:
    """Wrong options that were chosen more than once, the most frequent first. One whose text is
    another under each draw is told as it reads with the usual values."""
    answers: Counter[str] = Counter()
    wrong: Counter[tuple[str, str]] = Counter()
    texts: dict[tuple[str, str], set[str]] = {}
    for review in reviews:
        question = questions.get(review.card)
        chosen = _parsed(review.chosen)
        if question is None or not chosen:
            continue
        answers[review.card] += 1
        asked, shown = asked_then(question, review.variables), _parsed(review.shown)
        for word, text in mistakes_of(asked, chosen, shown):
            wrong[review.card, word] += 1
            texts.setdefault((review.card, word), set()).add(text)
    return tuple(
        Misconception(
            card, word, _one_text(questions[card], word, texts[card, word]), times, answers[card]
        )
        for (card, word), times in wrong.most_common()
        if times >= LEAST_CHOSEN
    )


def _one_text(question: Question, word: str, texts: set[str]) -> str:
    if len(texts) == 1:
        return next(iter(texts))
    return kind_of(question).mistake_text(usual(question), word)
