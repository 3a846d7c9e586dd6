"""``quizcli demo``: see an answer measured."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from quizcli.cli import completing
from quizcli.cli.context import Context
from quizcli.cli.guard import verb
from quizcli.cli.options import ForceOption, HtmlOption, JsonOption, LinesOption, SvgOption

if TYPE_CHECKING:
    from quizcli.cli.naming import Named
    from quizcli.play.experiment.flow import ExperimentRun


@verb
def demo(
    context: Context,
    name: Annotated[
        str | None,
        typer.Argument(
            help="BANK/QUESTION, or the name of an experiment; without it, all are listed.",
            autocompletion=completing.experiments,
        ),
    ] = None,
    set_: Annotated[
        list[str] | None,
        typer.Option(
            "--set", metavar="KNOB=VALUE", help="Set a knob.", autocompletion=completing.knobs
        ),
    ] = None,
    seed: Annotated[
        int | None, typer.Option(min=0, max=2**63 - 1, help="Repeat a run with its seed.")
    ] = None,
    null: Annotated[
        bool, typer.Option("--null", help="The null control: remove the effect.")
    ] = False,
    break_: Annotated[
        str | None,
        typer.Option(
            "--break",
            metavar="NAME",
            help="Break an assumption, to see a world in which the key is wrong.",
            autocompletion=completing.breaks,
        ),
    ] = None,
    dose: Annotated[
        bool,
        typer.Option("--dose", help="Dose-response curve: vary the knob that matters."),
    ] = False,
    json: JsonOption = False,
    svg: SvgOption = None,
    html: HtmlOption = None,
    force: ForceOption = False,
    plain: LinesOption = False,
) -> None:
    from quizcli.cli.naming import named, named_subject
    from quizcli.cli.output import show
    from quizcli.demos.evidence import DemoError
    from quizcli.demos.registry import world
    from quizcli.play.experiment.flow import ExperimentRun
    from quizcli.play.experiment.keeping import keeper
    from quizcli.proof.results import experiments_result
    from quizcli.report.codes import ExitCode, UserError

    if html is not None:
        from quizcli.cli.paging import demo_page, refuse_other_forms, write_page

        refuse_other_forms(json=json, svg=svg)
    if name is None:
        if html is not None:
            raise UserError("which experiment? quizcli demo lists them")
        banks = context.elsewhere.usable()
        show(context, experiments_result(banks), as_json=json, plain=plain)
        return
    try:
        asked = named(name)
        _refuse_bank(context, asked)
        subject, bank = named_subject(asked, context.named_bank)
        turned = subject.turned(set_ or [])
        seed = context.env.random.seed() if seed is None else seed
        broken = world(subject.experiment, null=null, broken=break_)
        run = ExperimentRun(
            subject,
            seed,
            turned,
            null=null,
            broken=broken,
            draw_seed=context.env.random.seed,
            keep=keeper(context.env, lambda: context.journal),
        )
        if html is not None:
            make = partial(demo_page, context, run, name, bank)
            write_page(context, html, make, force=force)
        elif dose:
            _dosed(context, run, as_json=json, svg=svg, plain=plain, force=force)
        elif context.env.interactive and not (json or svg):
            (_in_lines if context.plain(plain) else _with_keys)(context, run)
        else:
            _printed(context, run, as_json=json, svg=svg, plain=plain, force=force)
    except DemoError as error:
        raise UserError(str(error), ExitCode.USAGE) from None


def _refuse_bank(context: Context, asked: Named) -> None:
    """Raises UserError where a bank alone is named, by its file or its id, with a question of it
    that has an experiment; BankError where the file cannot be read."""
    from shlex import quote

    from quizcli.bank.shelf import NoSuchBankError
    from quizcli.demos import registry
    from quizcli.report.codes import UserError

    if asked.question or asked.bank in registry.names():
        return
    try:
        bank = context.named_bank(asked.bank)
    except NoSuchBankError as error:
        if error.here:
            raise
        return
    measured = next((each.id for each in bank.questions if each.demo), None)
    if measured is None:
        raise UserError(f"no question of {bank.id} has an experiment — list them: quizcli demo")
    example = f"quizcli demo {quote(f'{asked.bank}/{measured}')}"
    raise UserError(f"{asked.bank} is a bank — name one of its questions: {example}")


def _with_keys(context: Context, run: ExperimentRun, *, dose: bool = False) -> None:
    from quizcli.cli.screen import consoles
    from quizcli.play.console import no_limit
    from quizcli.play.experiment.keys import ExperimentScreen

    with consoles(context) as open_console:
        console = open_console(no_limit)
        try:
            screen = ExperimentScreen(console, run)
            screen.dose() if dose else screen.run()
        finally:
            console.canvas.leave()


def _in_lines(context: Context, run: ExperimentRun) -> None:
    from quizcli.play.experiment.lines import LineExperiment
    from quizcli.play.line_console import LineConsole

    console = LineConsole(context.env, context.line_width)
    LineExperiment(console, run, context.style(plain=True)).run()


def _printed(
    context: Context,
    run: ExperimentRun,
    *,
    as_json: bool,
    svg: Path | None,
    plain: bool,
    force: bool,
) -> None:
    from quizcli.cli.output import picture_style, show, show_lines, write_svg
    from quizcli.play.experiment.shown import shown
    from quizcli.proof.results import demo_data
    from quizcli.report.result import Result
    from quizcli.terminal.views.demo import measured, predictions

    subject = run.subject
    evidence = run.measure()
    if as_json:
        show(context, Result(data=demo_data(subject, evidence, run.broken)), as_json=True)
        return
    if svg is not None:
        style = picture_style(context)
        lines = measured(shown(run, evidence, style), style, everything=True)
        write_svg(context, svg, lines, subject.experiment.title, force=force)
        return
    style = context.style(plain=plain)
    view = shown(run, evidence, style)
    lines = [*predictions(view, style), *measured(view, style, everything=True, titled=False)]
    show_lines(context, lines, style)


def _dosed(
    context: Context,
    run: ExperimentRun,
    *,
    as_json: bool,
    svg: Path | None,
    plain: bool,
    force: bool,
) -> None:
    from quizcli.cli.output import show
    from quizcli.proof.dosing import dose_data, dose_of, dose_picture, doses
    from quizcli.report.result import Result

    subject = run.subject
    dose_of(subject)
    if context.env.interactive and not (as_json or svg or context.plain(plain)):
        _with_keys(context, run, dose=True)
        return
    points = list(doses(subject, run.seed, run.knobs_set))
    data, body = dose_data(subject, run.seed, points), (dose_picture(subject, run.seed, points),)
    result = Result(data=data, body=body)
    title = subject.experiment.title
    show(context, result, as_json=as_json, plain=plain, svg=svg, force=force, title=title)
