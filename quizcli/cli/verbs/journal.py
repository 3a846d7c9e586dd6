"""``quizcli journal``: the review log out, in, derived anew, and learned from."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from quizcli.cli.context import Context
from quizcli.cli.guard import verb
from quizcli.cli.lazy import subgroup
from quizcli.cli.options import ForceOption, JsonOption, output_option

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quizcli.review.csv_log import LoggedReview

app = subgroup()
MOST_BYTES = 100_000_000  # of a review log: a million reviews


class LogFormat(StrEnum):
    """What a review log may be written in."""

    CSV = "csv"
    ANKI = "anki"


@app.command("export")
@verb
def export(
    context: Context,
    output: Annotated[Path | None, output_option(".csv", ".txt")] = None,
    force: ForceOption = False,
) -> None:
    """Write the review log as CSV: one row per review, with the states before and after."""
    from quizcli.cli.output import show, write_whole
    from quizcli.report.result import Result
    from quizcli.review.exporting import exported

    parts = exported(context.card_states())
    if output is None:
        context.env.stdout.writelines(parts)
        return
    write_whole(context, output, parts, force=force)
    show(context, Result(notices=(f"written to {output}",)))


@app.command("import")
@verb
def import_log(
    context: Context,
    file: Annotated[
        Path,
        typer.Argument(help="A review log as CSV (as 'export' writes it), or an Anki package."),
    ],
    from_: Annotated[
        LogFormat, typer.Option("--from", metavar="FORMAT", help="The file's format: csv or anki.")
    ] = LogFormat.CSV,
    json: JsonOption = False,
) -> None:
    """Add the reviews in a file, except those already in the journal."""
    from functools import partial

    from quizcli.cli.anki_log import anki_log
    from quizcli.cli.card_banks import card_banks
    from quizcli.cli.output import show
    from quizcli.report.codes import ExitCode, UserError
    from quizcli.review.csv_log import BadLog, read_csv
    from quizcli.review.exchange import imported, impossible
    from quizcli.review.import_view import import_result, said_faults

    data = _bytes(context, file)
    text = _text(data, file) if from_ is LogFormat.CSV else ""
    card_states = context.card_states()
    banks = card_banks(context, card_states)
    check = partial(impossible, card_states)
    unknown: tuple[str, ...] = ()
    reviews: Sequence[LoggedReview]
    try:
        if from_ is LogFormat.ANKI:
            reviews, unknown = anki_log(data, str(file), banks, check)
        else:
            reviews = read_csv(text, check)
    except BadLog as bad:
        words = f"nothing was imported:\n{said_faults(bad, str(file))}"
        raise UserError(words, ExitCode.FAILED) from None
    came = imported(card_states, reviews, file.name, banks.retention, banks.cards)
    show(context, import_result(came, unknown), as_json=json)


def _bytes(context: Context, file: Path) -> bytes:
    from quizcli.report.codes import UserError

    try:
        with (context.env.cwd / file).open("rb") as stream:
            data = stream.read(MOST_BYTES + 1)
        if len(data) > MOST_BYTES:
            raise UserError(f"{file} has more than {MOST_BYTES // 1_000_000} MB — split it")
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise UserError(f"{file} cannot be read: {reason}") from None
    return data


def _text(data: bytes, file: Path) -> str:
    from quizcli.report.codes import UserError
    from quizcli.report.other_files import other_file

    if other := other_file(data, str(file), "a review log"):
        raise UserError(f"{file}: {other.what} — {other.fix}")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UserError(f"{file} is not valid UTF-8 — save it in that encoding") from None


@app.command("rebuild")
@verb
def rebuild(context: Context, json: JsonOption = False) -> None:
    """Recompute every card's state from the log, and compare with what was stored."""
    from quizcli.cli.output import show
    from quizcli.report.result import Line, Paragraph, Result
    from quizcli.report.words import counted

    rebuilt = context.card_states().rebuild()
    cards, reviews = counted(rebuilt.cards, "card"), counted(rebuilt.reviews, "review")
    told = f"{cards} recomputed from {reviews}; "
    told += f"{len(rebuilt.differed)} differed." if rebuilt.differed else "no differences."
    data = {
        "cards": rebuilt.cards,
        "reviews": rebuilt.reviews,
        "equal": not rebuilt.differed,
        "differed": list(rebuilt.differed),
    }
    lines = tuple(Line(f"  {card}") for card in rebuilt.differed[:20])
    show(context, Result(data=data, body=(Paragraph(told), *lines)), as_json=json)


@app.command("fit")
@verb
def fit(
    context: Context,
    apply: Annotated[
        bool, typer.Option("--apply", help="Use the new parameters without asking; needed where "
                           "there is no terminal.")
    ] = False,
    reset: Annotated[
        bool, typer.Option("--reset", help="Go back to the default parameters of FSRS-6.")
    ] = False,
    json: JsonOption = False,
) -> None:  # fmt: skip
    """Fit the scheduler's 21 parameters to your own reviews, and report the gain."""
    from quizcli.cli.fitting import fit_or_reset

    fit_or_reset(context, apply=apply, reset=reset, as_json=json)


@app.command("merge")
@verb
def merge(
    context: Context,
    file: Annotated[Path, typer.Argument(help="Another journal, from another machine or a copy.")],
    json: JsonOption = False,
) -> None:
    """Merge another journal into this one: attempts and reviews, without duplicates."""
    from quizcli.cli.output import show
    from quizcli.env import timestamp
    from quizcli.journal.merging import Merging
    from quizcli.report.result import Paragraph, Result
    from quizcli.report.words import counted, listed

    path = context.env.cwd / file
    merging = Merging(context.journal, path)
    came = merging.run(context.env.random.uid(), timestamp(context.env.clock.now()))
    context.card_states()  # derived from what is there now
    brought = [counted(came.attempts, "attempt"), counted(came.reviews, "review")]
    brought += [counted(came.regrades, "regrade")] if came.regrades else []
    brought += [counted(came.predictions, "prediction")] if came.predictions else []
    words = f"Merged: {listed(brought)}."
    if not came.any:
        words = "Nothing to merge: everything in it is already here."
    notices = [
        f"attempt {number} was continued in {file.name}; here it is left unchanged"
        for number in came.longer
    ]
    data = {**came._asdict(), "longer": list(came.longer)}
    body = [Paragraph(words)]
    if came.any:
        body.append(Paragraph("To undo this: quizcli journal undo", quiet=True))
    show(context, Result(data=data, body=tuple(body), notices=tuple(notices)), as_json=json)


@app.command("undo")
@verb
def undo(
    context: Context,
    redo: Annotated[bool, typer.Option("--redo", help="Redo what was last undone.")] = False,
    json: JsonOption = False,
) -> None:
    """Undo the latest import, merge or regrade, with everything it added."""
    from quizcli.cli.output import show
    from quizcli.report.codes import ExitCode, UserError
    from quizcli.report.result import Paragraph, Result
    from quizcli.review.taking_back import said_act, take_back

    act = take_back(context.card_states(), redo=redo)
    if act is None:
        what = "nothing to redo" if redo else "no import, merge or regrade to undo"
        raise UserError(f"there is {what}", ExitCode.FAILED)
    words = f"{'Restored' if redo else 'Undone'}: {said_act(act, context.env.zone)}."
    again = "quizcli journal undo" if redo else "quizcli journal undo --redo"
    data = {"did": str(act.did), "at": act.at, "reason": act.reason, "restored": redo}
    body = (Paragraph(words), Paragraph(f"To reverse this: {again}", quiet=True))
    show(context, Result(data=data, body=body), as_json=json)
