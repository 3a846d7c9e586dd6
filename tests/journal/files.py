"""Journals spoiled in every way, and what lies beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Any

    from quizcli.journal.reviews import CardLog

import subprocess
import sys
from pathlib import Path

from tests.fakes import environment, invoke, told


def run(path: Path, *arguments: str) -> tuple[int, str]:
    """The program with its journal in the folder of ``path``: exit code and stderr."""
    env = environment(path.parent, "b\n")
    return invoke(env, *arguments), told(env)


def kept(path: Path) -> dict[str, bytes]:
    """Every file beside the journal, and the journal."""
    return {
        found.name: found.read_bytes()
        for found in path.parent.iterdir()
        if found.name.startswith(path.name)
    }


def page(path: Path, kind: int) -> int:
    """The offset of a b-tree page of this kind (13: leaf of a table, 10: leaf of an index)."""
    data = path.read_bytes()
    return max(start for start in range(4096, len(data), 4096) if data[start] == kind)


def garbage(path: Path) -> None:
    """Not a database."""
    path.write_bytes(b"My answers\n" * 1000)


def truncated(path: Path) -> None:
    """The second half is gone."""
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2 // 4096 * 4096])


def cut(path: Path) -> None:
    """Cut within a page."""
    path.write_bytes(path.read_bytes()[:-1000])


def flipped_table(path: Path) -> None:
    """Every bit of one page of a table is the other way round."""
    start = page(path, 13)
    data = bytearray(path.read_bytes())
    data[start : start + 4096] = bytes(255 - byte for byte in data[start : start + 4096])
    path.write_bytes(data)


def flipped_index(path: Path) -> None:
    """The same with one page of an index, which reading alone might never touch."""
    start = page(path, 10)
    data = bytearray(path.read_bytes())
    data[start : start + 4096] = bytes(255 - byte for byte in data[start : start + 4096])
    path.write_bytes(data)


def other_index(path: Path) -> None:
    """A page of an index that is whole, and has another key than the table: found by comparing the
    two, where no page alone shows it."""
    data = bytearray(path.read_bytes())
    pages = (start for start in range(4096, len(data), 4096) if data[start] == 10)
    ends = (start + 4095 for start in pages if chr(data[start + 4090]).isalnum())
    at = next(at for at in range(next(ends), 0, -1) if chr(data[at]).isalnum())
    data[at] ^= 2
    path.write_bytes(data)


def no_header(path: Path) -> None:
    """The first bytes are zeros."""
    data = path.read_bytes()
    path.write_bytes(bytes(100) + data[100:])


DAMAGES = [garbage, truncated, cut, flipped_table, flipped_index, other_index, no_header]


def with_log(path: Path) -> None:
    """Leave what a killed process leaves: committed pages in the log, not in the file."""
    writer = (
        "import os, sys; from pathlib import Path; from quizcli.journal.attempts import Journal; "
        "journal = Journal(Path(sys.argv[1])); "
        "journal.connection.execute('UPDATE main.attempts SET program = 9'); "
        "exec(sys.argv[2]); os._exit(9)"
    )
    extra = "journal.connection.execute('PRAGMA user_version = 99')" if "newer" in path.name else ""
    subprocess.run([sys.executable, "-c", writer, str(path), extra], check=False)
    assert path.with_name(f"{path.name}-wal").stat().st_size > 0


def selected(log: CardLog, sql: str, values: tuple[str, ...] = ()) -> list[tuple[Any, ...]]:
    """The rows of a query over the journal of a log."""
    return log.journal.connection.execute(sql, values).fetchall()
