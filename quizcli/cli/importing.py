"""``bank import``: other programs' files as a bank, and what of them is not in it."""

from __future__ import annotations

from pathlib import PurePath
from shlex import quote
from typing import TYPE_CHECKING, Any, NamedTuple

from quizcli.bank.accepting import accepted
from quizcli.bank.addresses import file_name, refuse_address
from quizcli.bank.check import check_bank
from quizcli.bank.faults import MAX_BYTES
from quizcli.bank.plain import plain_bank
from quizcli.bank.read import read_bank
from quizcli.bank.texts import Notation
from quizcli.bank.updating import ExportedQuestions, updated
from quizcli.bank.yaml_text import whole_text
from quizcli.cli.bank_formats import guessed, readable
from quizcli.cli.output import refuse_existing, write_whole
from quizcli.formats.format import ExportSource
from quizcli.formats.ids import IdGiver, slug
from quizcli.formats.losses import summary
from quizcli.formats.source_bank import CarriedFile, bank_head
from quizcli.formats.sources import Remark
from quizcli.proof.proving import demo_faults
from quizcli.report.codes import ExitCode, UserError
from quizcli.report.result import Columns, Heading, Line, Paragraph, Result
from quizcli.terminal.notation import Form, complaints, render
from quizcli.uncollected import uncollected

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from quizcli.bank.accepting import RefusedQuestion
    from quizcli.bank.faults import Fault
    from quizcli.bank.updating import BankUpdate
    from quizcli.cli.context import Context
    from quizcli.formats.format import BankFormat
    from quizcli.quiz.model import Bank

MOST_BYTES = 64_000_000  # of a source
_SHOWN = 40  # remarks on a file; the others are counted
_HEAD = """\
# From {files}. To bring in later edits made there:
#   quizcli bank import {files} --update FILE
# Keep the "# from …" notes: they link each question to its source.

"""


class ImportOptions(NamedTuple):
    """How files are imported: into which file, from which format where that is said."""

    output: Path | None = None
    format: str | None = None
    update: Path | None = None
    strict: bool = False
    force: bool = False


class _Read(NamedTuple):
    """What became of one file: its questions as YAML, or as ``fields`` where a bank is brought up
    to date with them; never both, since there may be many."""

    file: str
    format: BankFormat
    head: dict[str, Any]
    title: str
    questions: list[str]
    fields: list[dict[str, Any]]
    named: frozenset[str]
    refused: int
    remarks: tuple[Remark, ...]
    losses: tuple[str, ...]

    @property
    def kept(self) -> int:
        """How many questions a bank takes."""
        return len(self.questions or self.fields)


def imported(context: Context, files: Sequence[str], options: ImportOptions) -> Result:
    """Write the bank that some files make, or bring one up to date with them; the result is the
    report, or the bank where no file is named."""
    target = options.output or options.update
    if options.output is not None:
        same = options.output == options.update
        refuse_existing(context, options.output, force=options.force or same)
    name = (target.stem if target else PurePath(files[0]).stem) or "bank"
    giver = IdGiver()
    read = [_read(context, file, name, options, giver) for file in files]
    report = list(_report(read))
    if not any(each.kept for each in read):
        lines = [each.text for each in report]
        raise UserError("\n".join([*lines, "no question could be read"]), ExitCode.FAILED)
    if options.strict and any(each.losses or each.refused for each in read):
        lines = [each.text for each in report]
        raise UserError(
            "\n".join([*lines, "--strict: nothing is written, because something would be lost"]),
            ExitCode.FAILED,
        )
    data: dict[str, Any] = {"files": [_data(each) for each in read]}
    if options.update is not None:
        update = _updated(context, options.update, read)
        text, changed = update.text, _changes(update)
        data["changes"] = [change._asdict() for change in update.changes]
        if not update.written and options.output is None:
            return Result(data=data, body=(*report, *changed))
    else:
        text, changed = _text(read), []
    _refuse_too_large(text)
    if target is None:
        return Result(raw=text, notices=tuple(line.text for line in report))
    write_whole(context, target, text, force=options.force or options.output is None)
    body = (
        *report, *changed, Line(f"Written: {target}"),
        Line(f"  quizcli bank check {quote(str(target))}", accent=True),
        Line(f"  quizcli take {quote(file_name(target))}", accent=True),
    )  # fmt: skip
    return Result(data=data | {"written": str(target)}, body=body)


def _text(read: Sequence[_Read]) -> str:
    """The YAML of a new bank."""
    names = " ".join(_shell(PurePath(each.file).name) for each in read)
    questions = (question for each in read for question in each.questions)
    titles = {each.title for each in read}
    head = read[0].head
    if len(titles) == 1 and "" not in titles:  # else that of one file would be said of another
        head = head | {"title": titles.pop()}
    return whole_text(head, questions, _HEAD.format(files=names))


def _updated(context: Context, path: Path, read: Sequence[_Read]) -> BankUpdate:
    """A bank as it is with the questions of its source. Raises BankError."""
    questions = [question for each in read for question in each.fields]
    named: frozenset[str] = frozenset().union(*(each.named for each in read))
    data = _bytes(context, path)
    bank = read_bank(data, str(path))
    exports = [_exported(bank, format) for format in {each.format: None for each in read}]
    update = updated(data, str(path), questions, named, [each for each in exports if each])
    read_bank(update.text.encode(), str(path))
    return update


