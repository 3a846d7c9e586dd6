"""Bytes of a text file to its text, whatever editor wrote it."""

from __future__ import annotations

import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from typing import NamedTuple

from quizcli.formats.sources import Remark

# What ends a line somewhere: Windows, old Macs, a page break of a word processor, Unicode.
_LINE_END = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_MARKS = {BOM_UTF8: "utf-8", BOM_UTF16_LE: "utf-16-le", BOM_UTF16_BE: "utf-16-be"}


class DecodedText(NamedTuple):
    """A text whose lines end with a newline, and the encoding that it was read in."""

    text: str
    encoding: str


def decoded(data: bytes) -> DecodedText:
    """The text of a file: UTF-8, UTF-16 where its first bytes say so, else Windows-1252."""
    text, encoding = _decoded(data)
    return DecodedText(_LINE_END.sub("\n", text), encoding)


def decoded_source(data: bytes) -> tuple[str, list[Remark]]:
    """The text of a file, and what is to be said where it is not UTF-8."""
    text, encoding = decoded(data)
    return text, [] if encoding == "utf-8" else [read_as(encoding)]


def read_as(encoding: str, place: str = "") -> Remark:
    """That a file is not UTF-8; ``place`` names it within a package."""
    return Remark(1, f"{place}the file is read as {encoding}", "save it as UTF-8")


def _decoded(data: bytes) -> tuple[str, str]:
    for mark, encoding in _MARKS.items():
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace"), encoding
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        # Five of its bytes are no letters: those become the sign for what cannot be read.
        return data.decode("cp1252", "replace"), "cp1252"
