"""The review log out to a file, a part at a time: of a million reviews only times and states are in
memory together, as arrays.

The log is read twice: once in the order in which states follow from each other, and once in that
of times, in which it is written.
"""

from __future__ import annotations

import json
from functools import lru_cache
from heapq import merge
from operator import itemgetter
from typing import TYPE_CHECKING

from quizcli.journal.answers import texts
from quizcli.journal.connection import PART
from quizcli.journal.counted import ReviewRecord, TimedReview
from quizcli.review.csv_log import COLUMNS, csv_parts, csv_row, json_cell
from quizcli.review.times import recorded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quizcli.journal.counted import CountedReviews
    from quizcli.review.card_states import CardStates
    from quizcli.review.csv_log import Row


_AT = itemgetter(COLUMNS.index("time"))
_UNKNOWN = (None, None, None, None)  # of what is no review no states are written


def exported(card_states: CardStates) -> Iterator[str]:
    """The log as CSV, with the states around each review; what was undone is left out."""
    log = card_states.log
    marks = (
        csv_row(log.name(mark.card), None, _time(mark.at), 0, False, _UNKNOWN, mark.did, mark.day)
        for mark in log.marks()
    )
    reviews = _rows(log.counted(), card_states.parameters)
    return csv_parts(merge(reviews, sorted(marks, key=_AT), key=_AT))


def _rows(reviews: CountedReviews, parameters: tuple[float, ...]) -> Iterator[Row]:
    """The reviews in the order of their times, with the states around each."""
    from quizcli.numeric import np
    from quizcli.scheduling.replay import PartwiseReplay

    replay = PartwiseReplay(parameters)
    ids, times, states = [np.empty(0, np.int64)], [np.empty(0, "S24")], [np.empty((4, 0))]
    for part in reviews.parts(TimedReview, ReviewRecord._fields):
        found = replay.part(part)
        ids.append(np.array([id for _, _, _, id, _ in part]))
        times.append(np.array([_time(at) for *_, at in part], "S24"))
        states.append(np.stack([*found[:2], *found[3:5]]))
    order = np.concatenate(times).argsort(kind="stable")
    times.clear()
    all_ids, all_states = np.concatenate(ids), np.concatenate(states, axis=1)
    ids.clear()
    states.clear()
    for begin in range(0, order.size, PART):
        places = order[begin : begin + PART]
        known = all_states[:, places]
        around = known.astype(object)
        around[np.isnan(known)] = None
        numbered = reviews.numbered(all_ids[places].tolist(), ReviewRecord)
        for review, state in zip(numbered, zip(*around.tolist(), strict=True), strict=True):
            yield _row(review, state)


def _row(review: ReviewRecord, states: Row) -> Row:
    (card, day, rating, _, at, milliseconds, guess, seed, retention, maximum, fuzz, leech,
     chosen, variables) = review  # fmt: skip
    return csv_row(
        card, rating, _time(at), recorded(milliseconds), guess, states,
        "review", day, seed, retention, maximum, fuzz, leech,
        _chosen(chosen), "" if variables == "{}" else json_cell(json.loads(variables)),
    )  # fmt: skip


def _time(at: str) -> str:
    """Also one that was written without milliseconds."""
    return at if len(at) == 24 else f"{at[:19]}.000Z"


@lru_cache(4096)  # of a million most are like others
def _chosen(text: str) -> str:
    return json_cell(texts("chosen", text))
