"""Knobs that are turned by a key, and what many seeds have in common."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from quizcli.demos.evidence import Verdict
from quizcli.proof.proving import measured, middle
from quizcli.quiz.steps import letter
from quizcli.report.intervals import percents, wilson
from quizcli.report.pictures import TextTable
from quizcli.report.words import figure_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quizcli.demos.evidence import Finding, Knob, Value
    from quizcli.proof.subject import Subject


def turned_by(knob: Knob, value: Value, direction: int) -> Value:
    """The next value of a knob up or down, within its range."""
    if knob.choices:
        at = knob.choices.index(str(value)) if str(value) in knob.choices else 0
        return knob.choices[(at + direction) % len(knob.choices)]
    if isinstance(knob.default, bool):
        return not value
    assert not isinstance(value, (str, bool))
    if knob.factor:
        moved = value * knob.step if direction > 0 else value / knob.step
    else:
        moved = value + direction * knob.step
    moved = min(knob.high, max(knob.low, moved))
    if isinstance(knob.default, int):
        whole = round(moved)
        # A factor near one must still move a whole number.
        if whole == value and knob.low <= value + direction <= knob.high:
            whole += direction
        return whole
    return float(f"{moved:.6g}")


def distribution(
    subject: Subject, runs: Sequence[Sequence[Finding]], *, named: bool = True
) -> TextTable:
    """Verdicts and figures of each side over many seeds; ``named`` gives its words as well."""
    rows = []
    for i, side in enumerate(subject.sides):
        findings = [run[i] for run in runs]
        values = [figure.value for figure in measured(findings)]
        counts = Counter(finding.verdict for finding in findings)
        spread = ""
        if values:
            unit = findings[0].figure.unit
            low, high = figure_text(values[0], ""), figure_text(values[-1], "")
            spread = f"{figure_text(middle(findings).value, unit)} ({low} to {high})"
        rows.append(
            (
                f"{letter(i)}  {side.text}" if named else letter(i),
                spread or findings[0].figure.shown or "–",
                ", ".join(
                    f"{verdict} {times} ({percents(wilson(times / len(runs), len(runs)))})"
                    for verdict in Verdict
                    if (times := counts[verdict])
                ),
            )
        )
    title = f"Over {len(runs)} seeds: the median, with the lowest and the highest"
    return TextTable(title, ("Option", "Measured", "Verdicts"), tuple(rows), "")
