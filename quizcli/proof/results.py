"""What ``demo`` prints: the list of experiments, the data of a run, figures."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from quizcli.demos import registry
from quizcli.demos.evidence import DemoError
from quizcli.demos.plugins import passed_over
from quizcli.report.result import Columns, Line, Result
from quizcli.report.words import figure_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quizcli.demos.evidence import Break, Evidence, Measurement, Value
    from quizcli.proof.subject import Subject
    from quizcli.quiz.model import Bank


def experiments_result(banks: Sequence[Bank]) -> Result:
    """Every registered experiment with the questions behind which it stands; those that cannot be
    loaded are told beside."""
    behind: dict[str, list[str]] = {}
    for bank in banks:
        for question in bank.questions:
            if question.demo:
                behind.setdefault(question.demo.name, []).append(f"{bank.id}/{question.id}")
    rows, notices = [], passed_over(registry.OURS)
    for name in registry.names():
        try:
            title = registry.get(name).title
        except DemoError as error:
            notices.append(str(error))
        else:
            rows.append((name, title, behind.get(name, [])))
    data = {
        "experiments": [
            {"name": name, "title": title, "questions": questions}
            for name, title, questions in rows
        ]
    }
    first, _, questions = rows[0]
    body = (
        Columns(
            ("Experiment", "What it measures", "Question"),
            tuple((name, title, ", ".join(questions)) for name, title, questions in rows),
        ),
        Line(""),
        Line(f"  quizcli demo {(questions or [first])[0]}", accent=True),
    )
    return Result(data=data, body=body, notices=tuple(notices))


def demo_data(subject: Subject, evidence: Evidence, broken: Break | None = None) -> dict[str, Any]:
    """The JSON object of one run, in a world in which an assumption may be ``broken``."""
    return {
        "question": subject.question or None,
        "demo": evidence.experiment,
        "parameters": dict(evidence.parameters),
        "seed": evidence.seed,
        "rule": evidence.rule,
        "assumption": evidence.assumption or None,
        "break": broken and {"name": broken.name, "why": broken.why},
        "options": [
            {
                "id": side.id,
                "claim": dict(side.claim),
                "verdict": str(finding.verdict),
                "figure": number_or_none(finding.figure.value),
                "unit": finding.figure.unit,
                "measures": finding.figure.what,
                "predicts": finding.predicts,
                "reason": finding.reason,
            }
            for side, finding in zip(subject.sides, evidence.findings, strict=True)
        ],
    }


def number_or_none(value: float) -> float | None:
    """A number that JSON can hold: ten significant digits, so that machines agree."""
    return float(f"{value:.10g}") if math.isfinite(value) else None


def of_figure(figure: Measurement) -> str:
    """The figure of a finding, for people."""
    return figure_text(figure.value, figure.unit, figure.shown)


def told(value: Value) -> str:
    """A knob's value for people: a switch is on or off, and 10.0 is 10."""
    if isinstance(value, bool):
        return "on" if value else "off"
    return f"{value:.6g}" if isinstance(value, float) else str(value)
