"""How near a learner's predictions of figures come, and whether they come nearer."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from quizcli.report.pictures import TextTable
from quizcli.report.result import Line, Paragraph
from quizcli.scheduling.days import learning_day

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import tzinfo

    from quizcli.journal.predictions import Prediction

MONTHS = 12  # that the table shows, the latest


class Nearness(NamedTuple):
    """Of ``n`` predictions ``signs`` have another sign than what was measured; ``median`` is that
    of |log10 ratio| of the others, None where there are none."""

    n: int
    signs: int
    median: float | None


class Foresight(NamedTuple):
    """All predictions together, and those of each month, the oldest first, as ``2026-11``."""

    total: Nearness
    months: tuple[tuple[str, Nearness], ...]


def foresight(predictions: Sequence[Prediction], zone: tzinfo | None, rollover: int) -> Foresight:
    """The calibration of predictions, in months of learning days."""
    by_month: dict[str, list[float | None]] = {}
    for each in predictions:
        day = date.fromordinal(learning_day(datetime.fromisoformat(each.at), zone, rollover))
        by_month.setdefault(f"{day:%Y-%m}", []).append(each.decades)
    every = [decades for month in by_month.values() for decades in month]
    months = tuple((month, _nearness(by_month[month])) for month in sorted(by_month))
    return Foresight(_nearness(every), months)


def _nearness(decades: Iterable[float | None]) -> Nearness:
    from statistics import median  # brings fractions and decimals along

    every = list(decades)
    apart = [abs(each) for each in every if each is not None]
    middle = round(median(apart), 6) if apart else None
    return Nearness(len(every), len(every) - len(apart), middle)


def foresight_body(found: Foresight) -> list[Line | Paragraph | TextTable]:
    """What the statistics say of it: nothing where nothing was predicted; the months where there
    are several."""
    total = found.total
    if not total.n:
        return []
    words = f"Your predictions of measured values: {total.n}."
    if total.median is not None:
        words += (
            f" Half of those with the right sign are within a factor of {_factor(total.median)} "
            f"(median |log10 ratio| {total.median:.2f})."
        )
    if total.signs:
        words += f" In {total.signs} the sign was wrong (zero counts as a wrong sign)."
    body: list[Line | Paragraph | TextTable] = [Line(""), Paragraph(words)]
    if len(found.months) > 1:
        rows = tuple(
            (
                f"{date.fromisoformat(f'{month}-01'):%b %Y}",
                str(near.n),
                "–" if near.median is None else f"{near.median:.2f}",
                str(near.signs),
            )
            for month, near in found.months[-MONTHS:]
        )
        columns = ("month", "predictions", "median |log10 ratio|", "wrong sign")
        body.append(TextTable("How close your predictions are", columns, rows, ""))
    return body


def _factor(decades: float) -> str:
    return f"{10**decades:.3g}" if decades < 3 else f"1e{decades:.0f}"


def foresight_data(found: Foresight) -> dict[str, Any]:
    """The same as data."""
    months = [{"month": month, **near._asdict()} for month, near in found.months]
    return {**found.total._asdict(), "months": months}
