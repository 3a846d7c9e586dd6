"""``quizcli bank import`` and ``bank export``: banks of other programs, and banks for them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from quizcli.cli import completing
from quizcli.cli.context import Context
from quizcli.cli.guard import verb
from quizcli.cli.options import BankArgument, ForceOption, JsonOption, PlainOption, output_option

StrictOption = Annotated[
    bool, typer.Option("--strict", help="Write nothing if anything would be lost.")
]


@verb
def import_bank(
    context: Context,
    files: Annotated[
        list[str], typer.Argument(metavar="FILE...", help="Files from another program.")
    ],
    output: Annotated[Path | None, output_option(".yaml", ".yml")] = None,
    from_: Annotated[
        str | None,
        typer.Option(
            "--from",
            metavar="FORMAT",
            help="Their format; guessed and reported if omitted.",
            autocompletion=completing.formats,
        ),
    ] = None,
    update: Annotated[
        Path | None,
        typer.Option(
            metavar="BANK.yaml",
            help="Update this bank from its edited source.",
            show_default=False,
        ),
    ] = None,
    strict: StrictOption = False,
    json: JsonOption = False,
    plain: PlainOption = False,
    force: ForceOption = False,
) -> None:
    """Make a bank from another program's questions, and report what cannot be carried over."""
    from quizcli.cli.importing import ImportOptions, imported
    from quizcli.cli.output import show

    options = ImportOptions(output, from_, update, strict=strict, force=force)
    show(context, imported(context, files, options), as_json=json, plain=plain)


@verb
def export_bank(
    context: Context,
    bank: BankArgument,
    to: Annotated[
        str | None,
        typer.Option(
            metavar="FORMAT",
            help="The format to write; with -o, taken from the file's name.",
            autocompletion=completing.formats,
            show_default=False,
        ),
    ] = None,
    output: Annotated[Path | None, output_option()] = None,
    keyless: Annotated[
        bool, typer.Option("--keyless", help="Leave out the answers, if the format can.")
    ] = False,
    seed: Annotated[
        int | None,
        typer.Option(
            min=0, max=2**63 - 1, help="HTML only: shuffle and draw numbers with this seed."
        ),
    ] = None,
    variants: Annotated[
        int | None,
        typer.Option(
            min=1, max=100, help="HTML only: how many seeds the page contains, from --seed on."
        ),
    ] = None,
    evidence: Annotated[
        bool,
        typer.Option("--evidence", help="HTML only: run the experiments and show the evidence."),
    ] = False,
    strict: StrictOption = False,
    json: JsonOption = False,
    plain: PlainOption = False,
    force: ForceOption = False,
) -> None:
    """Write a bank for another program, and report what cannot be carried over."""
    from quizcli.cli.exporting import exported
    from quizcli.cli.output import show
    from quizcli.formats.format import ExportOptions

    options = ExportOptions(keyless, seed, variants, evidence)
    result = exported(context, bank, to, output, options, strict=strict, force=force)
    show(context, result, as_json=json, plain=plain)
