"""Workbooks of spreadsheets, whose first sheet is a table of questions."""

from __future__ import annotations

from importlib import import_module
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZipFile

from quizcli.formats.csv_rows import TableRow
from quizcli.formats.format import BankFormat
from quizcli.formats.question_table import questions_in
from quizcli.formats.sources import Remark, SourceFile
from quizcli.formats.zip_files import ZIP_ERRORS
from quizcli.report.codes import UserError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any

MOST_BYTES = 128_000_000  # of what a workbook unpacks to
_ZIP, _OLD = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"  # what workbooks begin with


def read(data: bytes) -> SourceFile:
    """The questions of the first sheet that holds any; lines are those of the sheet."""
    try:
        calamine = import_module("python_calamine")
    except ImportError:
        raise UserError(
            "workbooks are read by python-calamine — pip install 'quizcli[xlsx]', or save the "
            "sheet as CSV"
        ) from None
    if _unpacked(data) > MOST_BYTES:
        what = f"the workbook is larger than {MOST_BYTES // 1_000_000} MB"
        return SourceFile((), (Remark(1, what, "save the sheet as CSV", lost=True),))
    try:
        sheets = list(_sheets(calamine.CalamineWorkbook.from_filelike(BytesIO(data))))
    except (calamine.CalamineError, OSError, ValueError) as error:
        what = f"the workbook cannot be read: {error}"
        return SourceFile((), (Remark(1, what, "save it as CSV", lost=True),))
    filled = [sheet for sheet in sheets if sheet]
    if not filled:
        return SourceFile((), (Remark(1, "the workbook is empty", lost=True),))
    remarks: list[Remark] = []
    if len(filled) > 1:
        what = f"only the first sheet is read; {len(filled) - 1} more are not"
        remarks.append(Remark(1, what, "save each sheet as a separate file"))
    return questions_in(iter(filled[0]), remarks)


def _unpacked(data: bytes) -> int:
    """How much is in an archive; 0 where it is none, which its reader will say."""
    try:
        with ZipFile(BytesIO(data)) as archive:
            return sum(entry.file_size for entry in archive.infolist())
    except ZIP_ERRORS:
        return 0


def _sheets(workbook: Any) -> Iterator[list[TableRow]]:
    for name in workbook.sheet_names:
        cells = workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
        yield list(_rows(cells))


def _rows(found: Iterable[Iterable[Any]]) -> Iterator[TableRow]:
    for number, row in enumerate(found, 1):
        cells = tuple(_text(cell) for cell in row)
        if any(cells):
            yield TableRow(number, cells)


def _text(cell: Any) -> str:
    """A cell as it is shown: whole numbers without a point."""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).replace("\r\n", "\n").strip()


FORMAT = BankFormat(
    "xlsx",
    "a spreadsheet workbook",
    (".xlsx", ".xls", ".ods", ".xlsm"),
    lambda head: head.startswith(_OLD) or (head.startswith(_ZIP) and b"xl/" in head),
    read,
)
