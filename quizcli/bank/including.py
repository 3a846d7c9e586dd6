"""The files that a bank includes.

A bank may be a stranger's, and what it names is read without a question. So no name and no link
leads out of its folder, nothing but files is opened, and each once.
"""

from __future__ import annotations

import os
from contextlib import contextmanager
from hashlib import blake2b
from pathlib import Path, PureWindowsPath
from typing import TYPE_CHECKING, NamedTuple

from quizcli.bank.faults import MAX_BYTES, SUFFIXES
from quizcli.report.words import nearest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quizcli.bank.fields import Reader
    from quizcli.bank.nodes import Node

MAX_FILES = 1000
MAX_DEPTH = 8  # of files that include files
_CODE = "include"
_BESIDE = "put included files next to the bank, or in a folder there"


class IncludedFile(NamedTuple):
    """A file as messages name it, and what it holds."""

    file: str
    data: bytes


class Includes:
    """What one bank has included so far; ``stamps`` are by name of a file or a folder what it was
    like when it was read (see :func:`stamp`)."""

    def __init__(self, file: str, size: int) -> None:
        self.stamps: dict[str, str] = {}
        self._room = MAX_BYTES - size
        # By its file behind all links: where it was named first.
        self._seen = {os.path.realpath(file): file}
        self._open = [os.path.realpath(file)]

    @contextmanager
    def inside(self, file: str) -> Iterator[None]:
        """While the files are read that this one includes."""
        self._open.append(os.path.realpath(file))
        yield
        self._open.pop()

    def named(self, reader: Reader, entries: Node) -> Iterator[IncludedFile]:
        """The files that the entries of an ``include`` name, read one after the other. Whatever is
        wrong with one is a fault at its entry."""
        for entry in entries.items or ():
            if entry.items is None and entry.text.strip():
                for path in self._paths(reader, entry):
                    if (data := self._bytes(reader, entry, path)) is not None:
                        yield IncludedFile(path.as_posix(), data)

    def _paths(self, reader: Reader, entry: Node) -> Iterator[Path]:
        name = entry.text.strip()
        if slip := _slip(name):
            reader.fault(entry, _CODE, *slip)
            return
        # A bank on the shelf may be a link to where it lies, with all that it includes.
        here = Path(reader.file)
        path = Path(os.path.realpath(here) if here.is_symlink() else here).parent / name
        real = os.path.realpath(path)
        if not self._is_within(real):
            what = f"'{name[:80]}' is a link that leads out of the bank's folder"
            reader.fault(entry, _CODE, what, _BESIDE)
        elif Path(real).is_dir():
            yield from self._in_folder(reader, entry, path)
        elif not Path(real).is_file():
            there = {Path(each).stem: each for each in _names(path.parent)}
            close = there.get(nearest(path.stem, list(there)) or "")
            fix = f"did you mean '{Path(name).with_name(close).as_posix()}'?" if close else _BESIDE
            reader.fault(entry, _CODE, f"there is no file '{name[:80]}'", fix)
        elif real in self._open:
            what = f"'{name[:80]}' includes this file, and this file includes it"
            reader.fault(entry, _CODE, what, "remove one of the two entries")
        elif real in self._seen:
            what = f"'{name[:80]}' is included already, in {self._seen[real]}"
            reader.fault(entry, _CODE, what, "remove one of the two entries")
        elif self._has_room(reader, entry):
            self._seen[real] = f"{reader.file}:{entry.line}"
            yield path

    def _in_folder(self, reader: Reader, entry: Node, folder: Path) -> Iterator[Path]:
        """The banks in a folder but those that are being read, or were named before."""
        names = _names(folder)
        self.stamps[folder.as_posix()] = stamp(folder)
        if not names:
            what = f"the folder '{entry.text[:80]}' contains no bank"
            reader.fault(entry, _CODE, what, "name one that does")
        for name in names:
            real = os.path.realpath(folder / name)
            if not self._is_within(real):
                what = f"'{name[:80]}' in that folder is a link that leads out of the bank's folder"
                reader.fault(entry, _CODE, what, _BESIDE)
            elif real not in self._seen:
                if not self._has_room(reader, entry):
                    return
                self._seen[real] = f"{reader.file}:{entry.line}"
                yield folder / name

    def _has_room(self, reader: Reader, entry: Node) -> bool:
        if len(self._seen) <= MAX_FILES and len(self._open) <= MAX_DEPTH:
            return True
        deep = len(self._open) > MAX_DEPTH
        most = f"{MAX_DEPTH} levels" if deep else f"{MAX_FILES} files"
        what = f"a bank may include at most {most}"
        reader.fault(
            entry,
            _CODE,
            what,
            "name the files in the bank itself" if deep else "combine some of them",
        )
        return False

    def _is_within(self, real: str) -> bool:
        return Path(real).is_relative_to(Path(self._open[0]).parent)

    def _bytes(self, reader: Reader, entry: Node, path: Path) -> bytes | None:
        try:
            with path.open("rb") as stream:
                data = stream.read(self._room + 1)
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            reader.fault(entry, _CODE, f"'{path.name[:80]}' cannot be read: {reason}", _BESIDE)
            return None
        if len(data) > self._room:
            most = f"{MAX_BYTES / 1e6:.0f} MB"
            what = f"with '{path.name[:80]}' the bank is larger than {most}, the most it may have"
            reader.fault(entry, "too-big", what, "split it into two banks")
            return None
        self._room -= len(data)
        self.stamps[path.as_posix()] = _digest(data)
        return data


def stamp(path: Path) -> str:
    """What a file holds, or which banks a folder does, in a few letters; "" where it is gone."""
    try:
        return _digest("\0".join(_names(path)).encode() if path.is_dir() else path.read_bytes())
    except OSError:
        return ""


def _digest(data: bytes) -> str:
    return blake2b(data, digest_size=8).hexdigest()


def _names(folder: Path) -> list[str]:
    """The names of banks in a folder."""
    try:
        found = [file.name for file in folder.iterdir() if file.is_file()]
    except OSError:
        return []
    return sorted(name for name in found if name.endswith(SUFFIXES) and not name.startswith("."))


def _slip(name: str) -> tuple[str, str] | None:
    """What is wrong with the name of a file, whatever there is of this name."""
    if "://" in name:
        return f"'{name[:80]}' is a web address, and quizcli downloads nothing", _BESIDE
    if "\\" in name:
        return f"'{name[:80]}' contains a backslash", "folders are separated by '/' on every system"
    path = PureWindowsPath(name)
    if path.drive or path.root or name.startswith("~") or ".." in path.parts:
        return f"'{name[:80]}' leads out of the bank's folder", _BESIDE
    return None
