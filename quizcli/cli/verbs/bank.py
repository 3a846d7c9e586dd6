"""``quizcli bank``: what is on the shelf, what is wrong with it, how it is written."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from quizcli.cli import completing
from quizcli.cli.checking import bank_file, checked_files, every_file
from quizcli.cli.context import Context
from quizcli.cli.guard import verb
from quizcli.cli.lazy import subgroup
from quizcli.cli.options import (
    BankArgument,
    ForceOption,
    HtmlOption,
    JsonOption,
    PlainOption,
    QuestionOption,
    SvgOption,
    WatchOption,
)
from quizcli.cli.verbs.bank_diff import diff_banks
from quizcli.cli.verbs.bank_exchange import export_bank, import_bank

if TYPE_CHECKING:
    from quizcli.quiz.model import Bank

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
    """List the banks on the shelf, and those that you opened by a path."""
    from quizcli.bank.results import shelf_result
    from quizcli.cli.output import show

    shelved = context.shelf.with_installed().banks()
    result = shelf_result(
        shelved, context.elsewhere.beside({each.bank.id for each in shelved if each.bank})
    )
    show(context, result, as_json=json, plain=plain, svg=svg, force=force, title="Banks")


@app.command("show")
@verb
def show_bank(
    context: Context,
    bank: Annotated[
        str | None,
        typer.Argument(help="A bank's id, or the path of its file.", show_default=False,
                       autocompletion=completing.banks),
    ] = None,
    search: Annotated[
        str | None,
        typer.Option(metavar="WORDS", help="List the questions that contain all of these words, "
                     "in this bank or in all."),
    ] = None,
    json: JsonOption = False,
    plain: PlainOption = False,
    svg: SvgOption = None,
    force: ForceOption = False,
) -> None:  # fmt: skip
    """Print a whole bank, the key included; or find questions by their words."""
    from quizcli.bank.results import bank_result, search_result
    from quizcli.cli.output import show

    if search is not None:
        from quizcli.bank.searching import search as searched

        every = context.elsewhere.usable
        banks = [context.named_bank(bank)] if bank else every(installed=True)
        found = search_result(list(searched(banks, search.split())))
        show(context, found, as_json=json, plain=plain, svg=svg, force=force, title=search)
        return
    if bank is None:
        from quizcli.report.codes import UserError

        raise UserError("which bank? quizcli bank list shows them")
    opened = context.named_bank(bank)
    result = bank_result(opened)
    show(context, result, as_json=json, plain=plain, svg=svg, force=force, title=opened.title)


@app.command("check")
@verb
def check(
    context: Context,
    paths: Annotated[
        list[str] | None,
        typer.Argument(
            help="Files, folders or ids. [default: all banks]",
            autocompletion=completing.banks,
            show_default=False,
        ),
    ] = None,
    watch: WatchOption = False,
    json: JsonOption = False,
    plain: PlainOption = False,
    svg: SvgOption = None,
    force: ForceOption = False,
) -> None:
    """Report every fault in banks as file:line:column, and how to fix it."""
    from quizcli.cli.output import show

    named = [
        bank_file(context, name) for name in paths or ()
    ]  # while it is watched, one may be gone

    def files() -> list[Path]:
        return named or every_file(context)

    def act() -> None:
        result = checked_files(files())
        title = "quizcli bank check"
        show(context, result, as_json=json, plain=plain, svg=svg, force=force, title=title)

    if watch:
        from quizcli.bank.check import bank_files
        from quizcli.cli.watching import watch as watched

        watched(context, lambda: bank_files(files()), act)
    act()


@app.command("prove")
@verb
def prove(
    context: Context,
    bank: BankArgument,
    question: Annotated[
        str | None,
        typer.Option(
            "--question",
            "-q",
            help="Prove only this question.",
            autocompletion=completing.questions_of_bank,
        ),
    ] = None,
    seeds: Annotated[int, typer.Option(min=1, max=10_000, help="How many seeds to run.")] = 3,
    first: Annotated[
        int, typer.Option("--from", min=0, max=2**63 - 1, metavar="SEED", help="The first seed.")
    ] = 1,
    quick: Annotated[
        bool,
        typer.Option("--quick", help="Test only the key; skip the checks of the experiments."),
    ] = False,
    json: JsonOption = False,
    plain: PlainOption = False,
    svg: SvgOption = None,
    html: HtmlOption = None,
    force: ForceOption = False,
) -> None:
    """Run the experiment behind each question, compare what it measures with the key, and
    check that the experiment can be trusted."""
    from quizcli.cli.output import refuse_existing, show
    from quizcli.cli.proving import proved

    under = (first, seeds)
    if html is not None:
        from quizcli.cli.paging import prove_page, refuse_other_forms, write_page

        refuse_other_forms(json=json, svg=svg)
        refuse_existing(context, html, force=force)
        found = proved(context, bank, question, under, quick=quick, told=True)
        write_page(context, html, lambda: prove_page(found, quick=quick), force=force)
        show(context, replace(found.result(), body=()))
        return
    result = proved(context, bank, question, under, quick=quick, told=not json).result()
    show(context, result, as_json=json, plain=plain, svg=svg, force=force, title=bank)


@app.command("preview")
@verb
def preview(
    context: Context,
    question: Annotated[
        str,
        typer.Argument(
            metavar="BANK/QUESTION",
            help="The question to show.",
            autocompletion=completing.questions,
        ),
    ],
    only: QuestionOption = None,
    answer: Annotated[
        str | None,
        typer.Option(metavar="LETTERS", help="Show the feedback on this answer: a, or a,c."),
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="Show the reason for every option.")] = False,
    hints: Annotated[bool, typer.Option("--hints", help="Show the hints.")] = False,
    seed: Annotated[
        int | None,
        typer.Option(
            min=0,
            max=2**63 - 1,
            help="Shuffle and draw variables with this seed, as 'take --seed N --vary' does.",
        ),
    ] = None,
    watch: WatchOption = False,
    plain: PlainOption = False,
    svg: SvgOption = None,
    force: ForceOption = False,
) -> None:
    """Show a question as a learner sees it, before and after an answer."""
    from quizcli.cli.naming import named
    from quizcli.cli.output import picture_style, show_lines, show_plain, write_svg
    from quizcli.cli.previewing import previewed
    from quizcli.terminal.preview import in_lines, on_screen

    asked = named(question, only)

    def written(name: str) -> Bank:
        return context.shelf.load(context.locate(name))

    def act() -> None:
        policy = context.usual_policy()
        preview = previewed(written, asked, answer, seed, policy, every=every, hints=hints)
        style = context.style(plain=plain)
        if svg is not None:
            lines = on_screen(preview, picture_style(context))
            write_svg(context, svg, lines, preview.title, force=force or watch)
        elif style.plain:
            show_plain(context, in_lines(preview, min(style.width, 80)))
        else:
            show_lines(context, on_screen(preview, style), style)

    if watch:
        from quizcli.cli.watching import watch as watched

        file = context.locate(asked.bank)
        watched(context, lambda: [file], act)
    act()


@app.command("new")
@verb
def new(
    context: Context,
    name: Annotated[str, typer.Argument(metavar="ID", help="The id of the new bank.")],
    title: Annotated[str, typer.Option(help="Its title. [default: its id]")] = "",
) -> None:
    """Start your own bank: a commented file, where quizcli finds it."""
    from quizcli.cli.beginning import begun
    from quizcli.cli.output import show

    show(context, begun(context, name, title))


@app.command("edit")
@verb
def edit(
    context: Context,
    question: Annotated[
        str,
        typer.Argument(
            metavar="BANK/QUESTION",
            help="The question to open; a bank alone opens at its top.",
            autocompletion=completing.questions,
        ),
    ],
    only: QuestionOption = None,
) -> None:
    """Open a question of your own bank in your editor, at its line; then check the file."""
    from quizcli.cli.editing import edit as edited
    from quizcli.cli.naming import named
    from quizcli.cli.output import show
    from quizcli.cli.previewing import place_of

    place = place_of(context, named(question, only))
    edited(context.env.variables, place.file, place.line)
    show(context, checked_files([Path(place.file)]))


@app.command("schema")
@verb
def schema(context: Context) -> None:
    """Print the JSON Schema of the bank format, for editors."""
    import json

    from quizcli.bank.schema import schema as bank_schema
    from quizcli.cli.output import show
    from quizcli.report.result import Result

    show(context, Result(raw=json.dumps(bank_schema(), indent=2, ensure_ascii=False) + "\n"))


app.command("diff")(diff_banks)
app.command("import")(import_bank)
app.command("export")(export_bank)
