"""``quizcli demo``: see an answer measured."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from quizcli.cli.guard import env, guarded

if TYPE_CHECKING:
    from quizcli.demos.evidence import Value
    from quizcli.proof.subject import Subject
    from quizcli.terminal.style import OutputStyle


@guarded
def demo(
    name: Annotated[
        str | None,
        typer.Argument(help="BANK/QUESTION, or the name of an experiment; a list if not said."),
    ] = None,
    set_: Annotated[
        list[str] | None, typer.Option("--set", metavar="KNOB=VALUE", help="Turn a knob.")
    ] = None,
    seed: Annotated[
        int | None, typer.Option(min=0, max=2**63 - 1, help="Repeat the run with this seed.")
    ] = None,
    null: Annotated[
        bool, typer.Option("--null", help="The null control: remove the effect.")
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    svg: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write the screen as a picture.")
    ] = None,
    plain: Annotated[bool, typer.Option("--plain", help="Lines instead of screens.")] = False,
) -> None:
    """See an answer measured: predict, run the experiment, read why."""
    from quizcli.demos.evidence import DemoError
    from quizcli.report.codes import ExitCode, UserError

    try:
        if name is None:
            _list(as_json=json, plain=plain)
            return
        subject = _subject(name)
        given = _given(set_ or [])
        if null:
            given.update(subject.experiment.null)
        _run(subject, given, seed, as_json=json, svg=svg, plain=plain, null=null)
    except DemoError as error:
        raise UserError(str(error), ExitCode.USAGE) from None


def _list(*, as_json: bool, plain: bool) -> None:
    from quizcli.cli.context import shelf, show
    from quizcli.demos import registry
    from quizcli.report.result import Columns, Line, Result

    behind: dict[str, list[str]] = {}
    for entry in shelf().banks():
        for question in entry.bank.questions if entry.bank else ():
            if entry.bank and question.demo:
                behind.setdefault(question.demo.name, []).append(f"{entry.bank.id}/{question.id}")
    rows = []
    for name in registry.names():
        experiment = registry.get(name)
        rows.append((name, experiment.title, ", ".join(behind.get(name, []))))
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
    show(Result(data=data, body=body), as_json=as_json, plain=plain)


def _subject(name: str) -> Subject:
    from quizcli.cli.context import shelf
    from quizcli.demos.evidence import DemoError
    from quizcli.proof.subject import of_experiment, of_question
    from quizcli.report.words import did_you_mean

    if "/" not in name:
        return of_experiment(name)
    bank_name, _, question_id = name.rpartition("/")
    bank = shelf().open(bank_name)
    try:
        question = bank.question(question_id)
    except KeyError:
        hint = did_you_mean(question_id, [q.id for q in bank.questions], "questions are")
        raise DemoError(f"{bank.id} has no question '{question_id}' — {hint}") from None
    return of_question(question)


def _given(pairs: list[str]) -> dict[str, Value]:
    from quizcli.demos.evidence import DemoError

    given: dict[str, Value] = {}
    for pair in pairs:
        knob, equals, value = pair.partition("=")
        if not equals:
            raise DemoError(f"'{pair}' turns nothing — write --set knob=value")
        given[knob.strip()] = value.strip()
    return given


def _run(
    subject: Subject,
    given: dict[str, Value],
    seed: int | None,
    *,
    as_json: bool,
    svg: Path | None,
    plain: bool,
    null: bool,
) -> None:
    from quizcli.cli.context import look, plain_wanted, show
    from quizcli.proof.results import demo_data
    from quizcli.report.result import Result

    if seed is None:
        seed = env().random.seed()
    plain = plain_wanted(plain)
    if env().interactive and not (plain or as_json or svg):
        _with_keys(subject, given, seed, null=null)
        return
    evidence, findings = subject.measure(seed, given)
    if as_json:
        show(Result(data=demo_data(subject, evidence, findings)), as_json=True)
        return
    from quizcli.play.experiment.keys import Setting, shown
    from quizcli.terminal.canvas import ansi
    from quizcli.terminal.views.demo import measured, predictions

    how = look(plain=plain)
    what = shown(subject, evidence, findings, how, setting=Setting(seed, given, null))
    if svg is not None:
        _write_svg(svg, subject, what, how)
        return
    lines = [*predictions(what, how), *measured(what, how, everything=True, titled=False)]
    env().stdout.write(ansi(lines, how))


def _with_keys(subject: Subject, given: dict[str, Value], seed: int, *, null: bool) -> None:
    from quizcli.cli.context import look
    from quizcli.cli.screen import StreamScreen, keyboard
    from quizcli.demos import registry
    from quizcli.play.experiment.keys import ExperimentScreen, Setting
    from quizcli.terminal.canvas import Canvas

    turned = registry.resolve(subject.experiment, {**subject.given, **given})
    turned = {name: value for name, value in turned.items() if name in given}
    with keyboard() as keys:
        screen = StreamScreen()
        canvas = Canvas(screen, look())
        setting = Setting(seed, turned, null)
        try:
            ExperimentScreen(subject, setting, keys, canvas, env().random.seed, look).run()
        finally:
            canvas.leave()


def _write_svg(path: Path, subject: Subject, what: object, how: OutputStyle) -> None:
    from quizcli.cli.context import show
    from quizcli.cli.verbs.score import write_whole
    from quizcli.report.result import Result
    from quizcli.terminal.svg import svg
    from quizcli.terminal.views.demo import Shown, measured

    assert isinstance(what, Shown)
    width = how._replace(width=80, colour=True, unicode=True, plain=False)
    lines = measured(what, width, everything=True)
    write_whole(path, svg(lines, 80, subject.experiment.title))
    show(Result(notices=(f"written to {path}",)))
