"""Pages to keep: what is shown of an experiment, of a bank's proofs and of an attempt."""

from __future__ import annotations

import platform
import shlex
from importlib.metadata import version
from itertools import islice
from typing import TYPE_CHECKING

from quizcli.cli.output import refuse_existing, write_whole
from quizcli.demos.evidence import DemoError
from quizcli.pages.page import PageSection, page
from quizcli.pages.questions import AnsweredQuestion
from quizcli.proof.evidence_blocks import (
    evidence_blocks,
    honesty_blocks,
    knob_blocks,
    share_bars,
    world_blocks,
)
from quizcli.proof.inquiry import seeds_text
from quizcli.proof.prove_results import honesty_summary
from quizcli.proof.proving import asked_under
from quizcli.proof.subject import of_question
from quizcli.quiz.cards import quizzed
from quizcli.quiz.drawing import titled, usual
from quizcli.quiz.steps import Item, letter
from quizcli.report.codes import UserError
from quizcli.report.result import Commands, Heading, Markup, Paragraph
from quizcli.report.words import counted, duration, listed
from quizcli.terminal import plain_grade
from quizcli.terminal.walk import said_edited, said_unfit
from quizcli.version import __version__

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from quizcli.cli.context import Context
    from quizcli.cli.proving import BankProofs
    from quizcli.demos.evidence import Finding
    from quizcli.play.experiment.flow import ExperimentRun
    from quizcli.proof.proving import Proof
    from quizcli.quiz.model import Bank, Question
    from quizcli.quiz.session import Session
    from quizcli.quiz.steps import Answer
    from quizcli.report.pictures import Picture
    from quizcli.report.result import Block, Result

SEEDS = 20  # under which a page says what holds


def refuse_other_forms(*, json: bool, svg: Path | None) -> None:
    """Raises UserError where something else than a page is asked for as well."""
    if json or svg is not None:
        raise UserError(f"{'--json' if json else '--svg'} or --html: one at a time")


def write_page(context: Context, path: Path, make: Callable[[], str], *, force: bool) -> None:
    """Write the page that ``make`` makes, and tell where it is."""
    refuse_existing(context, path, force=force)
    write_whole(context, path, make(), force=force)
    context.notice(f"written to {path}")


def demo_page(context: Context, run: ExperimentRun, name: str, bank: Bank | None) -> str:
    """One experiment, by itself or behind a question of a ``bank``: what it says under this seed,
    under others, in its other worlds, and whether it measures. Raises DemoError."""
    subject, experiment = run.subject, run.subject.experiment
    evidence = run.measure()
    findings = evidence.findings
    asked = asked_question(bank, bank.question(subject.question)) if bank else None
    verdicts = [finding.verdict for finding in findings]
    agreed = [0] * len(findings)
    for number, found in enumerate(islice(run.over_seeds(), SEEDS)):
        _tell(context, f"{number} of {SEEDS} seeds measured …")
        agreed = [n + (one.verdict is v) for n, one, v in zip(agreed, found, verdicts, strict=True)]
    _tell(context, "now whether it measures …")
    checks = tuple(run.looked_into(name))
    _tell(context, "")
    body = (
        *_special(run),
        Heading(f"Measured under seed {run.seed}"),
        *evidence_blocks(subject, evidence),
        Heading("Under other seeds"),
        share_bars(_labels(findings), agreed, SEEDS, f"seeds 1 to {SEEDS} with the same verdict"),
        *world_blocks(subject, run.seed, run.turned, findings, run.world or None),
        *honesty_blocks(checks),
        *knob_blocks(subject, evidence.parameters),
    )
    again = ["quizcli", "demo", name, *_settings(run), "--seed", str(run.seed)]
    again += ["--html", f"{experiment.name}.html"]
    return page(experiment.title, [PageSection("", body, asked)], made_with(again, bank))


def prove_page(found: BankProofs, *, quick: bool) -> str:
    """The proofs of a bank: an overview, and a section a question."""
    bank, proofs = found.bank, {proof.question: proof for proof in found.proofs}
    asked = [q for q in quizzed(bank) if found.only in {None, q.id}]
    sections = [PageSection("", tuple(_overview(found)))]
    for question in asked:
        proof = proofs.get(question.id)
        under = question
        if proof and not proof.error:
            under = asked_under(question, found.seeds[0], bank.id)
        body = _proved(under, proof, found.seeds) if proof else [Paragraph(_NO_EXPERIMENT)]
        sections.append(
            PageSection(titled(question), tuple(body), asked_question(bank, under), _note(proof))
        )
    again = ["quizcli", "bank", "prove", found.called, *(["-q", found.only] if found.only else [])]
    again += ["--seeds", str(len(found.seeds)), "--from", str(found.seeds[0])]
    again += [*["--quick"] * quick, "--html", f"{found.only or bank.id}.html"]
    return page(bank.title, sections, made_with(again, bank))


_NO_EXPERIMENT = "This question has no experiment, so its key is not tested."


def _note(proof: Proof | None) -> str:
    if proof is None:
        return "not measured"
    suspect = f", but look at {listed(proof.suspect)}" if proof.suspect else ""
    return ("✓ proved" if proof.agrees else "✗ not proved") + suspect


