"""Pieces of SQL, and values as they are stored."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence


def marks(values: Sequence[Any]) -> str:
    """As many question marks as there are values."""
    return ",".join("?" * len(values))


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
