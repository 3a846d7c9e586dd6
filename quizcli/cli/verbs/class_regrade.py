"""``quizcli class regrade``: what a repair would change, before it is made."""

from __future__ import annotations

from pathlib import Path
from shlex import quote
from typing import Annotated

import typer

from quizcli.cli.context import Context
from quizcli.cli.guard import verb
from quizcli.cli.options import ForceOption, JsonOption, PlainOption, output_option
from quizcli.cli.verbs.class_options import (
    AsAskedOption,
    BankOfClass,
    CreditOption,
    DueOption,
    LateOption,
    OverridesOption,
    PathsArgument,
    PolicyOption,
    ResponsesOption,
    RosterOption,
)


@verb
def regrade_class(
    context: Context,
    bank: BankOfClass,
    paths: PathsArgument = None,
    responses: ResponsesOption = None,
    key: Annotated[
        list[str] | None,
        typer.Option(
            metavar="QUESTION=OPTIONS",
            help="The right options, by id: gate=a or gate=a,b (for a single choice: either).",
        ),
    ] = None,
    without: Annotated[
        list[str] | None,
        typer.Option(metavar="QUESTION", help="Leave out a question and its points."),
    ] = None,
    credit_all: Annotated[
        list[str] | None,
        typer.Option(metavar="QUESTION", help="Give full points to everyone who handed in."),
    ] = None,
    without_option: Annotated[
        list[str] | None,
        typer.Option(metavar="QUESTION=OPTIONS", help="Grade as if an option had not been there."),
    ] = None,
    never_lower: Annotated[bool, typer.Option("--never-lower", help="Never lower a mark.")] = False,
    reason: Annotated[
        str, typer.Option(help="The reason, which is saved with the marks.", show_default=False)
    ] = "",
    policy: PolicyOption = "best",
    credit: CreditOption = None,
    late: LateOption = None,
    due: DueOption = None,
    roster: RosterOption = None,
    overrides: OverridesOption = None,
    as_asked: AsAskedOption = False,
    output: Annotated[Path | None, output_option(".yaml", ".yml", ".json")] = None,
    json: JsonOption = False,
    plain: PlainOption = False,
    force: ForceOption = False,
) -> None:
    """Show who gains and who loses by a repair, and save it.

    With -o the repair is saved in a file that "class grade --repair FILE" applies. To undo a
    repair, grade without that file.
    """
    from dataclasses import replace

    from quizcli.cli.grading import Class
    from quizcli.cli.output import refuse_inputs, show, write_whole
    from quizcli.scores.regrade_results import regrade_data, regrade_result
    from quizcli.scores.repair_files import repair_text
    from quizcli.scores.repairs import CREDIT_ALL, KEY, WITHOUT, WITHOUT_OPTION, read_wish

    inputs = [bank, roster, overrides, *(responses or []), *(paths or [])]
    refuse_inputs(context, [output], inputs)
    said = {KEY: key, WITHOUT: without, CREDIT_ALL: credit_all, WITHOUT_OPTION: without_option}
    wishes = [read_wish(what, text) for what, texts in said.items() for text in texts or ()]
    hand_ins = Class(context, bank, paths or [], responses or [], credit=credit, as_asked=as_asked)
    repair = hand_ins.repair(wishes, reason, never_lower=never_lower)
    book = hand_ins.graded(policy, late, due, roster, overrides, repair=repair)
    result = regrade_data(book, repair) if json else regrade_result(book, repair)
    if output is not None:
        text = repair_text(repair, as_json=output.suffix.lower() == ".json")
        write_whole(context, output, text, force=force)
        how = f"quizcli class grade … --repair {quote(str(output))}"
        kept = f"written to {output} — to apply it: {how}"
        result = replace(result, notices=(*result.notices, kept))
    show(context, result, as_json=json, plain=plain)
