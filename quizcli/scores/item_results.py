"""An analysis for people, as blocks of a screen or a page: what is wrong first, then tables and
pictures, each figure with its name and formula."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizcli.report.result import Columns, Commands, Heading, Line, Paragraph, Result
from quizcli.report.words import counted
from quizcli.scores.irt import LEAST_STUDENTS
from quizcli.scores.item_data import report_data
from quizcli.scores.item_pictures import (
    facility_map,
    information_pictures,
    option_curves,
    score_spread,
)
from quizcli.scores.item_report import doubt_words
from quizcli.scores.items import FORMULAS
from quizcli.scores.options import OPTION_FORMULAS
from quizcli.scores.wrong_key import Doubt

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from quizcli.report.intervals import Interval
    from quizcli.report.pictures import Picture
    from quizcli.report.result import Block
    from quizcli.scores.item_report import ClassReport, ItemReport, KeyDoubt

    Body = list[Block | Picture]

NOT_THERE = "n/a"
_VARIANTS = 12
_ONE_OPTION = frozenset({"single-choice", "true-false"})
# What people call the figures; the digits that make sense, and the unit.
_QUIZ = {
    "mean": ("Mean", 2, ""), "median": ("Median", 2, ""), "sd": ("Standard deviation (sd)", 2, ""),
    "skewness": ("Skewness", 2, ""), "kurtosis": ("Kurtosis", 2, ""), "alpha": ("Alpha", 2, ""),
    "sem": ("Standard error (SEM)", 2, ""), "cic": ("Internal consistency (CIC)", 1, "%"),
    "error_ratio": ("Error ratio", 1, "%"),
}  # fmt: skip
_ITEM = {
    "facility": ("Facility", 2, ""), "item_rest": ("Item-rest correlation", 2, ""),
    "discrimination_index": ("Discrimination index", 0, "%"),
    "discriminative_efficiency": ("Discriminative efficiency (DE)", 0, "%"),
    "effective_weight": ("Effective weight", 1, "%"),
    "alpha_if_deleted": ("Alpha without it", 2, ""),
}  # fmt: skip
_OPTION = {
    "share": "Chosen %", "mean_rest": "Mean rest", "correlation": "Correlation", "thirds": "Thirds"
}  # fmt: skip


def report_result(report: ClassReport, title: str, chosen: Sequence[str] = ()) -> Result:
    """What is to be said of a class at a terminal. Options are shown of the items ``chosen``, and
    of those whose key is doubted."""
    body: Body = [
        Heading(title),
        Paragraph(" · ".join(_quiz_facts(report))),
        *flag_blocks(report.items),
        *item_table(report.items),
        *score_spread(report.totals),
        *facility_map(report.items),
    ]
    for item in report.items:
        if item.question in chosen or is_flagged(item):
            body += [Line(""), Heading(item.title), *item_blocks(item)]
    body += [Line(""), *model_blocks(report)]
    body += [Line(""), *quiz_table(report), Line(""), _meanings(_ITEM, FORMULAS)]
    return Result(data=report_data(report), body=tuple(body))


def figure(value: float | None, digits: int = 2, unit: str = "") -> str:
    """A figure with its unit, or that there is none."""
    return NOT_THERE if value is None else f"{value:.{digits}f}{unit}"


def _within(value: float | None, interval: Interval | None, digits: int = 2, unit: str = "") -> str:
    """A figure with where it may lie."""
    if interval is None:
        return figure(value, digits, unit)
    low, high = (f"{end:.{digits}f}" for end in interval)
    return f"{figure(value, digits, unit)} ({low} to {high})"


def is_flagged(item: ItemReport) -> bool:
    """Whether its key is said to be wrong."""
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


def flag_blocks(items: Iterable[ItemReport]) -> Body:
    """Which keys are wrong, in words."""
    body: Body = []
    for item in items:
        if item.doubt is not None and is_flagged(item):
            body += [Line(""), Paragraph(_flag(item, item.doubt)), *_mending(item, item.doubt)]
    return body


def _mending(item: ItemReport, doubt: KeyDoubt) -> Body:
    """The command that tries the better answer as the key, where that is one option."""
    if item.kind not in _ONE_OPTION:
        return []
    command = f"quizcli class regrade … --key {item.question}={doubt.better} --reason TEXT"
    return [Commands(((command, "shows who gains and who loses"),))]


def short_flag(item: ItemReport) -> str:
    """What is said of its key in a few words, if anything."""
    return f"✗ key wrong: {_sure(item.doubt)}" if item.doubt and is_flagged(item) else ""


def _sure(doubt: KeyDoubt) -> str:
    certain = doubt.suspicion.level is Doubt.NEARLY_CERTAIN
    return "nearly certain" if certain else "probable"


def _flag(item: ItemReport, doubt: KeyDoubt) -> str:
    after = doubt.rekeyed
    return (
        f"The key of '{item.question}' is wrong ({_sure(doubt)}): {doubt_words(doubt)}. "
        f"With that answer as the key, alpha would be {figure(after.after.alpha)} instead of "
        f"{figure(after.before.alpha)} and the mean {figure(after.after.mean)} instead of "
        f"{figure(after.before.mean)}; {after.gain} students would gain, {after.lose} lose."
    )


def quiz_table(report: ClassReport) -> Body:
    """The figures of the whole, each with its formula."""
    figures = report.quiz._asdict()
    rows = tuple(
        (name, _within(figures[key], figures.get(f"{key}_interval"), digits, unit), FORMULAS[key])
        for key, (name, digits, unit) in _QUIZ.items()
    )
    return [Columns(("Statistic", "Value", "Formula"), rows, (1,)), Paragraph(_LETTERS, quiet=True)]


_LETTERS = (
    "x: marks of an item; r: rest scores (what the same students earned on all other "
    "items); t: total scores; s: students; k: items; variances and covariances over s − 1."
)


def _meanings(names: Mapping[str, tuple[str, int, str]], formulas: Mapping[str, str]) -> Columns:
    rows = tuple((name, formulas[key]) for key, (name, *_) in names.items())
    return Columns(("Statistic", "Formula"), rows)


def item_table(items: Sequence[ItemReport]) -> Body:
    """The figures of all items, and what is to be noted of them."""
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
        for item in items
    )
    names = ("Item", "n", "Facility", "Item-rest", "DE %", "Weight %", "Alpha without")
    notes = tuple((item.question, note) for item in items for note in item.notes)
    body: Body = [Line(""), Columns(names, rows, (1, 2, 3, 4, 5, 6))]
    return [*body, Line(""), Columns(("Item", "Note"), notes)] if notes else body


def item_blocks(item: ItemReport, *, figures: bool = False) -> Body:
    """One item: its answers, and the numbers that were drawn; all its ``figures``, if wanted."""
    body: Body = []
    if figures:
        known = item.figures._asdict()
        rows = tuple(
            (name, _within(known[key], known.get(f"{key}_interval"), digits, unit), FORMULAS[key])
            for key, (name, digits, unit) in _ITEM.items()
        )
        body += [Columns((f"{counted(item.figures.n, 'student')}", "Value", "Formula"), rows, (1,))]
    if item.options:
        answers = tuple(
            (
                ("✓ " if each.is_key else "  ") + each.label,
                figure(None if each.figures.share is None else 100 * each.figures.share, 0),
                figure(each.figures.mean_rest),
                figure(each.figures.correlation),
            )
            for each in item.options
        )
        body += [Line("")] if body else []
        body.append(Columns(("Answer", *list(_OPTION.values())[:3]), answers, (1, 2, 3)))
        body += option_curves(item)
    if item.variants:
        drawn = tuple(
            (each.values, str(each.n), f"{each.facility:.2f}") for each in item.variants[:_VARIANTS]
        )
        body += [Line(""), Columns(("Numbers", "n", "Facility"), drawn, (1, 2))]
    return body


def option_meanings() -> Columns:
    """What the figures of an answer are."""
    rows = tuple((name, OPTION_FORMULAS[key]) for key, name in _OPTION.items())
    return Columns(("Statistic", "Formula"), rows)


def model_blocks(report: ClassReport) -> Body:
    """The two-parameter model, or what it waits for."""
    found = report.model
    if found is None:
        if report.quiz.n < LEAST_STUDENTS:
            said = f"A two-parameter model needs {LEAST_STUDENTS} students."
            return [Paragraph(said, quiet=True)]
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
    ended = "" if found.model.is_converged else ", which did not converge"
    return [
        Heading("Two-parameter model"),
        Paragraph(
            f"It models whether all points of an item were earned. Priors:  {found.model.priors}; "
            f"log-likelihood {found.model.log_likelihood:.3f}{ended}. The fewest items that keep "
            f"90% of the information are {len(found.kept)} of {len(report.items)} (✓)."
        ),
        Line(""),
        Columns(("Item", "Slope", "Difficulty", "Kept"), rows, (1, 2)),
        *information_pictures(report, found),
    ]


def _pm(value: float | None, error: float | None) -> str:
    return figure(value) if error is None else f"{figure(value)} ± {error:.2f}"
