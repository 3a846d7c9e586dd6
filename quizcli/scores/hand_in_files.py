"""Files of hand-ins, found and read. The rule: a bad file costs its own line, and no other's.

What is named is read; of a folder everything in it, in the order of names. A file that cannot be a
hand-in (too large, no file at all, a link that leads out of its folder) is not opened.
"""

from __future__ import annotations

import json
import os
import stat
from typing import TYPE_CHECKING, Any, NamedTuple

from quizcli.report.other_files import other_file

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

# A hundred questions with essays have a tenth of this.
MOST_BYTES = 4 * 2**20
# What other programs' files begin with.
_FOREIGN = {
    b"PK": "a spreadsheet or another archive",
    b"\xd0\xcf\x11\xe0": "a spreadsheet or an Office document",
    b"%PDF": "a PDF",
    b"SQLite": "a journal or another database",
    b"\x1f\x8b": "a compressed file",
    b"<": "an HTML page",
    b"format:": "a bank",
}
_WRITE = "hand in the file that this writes: quizcli score --format json -o hand-in.json"


class BadHandIn(Exception):
    """A file that cannot be graded; ``reasons`` has all that is wrong with it."""

    def __init__(self, *reasons: str) -> None:
        super().__init__("; ".join(reasons))
        self.reasons = reasons


class FoundFile(NamedTuple):
    """A file by the ``name`` under which it is told; ``reason``: why it is not to be opened."""

    name: str
    path: Path
    reason: str = ""


def found_files(folder: Path, named: Sequence[str]) -> Iterator[FoundFile]:
    """The files that were ``named``, and all in folders that were, each once; names are relative to
    ``folder``. Hidden files are left out, since systems put theirs everywhere."""
    seen: set[str] = set()
    for name in named:
        path = folder / name
        inside = _within(path.resolve(), path, name) if path.is_dir() else [FoundFile(name, path)]
        for file in inside:
            real = os.path.realpath(file.path) if len(named) > 1 and not file.reason else file.name
            if real not in seen:
                yield file
            if len(named) > 1:
                seen.add(real)


def _within(root: Path, folder: Path, name: str) -> Iterator[FoundFile]:
    try:
        with os.scandir(folder) as entries:
            inside = sorted(entries, key=lambda entry: entry.name)
    except OSError as error:
        yield FoundFile(name, folder, f"the folder cannot be read: {_said(error)}")
        return
    for entry in inside:
        if entry.name.startswith(".") or entry.name == "__MACOSX":
            continue
        path, told = folder / entry.name, f"{name.rstrip('/')}/{entry.name}"
        if entry.is_symlink():
            yield FoundFile(told, path, _of_link(root, path))
        elif entry.is_dir(follow_symlinks=False):
            yield from _within(root, path, told)
        else:
            yield FoundFile(told, path)


def _of_link(root: Path, path: Path) -> str:
    try:
        target = path.resolve(strict=True)
    except (OSError, RuntimeError):
        return "a link that leads nowhere"
    if not target.is_relative_to(root):
        return "a link that leads out of the folder"
    return "" if target.is_file() else "a link to something that is not a file"


def read_object(file: FoundFile) -> dict[str, Any]:
    """The JSON object in a file. Raises BadHandIn."""
    if file.reason:
        raise BadHandIn(file.reason)
    data = _bytes(file.path)
    try:
        found = json.loads(data)
    except RecursionError:
        raise BadHandIn("nested far more deeply than any hand-in") from None
    except ValueError as error:
        raise BadHandIn(_foreign(data, file.name) or _broken(error)) from None
    if not isinstance(found, dict):
        raise BadHandIn(f"JSON, but not a hand-in — {_WRITE}")
    return found


def _bytes(path: Path) -> bytes:
    try:
        about = path.stat()
        if not stat.S_ISREG(about.st_mode):
            raise BadHandIn("not a file")
        if about.st_size > MOST_BYTES:
            size = about.st_size / 2**20
            raise BadHandIn(f"{size:,.0f} MB, and a hand-in may have at most {MOST_BYTES >> 20} MB")
        with path.open("rb") as stream:
            data = stream.read(about.st_size + 1)  # room for the most takes longer than reading
    except (OSError, ValueError) as error:  # a name that holds a NUL is a ValueError
        raise BadHandIn(f"cannot be read: {_said(error)}") from None
    if not data or data.isspace():
        raise BadHandIn("empty")
    return data


def _foreign(data: bytes, name: str) -> str:
    """Of what other program a file is that is no JSON, where that is known."""
    for start, what in _FOREIGN.items():
        if data.startswith(start):
            return f"{what}, whatever its name says — {_WRITE}"
    other = other_file(data, name, "a hand-in")
    return f"{other.what} — {_WRITE}" if other else ""


def _broken(error: ValueError) -> str:
    if not isinstance(error, json.JSONDecodeError):
        # Neither UTF-8 nor UTF-16, or a number of thousands of digits.
        return f"not JSON — {_WRITE}"
    at_end = error.pos >= len(error.doc.rstrip()) or error.msg.startswith("Unterminated")
    if error.pos and at_end:
        return f"cut off on line {error.lineno} — ask for the file again"
    return f"not valid JSON (line {error.lineno}, column {error.colno}) — {_WRITE}"


def _said(error: OSError | ValueError) -> str:
    return (getattr(error, "strerror", None) or str(error)).lower()
