"""What ``bank prove`` and ``demo --json`` print."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from quizcli.demos import registry
from quizcli.demos.evidence import DemoError
from quizcli.report.codes import ExitCode
from quizcli.report.result import Columns, Heading, Line, Paragraph, Result
from quizcli.report.words import counted, listed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quizcli.demos.evidence import Evidence, Finding, Measurement
    from quizcli.proof.proving import Proof, ProvedOption
    from quizcli.proof.subject import Subject
    from quizcli.quiz.model import Bank


def prove_result(bank: Bank, proofs: Sequence[Proof], without: Sequence[str]) -> Result:
    """A table of question, figure per option, verdict and seeds agreed; exit 1 on any mismatch."""
    rows = []
    for proof in proofs:
        said = f"the key under {proof.agreed} of {counted(proof.seeds, 'seed')}"
        rows += [("", "", ""), (proof.question, proof.error or said, "")]
        rows += [
            (
                ("✓ " if option.correct else "  ") + option.id,
                figure_text(option.figure, option.unit, option.shown),
                str(option.verdict) + (" ✗" if option.id in proof.mismatch else ""),
            )
            for option in proof.options
        ]
    failed = [proof.question for proof in proofs if not proof.agrees]
    body: list[Heading | Paragraph | Line | Columns] = [
        Columns(("Question and options", "Measured", "Verdict"), tuple(rows)),
        Line(""),
    ]
    proved = len(proofs) - len(failed)
    body.append(Paragraph(f"{counted(len(proofs), 'question')}: {proved} proved."))
    unmeasured = [proof.question for proof in proofs if proof.error]
    if unmeasured:
        body.append(Paragraph(f"Could not be measured: {listed(unmeasured)}."))
    if other := [question for question in failed if question not in unmeasured]:
        body.append(Paragraph(f"The key is not what was measured: {listed(other)}."))
    notices = [f"without an experiment, so not proved: {listed(without)}"] if without else []
    if not proofs:
        body = [Paragraph("Nothing to prove: no question of this bank has an experiment.")]
    code = ExitCode.FAILED if failed else ExitCode.DONE
    return Result(_prove_data(bank, proofs), tuple(body), None, tuple(notices), code)


def _prove_data(bank: Bank, proofs: Sequence[Proof]) -> dict[str, Any]:
    return {
        "bank": bank.id,
        "digest": bank.digest,
        "agrees": all(proof.agrees for proof in proofs),
        "mismatch": [proof.question for proof in proofs if not proof.agrees],
        "questions": [
            {
                "question": proof.question,
                "demo": proof.demo,
                "agrees": proof.agrees,
                "mismatch": list(proof.mismatch),
                "seeds": proof.seeds,
                "agreed": proof.agreed,
                "error": proof.error or None,
                "options": [_option_data(option) for option in proof.options],
            }
            for proof in proofs
        ],
    }


def _option_data(option: ProvedOption) -> dict[str, Any]:
    return {
        "id": option.id,
        "correct": option.correct,
        "verdict": str(option.verdict),
        "figure": number_or_none(option.figure),
        "unit": option.unit,
        "agreed": option.agreed,
    }


def experiments_result(banks: Sequence[Bank]) -> Result:
    """Every registered experiment with the questions behind which it stands; those that cannot be
    loaded are told beside."""
    behind: dict[str, list[str]] = {}
    for bank in banks:
        for question in bank.questions:
            if question.demo:
                behind.setdefault(question.demo.name, []).append(f"{bank.id}/{question.id}")
    rows, notices = [], []
    for name in registry.names():
        try:
            title = registry.get(name).title
        except DemoError as error:
            notices.append(str(error))
        else:
            rows.append((name, title, ", ".join(behind.get(name, []))))
    data = {
        "experiments": [
            {"name": name, "title": title, "questions": behind.get(name, [])}
            for name, title, _ in rows
        ]
    }
    first = rows[0][2].split(", ")[0] or rows[0][0]
    body = (
        Columns(("Experiment", "What it measures", "Behind"), tuple(rows)),
        Line(""),
        Line(f"  quizcli demo {first}", accent=True),
    )
    return Result(data=data, body=body, notices=tuple(notices))


def demo_data(subject: Subject, evidence: Evidence, findings: Sequence[Finding]) -> dict[str, Any]:
    """The JSON object of one run."""
    return {
        "question": subject.question or None,
        "demo": evidence.experiment,
        "parameters": dict(evidence.parameters),
        "seed": evidence.seed,
        "rule": evidence.rule,
        "assumption": evidence.assumption or None,
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
            for side, finding in zip(subject.sides, findings, strict=True)
        ],
    }


def number_or_none(value: float) -> float | None:
    """A number that JSON can hold: ten significant digits, so that machines agree."""
    return float(f"{value:.10g}") if math.isfinite(value) else None


def figure_text(value: float, unit: str, shown: str = "") -> str:
    """A figure for people: three digits and its unit, or the words it comes with."""
    if shown:
        return shown
    if math.isnan(value):
        return "–"
    if math.isinf(value):
        return "∞" if value > 0 else "−∞"
    text = f"{value:.3g}"
    if "e" in text:
        mantissa, _, exponent = text.partition("e")
        text = f"{mantissa}e{int(exponent)}"
    space = "" if unit == "%" else " "
    return f"{text}{space}{unit}" if unit else text


def of_figure(figure: Measurement) -> str:
    """The figure of a finding, for people."""
    return figure_text(figure.value, figure.unit, figure.shown)
