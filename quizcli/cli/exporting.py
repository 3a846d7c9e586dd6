"""``bank export``: a bank in another program's format, and what of it is not in there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizcli.bank.plain import plain_bank
from quizcli.cli.bank_formats import writable, written_as
from quizcli.cli.output import write_whole
from quizcli.formats.format import ExportOptions, ExportSource
from quizcli.formats.losses import summary
from quizcli.report.codes import ExitCode, UserError
from quizcli.report.result import Line, Result

if TYPE_CHECKING:
    from pathlib import Path

    from quizcli.cli.context import Context


def exported(
    context: Context,
    bank: str,
    to: str | None,
    output: Path | None,
    options: ExportOptions,
    *,
    strict: bool,
    force: bool,
) -> Result:
    """Write a bank; the result is the loss report, or the content where no file is named."""
    if to is None and output is None:
        raise UserError("which format? — quizcli bank export BANK --to gift -o FILE")
    format = writable(to) if to is not None else written_as(str(output))
    for name, said in options._asdict().items():
        if said is not None and said is not False and name not in format.options:
            raise UserError(f"{format.title} has no --{name} — leave it out")
    opened = context.named_bank(bank)
    if opened.keyless:
        raise UserError(f"{opened.id} is a handout, without the answers — export the bank itself")
    assert format.write
    files = (opened.file, *(name for name, _ in opened.includes))
    changed = int(max((context.env.cwd / file).stat().st_mtime for file in files))
    file = format.write(ExportSource(opened, plain_bank(opened), options, changed))
    losses = summary(file.losses)
    if strict and losses:
        lost = "\n".join(losses)
        raise UserError(f"--strict: nothing is written, because of {opened.id}:\n{lost}",
                        ExitCode.FAILED)  # fmt: skip
    if output is None:
        if isinstance(file.content, bytes):
            raise UserError(f"{format.title} is not text — name a file with -o")
        return Result(raw=file.content, notices=losses)
    write_whole(context, output, file.content, force=force)
    body = [Line(f"Written: {output} ({format.title})"), *map(Line, losses)]
    left_out = [loss.question for loss in file.losses if loss.question]
    data = {"format": format.name, "file": str(output), "losses": list(losses),
            "left_out": left_out}  # fmt: skip
    return Result(data=data, body=tuple(body))
