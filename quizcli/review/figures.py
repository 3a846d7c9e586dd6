"""A learner's statistics as a result: each picture followed by its numbers in words."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from quizcli.quiz.cards import note
from quizcli.report.pictures import Bar, Bars, HeatMap, TextTable
from quizcli.report.result import Heading, Line, Paragraph, Result
from quizcli.report.words import counted, days, duration
from quizcli.review import statistics
from quizcli.review.ledger import memory_of
from quizcli.review.memory import Rating
from quizcli.review.rebuilding import reviews_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quizcli.quiz.model import Question
    from quizcli.review.deck import Banks
    from quizcli.review.ledger import Ledger
    from quizcli.review.rebuilding import Review
    from quizcli.review.statistics import Calibration, Day, Forecast, Retention, Stabilities

WEEKS = 12
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
# A wrong option chosen twice is a misconception, once it may be a slip.
LEAST_CHOSEN = 2
Body = list[Heading | Paragraph | Line | Any]


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


def figures(ledger: Ledger, banks: Banks) -> Figures:
    """The figures of the banks named, or of everything."""
    only = set(banks.only)
    reviews = reviews_of(ledger)
    if only:
        reviews = [review for review in reviews if review.card.partition("/")[0] in only]
    questions = {
        card.address: card.question for id in banks.ids() for card in banks.cards(id).values()
    }
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
        statistics.retention(records, ledger.plan.retention),
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
    from quizcli.review.replay import named, replay

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


def stats_result(found: Figures, *, forecast: bool = False) -> Result:
    """All figures, or the forecast alone."""
    if forecast:
        return Result(data={"forecast": _forecast_data(found)}, body=tuple(_forecast(found)))
    if not found.reviews:
        body: Body = [
            Paragraph("No review yet. A quiz or a review makes the first ones:"),
            Line("  quizcli take", accent=True),
        ]
        return Result(data=_data(found), body=tuple(body))
    body = [
        Heading(f"{counted(found.reviews, 'review')} of {counted(found.cards, 'card')}"),
        *_remembered(found),
        *_calendar(found),
        *_mistaken(found),
        *_calibrated(found),
        *_stable(found),
        Line(""),
        Paragraph(_coming(found)),
    ]
    if sum(found.forecast.counts):
        body.append(Line("  quizcli stats --forecast"))
    return Result(data=_data(found), body=tuple(body))


def _remembered(found: Figures) -> Body:
    true, desired = found.retention.true, 100 * found.retention.desired
    if true.value is None:
        return [
            Paragraph(
                f"Retention: {true.n} of {true.needed} reviews that test memory, a day or more "
                "after the one before; then this says how much was remembered."
            )
        ]
    low, high = true.bounds or (0.0, 1.0)
    words = (
        f"Remembered: {100 * true.value:.0f} % of {true.n} reviews that test memory (by chance "
        f"{100 * low:.0f} to {100 * high:.0f} %); desired {desired:.0f} %."
    )
    if found.retention.predicted is not None:
        words += f" The schedule foresaw {100 * found.retention.predicted:.0f} %."
    return [Paragraph(words)]


def _calendar(found: Figures) -> Body:
    """Weekdays below each other, a column a week; the days to come are empty."""
    by_day = {day.day: day for day in found.days}
    first = min(by_day)
    cells = tuple(
        tuple(
            float(by_day[day].reviews) if (day := first + 7 * week + weekday) in by_day else 0.0
            for week in range(WEEKS)
        )
        for weekday in range(7)
    )
    busy = [day for day in found.days if day.reviews]
    total = sum(day.reviews for day in busy)
    if not total:
        return _apart(f"No review in the last {WEEKS} weeks.")
    spent = sum(day.minutes for day in busy)
    says = (
        f"{counted(total, 'review')} on {counted(len(busy), 'day')} of the last {WEEKS} weeks, "
        f"{_minutes(spent)} in all"
    )
    if len(busy) > 1:
        each = total / len(busy)
        says += f"; on such a day {each:.{0 if each >= 10 else 1}f} reviews and "
        says += _minutes(spent / len(busy))
    columns = tuple(_day(first + 7 * week) for week in range(WEEKS))
    # A column has no room for its name, so the two ends are named above it.
    title = f"Reviews a day, a column a week, from {columns[0]} to this week"
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
    found = date.fromordinal(day)
    return f"{found.day} {found:%b}"


def _mistaken(found: Figures) -> Body:
    if not found.misconceptions:
        return _apart("No wrong option was chosen more than once.")
    worst = found.misconceptions[:5]
    rows = tuple(
        (note(one.card).partition("/")[2], one.text, f"{one.times} of {one.answers}")
        for one in worst
    )
    top = worst[0]
    says = f"Most often: {top.option} in {top.card}, {top.times} of {top.answers} answers."
    return [TextTable("Which wrong option is yours", ("question", "chosen", "times"), rows, says)]


def _calibrated(found: Figures) -> Body:
    both = found.calibration
    if not both.marks:
        return _apart("Mark guesses (a capital letter), and this says how sure is sure.")
    sure, guess = both.sure.words("sure answers"), both.guess.words("guesses")
    right = [
        f"{words} were right" if share.value is not None else f"{words} so far"
        for share, words in ((both.sure, sure), (both.guess, guess))
    ]
    return _apart(f"Calibration: {'; '.join(right)}.")


def _stable(found: Figures) -> Body:
    spread = found.stabilities
    if spread.median is None:
        words = f"Stability: {spread.n} of {spread.needed} cards, then this says how firm they are."
        return _apart(words)
    names = [f"under {days(spread.edges[0])}"]
    pairs = zip(spread.edges, spread.edges[1:], strict=False)
    names += [f"{low:g} to {high:g} days" for low, high in pairs]
    names.append(f"{spread.edges[-1]:g} days or more")
    bars = tuple(Bar(name, float(n)) for name, n in zip(names, spread.counts, strict=True))
    parts = [f"{name}: {n}" for name, n in zip(names, spread.counts, strict=True) if n]
    says = f"Median of {spread.n} cards: {days(spread.median)}. Cards {', '.join(parts)}."
    return [Bars("Cards by the days until their recall falls to 90 %", bars, "", says)]


def _forecast(found: Figures) -> Body:
    counts = found.forecast.counts
    if not sum(counts):
        return [Paragraph(_coming(found))]
    # Up to the last day that has any: rows of nothing would push the first days out of sight.
    last = max(i for i, n in enumerate(counts) if n)
    ahead = [date.fromordinal(found.today + i) for i in range(last + 1)]
    bars = tuple(
        Bar(f"{day:%a} {day.day:>2} {day:%b}", float(n))
        for day, n in zip(ahead, counts, strict=False)
    )
    return [Bars(f"Cards due a day, of the next {len(counts)}", bars, "", _coming(found))]


def _coming(found: Figures) -> str:
    """The days ahead in a sentence."""
    counts = found.forecast.counts
    total = sum(counts)
    if not total:
        return f"Nothing is due in the next {len(counts)} days."
    most = max(range(len(counts)), key=lambda i: counts[i])
    day = date.fromordinal(found.today + most)
    overdue = f", {found.forecast.overdue} of them overdue" if found.forecast.overdue else ""
    return (
        f"{counts[0]} due today{overdue}, {counts[1]} tomorrow, {sum(counts[:7])} within 7 days, "
        f"{total} within {len(counts)}; most on {day:%A} {day.day} {day:%B}: {counts[most]}."
    )


def _forecast_data(found: Figures) -> list[dict[str, Any]]:
    return [
        {"day": date.fromordinal(found.today + i).isoformat(), "due": n}
        for i, n in enumerate(found.forecast.counts)
    ]


def _share(share: statistics.Share) -> dict[str, Any]:
    return {"hits": share.hits, "n": share.n, "needed": share.needed, "value": share.value}


def _data(found: Figures) -> dict[str, Any]:
    retention = found.retention
    return {
        "today": date.fromordinal(found.today).isoformat(),
        "reviews": found.reviews,
        "cards": found.cards,
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
            for day in found.days
            if day.reviews
        ],
        "misconceptions": [one._asdict() for one in found.misconceptions],
        "calibration": {
            "sure": _share(found.calibration.sure),
            "guess": _share(found.calibration.guess),
        },
        "stability": {
            "edges": list(found.stabilities.edges),
            "counts": list(found.stabilities.counts),
            "median": found.stabilities.median,
            "n": found.stabilities.n,
            "needed": found.stabilities.needed,
        },
        "forecast": _forecast_data(found),
    }
