"""A file that was named where another was wanted: what it is, and which verb takes it."""

from __future__ import annotations

import re
from typing import NamedTuple

_HEAD = 4096  # bytes that are looked at
_JOURNAL = b"quiz"  # the application id of a journal, at its place in the header of SQLite
_BANK = re.compile(rb"^(?:format|questions)[ \t]*:", re.MULTILINE)
_HAND_IN = re.compile(rb'\A\s*\{\s*"format_version"\s*:\s*[0-9]+\s*,\s*"attempt"\s*:')


class OtherFile(NamedTuple):
    """What a file is, and what to do with it."""

    what: str
    fix: str


_ANKI = (
    "type: quizcli bank import {0} -o BANK.yaml, or for its reviews: "
    "quizcli journal import --from anki {0}"
)


def other_file(data: bytes, name: str, wanted: str) -> OtherFile | None:
    """What the file of these bytes is, where that is known and is not what was ``wanted``."""
    from shlex import quote

    what, verb = _sort(data[:_HEAD].removeprefix(b"\xef\xbb\xbf"))
    if what in {"", wanted}:
        return None
    fix = verb.format(quote(name))
    return OtherFile(f"this is {what}, not {wanted}", fix)


def _sort(head: bytes) -> tuple[str, str]:
    first = head.partition(b"\n")[0].strip().replace(b" ", b"").split(b",")
    if head.startswith(b"SQLite format 3\0"):
        if head[68:72] == _JOURNAL:
            return "a journal", "type: quizcli journal merge {}"
        return "a database of another program", "export it as text there"
    if head.startswith(b"PK\x03\x04"):
        if b"collection.anki2" in head or b"collection.anki21" in head:
            return "an Anki package", _ANKI
        return "an archive", "unpack it, and name a file from it"
    if _HAND_IN.match(head):
        return "a hand-in", "type: quizcli class grade BANK {}"
    if {b"attempt", b"bank", b"question", b"max_points"} <= set(first):
        return "a score sheet", "it is for reading: quizcli score -o FILE.json writes a hand-in"
    if {b"card", b"rating", b"time"} <= set(first):
        return "a review log", "type: quizcli journal import {}"
    if _BANK.search(head) and not head.lstrip().startswith(b"{"):
        return "a bank", "type: quizcli take {}"
    return "", ""
