"""``quizcli class print``: a quiz on paper, in several forms."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from quizcli.cli.context import Context
from quizcli.cli.endings import ending_in
from quizcli.cli.guard import verb
from quizcli.cli.options import ForceOption
from quizcli.cli.verbs.class_options import BankOfClass


@verb
def print_forms(
    context: Context,
    bank: BankOfClass,
    output: Annotated[
        Path,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help="The file to write the forms to.",
            show_default=False,
            callback=ending_in(".html", ".htm"),
        ),
    ],
    forms: Annotated[int, typer.Option(min=1, max=100, help="How many forms to write.")] = 1,
    key: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Write the key of each form as a separate page.",
            callback=ending_in(".html", ".htm"),
        ),
    ] = None,
    seed: Annotated[
        int, typer.Option(min=0, max=10**9, help="The number of the first form, which is its seed.")
    ] = 1,
    force: ForceOption = False,
) -> None:
    """Write forms to print, each with its own order and code.

    Answers come back as a table with a column "form", with the code or its number:
    "class grade BANK --responses answers.csv".
    """
    from quizcli.cli.output import refuse_existing, write_whole
    from quizcli.cli.printing import alike, forms_page, key_page, printed_forms
    from quizcli.report.codes import UserError

    pages = [output] if key is None else [output, key]
    if key == output:
        raise UserError("forms and key would be the same file — give each its own")
    for path in pages:
        refuse_existing(context, path, force=force)
    made = printed_forms(context.named_bank(bank), forms, seed)
    texts = [forms_page(made), *([key_page(made, bank)] if key else [])]
    for path, text in zip(pages, texts, strict=True):
        write_whole(context, path, text, force=force)
        context.notice(f"written to {path}")
    for said in alike(made):
        context.notice(said)
    if key is None:
        context.notice("no key was written — add --key key.html")
