"""The review log out to a file, a part at a time: of a million reviews only times and states are in
memory together, as arrays.

The log is read twice: once in the order in which states follow from each other, and once in that
of times, in which it is written.
"""

from __future__ import annotations

import json
from functools import lru_cache
from heapq import merge
from itertools import repeat
from operator import itemgetter
from typing import TYPE_CHECKING

from quizcli.journal.answers import texts
from quizcli.journal.connection import PART
from quizcli.journal.counted import ReviewRecord, TimedReview
from quizcli.review.csv_log import COLUMNS, STATES, csv_parts, csv_rows, json_cell
from quizcli.review.times import recorded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from quizcli.journal.counted import CountedReviews
    from quizcli.review.card_states import CardStates
    from quizcli.review.csv_log import Row


_AT = itemgetter(COLUMNS.index("time"))


def exported(card_states: CardStates) -> Iterator[str]:
    """The log as CSV, with the states around each review; what was undone is left out."""
    log = card_states.log
    facts = log.marks()
    marks = csv_rows(
        {
            "card": [log.name(fact.card) for fact in facts],
            "time": [_time(fact.at) for fact in facts],
            "milliseconds": repeat(0), "guess": repeat(False),
            "did": [fact.did for fact in facts], "day": [fact.day for fact in facts],
        }
    )  # fmt: skip
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
        ids.append(np.array([row[3] for row in part], np.int64))
        times.append(np.array([_time(row[4]) for row in part], "S24"))
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
        yield from _written(
            reviews.numbered(all_ids[places].tolist(), ReviewRecord), around.tolist()
        )


def _written(
    reviews: Sequence[ReviewRecord], states: Iterable[Iterable[float | None]]
) -> Iterator[Row]:
    """Column by column, which takes half as long as row by row."""
    of = dict(zip(ReviewRecord._fields, zip(*reviews, strict=True), strict=True))
    return csv_rows(
        {
            **of, **dict(zip(STATES, states, strict=True)),
            "time": map(_time, of["at"]), "milliseconds": map(recorded, of["milliseconds"]),
            "did": repeat("review"),
            "chosen": map(_chosen, of["chosen"]), "variables": map(_values, of["variables"]),
        }
    )  # fmt: skip


def _time(at: str) -> str:
    """Also one that was written without milliseconds."""
    return at if len(at) == 24 else f"{at[:19]}.000Z"


@lru_cache(4096)  # of a million most are like others
def _chosen(text: str) -> str:
    return json_cell(texts("chosen", text))


@lru_cache(4096)
def _values(text: str) -> str:
    return json_cell(json.loads(text))
