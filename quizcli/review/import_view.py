"""What an import of a review log came to, as a result."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizcli.report.result import Paragraph, Result
from quizcli.report.words import counted, first_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from quizcli.review.csv_log import BadLog
    from quizcli.review.exchange import Imported

NAMED = 10  # cards and notes, by their names; --json lists all
FAULTS = 20


def import_result(came: Imported, unknown: Sequence[str]) -> Result:
    """What was added; ``unknown`` are the notes of the file that no bank has."""
    said = f"{counted(came.added, 'review')} of {counted(came.cards, 'card')} added"
    if came.others:
        changes = counted(came.others, "other change")
        said += f", and {changes} (suspended, buried or resumed)"
    if came.known:
        said += f"; {came.known} were already there"
    lists = {"missing": list(came.missing), "unknown": list(unknown)}
    return Result(
        data={**came._asdict(), **lists},
        body=(Paragraph(f"{said}."),),
        notices=tuple(_notices(came, unknown)),
    )


def _notices(came: Imported, unknown: Sequence[str]) -> Iterator[str]:
    if unknown:
        yield (
            f"{counted(len(unknown), 'note')} not in any bank, left out: "
            f"{first_of(unknown, NAMED)} — quizcli bank import makes a bank of the package"
        )
    if came.missing:
        are = "is" if len(came.missing) == 1 else "are"
        undo = " — to undo the import: quizcli journal undo" if came.added else ""
        yield (
            f"{counted(len(came.missing), 'card')} in the file {are} not in any bank: "
            f"{first_of(came.missing, NAMED)}{undo}"
        )
    if came.added and not came.tells_answers:
        yield (
            "the file does not say what was answered: mistakes and calibration leave these reviews "
            "out"
        )


def said_faults(bad: BadLog, file: str) -> str:
    """Why a file was refused, line by line."""
    said = [f"{file}:{fault.line}: {fault.what}" for fault in bad.faults[:FAULTS]]
    if len(bad.faults) > FAULTS:
        said.append(f"… and {len(bad.faults) - FAULTS} more")
    return "\n".join(said)
