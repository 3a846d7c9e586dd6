"""Reviews as the file that an export writes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizcli.review.csv_log import csv_parts, csv_row

if TYPE_CHECKING:
    from collections.abc import Iterable

    from quizcli.review.csv_log import LoggedReview


def as_csv(reviews: Iterable[LoggedReview]) -> str:
    """The file that has these reviews."""
    return "".join(csv_parts(map(csv_row, reviews)))
