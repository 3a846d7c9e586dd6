"""Reviews as the file that an export writes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizcli.env import timestamp
from quizcli.review.csv_log import csv_parts, csv_row, json_cell

if TYPE_CHECKING:
    from collections.abc import Iterable

    from quizcli.review.csv_log import LoggedReview


def as_csv(reviews: Iterable[LoggedReview]) -> str:
    """The file that has these reviews."""
    return "".join(csv_parts(map(_row, reviews)))


def _row(review: LoggedReview) -> tuple[int | float | str | None, ...]:
    card, rating, time, milliseconds, guess, *states, did, day = review[:11]
    return csv_row(
        card, rating and rating.value, timestamp(time), milliseconds, guess, tuple(states),
        did, day, *review[11:16], json_cell(review.chosen or ()), json_cell(review.variables),
    )  # fmt: skip
