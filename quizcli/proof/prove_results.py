"""What ``bank prove`` prints: the key against what was measured, and whether it was measured."""

from __future__ import annotations

from shlex import quote
from typing import TYPE_CHECKING, Any

from quizcli.proof.inquiry import seeds_text
from quizcli.proof.results import number_or_none, of_figure
from quizcli.report.codes import ExitCode
from quizcli.report.intervals import percents, wilson
from quizcli.report.result import Columns, Line, Paragraph, Result
from quizcli.report.words import counted, listed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quizcli.proof.proving import Proof, ProvedOption
    from quizcli.quiz.model import Bank
    from quizcli.report.intervals import Interval

    Body = Columns | Line | Paragraph

# By the clock, so many times what the processor takes: less may be a machine that is busy.
WAITING = 5
LONG = 0.1  # seconds that a run of an experiment should take, so that the next one may be asked for


def prove_result(
    bank: Bank, proofs: Sequence[Proof], without: Sequence[str], *, detailed: bool, called: str
) -> Result:
    """A table of question, figure per option, verdict and seeds agreed; below it what the checks
    of the experiments found, ``detailed`` with what each tried. Exit 1 where either fails."""
    failed = [proof.question for proof in proofs if not proof.agrees]
    body: list[Body] = [
        Columns(("Question and options", "Measured", "Verdict"), _key_rows(proofs)),
        Line(""),
        Paragraph(f"{counted(len(proofs), 'question')}: {len(proofs) - len(failed)} proved."),
    ]
    unmeasured = [proof.question for proof in proofs if proof.error]
    if unmeasured:
        body.append(Paragraph(f"Could not be measured: {listed(unmeasured)}."))
    if other := [question for question in failed if question not in unmeasured]:
        body.append(Paragraph(f"The key differs from what was measured: {listed(other)}."))
    if any(proof.honesty for proof in proofs):
        body += honesty_summary(proofs, called, detailed=detailed)
    notices = [f"without an experiment, so not proved: {listed(without)}"] if without else []
    if claimless := [proof.question for proof in proofs if _is_claimless(proof)]:
        notices.append(
            f"no right answer has a claim, so its key is not measured: {listed(claimless)}"
        )
    if slow := [f"{p.question} {p.seconds:.3g} s" for p in proofs if (p.seconds or 0) > LONG]:
        notices.append(f"a run takes longer than {LONG:g} s of processor time: {listed(slow)}")
    if idle := [f"{p.question} {p.wall:.3g} s" for p in proofs if p.wall and _waits(p)]:
        notices.append(
            f"a run takes longer than {LONG:g} s by the clock and spends most of it waiting, "
            f"perhaps for another program: {listed(idle)}"
        )
    if not proofs:
        body = [Paragraph("Nothing to prove: no question of this bank has an experiment.")]
    suspect = any(proof.suspect for proof in proofs)
    code = ExitCode.FAILED if failed or suspect else ExitCode.DONE
    return Result(_data(bank, proofs), tuple(body), None, tuple(notices), code)


def _is_claimless(proof: Proof) -> bool:
    """Whether only wrong answers were measured: each may be refuted, and none is shown right."""
    return not proof.error and not any(option.correct for option in proof.options)


def _waits(proof: Proof) -> bool:
    return (proof.wall or 0) > max(LONG, WAITING * (proof.seconds or 0))


def _key_rows(proofs: Sequence[Proof]) -> tuple[tuple[str, str, str], ...]:
    rows = []
    for proof in proofs:
        said = f"the key under {proof.agreed} of {counted(proof.seeds, 'seed')}"
        share = "" if proof.error else percents(_share(proof))
        rows += [("", "", ""), (proof.question, proof.error or said, share)]
        if proof.failing:
            rows.append(("", f"not under {seeds_text(proof.failing)}", ""))
        rows += [
            (
                ("✓ " if option.correct else "  ") + option.id,
                of_figure(option.figure),
                str(option.verdict) + (" ✗" if option.id in proof.mismatch else ""),
            )
            for option in proof.options
        ]
    return tuple(rows)


def _share(proof: Proof) -> Interval:
    share = wilson(proof.agreed / proof.seeds, proof.seeds)
    assert share is not None
    return share


def honesty_summary(proofs: Sequence[Proof], called: str, *, detailed: bool) -> list[Body]:
    """What the checks of the experiments found."""
    looked = [proof for proof in proofs if proof.honesty]
    body: list[Body] = [Line("")]
    if detailed:
        checks = looked[0].honesty
        tried = tuple((f"{check.mark} {check.name}", check.tried) for check in checks)
        body.append(Columns(("Honesty check", "What was tried"), tried))
    else:
        names = [check.name for check in looked[0].honesty]
        rows = tuple((proof.question, *(check.mark for check in proof.honesty)) for proof in looked)
        body.append(Columns(("Honesty check", *names), rows))
    suspect = [proof for proof in looked if proof.suspect]
    experiments = {proof.demo for proof in looked}  # of which one may stand behind many questions
    clean = len(experiments - {proof.demo for proof in suspect})
    passed = f"{counted(len(experiments), 'experiment')}: {clean} passed all checks."
    body += [Line(""), Paragraph(passed)]
    for proof in suspect:
        for check in proof.honesty:
            for fault in check.faults:
                body += _told(f"{proof.question}, {check.name}: {fault.what}", fault.fix)
    if not detailed:
        failed = [proof for proof in proofs if not proof.agrees]
        one = (failed or suspect or looked)[0].question
        told = f"What each check of {one} tried:"
        if failed or suspect:
            told = f"What went wrong with {one}, check by check:"
        body.append(Paragraph(told))
        body.append(Line(f"  quizcli bank prove {quote(called)} -q {one}", accent=True))
    return body


def _told(what: str, command: str) -> list[Body]:
    """A fault, and on a line of its own, since it is to be copied, the command that shows it."""
    if not command:
        return [Paragraph(what)]
    return [Paragraph(f"{what}:"), Line(f"  {command}", accent=True)]


def _data(bank: Bank, proofs: Sequence[Proof]) -> dict[str, Any]:
    return {
        "bank": bank.id,
        "digest": bank.digest,
        "agrees": all(proof.agrees for proof in proofs),
        "mismatch": [proof.question for proof in proofs if not proof.agrees],
        "suspect": [proof.question for proof in proofs if proof.suspect],
        "questions": [
            {
                "question": proof.question,
                "demo": proof.demo,
                "agrees": proof.agrees,
                "mismatch": list(proof.mismatch),
                "seeds": proof.seeds,
                "agreed": proof.agreed,
                "failing": list(proof.failing),
                "interval": None if proof.error else [round(end, 4) for end in _share(proof)],
                "error": proof.error or None,
                "options": [_option_data(option) for option in proof.options],
                "honesty": [
                    {
                        "check": check.name,
                        "tried": check.tried,
                        "faults": [str(fault) for fault in check.faults],
                    }
                    for check in proof.honesty
                ],
            }
            for proof in proofs
        ],
    }


def _option_data(option: ProvedOption) -> dict[str, Any]:
    return {
        "id": option.id,
        "correct": option.correct,
        "verdict": str(option.verdict),
        "figure": number_or_none(option.figure.value),
        "unit": option.figure.unit,
        "agreed": option.agreed,
    }
