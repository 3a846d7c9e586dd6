"""An analysis at the terminal: what is wrong first, then tables and pictures."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from quizcli.report.pictures import Bar, Bars, HeatMap, Series, SeriesLine
from quizcli.report.result import Columns, Heading, Line, Paragraph, Result
from quizcli.report.words import counted, listed, percent
from quizcli.scores.irt import LEAST_STUDENTS
from quizcli.scores.item_data import report_data
from quizcli.scores.item_report import doubt_words
from quizcli.scores.items import FORMULAS
from quizcli.scores.wrong_key import Doubt

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quizcli.report.intervals import Interval
    from quizcli.report.pictures import Picture
    from quizcli.scores.item_report import ClassReport, ItemReport, KeyDoubt, ModelReport

    Body = list[Heading | Paragraph | Line | Columns | Picture]

NOT_THERE = "n/a"
_BANDS = ("below 0", "0 to .1", ".1 to .2", ".2 to .3", ".3 to .4", ".4 and more")
_TENTHS = 10
_VARIANTS = 12


def report_result(report: ClassReport, title: str, chosen: Sequence[str] = ()) -> Result:
    """What is to be said of a class. Options are shown of the items ``chosen``, and of those whose
    key is doubted."""
    doubted = [item for item in report.items if _is_flagged(item)]
    detailed = [item for item in report.items if item.question in chosen or item in doubted]
    body: Body = [
        Heading(title),
        Paragraph(" · ".join(_quiz_facts(report))),
        *_flags(doubted),
        Line(""),
        _table(report),
        *_notes(report.items),
        *([spread] if (spread := _spread(report)) else []),
        *([map_] if (map_ := _facility_map(report.items)) else []),
    ]
    for item in detailed:
        body += _detail(item)
    body += _model(report, report.model)
    body += [Line(""), *_formulas()]
    return Result(data=report_data(report), body=tuple(body))


def figure(value: float | None, digits: int = 2, unit: str = "") -> str:
    """A figure with its unit, or that there is none."""
    return NOT_THERE if value is None else f"{value:.{digits}f}{unit}"


def _within(value: float | None, interval: Interval | None, digits: int = 2) -> str:
    """A figure with where it may lie."""
    if interval is None:
        return figure(value, digits)
    low, high = (f"{end:.{digits}f}" for end in interval)
    return f"{figure(value, digits)} ({low} to {high})"


def _is_flagged(item: ItemReport) -> bool:
    return item.doubt is not None and item.doubt.suspicion.level is not Doubt.LOOK


def _quiz_facts(report: ClassReport) -> list[str]:
    quiz = report.quiz
    return [
        f"{counted(quiz.n, 'student')}, {counted(len(report.items), 'item')}",
        f"mean {figure(quiz.mean)} of {report.maximum:g}",
        f"median {figure(quiz.median)}",
        f"sd {figure(quiz.sd)}",
        f"skewness {figure(quiz.skewness)}",
        f"kurtosis {figure(quiz.kurtosis)}",
        f"alpha {_within(quiz.alpha, quiz.alpha_interval)}",
        f"SEM {figure(quiz.sem)}",
        f"CIC {figure(quiz.cic, 1, '%')}",
        f"error ratio {figure(quiz.error_ratio, 1, '%')}",
    ]


def _flags(doubted: Sequence[ItemReport]) -> Body:
    body: Body = []
    for item in doubted:
        if item.doubt is not None:
            body += [Line(""), Paragraph(_flag(item, item.doubt))]
    return body


def _flag(item: ItemReport, doubt: KeyDoubt) -> str:
    said, after = doubt.suspicion, doubt.rekeyed
    sure = "nearly certain" if said.level is Doubt.NEARLY_CERTAIN else "probable"
    return (
        f"The key of '{item.question}' is wrong, which is {sure}: {doubt_words(doubt)}. With it as "
        f"the key alpha would be {figure(after.after.alpha)} in place of "
        f"{figure(after.before.alpha)} and the mean {figure(after.after.mean)} in place of "
        f"{figure(after.before.mean)}; {after.gain} would gain and {after.lose} lose."
    )


def _table(report: ClassReport) -> Columns:
    rows = tuple(
        (
            item.question,
            str(item.figures.n),
            _within(item.figures.facility, item.figures.facility_interval),
            figure(item.figures.item_rest),
            figure(item.figures.discriminative_efficiency, 0),
            figure(item.figures.effective_weight, 1),
            figure(item.figures.alpha_if_deleted),
        )
        for item in report.items
    )
    names = ("Item", "n", "Facility", "Item-rest", "DE %", "Weight %", "Alpha without")
    return Columns(names, rows, (1, 2, 3, 4, 5, 6))


def _notes(items: Sequence[ItemReport]) -> Body:
    rows = tuple((item.question, note) for item in items for note in item.notes)
    return [Line(""), Columns(("Item", "Note"), rows)] if rows else []


def _spread(report: ClassReport) -> Picture | None:
    if len(report.totals) < 2:
        return None
    tenths = Counter(min(max(int(share // _TENTHS), 0), _TENTHS - 1) for share in report.totals)
    bars = tuple(Bar(f"{10 * n}–{10 * n + 10}%", tenths[n]) for n in range(_TENTHS))
    told = [f"{tenths[n]} from {10 * n} to {10 * n + 10}%" for n in range(_TENTHS) if tenths[n]]
    return Bars("Scores", bars, "students", f"Students: {listed(told)}.")


def _facility_map(items: Sequence[ItemReport]) -> Picture | None:
    """How many items are how easy, and how well they part the able from the others."""
    cells = [[0.0] * _TENTHS for _ in _BANDS]
    told = []
    for item in items:
        facility, rest = item.figures.facility, item.figures.item_rest
        if facility is None or rest is None or not 0 <= facility <= 1:
            continue
        band = 0 if rest < 0 else min(1 + int(rest * 10), len(_BANDS) - 1)
        cells[band][min(int(facility * _TENTHS), _TENTHS - 1)] += 1
        told.append(f"{item.question} {percent(100 * facility)}% and {rest:.2f}")
    if not told:
        return None
    return HeatMap(
        "Facility in tenths (across) against item-rest correlation (down)",
        tuple(reversed(_BANDS)),
        tuple(map(str, range(_TENTHS))),
        tuple(tuple(row) for row in reversed(cells)),
        "items",
        f"Facility and item-rest correlation: {'; '.join(told)}.",
    )


def _detail(item: ItemReport) -> Body:
    body: Body = [Line(""), Heading(item.title)]
    if item.options:
        rows = tuple(
            (
                ("✓ " if each.is_key else "  ") + each.label,
                NOT_THERE if each.figures.share is None else f"{percent(100 * each.figures.share)}",
                figure(each.figures.mean_rest),
                figure(each.figures.correlation),
            )
            for each in item.options
        )
        body.append(Columns(("Answer", "%", "Mean rest", "Correlation"), rows, (1, 2, 3)))
        body += _curves(item)
    if item.variants:
        drawn = tuple(
            (each.values, str(each.n), f"{each.facility:.2f}") for each in item.variants[:_VARIANTS]
        )
        body += [Line(""), Columns(("Numbers", "n", "Facility"), drawn, (1, 2))]
    return body


def _curves(item: ItemReport) -> Body:
    """Who chooses what, by thirds of the rest score."""
    known = [
        (each.label, tuple(100 * share for share in each.figures.thirds if share is not None))
        for each in item.options
    ]
    if any(len(values) < 3 for _, values in known):
        return []
    lines = tuple(SeriesLine(label, values) for label, values in known)
    told = [f"{label} {' → '.join(percent(value) for value in values)}%" for label, values in known]
    says = f"Chosen in the lowest, middle and highest third: {'; '.join(told)}."
    return [Series("Chosen by thirds of the rest score", lines, "third", "%", says)]


def _model(report: ClassReport, found: ModelReport | None) -> Body:
    if found is None:
        if report.quiz.n < LEAST_STUDENTS:
            said = f"A two-parameter model waits for {LEAST_STUDENTS} students."
            return [Line(""), Paragraph(said, quiet=True)]
        return []
    rows = tuple(
        (
            item.question,
            _pm(curve.slope if curve else None, error.slope if error else None),
            _pm(curve.difficulty if curve else None, error.difficulty if error else None),
            "✓" if item.question in found.kept else "",
        )
        for item, curve, error in zip(report.items, found.model.curves, found.errors, strict=True)
    )
    ended = "" if found.model.is_converged else ", which did not come to an end"
    told = tuple(found.told.sum(0).tolist())
    best = max(range(len(told)), key=told.__getitem__)
    says = (
        f"The quiz tells most of abilities around {found.abilities[best]:g} (0 is the mean, 1 a "
        f"standard deviation): {told[best]:.2f}; at -2, 0 and 2 it is "
        f"{listed([f'{told[found.abilities.index(x)]:.2f}' for x in (-2, 0, 2)])}."
    )
    return [
        Line(""),
        Heading("Two-parameter model"),
        Paragraph(
            f"Of whether all points of an item were earned. Priors: {found.model.priors}; "
            f"log-likelihood {found.model.log_likelihood:.3f}{ended}. The fewest items that keep "
            f"90% of the information are {len(found.kept)} of {len(report.items)} (✓)."
        ),
        Line(""),
        Columns(("Item", "Slope", "Difficulty", "Kept"), rows, (1, 2)),
        Series("Information by ability", (SeriesLine("quiz", told),), "ability", "", says),
    ]


def _pm(value: float | None, error: float | None) -> str:
    return figure(value) if error is None else f"{figure(value)} ± {error:.2f}"


def _formulas() -> Body:
    rows = tuple(FORMULAS.items())
    return [Columns(("Figure", "Formula"), rows)]
