"""``quizcli journal``: the review log out, in, derived anew, and learned from."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from quizcli.cli.guard import env, guarded
from quizcli.cli.lazy import SETTINGS

app = typer.Typer(
    help="Export, import and rebuild what is known of cards; learn the schedule's parameters.",
    rich_markup_mode=None,
    add_completion=False,
    no_args_is_help=True,
    context_settings=SETTINGS,
)

Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@app.command("export")
@guarded
def export(
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write it to a file.")
    ] = None,
) -> None:
    """Write the review log as CSV: one row a review, with the states around it."""
    from quizcli.cli.context import journal, show
    from quizcli.cli.memory import ledger_of
    from quizcli.cli.verbs.score import write_whole
    from quizcli.report.result import Result
    from quizcli.review.exchange import exported

    store = journal()
    try:
        text = exported(ledger_of(store))
    finally:
        store.close()
    if output is None:
        show(Result(raw=text))
        return
    write_whole(output, text)
    show(Result(notices=(f"written to {output}",)))


@app.command("import")
@guarded
def import_log(
    file: Annotated[Path, typer.Argument(help="A review log as CSV, as 'export' writes it.")],
    json: Json = False,
) -> None:
    """Add the reviews of a file; those that the journal has already are left out."""
    from quizcli.cli.context import journal, show
    from quizcli.cli.memory import ledger_of, shelf_banks
    from quizcli.report.codes import ExitCode, UserError
    from quizcli.report.result import Paragraph, Result
    from quizcli.report.words import counted
    from quizcli.review.csv_log import BadLog
    from quizcli.review.exchange import imported

    try:
        text = (env().cwd / file).read_bytes().decode("utf-8-sig")
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise UserError(f"{file} cannot be read: {reason}") from None
    except UnicodeDecodeError:
        raise UserError(f"{file} is no UTF-8 — save it in that encoding") from None
    store = journal()
    try:
        ledger = ledger_of(store)
        banks = shelf_banks(ledger, [])

        def wanted(id: str) -> float | None:
            bank = banks.bank(id)
            return bank.retention if bank else None

        found = imported(ledger, text, wanted)
    except BadLog as bad:
        faults = "\n".join(f"{file}:{fault.line}: {fault.what}" for fault in bad.faults[:20])
        if len(bad.faults) > 20:
            faults += f"\n… and {len(bad.faults) - 20} more"
        raise UserError(f"nothing was imported:\n{faults}", ExitCode.FAILED) from None
    finally:
        store.close()
    said = f"{counted(found.added, 'review')} of {counted(found.cards, 'card')} added"
    if found.known:
        said += f"; {found.known} were there already"
    show(Result(data=found._asdict(), body=(Paragraph(f"{said}."),)), as_json=json)


@app.command("rebuild")
@guarded
def rebuild(json: Json = False) -> None:
    """Derive every card's state anew from the log, and compare with what was there."""
    from quizcli.cli.context import journal, show
    from quizcli.cli.memory import ledger_of
    from quizcli.report.result import Line, Paragraph, Result
    from quizcli.report.words import counted
    from quizcli.review.rebuilding import rebuild as derive

    store = journal()
    try:
        found = derive(ledger_of(store))
    finally:
        store.close()
    cards, reviews = counted(found.cards, "card"), counted(found.reviews, "review")
    told = f"{cards} derived from {reviews}; "
    told += f"{len(found.differed)} differed." if found.differed else "all equal."
    data = {
        "cards": found.cards,
        "reviews": found.reviews,
        "equal": not found.differed,
        "differed": list(found.differed),
    }
    lines = tuple(Line(f"  {card}") for card in found.differed[:20])
    show(Result(data=data, body=(Paragraph(told), *lines)), as_json=json)


@app.command("fit")
@guarded
def fit(
    apply: Annotated[
        bool, typer.Option("--apply", help="Use what was found; without a terminal nothing is "
                           "used that was not asked for by this.")
    ] = False,
    reset: Annotated[
        bool, typer.Option("--reset", help="Go back to the parameters that come with FSRS-6.")
    ] = False,
    json: Json = False,
) -> None:  # fmt: skip
    """Learn the schedule's 21 parameters from your own reviews, and say what that is worth."""
    from quizcli.cli.verbs.fit import fit_or_reset

    fit_or_reset(apply=apply, reset=reset, as_json=json)
