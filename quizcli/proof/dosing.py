"""Dose and response: the knob that matters put to one point after another, and what is measured."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, NamedTuple

from quizcli.demos.evidence import DemoError
from quizcli.demos.running import dose_figure
from quizcli.proof.results import number_or_none
from quizcli.quiz.steps import letter
from quizcli.report.pictures import Series, SeriesLine
from quizcli.report.words import figure_text, listed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from quizcli.demos.evidence import Dose, Value
    from quizcli.proof.subject import Subject


class DosePoint(NamedTuple):
    """Where the knob stood, and what was measured: one number, or the figure of each side."""

    at: Value
    figures: tuple[float, ...]


def dose_of(subject: Subject) -> Dose:
    """What the experiment declares. Raises DemoError where that is nothing."""
    experiment = subject.experiment
    if experiment.dose is None:
        raise DemoError(f"{experiment.name} declares no knob for a dose-response curve")
    if experiment.dose.measure is None and not subject.sides:
        raise DemoError(f"no claim is made that {experiment.name} could measure")
    return experiment.dose


def doses(subject: Subject, seed: int, turned: Mapping[str, Value]) -> Iterator[DosePoint]:
    """One point after another, the other knobs as they stand. Raises DemoError."""
    dose = dose_of(subject)
    for at in dose.points:
        knobs = {**turned, dose.knob: at}
        if dose.measure is not None:
            given = {**subject.given, **knobs}
            figures: tuple[float, ...] = (dose_figure(subject.experiment, seed, given),)
        else:
            findings = subject.measure(seed, knobs).findings
            figures = tuple(finding.figure.value for finding in findings)
        yield DosePoint(at, figures)


def dose_picture(subject: Subject, seed: int, points: Sequence[DosePoint]) -> Series:
    """What was measured so far, a line a side."""
    dose = dose_of(subject)
    labels = [f"{letter(i)}  {side.text}" for i, side in enumerate(subject.sides)]
    lines = tuple(
        SeriesLine(label, tuple(_drawn(value, log=dose.log) for value in values))
        for label, values in zip(
            [dose.knob] if dose.measure else labels,
            zip(*(point.figures for point in points), strict=True),
            strict=True,
        )
    )
    first, last = (figure_text(float(points[i].at), "") for i in (0, -1))
    return Series(
        f"Dose-response curve: {dose.what}, by {dose.knob}",
        lines,
        f"{dose.knob} {first} to {last}",
        f"log10 of the {dose.what}" if dose.log else dose.what,
        f"{_said(dose, points)} Seed {seed}.",
    )


def _drawn(value: float, *, log: bool) -> float:
    if not log or math.isnan(value):
        return value
    return math.log10(value) if value > 0 else -math.inf


def _said(dose: Dose, points: Sequence[DosePoint]) -> str:
    """The numbers of one line; of several the first, the middle and the last of each."""
    some = [points[i] for i in sorted({0, len(points) // 2, len(points) - 1})]
    rows = [
        listed(
            [
                f"{figure_text(point.figures[i], '')} at {figure_text(float(point.at), '')}"
                for point in (points if dose.measure else some)
            ]
        )
        for i in range(len(points[0].figures))
    ]
    told = rows if dose.measure else [f"{letter(i)} {row}" for i, row in enumerate(rows)]
    return f"By {dose.knob}: {'; '.join(told)}."


def dose_data(subject: Subject, seed: int, points: Sequence[DosePoint]) -> dict[str, Any]:
    """The same as data."""
    dose = dose_of(subject)
    names = [dose.what] if dose.measure is not None else [side.id for side in subject.sides]
    return {
        "question": subject.question or None,
        "demo": subject.experiment.name,
        "seed": seed,
        "dose": dose.knob,
        "measures": dose.what,
        "points": [
            {
                "at": point.at,
                "figures": dict(zip(names, map(number_or_none, point.figures), strict=True)),
            }
            for point in points
        ],
    }
