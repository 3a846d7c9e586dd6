"""A run of an experiment, and what stands behind it, as blocks of a result: to be kept and read
by somebody who was not there.

The rule: nothing is left out; what could not be measured is told with its reason.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from quizcli.demos.evidence import DemoError
from quizcli.proof.results import of_figure, told
from quizcli.quiz.steps import letter
from quizcli.report.intervals import Interval, wilson
from quizcli.report.pictures import Bar, Bars
from quizcli.report.result import Columns, Heading, Markup, Paragraph
from quizcli.report.words import counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from quizcli.demos.evidence import Evidence, Finding, Parameters, Value
    from quizcli.proof.inquiry import Check
    from quizcli.proof.subject import Subject
    from quizcli.report.pictures import Picture
    from quizcli.report.result import Block

    Blocks = Iterator[Block | Picture]


class World(NamedTuple):
    """Settings of knobs under which the same claims are judged: its name, and why it is shown."""

    name: str
    knobs: Parameters
    why: str


def worlds(subject: Subject) -> list[World]:
    """The null control, where there is one, and each break that the experiment declares."""
    experiment = subject.experiment
    control = [] if experiment.null is None else [
        World("Null control", experiment.null, experiment.null_help)
    ]  # fmt: skip
    return [*control, *(World(f"Break: {b.name}", b.knobs, b.why) for b in experiment.breaks)]


def evidence_blocks(subject: Subject, evidence: Evidence) -> Blocks:
    """What each side predicts, what was measured, pictures, reasons, and the rule."""
    findings = evidence.findings
    alike = {finding.predicts for finding in findings}
    same = len(alike) == 1 and len(findings) > 1
    what = {finding.figure.what for finding in findings}
    yield Markup(subject.experiment.asks)
    if same:
        yield Markup(alike.pop(), "Every claim predicts:")
    if len(what) == 1:
        yield Markup(findings[0].figure.what, "Measured:")
    heads = ("Claim", *(() if same else ("Predicts",)), "Measured", "Verdict")
    yield Columns(heads, tuple(
        (
            _named(subject, place),
            *(() if same else (finding.predicts,)),
            of_figure(finding.figure) + (f", {finding.figure.what}" if len(what) > 1 else ""),
            f"{finding.verdict.sign} {finding.verdict}",
        )
        for place, finding in enumerate(findings)
    ))  # fmt: skip
    for place, finding in enumerate(findings):
        yield Markup(finding.reason, f"{letter(place)}, {finding.verdict}:")
    yield from evidence.pictures
    yield Markup(evidence.rule, "Rule:")
    if subject.experiment.definitional:
        yield Paragraph("This is a definition; the experiment shows what follows from it.")
    if evidence.assumption:
        yield Markup(evidence.assumption, "Assumed:")


def knob_blocks(subject: Subject, parameters: Parameters) -> Blocks:
    """Where each knob stands."""
    knobs = subject.experiment.knobs
    if knobs:
        rows = tuple((k.name, told(parameters[k.name]), k.help) for k in knobs)
        yield Heading("Knobs")
        yield Columns(("Knob", "Here", "What it is"), rows)


def share_bars(labels: Sequence[str], agreed: Sequence[int], seeds: int, what: str) -> Bars:
    """Of how many seeds ``what`` is true, with the interval of that share."""
    bars = [_share(label, n, seeds) for label, n in zip(labels, agreed, strict=True)]
    said = [
        f"{bar.label}: {bar.note}, {bar.interval.low:.0f}–{bar.interval.high:.0f}%"
        for bar in bars
        if bar.interval
    ]
    title = f"Share of {what}, with its 95% interval"
    return Bars(title, tuple(bars), "%", f"{'; '.join(said)}.")


def _share(label: str, agreed: int, seeds: int) -> Bar:
    share = wilson(agreed / seeds, seeds)
    assert share is not None
    percents = Interval(100 * share.low, 100 * share.high)
    return Bar(label, 100 * agreed / seeds, f"{agreed} of {counted(seeds, 'seed')}", percents)


def world_blocks(
    subject: Subject, seed: int, turned: Mapping[str, Value], here: Sequence[Finding],
    standing: Parameters | None = None,
) -> Blocks:  # fmt: skip
    """The verdicts without the effect and with each assumption broken, beside those ``here``; if
    that is one of these worlds, of the knobs ``standing``, beside those of the usual world."""
    experiment = subject.experiment
    shown = [world for world in worlds(subject) if world.knobs != standing]
    if standing:
        shown.insert(0, World("Usual world", {}, ""))
    yield Heading("Without the effect, and with assumptions broken")
    if experiment.null is None:
        yield Markup(experiment.null_help, "No null control:")
    cells: list[Sequence[str]] = [[_brief(finding) for finding in here]]
    for world in shown:
        try:
            findings = subject.measure(seed, {**turned, **world.knobs}).findings
            cells.append([_brief(finding) for finding in findings])
        except DemoError as error:
            cells.append(["–"] * len(here))
            yield Paragraph(f"{world.name}: {error}.")
    if shown:
        heads = ("Claim", "As above", *(world.name for world in shown))
        rows = tuple(
            (_named(subject, place), *(column[place] for column in cells))
            for place in range(len(here))
        )
        yield Columns(heads, rows)
    for world in shown[1:] if standing else shown:
        settings = ", ".join(f"{name} {told(value)}" for name, value in world.knobs.items())
        yield Markup(world.why, f"{world.name} ({settings}):")
    if not experiment.breaks:
        yield Paragraph("No breaks are declared.")


def honesty_blocks(checks: Sequence[Check]) -> Blocks:
    """Whether the experiment measures: what was tried, and what spoke against it."""
    if not checks:
        return
    yield Heading("Honesty checks")
    yield Columns(
        ("Check", "What was tried"), tuple((f"{c.mark} {c.name}", c.tried) for c in checks)
    )
    for check in checks:
        for fault in check.faults:
            yield Paragraph(f"{check.name}: {fault}")


def _named(subject: Subject, place: int) -> str:
    return f"{letter(place)}. {' '.join(subject.sides[place].text.split())}"


def _brief(finding: Finding) -> str:
    return f"{finding.verdict.sign} {finding.verdict}, {of_figure(finding.figure)}"
