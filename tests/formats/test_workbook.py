"""Workbooks of spreadsheets, where what reads them is installed."""

from __future__ import annotations

from importlib.util import find_spec
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest

from quizcli.formats import workbook
from quizcli.report.codes import UserError
from tests.support.drafts import to_bank

needs_calamine = pytest.mark.skipif(not find_spec("python_calamine"), reason="needs calamine")

_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default '
    'Extension="xml" ContentType="application/xml"/></Types>'
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def xlsx(*rows: tuple[str | float, ...]) -> bytes:
    """The smallest workbook that holds these rows."""
    cells = "".join(
        "<row>"
        + "".join(
            f'<c t="inlineStr"><is><t>{cell}</t></is></c>'
            if isinstance(cell, str)
            else f"<c><v>{cell}</v></c>"
            for cell in row
        )
        + "</row>"
        for row in rows
    )
    parts = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="r" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets><sheet name="Q" sheetId="1" r:id="s"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="s" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{_MAIN}"><sheetData>{cells}</sheetData></worksheet>',
    }
    packed = BytesIO()
    with ZipFile(packed, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return packed.getvalue()


@needs_calamine
def test_a_sheet_is_a_table() -> None:
    data = xlsx(
        ("Question", "A", "B", "Answer"), ("How many?", 3, 4.5, "B"), ("Which?", "x", "y", 1)
    )
    assert workbook.FORMAT.looks(data)
    found = to_bank(workbook.read(data), "seas", "Seas")
    assert found.remarks == ()
    texts = [[option["text"] for option in each["options"]] for each in found.bank["questions"]]
    assert texts == [["3", "4.5"], ["x", "y"]]


@needs_calamine
@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 xl/", xlsx()])
def test_what_is_no_workbook_is_told(data: bytes) -> None:
    found = workbook.read(data)
    assert (found.questions, found.remarks[0].lost) == ((), True)


@needs_calamine
def test_a_bomb_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MOST_BYTES", 500)
    found = workbook.read(xlsx(("a" * 500, "b")))
    assert "larger than 0 MB" in found.remarks[0].what


def test_without_the_package_the_way_out_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def none(name: str) -> Any:
        raise ImportError(name)

    monkeypatch.setattr(workbook, "import_module", none)
    with pytest.raises(UserError, match="save the sheet as CSV"):
        workbook.read(b"")
