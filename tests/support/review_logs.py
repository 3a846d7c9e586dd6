"""Reviews as the file that an export writes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizcli.env import timestamp
from quizcli.review.csv_log import COLUMNS, csv_parts, csv_rows, json_cell

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from quizcli.review.csv_log import LoggedReview


def as_csv(reviews: Iterable[LoggedReview], **states: Sequence[float | None]) -> str:
    """The file that has these reviews, with the ``states`` that nobody reads by column."""
    named = [review._asdict() for review in reviews]
    columns = {name: [each.get(name) for each in named] for name in COLUMNS} | states
    written = {
        "rating": [rating and rating.value for rating in columns["rating"]],
        "time": map(timestamp, columns["time"]),
        "chosen": [json_cell(chosen or ()) for chosen in columns["chosen"]],
        "variables": map(json_cell, columns["variables"]),
    }
    return "".join(csv_parts(csv_rows(columns | written)))
