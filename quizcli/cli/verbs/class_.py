"""``quizcli class``: for course staff."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from quizcli.cli import completing
from quizcli.cli.context import Context
from quizcli.cli.guard import verb
from quizcli.cli.lazy import subgroup
from quizcli.cli.options import ForceOption, HtmlOption, JsonOption, PlainOption, output_option
from quizcli.cli.verbs.class_books import (
    BookFormat,
    check_page,
    downloaded,
    files_wanted,
)
from quizcli.cli.verbs.class_options import (
    AsAskedOption,
    BankOfClass,
    CreditOption,
    DueOption,
    LateOption,
    OverridesOption,
    PathsArgument,
    PolicyOption,
    RepairOption,
    ResponsesOption,
    RosterOption,
)
from quizcli.cli.verbs.class_print import print_forms
from quizcli.cli.verbs.class_regrade import regrade_class

app = subgroup()


class Priors(StrEnum):
    """What the model assumes before it sees anything."""

    DEFAULT = "default"
    NONE = "none"


@app.command("handout")
@verb
def hand_out(
    context: Context,
    bank: BankOfClass,
    output: Annotated[Path | None, output_option(".yaml", ".yml")] = None,
    force: ForceOption = False,
) -> None:
    """Write a bank without its answers, for students to take and hand in."""
    from quizcli.bank.handout import handout
    from quizcli.cli.output import refuse_inputs, show, write_whole
    from quizcli.report.result import Result

    refuse_inputs(context, [output], [bank])
    text = handout(context.named_bank(bank)).text
    if output is None:
        show(context, Result(raw=text))
        return
    write_whole(context, output, text, force=force)
    show(context, Result(notices=(f"written to {output}",)))


@app.command("grade")
@verb
def grade_class(
    context: Context,
    bank: BankOfClass,
    paths: PathsArgument = None,
    responses: ResponsesOption = None,
    format: Annotated[
        list[BookFormat] | None,
        typer.Option(help="A grade book to write; may be repeated, each with its -o."),
    ] = None,
    output: Annotated[
        list[Path] | None,
        typer.Option("--output", "-o", metavar="FILE", help="The file to write it to."),
    ] = None,
    template: Annotated[
        str | None,
        typer.Option(metavar="FILE", help="A file downloaded from the system, to fill in."),
    ] = None,
    column: Annotated[
        str | None,
        typer.Option(metavar="TITLE", help="The quiz's name in that system. [default: its title]"),
    ] = None,
    policy: PolicyOption = "best",
    credit: CreditOption = None,
    late: LateOption = None,
    due: DueOption = None,
    roster: RosterOption = None,
    overrides: OverridesOption = None,
    repair: RepairOption = None,
    feedback: Annotated[
        Path | None,
        typer.Option(
            metavar="FOLDER", help="Write a page for each student, with marks and reasons."
        ),
    ] = None,
    as_asked: AsAskedOption = False,
    bom: Annotated[
        bool, typer.Option("--bom", help="Start tables with the byte order mark that Excel needs.")
    ] = False,
    html: HtmlOption = None,
    json: JsonOption = False,
    plain: PlainOption = False,
    force: ForceOption = False,
) -> None:
    """Grade what was handed in, and write grade books."""
    from dataclasses import replace

    from quizcli.cli.grading import Class, written_books, written_feedback
    from quizcli.cli.output import refuse_inputs, show
    from quizcli.scores.class_results import class_json, class_result

    wanted = files_wanted(format or [], output or [], as_json=json)
    check_page(context, html, as_json=json, force=force)
    inputs = [bank, template, roster, overrides, repair, *(responses or []), *(paths or [])]
    refuse_inputs(context, [*(output or []), html], inputs)
    download = downloaded(context, template, [each for each, _ in wanted])
    hand_ins = Class(context, bank, paths or [], responses or [], credit=credit, as_asked=as_asked)
    mended = None if repair is None else hand_ins.repair_in(repair)
    book = hand_ins.graded(policy, late, due, roster, overrides, column, mended)
    said = () if feedback is None else (written_feedback(context, book, feedback, force=force),)
    if html is not None:
        from quizcli.cli.class_paging import graded_page, typed
        from quizcli.cli.paging import write_page

        again = typed(
            "grade", [bank, *(paths or [])], responses=responses, policy=policy, credit=credit,
            late=late, due=due, roster=roster, overrides=overrides, repair=repair,
            as_asked=as_asked, html=str(html),
        )  # fmt: skip
        write_page(context, html, lambda: graded_page(book, again), force=force)
    if wanted:
        result = written_books(context, book, wanted, download, bom=bom, force=force)
    else:
        result = class_json(book) if json else class_result(book)
        result = result if html is None else replace(result, body=())
    show(context, replace(result, notices=(*result.notices, *said)), as_json=json, plain=plain)


@app.command("items")
@verb
def analyse_items(
    context: Context,
    bank: Annotated[
        str | None,
        typer.Argument(
            help="A bank's id, or its file; leave it out with --marks.",
            show_default=False,
            autocompletion=completing.banks,
        ),
    ] = None,
    paths: PathsArgument = None,
    responses: ResponsesOption = None,
    marks: Annotated[
        str | None,
        typer.Option(
            metavar="FILE",
            help="A table of marks, one row per student and one column "
            "per item, instead of bank and hand-ins.",
        ),
    ] = None,
    question: Annotated[
        list[str] | None,
        typer.Option(
            "--question",
            "-q",
            help="Show the answers to this question; may be repeated.",
            autocompletion=completing.questions_of_bank,
        ),
    ] = None,
    priors: Annotated[
        Priors,
        typer.Option(
            help="Priors of the two-parameter model; none means plain maximum likelihood."
        ),
    ] = Priors.DEFAULT,
    credit: CreditOption = None,
    repair: RepairOption = None,
    as_asked: AsAskedOption = False,
    html: HtmlOption = None,
    json: JsonOption = False,
    plain: PlainOption = False,
    force: ForceOption = False,
) -> None:
    """Find broken questions: item analysis of a class."""
    from dataclasses import replace

    from quizcli.cli.grading import analysed
    from quizcli.cli.output import refuse_inputs, show

    refuse_inputs(context, [html], [bank, marks, repair, *(responses or []), *(paths or [])])
    check_page(context, html, as_json=json, force=force)
    found = analysed(
        context, bank, paths or [], responses or [], marks, question or [],
        priors=priors is Priors.DEFAULT, credit=credit, repair=repair, as_asked=as_asked,
    )  # fmt: skip
    result = found.result()
    if html is not None:
        from quizcli.cli.class_paging import analysed_page, typed
        from quizcli.cli.paging import write_page

        again = typed(
            "items", [*filter(None, [bank]), *(paths or [])], responses=responses, marks=marks,
            priors="none" if priors is Priors.NONE else None, credit=credit, repair=repair,
            as_asked=as_asked, html=str(html),
        )  # fmt: skip
        write_page(context, html, lambda: analysed_page(found, again), force=force)
        result = replace(result, body=())
    show(context, result, as_json=json, plain=plain)


app.command("regrade")(regrade_class)
app.command("print")(print_forms)


@app.command("alike")
@verb
def answers_alike(
    context: Context,
    bank: BankOfClass,
    paths: PathsArgument = None,
    responses: ResponsesOption = None,
    json: JsonOption = False,
    plain: PlainOption = False,
) -> None:
    """Show who shares more wrong answers than chance would explain."""
    from quizcli.cli.grading import Class
    from quizcli.cli.output import show
    from quizcli.scores.alike_results import alike_result

    book = Class(context, bank, paths or [], responses or []).graded()
    show(context, alike_result(book), as_json=json, plain=plain)
