"""A learner's statistics, gathered from the journal and from the banks as they are."""

from __future__ import annotations

import json
from collections import Counter
from functools import lru_cache
from math import isnan
from typing import TYPE_CHECKING, NamedTuple

from quizcli.journal.counted import AnsweredReview
from quizcli.journal.predictions import PredictionTable
from quizcli.quiz.cards import bank_of
from quizcli.review import statistics
from quizcli.review.deriving import memory_of
from quizcli.review.foresight import Foresight, Nearness, foresight
from quizcli.review.mistakes import Mistakes
from quizcli.review.statistics import Streak
from quizcli.uncollected import uncollected

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quizcli.quiz.model import Question
    from quizcli.review.card_states import CardStates
    from quizcli.review.counts import QueueCounts
    from quizcli.review.forecasts import Forecast
    from quizcli.review.mistakes import Misconception
    from quizcli.review.statistics import Calibration, Day, Retention, Stabilities

WEEKS = 12


class Stats(NamedTuple):
    """Everything that the statistics say; ``today`` is a learning day, ``gone`` are questions that
    were learned and that no bank has now, and ``unjudged`` are answers of which nobody can say any
    more whether they were right."""

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
    unjudged: int = 0


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
    rows = [row for row in card_states.log.reviewed() if not only or row.bank in only]
    today = card_states.today
    # Whole weeks, so that each column of the calendar is one.
    tally = statistics.ReviewTally(today - (today - 1) % 7 - 7 * (WEEKS - 1), today)
    mistakes = Mistakes(questions)
    for part in _parts(card_states, only, mistakes):
        tally.add(part)
    return Stats(
        today,
        tally.reviews,
        len(rows),
        tally.retention(_desired_now(queue)),
        tally.calendar(),
        mistakes.repeated(),
        tally.calibration(),
        statistics.stabilities(m for row in rows if (m := memory_of(row)) is not None),
        queue.forecast(),
        statistics.streak(tally.days, today),
        tuple(queue.gone()),
        _foresight(card_states, only, questions),
        mistakes.unjudged,
    )


def _desired_now(queue: QueueCounts) -> float:
    """The retention that is desired of the banks that were named, on average, else of all."""
    banks, own = queue.banks, queue.card_states.settings.retention
    return statistics.mean(Counter(banks.retention(id, own) for id in banks.only) or Counter([own]))


def _foresight(
    card_states: CardStates, only: set[str], questions: dict[str, Question]
) -> Foresight:
    """Of the experiments behind the questions of some banks, or of all."""
    predictions = PredictionTable(card_states.log.journal).all()
    if only:
        behind = {question.demo.name for question in questions.values() if question.demo}
        predictions = [each for each in predictions if each.experiment in behind]
    return foresight(predictions, card_states.env.zone, card_states.settings.rollover)


def _parts(
    card_states: CardStates, only: set[str], mistakes: Mistakes
) -> Iterator[list[statistics.Reviewed]]:
    """The reviews with what was predicted before each; graded anew by the bank as it is."""
    from quizcli.scheduling.replay import PartwiseReplay

    replay = PartwiseReplay(card_states.parameters)
    for reviews in card_states.log.counted().parts(AnsweredReview):
        part = [row for row in reviews if bank_of(row[0]) in only] if only else reviews
        found = replay.part(part)
        known = zip(found.recall_before.tolist(), found.elapsed.tolist(), strict=True)
        records = []
        for row, (recall, elapsed) in zip(part, known, strict=True):
            card, day, rating, _, milliseconds, guess, shown, chosen, variables, desired = row
            right = mistakes.graded(card, _parsed(chosen), _parsed(shown), _parsed(variables))
            first = isnan(recall)
            records.append(
                statistics.Reviewed(
                    card, day, rating, milliseconds, bool(guess), right,
                    None if first else recall, None if first else elapsed, desired,
                )
            )  # fmt: skip
        yield records
