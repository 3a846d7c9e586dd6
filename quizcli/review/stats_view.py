"""A learner's statistics as a result: each picture followed by its numbers in words."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from quizcli.quiz.cards import in_bank, question_and_gap
from quizcli.report.pictures import Bar, Bars, HeatMap, TextTable
from quizcli.report.result import Heading, Line, Paragraph, Result
from quizcli.report.words import counted, days, duration, first_of
from quizcli.review.foresight import foresight_body, foresight_data
from quizcli.review.stats import WEEKS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quizcli.review import statistics
    from quizcli.review.stats import Stats

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
NAMED = 3  # questions that are gone, by their addresses; --json lists all
Body = list[Heading | Paragraph | Line | Any]


def stats_result(stats: Stats, *, forecast: bool = False, streak: bool = False) -> Result:
    """All figures, with the ``streak`` if it is asked for; or the forecast alone."""
    if forecast:
        return Result(data={"forecast": _forecast_data(stats)}, body=tuple(_forecast(stats)))
    if not stats.reviews:
        body: Body = [
            Paragraph("No reviews yet. Start with a quiz:"),
            Line("  quizcli take", accent=True),
            *foresight_body(stats.foresight),
        ]
        return Result(data=_data(stats), body=tuple(body))
    body = [
        Heading(f"{counted(stats.reviews, 'review')} of {counted(stats.cards, 'card')}"),
        *([Paragraph(_streak(stats))] if streak else []),
        *_remembered(stats),
        *_calendar(stats),
        *_mistaken(stats),
        *_calibrated(stats),
        *_stable(stats),
        *foresight_body(stats.foresight),
        Line(""),
        Paragraph(_coming(stats)),
        *_gone(stats.gone),
    ]
    if sum(stats.forecast.counts):
        body.append(Line("  quizcli stats --forecast"))
    data = _data(stats) | ({"streak": stats.streak._asdict()} if streak else {})
    return Result(data=data, body=tuple(body))


def _streak(stats: Stats) -> str:
    now, longest = stats.streak
    return f"Streak: {counted(now, 'day')} in a row; the longest was {counted(longest, 'day')}."


def _remembered(stats: Stats) -> Body:
    true, desired = stats.retention.true, 100 * stats.retention.desired
    if true.value is None:
        return [
            Paragraph(
                f"Retention: not enough data yet ({true.n} of {true.needed} reviews made at "
                "least a day apart)."
            )
        ]
    low, high = true.bounds or (0.0, 1.0)
    words = (
        f"Retention: {100 * true.value:.0f}% of {true.n} reviews made at least a day apart (95% "
        f"interval: {100 * low:.0f} to {100 * high:.0f}%); desired {desired:.0f}%."
    )
    if stats.retention.predicted is not None:
        words += f" The scheduler predicted {100 * stats.retention.predicted:.0f}%."
    return [Paragraph(words)]


def _calendar(stats: Stats) -> Body:
    """Weekdays below each other, a column a week; the days to come are empty."""
    by_day = {day.day: day for day in stats.days}
    first = min(by_day)
    cells = tuple(
        tuple(
            float(by_day[day].reviews) if (day := first + 7 * week + weekday) in by_day else 0.0
            for week in range(WEEKS)
        )
        for weekday in range(7)
    )
    busy = [day for day in stats.days if day.reviews]
    total = sum(day.reviews for day in busy)
    if not total:
        return _apart(f"No reviews in the last {WEEKS} weeks.")
    spent = sum(day.minutes for day in busy)
    says = (
        f"{counted(total, 'review')} on {counted(len(busy), 'day')} in the last {WEEKS} weeks, "
        f"{_minutes(spent)} spent answering"  # a session takes longer: explanations are read
    )
    if len(busy) == 1:  # one block alone shows nothing
        return _apart(f"{says}.")
    each = total / len(busy)
    says += f"; on average {each:.{0 if each >= 10 else 1}f} reviews and "
    says += f"{_minutes(spent / len(busy))} on each of those days"
    columns = tuple(_day(first + 7 * week) for week in range(WEEKS))
    # A column has no room for its name, so the two ends are named above it.
    title = f"Reviews per day, one column per week, from {columns[0]} to this week"
    return [HeatMap(title, WEEKDAYS, columns, cells, "reviews", f"{says}.")]


def _apart(words: str) -> Body:
    """A sentence with an empty line before it, as a picture has one."""
    return [Line(""), Paragraph(words)]


def _minutes(minutes: float) -> str:
    """``40 s``, ``12 min``, ``39 h``: with smaller units only where they tell something."""
    if minutes >= 600:
        return f"{minutes / 60:.0f} h"
    return f"{minutes:.0f} min" if minutes >= 10 else duration(60 * minutes)


def _day(day: int) -> str:
    """``5 Oct``."""
    stats = date.fromordinal(day)
    return f"{stats.day} {stats:%b}"


def _mistaken(stats: Stats) -> Body:
    if not stats.misconceptions:
        return _apart("No wrong option was chosen more than once.")
    worst = stats.misconceptions[:5]
    rows = tuple(
        (question_and_gap(one.card)[0], one.text, f"{one.times} of {one.answers} times")
        for one in worst
    )
    top = worst[0]
    says = f"Most often: {top.text} in {top.card}, {top.times} of {top.answers} answers."
    columns = ("question", "wrong answer", "chosen")
    return [TextTable("Your most frequent wrong answers", columns, rows, says)]


def _calibrated(stats: Stats) -> Body:
    both = stats.calibration
    if not both.marks:
        return _apart(
            "Mark guesses with a capital letter to see how well your confidence matches your "
            "results."
        )
    groups = ((both.sure, "sure answers"), (both.guess, "guesses"))
    right = [f"{share.words(what)} were right" for share, what in groups if share.value is not None]
    few = [
        f"{share.needed} {what} ({share.n} so far)" for share, what in groups if share.value is None
    ]
    needs = [f"needs {' and '.join(few)}"] if few else []
    if stats.unjudged:
        left = counted(stats.unjudged, "answer")
        needs.append(f"{left} left out because what was asked is no longer in any bank")
    return _apart(f"Calibration: {'; '.join(right + needs)}.")


def _stable(stats: Stats) -> Body:
    spread = stats.stabilities
    if spread.median is None:
        words = f"Stability: needs {spread.needed} reviewed cards ({spread.n} so far)."
        return _apart(words)
    names = [f"under {days(spread.edges[0])}"]
    pairs = zip(spread.edges, spread.edges[1:], strict=False)
    names += [f"{low:g} to {high:g} days" for low, high in pairs]
    names.append(f"{spread.edges[-1]:g} days or more")
    bars = tuple(Bar(name, float(n)) for name, n in zip(names, spread.counts, strict=True))
    parts = [f"{name}: {n}" for name, n in zip(names, spread.counts, strict=True) if n]
    says = f"Median of {spread.n} cards: {days(spread.median)}. Cards {', '.join(parts)}."
    return [Bars("Cards by the days until their recall falls to 90%", bars, "", says)]


def _gone(questions: Sequence[str]) -> Body:
    """A new id is a new question, unless it says what it was called before."""
    if not questions:
        return []
    named, n = first_of(questions, NAMED), len(questions)
    old = in_bank(questions[0])
    was, it = ("was", "it has") if n == 1 else ("were", "one has")
    words = f"{counted(n, 'question')} that you learned {was} removed from all banks: {named}. "
    return _apart(words + f"If {it} a new id now, add 'formerly: [{old}]' to it.")


def _forecast(stats: Stats) -> Body:
    counts = stats.forecast.counts
    if not sum(counts):
        return [Paragraph(_coming(stats))]
    # Up to the last day that has any: rows of nothing would push the first days out of sight.
    last = max(i for i, n in enumerate(counts) if n)
    ahead = [date.fromordinal(stats.today + i) for i in range(last + 1)]
    bars = tuple(
        Bar(f"{day:%a} {day.day:>2} {day:%b}", float(n))
        for day, n in zip(ahead, counts, strict=False)
    )
    return [Bars(f"Cards due per day, next {len(counts)} days", bars, "", _coming(stats))]


def _coming(stats: Stats) -> str:
    """The days ahead in a sentence."""
    counts = stats.forecast.counts
    total = sum(counts)
    if not total:
        return f"Nothing is due in the next {len(counts)} days."
    most = max(range(len(counts)), key=lambda i: counts[i])
    day = date.fromordinal(stats.today + most)
    overdue = f", {stats.forecast.overdue} of them overdue" if stats.forecast.overdue else ""
    return (
        f"{counts[0]} due today{overdue}, {counts[1]} tomorrow, {sum(counts[:7])} within 7 days, "
        f"{total} within {len(counts)}; most on {day:%A} {day.day} {day:%B}: {counts[most]}."
    )


def _forecast_data(stats: Stats) -> list[dict[str, Any]]:
    return [
        {"day": date.fromordinal(stats.today + i).isoformat(), "due": n}
        for i, n in enumerate(stats.forecast.counts)
    ]


def _share(share: statistics.Share) -> dict[str, Any]:
    return {"hits": share.hits, "n": share.n, "needed": share.needed, "value": share.value}


def _data(stats: Stats) -> dict[str, Any]:
    retention = stats.retention
    return {
        "today": date.fromordinal(stats.today).isoformat(),
        "reviews": stats.reviews,
        "cards": stats.cards,
        "retention": {
            "true": _share(retention.true),
            "desired": retention.desired,
            "predicted": retention.predicted,
        },
        "days": [
            {
                "day": date.fromordinal(day.day).isoformat(),
                "reviews": day.reviews,
                "minutes": round(day.minutes, 2),
                "again": day.again,
            }
            for day in stats.days
            if day.reviews
        ],
        "misconceptions": [one._asdict() for one in stats.misconceptions],
        "calibration": {
            "sure": _share(stats.calibration.sure),
            "guess": _share(stats.calibration.guess),
            "unjudged": stats.unjudged,
        },
        "stability": {
            "edges": list(stats.stabilities.edges),
            "counts": list(stats.stabilities.counts),
            "median": stats.stabilities.median,
            "n": stats.stabilities.n,
            "needed": stats.stabilities.needed,
        },
        "predictions": foresight_data(stats.foresight),
        "forecast": _forecast_data(stats),
        "gone": list(stats.gone),
    }