def _overview(found: BankProofs) -> Iterator[Block | Picture]:
    agree = sum(proof.agrees for proof in found.proofs)
    yield Paragraph(f"{counted(len(found.proofs), 'question')}: {agree} proved.")
    measured = [proof for proof in found.proofs if not proof.error]
    if measured:
        labels = [titled(found.bank.question(proof.question)) for proof in measured]
        agreed = [proof.agreed for proof in measured]
        what = f"{_seeds_words(found.seeds)} that single out the key"
        yield share_bars(labels, agreed, len(found.seeds), what)
    if any(proof.honesty for proof in found.proofs):
        yield from honesty_summary(found.proofs, found.called, detailed=False)


def _proved(question: Question, proof: Proof, seeds: range) -> Iterator[Block | Picture]:
    """What was found of one question."""
    if proof.error:
        yield Paragraph(proof.error)
        return
    failing = f", not under {seeds_text(proof.failing)}" if proof.failing else ""
    said = f"{proof.agreed} of {counted(proof.seeds, 'seed')} single out the key{failing}."
    yield Paragraph(said)
    subject = of_question(question)
    evidence = subject.measure(seeds[0])
    yield Heading(f"Measured under seed {seeds[0]}")
    yield from evidence_blocks(subject, evidence)
    agreed = [option.agreed for option in proof.options]
    yield Heading("Under other seeds")
    what = f"{_seeds_words(seeds)} with the verdict of the key"
    yield share_bars(_labels(evidence.findings), agreed, proof.seeds, what)
    yield from world_blocks(subject, seeds[0], {}, evidence.findings)
    yield from honesty_blocks(proof.honesty)


def _seeds_words(seeds: range) -> str:
    return f"seeds {seeds[0]} to {seeds[-1]}" if len(seeds) > 1 else f"seed {seeds[0]}"


def attempt_page(
    session: Session,
    items: Sequence[Item],
    unfit: Mapping[str, Answer],
    number: int,
    score: Result,
) -> str:
    """These questions of an attempt: what was answered, its mark, every reason, and what was
    measured. What stands at the head of the ``score`` opens it; ``unfit`` are answers that fit
    their questions no more."""
    bank = session.bank
    sections = [PageSection("", score.body[1:2])]
    for item in items:
        response, grade = session.outcome(item)
        hints = session.spent_hints(item)
        asked = AnsweredQuestion(item, response, grade, hints, language=bank.language)
        body = tuple(_found(item, response.given, session.seed))
        answer = session.answers.get(item.question.id)
        if lost := unfit.get(item.question.id):
            asked, answer = asked._replace(grade=None), lost
            body = (Paragraph(said_unfit(item, lost)), *body)
        elif said := said_edited(session, item):
            body = (Paragraph(said), *body)
        note = plain_grade.earned(answer.grade if answer else grade)
        note += f" · {duration(answer.seconds)}" if answer else ""
        sections.append(PageSection(titled(item.question), body, asked, note))
    return page(bank.title, sections, made_with(_history(number), bank))


def marks_page(title: str, number: int, score: Result) -> str:
    """An attempt of whose questions nothing is left: its marks."""
    return page(title, [PageSection("", score.body[1:])], made_with(_history(number), None))


def _history(number: int) -> list[str]:
    return ["quizcli", "history", str(number), "--html", f"attempt-{number}.html"]


def _found(item: Item, given: tuple[str, ...], seed: int) -> Iterator[Block | Picture]:
    """The experiment behind a question, under the seed of the attempt."""
    if item.question.demo is None:
        return
    yield Heading(f"Measured under seed {seed}")
    yield from measured(item, seed, given)


def measured(item: Item, seed: int, given: tuple[str, ...] = ()) -> Iterator[Block | Picture]:
    """What the experiment behind a question measures of its options, and of what was given."""
    try:
        subject = of_question(item.question, item.options, given)
        yield from evidence_blocks(subject, subject.measure(seed))
    except DemoError as error:
        yield Paragraph(f"It could not be measured: {error}.")


def _special(run: ExperimentRun) -> list[Block]:
    """What is special about this run."""
    if run.broken:
        return [Markup(run.broken.why, f"An assumption is broken, {run.broken.name}:")]
    if run.null:
        return [Markup(run.subject.experiment.null_help, "The null control:")]
    return []


def _settings(run: ExperimentRun) -> list[str]:
    turned = [word for name, value in run.turned.items() for word in ("--set", f"{name}={value}")]
    broken = ["--break", run.broken.name] if run.broken else []
    return [*turned, *broken, *["--null"] * run.null]


def _labels(findings: Sequence[Finding]) -> list[str]:
    return [f"{letter(place)}, {finding.verdict}" for place, finding in enumerate(findings)]


def asked_question(bank: Bank, question: Question) -> AnsweredQuestion:
    """A question as it is usually asked, with its key and without its reasons."""
    item = Item(usual(question), usual(question).options)
    return AnsweredQuestion(item, reasons=False, language=bank.language)


def made_with(again: Sequence[str], bank: Bank | None) -> tuple[Block, ...]:
    """The command that makes the page again, and with what it was made."""
    made = [f"quizcli {__version__}", f"Python {platform.python_version()}"]
    made += [f"NumPy {version('numpy')}"]
    made += [f"bank {bank.id}, digest {bank.digest}"] if bank else []
    return (
        Paragraph("To make this page again:"),
        Commands(((shlex.join(again), ""),)),
        Paragraph("Made with " + " · ".join(made)),
    )


def _tell(context: Context, words: str) -> None:
    """How far it is, at a terminal; nothing wipes that out."""
    if context.env.interactive:
        context.env.stderr.write(f"\r\x1b[K{words}")