def _exported(bank: Bank, format: BankFormat) -> ExportedQuestions | None:
    """What a source would say that was exported from the bank and not edited; None where the
    format is not written here."""
    if format.write is None or format.read is None:
        return None

    def of(id: str) -> list[dict[str, Any]]:
        return _read_again(bank._replace(questions=(bank.question(id),)), format)[0]

    questions, named = _read_again(bank, format)
    return ExportedQuestions(questions, named, of) if questions else None


def _read_again(bank: Bank, format: BankFormat) -> tuple[list[dict[str, Any]], frozenset[str]]:
    """What an export of a bank says, and the ids that it gives itself."""
    assert format.write
    assert format.read
    try:
        content = format.write(ExportSource(bank, plain_bank(bank))).content
    except UserError:  # a package that is not installed, or nothing that the format can hold
        return [], frozenset()
    data = content.encode() if isinstance(content, str) else content
    carried = CarriedFile(format.read(data), IdGiver())
    return list(carried), frozenset(carried.named)


def _read(context: Context, file: str, name: str, options: ImportOptions, giver: IdGiver) -> _Read:
    """The questions of one file that a bank takes."""
    data = _bytes(context, file)
    format = readable(options.format) if options.format else guessed(file, data)
    assert format.read
    title = " ".join(name.replace("_", " ").replace("-", " ").split())
    head = bank_head(slug(name), title[:1].upper() + title[1:] or name)
    notation = Notation(complaints, lambda text: render(text, Form.UNICODE))

    def check(text: bytes) -> list[Fault]:
        return check_bank(text, "bank", demo_faults, notation)

    refused: list[RefusedQuestion] = []
    texts: list[str] = []
    fields: list[dict[str, Any]] = []
    with uncollected():
        carried = CarriedFile(format.read(data), giver)
        del data
        for question in accepted(head, carried, check, refused):
            if options.update is None:
                texts.append(question.text)
            else:
                fields.append(question.fields)
    remarks = [
        Remark(carried.lines[each.id], f"'{each.id}' is left out: {each.what}", each.fix, lost=True)
        for each in refused
    ]
    remarks = sorted([*carried.remarks, *remarks])
    lost = sum(remark.lost for remark in remarks)
    named = frozenset(carried.named)
    told = summary(carried.losses)
    return _Read(
        file, format, head, carried.title, texts, fields, named, lost, tuple(remarks), told
    )


def _bytes(context: Context, file: str | Path) -> bytes:
    refuse_address(str(file), "bank import")
    try:
        with (context.env.cwd / file).open("rb") as stream:
            data = stream.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:  # a name that holds a NUL is a ValueError
        reason = (getattr(error, "strerror", None) or str(error)).lower()
        raise UserError(f"{file} cannot be read: {reason}") from None
    if len(data) > MOST_BYTES:
        raise UserError(f"{file} has more than {MOST_BYTES // 1_000_000} MB — split it")
    return data


def _report(read: Sequence[_Read]) -> Iterator[Line]:
    for each in read:
        of = each.kept + each.refused
        known = f"{of:,} questions" if of != 1 else "1 question"
        kept = f"{each.kept:,} of {known}" if of else "no questions"
        yield Line(f"{each.file} read as {each.format.title}: {kept}")
        for remark in each.remarks[:_SHOWN]:
            fix = f" — {remark.fix}" if remark.fix else ""
            yield Line(f"{each.file}:{remark.line}: {remark.what}{fix}")
        if len(each.remarks) > _SHOWN:
            yield Line(f"{each.file}: and {len(each.remarks) - _SHOWN} more like these")
        for loss in each.losses:
            yield Line(f"{each.file}: {loss}")


def _data(read: _Read) -> dict[str, Any]:
    return {
        "file": read.file,
        "format": read.format.name,
        "questions": read.kept,
        "left_out": read.refused,
        "remarks": [remark._asdict() for remark in read.remarks],
        "losses": list(read.losses),
    }


def _changes(update: BankUpdate) -> list[Heading | Columns | Paragraph]:
    if not update.changes:
        return [Paragraph("Nothing changed.")]
    rows = tuple((change.id, change.what) for change in update.changes)
    shown: list[Heading | Columns | Paragraph] = [Columns(("Question", "What changed"), rows)]
    if update.rewritten:
        shown.append(Paragraph("The file was rewritten: your comments are not preserved."))
    return shown


def _shell(name: str) -> str:
    return quote("".join(sign if sign.isprintable() else "?" for sign in name))


def _refuse_too_large(text: str) -> None:
    size = len(text.encode())
    if size > MAX_BYTES:
        most = MAX_BYTES // 1_000_000
        raise UserError(
            f"the bank would have {size / 1e6:.1f} MB, and a bank may have {most} MB — split the "
            "source, and import it into several", ExitCode.FAILED
        )  # fmt: skip
