"""Everything that item analysis says of a class, as records."""

from __future__ import annotations

from math import isnan
from typing import TYPE_CHECKING, NamedTuple

from quizcli.numeric import np
from quizcli.quiz.drawing import titled
from quizcli.quiz.kinds import kind_of
from quizcli.report.words import listed, percent
from quizcli.scores.irt import LEAST_STUDENTS, fit, information, shortest, standard_errors
from quizcli.scores.items import analysis, rest_scores
from quizcli.scores.options import LEAST_SHARE, option_figures
from quizcli.scores.wrong_key import Doubt, rekeyed, suspicion

if TYPE_CHECKING:
    from collections.abc import Mapping

    from quizcli.quiz.model import Question
    from quizcli.scores.class_answers import ClassAnswers, ItemAnswers
    from quizcli.scores.irt import CurveErrors, FittedCurves
    from quizcli.scores.items import Floats, ItemFigures, QuizFigures
    from quizcli.scores.options import OptionFigures
    from quizcli.scores.wrong_key import Rekeyed, Suspicion

_ABILITIES = tuple(x / 4 for x in range(-12, 13))


class OptionReport(NamedTuple):
    """An option, or one of the commonest responses."""

    label: str
    is_key: bool
    figures: OptionFigures


class KeyDoubt(NamedTuple):
    """That another answer than the key does better, and what would become of the marks with it."""

    suspicion: Suspicion
    better: str
    key: str
    rekeyed: Rekeyed


class VariantReport(NamedTuple):
    """Those who had the same numbers: how many, and the share of the points that they earned."""

    values: str
    n: int
    facility: float


class ItemReport(NamedTuple):
    """All that is said of an item."""

    question: str
    title: str
    kind: str
    figures: ItemFigures
    options: tuple[OptionReport, ...]
    doubt: KeyDoubt | None
    variants: tuple[VariantReport, ...]
    notes: tuple[str, ...]


class ModelReport(NamedTuple):
    """The two-parameter model; ``told`` is the information of each item at each of ``abilities``,
    and ``kept`` the fewest items that keep nine tenths of it."""

    model: FittedCurves
    errors: tuple[CurveErrors | None, ...]
    abilities: tuple[float, ...]
    told: Floats
    kept: tuple[str, ...]


class ClassReport(NamedTuple):
    """A class, its items and, of a hundred students and more, the model."""

    items: tuple[ItemReport, ...]
    quiz: QuizFigures
    totals: tuple[float, ...]
    maximum: float
    model: ModelReport | None


def class_report(
    found: ClassAnswers, questions: Mapping[str, Question], *, priors: bool = True
) -> ClassReport:
    """The analysis of a class."""
    model = _model(found, priors=priors)  # first, since it takes the most memory
    figures = analysis(found.marks, found.maxima)
    rests = rest_scores(found.marks, found.maxima)
    items = tuple(
        _item(found, at, figures.items[at], rests[:, at], questions.get(id))
        for at, id in enumerate(found.questions)
    )
    possible = (~np.isnan(found.marks)) @ found.maxima
    shares = np.nansum(found.marks, axis=1)[possible > 0] / possible[possible > 0]
    return ClassReport(
        items, figures.quiz, tuple((100 * shares).tolist()), float(found.maxima.sum()), model
    )  # fmt: skip


def _item(
    found: ClassAnswers, at: int, figures: ItemFigures, rest: Floats, question: Question | None
) -> ItemReport:
    id = found.questions[at]
    answers = found.answers.get(id)
    options = _options(answers, rest) if answers else ()
    variants = _variants(found, at)
    # Wrong numbers typed under other draws are no answers to one question.
    comparable = answers is not None and (
        not variants or (question is not None and kind_of(question).chooses)
    )
    doubt = _doubt(found, at, answers, rest) if answers is not None and comparable else None
    return ItemReport(
        id,
        titled(question) if question else id,
        question.kind if question else "",
        figures,
        options,
        doubt,
        variants,
        tuple(_notes(figures, options, doubt)),
    )


def _options(answers: ItemAnswers, rest: Floats) -> tuple[OptionReport, ...]:
    if answers.ticked is None:
        figures = option_figures(answers.codes, rest, len(answers.labels))
        return tuple(
            OptionReport(label, place in {answers.key, *answers.also}, figure)
            for place, (label, figure) in enumerate(zip(answers.labels, figures, strict=True))
        )
    return tuple(
        OptionReport(
            option, option in answers.right,
            option_figures(answers.ticked[:, place].astype(int), rest, 2)[1],
        )
        for place, option in enumerate(answers.options)
    )  # fmt: skip


def _doubt(found: ClassAnswers, at: int, answers: ItemAnswers, rest: Floats) -> KeyDoubt | None:
    said = suspicion(answers.judged, answers.key, rest, len(answers.labels))
    if said is None:
        return None
    after = rekeyed(found.marks, found.maxima, at, answers.codes, said.better)
    key = listed([answers.labels[place] for place in (answers.key, *sorted(answers.also))], "or")
    return KeyDoubt(said, answers.labels[said.better], key, after)


def _variants(found: ClassAnswers, at: int) -> tuple[VariantReport, ...]:
    """By the numbers that were drawn, the commonest first."""
    values = found.variants.get(found.questions[at])
    if values is None:
        return ()
    of: dict[str, list[float]] = {}
    for said, mark in zip(values, found.marks[:, at].tolist(), strict=True):
        if not isnan(mark):
            of.setdefault(said, []).append(mark)
    worth = float(found.maxima[at])
    ranked = sorted(of, key=lambda said: (-len(of[said]), said))
    return tuple(
        VariantReport(said, len(of[said]), sum(of[said]) / len(of[said]) / worth) for said in ranked
    )


def _notes(
    figures: ItemFigures, options: tuple[OptionReport, ...], doubt: KeyDoubt | None
) -> list[str]:
    notes = []
    if doubt is not None and doubt.suspicion.level is Doubt.LOOK:
        notes.append(f"worth a look: {doubt_words(doubt)}")
    if figures.facility in (0, 1):
        notes.append("everybody got it right" if figures.facility else "nobody got it right")
    elif figures.item_rest is not None and figures.item_rest < 0:
        notes.append("students who did well on the rest did worse on this item")
    idle = [each.label for each in options if not each.is_key and not each.figures.is_functional]
    if idle and figures.n:
        notes.append(f"chosen by fewer than {percent(100 * LEAST_SHARE)}%: {listed(idle)}")
    return notes


def doubt_words(doubt: KeyDoubt) -> str:
    """Why a key is doubted, in words and figures."""
    said = doubt.suspicion
    key = "n/a" if said.key_correlation is None else f"{said.key_correlation:.2f}"
    return (
        f"'{doubt.better}' correlates better with the other items than the key '{doubt.key}' does "
        f"({said.correlation:.2f} against {key}; {said.heads} and {said.key_heads} of {said.n} "
        f"students; p = {said.p:.2g})"
    )


def _model(found: ClassAnswers, *, priors: bool) -> ModelReport | None:
    """The model of who got all of an item; None below a hundred students."""
    asked = ~np.isnan(found.marks).all(axis=1)
    if asked.sum() < LEAST_STUDENTS or len(found.questions) < 2:
        return None
    right = np.where(np.isnan(found.marks), np.nan, found.marks >= found.maxima - 1e-9)
    model = fit(right, priors=priors)
    kept = shortest(model.curves)
    return ModelReport(
        model,
        standard_errors(model, right),
        _ABILITIES,
        information(model.curves, _ABILITIES),
        tuple(found.questions[at] for at in kept),
    )
