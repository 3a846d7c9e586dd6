"""Copies of the journal in a folder beside it.

The rule: a copy is whole or not there, for its owner only, and the newest is never thrown away.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

# How many are kept, and how many bytes in all.
MOST, MOST_BYTES = 7, 500_000_000


def folder_of(journal: Path) -> Path:
    """Where the copies of a journal lie."""
    return journal.parent / "backups"


def backups(journal: Path) -> list[Path]:
    """The copies of a journal, the newest last."""
    try:
        found = [each for each in folder_of(journal).iterdir() if each.suffix == ".sqlite3"]
        return sorted(found, key=lambda each: (each.name[:18], each.stat().st_mtime))  # by its day
    except OSError:
        return []


def back_up(connection: sqlite3.Connection, journal: Path, day: date, why: str = "") -> Path | None:
    """Copy a journal as it is now; None where there is a copy of that name already. ``why`` is part
    of the name. Raises OSError or sqlite3.Error."""
    folder = folder_of(journal)
    folder.mkdir(mode=0o700, exist_ok=True)
    copy = folder / f"journal-{day.isoformat()}{f'-{why}' if why else ''}.sqlite3"
    if copy.exists():
        return None
    part = copy.with_name(f".{copy.name}.{os.getpid()}.part")
    try:
        part.touch(mode=0o600)
        with closing(sqlite3.connect(part)) as target:
            connection.backup(target)
            target.execute("PRAGMA journal_mode = DELETE")
        part.replace(copy)
    finally:
        part.unlink(missing_ok=True)
    _prune(journal, copy)
    return copy


def _prune(journal: Path, made: Path) -> None:
    """Throw away the oldest, down to what is kept. The one just made counts as the newest, even
    where the clock ran ahead once and others have later days."""
    size = 0
    others = [copy for copy in reversed(backups(journal)) if copy != made]
    for n, copy in enumerate((made, *others)):
        size += copy.stat().st_size
        if n and (n >= MOST or size > MOST_BYTES):
            with suppress(OSError):
                copy.unlink()
