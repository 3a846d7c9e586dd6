"""The compiled cache: a bank as plain JSON, so that a warm start reads no YAML.

The rule: an entry is found only by the digest of the bank's bytes and the version of what compiled
it, so it cannot be stale; and whatever goes wrong with it, the bank is read from its source
instead. Of a bank that includes others the entry says what these held, and is passed over where
they differ.
"""

from __future__ import annotations

import os
from _blake2 import blake2b  # hashlib would load OpenSSL first, a thirtieth of a start
from contextlib import suppress
from functools import cached_property
from typing import TYPE_CHECKING

from quizcli.bank.compiled import NO_ENTRY, compiled, compiled_bank, compiled_id, program
from quizcli.env import own_folder

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from quizcli.quiz.model import Bank

# A file that was changed less than so many nanoseconds before may change again within one tick of
# its file system's clock.
SETTLED = 2_000_000_000


class BankCache:
    """Compiled banks in one folder, which may be deleted at any time."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def entry(self, data: bytes, file: str) -> Path:
        """Where the bank lies that was compiled from exactly these bytes, once it is."""
        # One entry per source file: the first part finds its predecessors, to delete them.
        key = blake2b(program() + b"\0" + data, digest_size=12).hexdigest()
        return self.folder / f"{_of(file)}-{key}.bank"

    def get(self, entry: Path, file: str) -> Bank | None:
        """The bank that lies there, or None."""
        try:
            return compiled_bank(entry, file)
        except NO_ENTRY:
            return None

    def id_in(self, file: Path, read: Callable[[Path], bytes]) -> str | None:
        """The id of the bank in a file, or None where it is not compiled. The file is read only
        where it may have changed since then; raises what ``read`` does."""
        name, touched = file.as_posix(), 0
        with suppress(*NO_ENTRY):
            touched = _touched(file)
            entry = self._entries[_of(name)]
            stamp = entry.stat()
            if stamp.st_mtime_ns == touched < stamp.st_ctime_ns - SETTLED:
                return self.id_of(entry)
        entry = self.entry(read(file), name)
        id = self.id_of(entry)
        if id:
            with suppress(OSError):  # so that it is not read the next time
                os.utime(entry, ns=(touched, touched))
        return id

    @cached_property
    def _entries(self) -> dict[str, Path]:
        """The entry of each file, as they were when first asked for."""
        return {entry.name.partition("-")[0]: entry for entry in self.folder.iterdir()}

    def id_of(self, entry: Path) -> str | None:
        """The id of the bank that lies there, or None."""
        with suppress(*NO_ENTRY):
            return compiled_id(entry)
        return None

    def put(self, data: bytes, file: str, bank: Bank) -> None:
        """Keep a bank; where that fails, the next start is slower and nothing else."""
        entry = self.entry(data, file)
        text = compiled(bank, file)
        temporary = entry.with_name(f"{entry.name}.{os.getpid()}")
        with suppress(OSError):
            # Whoever may write here decides what the answers are: its owner only.
            own_folder(self.folder)
            if self.folder.stat().st_mode & 0o077:
                self.folder.chmod(0o700)
            try:
                temporary.write_bytes(text)
                temporary.replace(entry)
            except OSError:
                temporary.unlink(missing_ok=True)
                raise
            for old in self.folder.glob(f"{entry.name.partition('-')[0]}-*"):
                if old != entry:
                    old.unlink(missing_ok=True)


def _of(file: str) -> str:
    return blake2b(file.encode("utf-8", "surrogateescape"), digest_size=6).hexdigest()


def _touched(file: Path) -> int:
    """When a file was changed last, in nanoseconds, by its status too: no copying and no restoring
    of times hides a change of what is in it."""
    status = file.stat()
    return max(status.st_mtime_ns, status.st_ctime_ns)
