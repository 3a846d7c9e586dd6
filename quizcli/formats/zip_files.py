"""The files of a zip that a stranger packed: its names, links and sizes are looked at first."""

from __future__ import annotations

import stat
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo
from zlib import MAX_WBITS, decompressobj
from zlib import error as ZlibError

try:
    from lzma import LZMAError
except ImportError:  # a Python without it opens no such zip
    LZMAError = ZlibError  # type: ignore[misc,assignment]

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

MOST_FILES = 20_000
MOST_BYTES = 128_000_000  # of all files that are read, unpacked
# What opening and reading a damaged zip raises: each way of packing has an error of its own.
ZIP_ERRORS = (
    BadZipFile, ZlibError, LZMAError, OSError, NotImplementedError, EOFError, RuntimeError,
    ValueError,
)  # fmt: skip
_MOST_LOOKED_AT = 65_536
_LOCAL = 30  # bytes of what stands before the name of a file
_START = (1980, 1, 1, 0, 0, 0)  # the first time that a zip can say


class ZipFault(Exception):
    """Why a zip is not opened; ``fix`` is how to mend it."""

    def __init__(self, what: str, fix: str = "create the zip again") -> None:
        super().__init__(what)
        self.fix = fix


def is_zip(data: bytes) -> bool:
    """Whether this is the beginning of a zip."""
    return data.startswith((b"PK\x03\x04", b"PK\x05\x06"))


def unpacked(data: bytes, suffix: str) -> Iterator[tuple[str, bytes]]:
    """The files whose names end so, in their order. Raises ZipFault."""
    try:
        with ZipFile(BytesIO(data)) as archive:
            found = archive.infolist()
            _check(found)
            wanted = [info for info in found if info.filename.lower().endswith(suffix)]
            left = MOST_BYTES
            for info in wanted:
                with archive.open(info) as file:
                    # What it says of its own size may be a lie.
                    content = file.read(left + 1)
                left -= len(content)
                if left < 0:
                    raise ZipFault(_too_large())
                yield info.filename, content
    except ZIP_ERRORS:
        raise ZipFault("the zip is damaged, or packed in an unknown way") from None


def beginning(head: bytes, name: str) -> bytes:
    """How a file of a zip begins, where that is still within the beginning of the zip."""
    at = head.find(name.encode())
    start = at - _LOCAL
    if start < 0 or not is_zip(head[start:]):
        return b""
    behind = at + len(name) + int.from_bytes(head[start + 28 : start + 30], "little")
    if not int.from_bytes(head[start + 8 : start + 10], "little"):
        return head[behind:]  # stored as it is
    try:
        return decompressobj(-MAX_WBITS).decompress(head[behind:], _MOST_LOOKED_AT)
    except ZlibError:
        return b""


def _check(found: list[ZipInfo]) -> None:
    """Refuse what no export of questions has."""
    if len(found) > MOST_FILES:
        raise ZipFault(f"the zip has more than {MOST_FILES} files")
    for info in found:
        name = info.filename.replace("\\", "/")
        if name.startswith("/") or ".." in name.split("/") or name[1:2] == ":":
            fix = "take no more files from that source"
            raise ZipFault(f"'{name[:60]}' leads out of the zip", fix)
        if stat.S_ISLNK(info.external_attr >> 16):
            raise ZipFault(f"'{name[:60]}' is a link, not a file")
        if info.flag_bits & 1:
            raise ZipFault(f"'{name[:60]}' is locked with a password", "pack it without a password")
    if sum(info.file_size for info in found) > 8 * MOST_BYTES:
        raise ZipFault(_too_large())


def _too_large() -> str:
    return f"the zip unpacks to more than {MOST_BYTES // 1_000_000} MB"


def packed(files: Mapping[str, str]) -> bytes:
    """A zip of these files: the same bytes each time."""
    buffer = BytesIO()
    with ZipFile(buffer, "w") as archive:
        for name, content in files.items():
            info = ZipInfo(name, _START)
            info.compress_type = ZIP_DEFLATED
            info.create_system = 3  # whichever packs it
            info.external_attr = 0o644 << 16
            archive.writestr(info, content.encode())
    return buffer.getvalue()
