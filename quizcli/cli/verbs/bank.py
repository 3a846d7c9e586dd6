"""``quizcli bank``: what is on the shelf, what is wrong with it, how it is written."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from quizcli.cli.context import Context
from quizcli.cli.guard import verb
from quizcli.cli.lazy import subgroup
from quizcli.cli.options import BankArgument, ForceOption, JsonOption, PlainOption, SvgOption

app = subgroup()


@app.command("list")
@verb
def list_banks(
    context: Context,
    json: JsonOption = False,
    plain: PlainOption = False,
    svg: SvgOption = None,
    force: ForceOption = False,
) -> None:
    """List the banks on the shelf."""
    from quizcli.bank.results import shelf_result
    from quizcli.cli.output import show

    result = shelf_result(context.shelf.banks())
    show(context, result, as_json=json, plain=plain, svg=svg, force=force, title="Banks")


@app.command("show")
@verb
def show_bank(
    context: Context,
    bank: BankArgument,
    json: JsonOption = False,
    plain: PlainOption = False,
    svg: SvgOption = None,
    force: ForceOption = False,
) -> None:
    """Print a whole bank, the key included."""
    from quizcli.bank.results import bank_result
    from quizcli.cli.output import show

    opened = context.shelf.open(bank)
    show(
        context,
        bank_result(opened),
        as_json=json,
        plain=plain,
        svg=svg,
        force=force,
        title=opened.title,
    )


@app.command("check")
@verb
def check(
    context: Context,
    paths: Annotated[
        list[Path] | None,
        typer.Argument(help="Files or folders; the whole shelf if not said.", show_default=False),
    ] = None,
    json: JsonOption = False,
    plain: PlainOption = False,
    svg: SvgOption = None,
    force: ForceOption = False,
) -> None:
    """Report every fault of banks as file:line:column, with what to do about it."""
    from quizcli.bank.check import check_files
    from quizcli.bank.results import check_result
    from quizcli.bank.texts import Notation
    from quizcli.cli.output import show
    from quizcli.proof.proving import demo_faults
    from quizcli.terminal.notation import Form, complaints, render

    notation = Notation(complaints, lambda text: render(text, Form.UNICODE))
    result = check_result(check_files(paths or context.shelf.files(), demo_faults, notation))
    show(
        context, result, as_json=json, plain=plain, svg=svg, force=force, title="quizcli bank check"
    )


@app.command("prove")
@verb
def prove(
    context: Context,
    bank: BankArgument,
    question: Annotated[
        str | None, typer.Option("--question", "-q", help="Prove this question alone.")
    ] = None,
    seeds: Annotated[int, typer.Option(min=1, max=10_000, help="How many seeds to run under.")] = 3,
    json: JsonOption = False,
    plain: PlainOption = False,
    svg: SvgOption = None,
    force: ForceOption = False,
) -> None:
    """Run the experiment behind each question, and compare what it measures with the key."""
    from quizcli.cli.output import show
    from quizcli.proof.proving import prove_bank
    from quizcli.proof.results import prove_result

    opened = context.shelf.open(bank)
    result = prove_result(opened, *prove_bank(opened, question, range(1, seeds + 1)))
    show(context, result, as_json=json, plain=plain, svg=svg, force=force, title=opened.title)


@app.command("preview")
@verb
def preview(
    context: Context,
    question: Annotated[str, typer.Argument(metavar="BANK/QUESTION", help="What to show.")],
    answer: Annotated[
        str | None,
        typer.Option(metavar="LETTERS", help="Show the feedback on this answer: a, or a,c."),
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="Show the reason of every option.")] = False,
    hints: Annotated[bool, typer.Option("--hints", help="Show the hints.")] = False,
    seed: Annotated[int, typer.Option(min=0, max=2**63 - 1, help="Shuffle as this seed does.")] = 1,
    plain: PlainOption = False,
    svg: SvgOption = None,
    force: ForceOption = False,
) -> None:
    """Show a question as a learner sees it, before and after an answer."""
    from quizcli.cli.output import picture_style, show_lines, show_plain, write_svg
    from quizcli.cli.previewing import previewed
    from quizcli.terminal.preview import in_lines, on_screen

    preview = previewed(context.shelf.open, question, answer, seed, every=every, hints=hints)
    style = context.style(plain=plain)
    if svg is not None:
        title = preview.session.bank.title
        write_svg(context, svg, on_screen(preview, picture_style(context)), title, force=force)
    elif style.plain:
        show_plain(context, in_lines(preview, min(style.width, 80)))
    else:
        show_lines(context, on_screen(preview, style), style)


@app.command("schema")
@verb
def schema(context: Context) -> None:
    """Print the JSON Schema of the bank format, for editors."""
    import json

    from quizcli.bank.schema import schema as bank_schema
    from quizcli.cli.output import show
    from quizcli.report.result import Result

    text = json.dumps(bank_schema(), indent=2, ensure_ascii=False)
    show(context, Result(raw=f"{text}\n"))
