"""Zips that are damaged, however they were packed: a sentence, never a traceback."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_LZMA, ZIP_STORED, ZipFile

import pytest

from quizcli.formats import anki, qti, workbook

if TYPE_CHECKING:
    from collections.abc import Callable

    from quizcli.formats.sources import SourceFile

NAMES = {qti.read: "items.xml", anki.read: "collection.anki2", workbook.read: "xl/workbook.xml"}


@pytest.mark.parametrize("method", [ZIP_STORED, ZIP_DEFLATED, ZIP_BZIP2, ZIP_LZMA])
@pytest.mark.parametrize("read", NAMES, ids=lambda read: read.__module__.rpartition(".")[2])
def test_each_byte_of_a_zip_turned_round(read: Callable[[bytes], SourceFile], method: int) -> None:
    """Of what is packed and of what is said about it. A workbook is read by others, who name it."""
    if read is workbook.read:
        pytest.importorskip("python_calamine")
    packed = BytesIO()
    with ZipFile(packed, "w", method) as archive:
        archive.writestr(NAMES[read], b"<questestinterop/> SQLite format 3\0" * 20)
    data = packed.getvalue()
    for at in range(len(data)):
        found = read(data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :])
        assert found.remarks


def test_a_zip_that_places_a_file_before_its_beginning() -> None:
    """Which fuzzing found: to seek there is an error of its own."""
    packed = BytesIO()
    with ZipFile(packed, "w") as archive:
        archive.writestr("collection.anki2", b"x" * 100)
    data = packed.getvalue()
    end = data.rindex(b"PK\x05\x06")
    size = int.from_bytes(data[end + 12 : end + 16], "little")
    start = int.from_bytes(data[end + 16 : end + 20], "little")
    # A directory said to lie further on than it does moves each file before the beginning.
    moved = (start + 689).to_bytes(4, "little")
    damaged = data[: end + 12] + size.to_bytes(4, "little") + moved + data[end + 20 :]
    assert [remark.lost for remark in anki.read(damaged).remarks] == [True]
