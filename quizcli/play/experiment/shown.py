"""A run of an experiment as the data of its screens."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING

from quizcli.play.experiment.expected import distance_text
from quizcli.proof.results import of_figure, told
from quizcli.quiz.steps import letter
from quizcli.terminal.views.demo_data import ExperimentView, SideView
from quizcli.terminal.views.lines import form_for_titles

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quizcli.demos.evidence import Evidence, Finding, Parameters
    from quizcli.play.experiment.flow import ExperimentRun
    from quizcli.proof.subject import Subject
    from quizcli.terminal.notation import Form
    from quizcli.terminal.style import OutputStyle


def form_of(subject: Subject, look: OutputStyle, evidence: Evidence | None = None) -> Form:
    """How the formulas of an experiment are written, those of its evidence included: all in
    Unicode, or none."""
    texts = [subject.experiment.title, subject.experiment.asks, *subject.texts]
    texts += [side.text for side in subject.sides]
    return form_for_titles([*texts, *_texts(evidence)], look)


def _texts(value: object) -> Iterator[str]:
    """All texts within a record, whatever its pictures are made of."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for each in value:
            yield from _texts(each)
    elif is_dataclass(value):
        for field in fields(value):
            yield from _texts(getattr(value, field.name))


def shown(run: ExperimentRun, evidence: Evidence, look: OutputStyle) -> ExperimentView:
    """What the screens show of one run."""
    experiment = run.subject.experiment
    note, brief = _note(run)
    return ExperimentView(
        title=experiment.title,
        asks=experiment.asks,
        setting=f"seed {evidence.seed}",
        rows=tuple(
            SideView(
                letter(i),
                side.text,
                finding,
                of_figure(finding.figure),
                _expected(run, i, finding),
                run.so_far(evidence, i),
            )
            for i, (side, finding) in enumerate(
                zip(run.subject.sides, evidence.findings, strict=True)
            )
        ),
        pictures=evidence.pictures,
        rule=evidence.rule,
        form=form_of(run.subject, look, evidence),
        chosen=frozenset(
            letter(i) for i, side in enumerate(run.subject.sides) if side.id in run.chosen
        ),
        assumption=evidence.assumption,
        definitional=experiment.definitional,
        note=note,
        brief=brief,
        no_null=experiment.null_help if experiment.null is None else "",
        side="option" if run.subject.question else "claim",
    )


def _expected(run: ExperimentRun, side: int, finding: Finding) -> str:
    if side not in run.predicted:
        return ""
    return distance_text(run.predicted[side], finding.figure.unit)


def _note(run: ExperimentRun) -> tuple[str, str]:
    """What is special about this run, in a sentence and in few words."""
    left = {name: value for name, value in run.turned.items() if name not in run.world}
    turned = f"Turned: {_settings(left)}" if left else ""
    if run.broken:
        brief = f"Broken: {run.broken.name}"
        broken = f"{brief} ({_settings(run.broken.knobs)}). {run.broken.why}"
        return " ".join(filter(None, (broken, turned))), brief
    if run.null:
        control = f"Null control: {run.subject.experiment.null_help}"
        return " ".join(filter(None, (control, turned))), "Null control"
    return turned, turned


def _settings(knobs: Parameters) -> str:
    return ", ".join(f"{name} {told(value)}" for name, value in knobs.items())
