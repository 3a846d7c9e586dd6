"""Pages to keep: what is shown of an experiment, of a bank's proofs and of an attempt."""

from __future__ import annotations

import platform
import shlex
from importlib.metadata import version
from itertools import islice
from typing import TYPE_CHECKING

from quizcli.cli.output import refuse_existing, write_whole
from quizcli.pages.page import PageSection, page
from quizcli.pages.questions import AnsweredQuestion
from quizcli.play.experiment.flow import LOOKED
from quizcli.proof.evidence_blocks import (
    evidence_blocks,
    honesty_blocks,
    knob_blocks,
    seed_blocks,
    world_blocks,
)
from quizcli.proof.honesty import honesty
from quizcli.quiz.drawing import usual
from quizcli.quiz.session import Item, letter
from quizcli.report.codes import UserError
from quizcli.report.result import Commands, Heading, Markup, Paragraph
from quizcli.version import __version__

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from quizcli.cli.context import Context
    from quizcli.demos.evidence import Finding
    from quizcli.play.experiment.flow import ExperimentRun
    from quizcli.quiz.model import Bank, Question
    from quizcli.report.result import Block

SEEDS = 20  # under which a page says what holds


def refuse_other_forms(*, json: bool, svg: Path | None) -> None:
    """Raises UserError where something else than a page is asked for as well."""
    if json or svg is not None:
        raise UserError(f"{'--json' if json else '--svg'} or --html: one of them at a time")


def write_page(context: Context, path: Path, make: Callable[[], str], *, force: bool) -> None:
    """Write the page that ``make`` makes, and tell where it is."""
    refuse_existing(context, path, force=force)
    write_whole(context, path, make(), force=force)
    context.notice(f"written to {path}")


def demo_page(context: Context, run: ExperimentRun, name: str) -> str:
    """One experiment: what it says under this seed, under others, in its other worlds, and whether
    it measures. Raises DemoError."""
    subject, experiment = run.subject, run.subject.experiment
    evidence, findings = run.measure()
    asked, bank = None, None
    if "/" in name:
        bank = context.shelf.open(name.rpartition("/")[0])
        asked = _asked(bank, bank.question(name.rpartition("/")[2]))
    verdicts = [finding.verdict for finding in findings]
    agreed = [0] * len(findings)
    for number, found in enumerate(islice(run.over_seeds(), SEEDS)):
        _tell(context, f"{number} of {SEEDS} seeds measured …")
        agreed = [n + (one.verdict is v) for n, one, v in zip(agreed, found, verdicts, strict=True)]
    _tell(context, "now whether it measures …")
    checks = tuple(honesty(subject, range(1, LOOKED + 1), name))
    _tell(context, "")
    body = (
        *_special(run),
        Heading(f"Measured under seed {run.seed}"),
        *evidence_blocks(subject, evidence, findings),
        *seed_blocks(_labels(findings), agreed, SEEDS, f"seeds 1 to {SEEDS}"),
        *world_blocks(subject, run.seed, run.turned, findings),
        *honesty_blocks(checks),
        *knob_blocks(subject, evidence.parameters),
    )
    again = ["quizcli", "demo", name, *_settings(run), "--seed", str(run.seed)]
    again += ["--html", f"{experiment.name}.html"]
    return page(experiment.title, [PageSection("", body, asked)], _foot(again, bank))


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


def _asked(bank: Bank, question: Question) -> AnsweredQuestion:
    """A question as it is usually asked, with its key and without its reasons."""
    item = Item(usual(question), usual(question).options)
    return AnsweredQuestion(item, reasons=False, language=bank.language)


def _foot(again: Sequence[str], bank: Bank | None) -> tuple[Block, ...]:
    """The command that makes the page again, and with what it was made."""
    made = [f"quizcli {__version__}", f"Python {platform.python_version()}"]
    made += [f"NumPy {version('numpy')}"]
    made += [f"bank {bank.id}, digest {bank.digest}"] if bank else []
    return (
        Paragraph("The command that makes this page again:"),
        Commands(((shlex.join(again), ""),)),
        Paragraph("Made with " + " · ".join(made)),
    )


def _tell(context: Context, words: str) -> None:
    """How far it is, at a terminal; nothing wipes that out."""
    if context.env.interactive:
        context.env.stderr.write(f"\r\x1b[K{words}")
