"""Pieces of SQL, and values as they are stored."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence


def marks(values: Sequence[Any]) -> str:
    """As many question marks as there are values."""
    return ",".join("?" * len(values))


def undone(table: str) -> str:
    """What was taken back in a table whose undos are rows: the ``target`` of each undo that no
    other took back, since an undo of an undo lets it count again."""
    return (
        f"SELECT u.target FROM {table} AS u WHERE u.did = 'undo' AND u.target IS NOT NULL AND "
        f"NOT EXISTS (SELECT 1 FROM {table} AS v WHERE v.did = 'undo' AND v.target = u.id)"
    )


def stands(table: str, id: str) -> str:
    """The condition that a row was not taken back; to be looked up for each, by an index."""
    return f"NOT EXISTS ({undone(table)} AND u.target = {id})"


def path_value(path: str) -> str | bytes:
    """A path as it can be stored: as text, or where it is none (of another encoding) as bytes."""
    try:
        path.encode()
    except UnicodeEncodeError:
        return os.fsencode(path)
    return path


def path_of(value: str | bytes) -> str:
    """A path as it was stored."""
    return os.fsdecode(value) if isinstance(value, bytes) else value
