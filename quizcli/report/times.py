"""A moment as people read it: in the zone of whoever reads, which None makes this machine's."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime, tzinfo


def local(at: str, zone: tzinfo | None) -> str:
    """``2026-11-19 15:05 +01:00`` of an ISO 8601 time."""
    time = _there(at, zone)
    return f"{time:%Y-%m-%d %H:%M} {time.isoformat()[-6:]}"


def day(at: str, zone: tzinfo | None, *, year: bool = True) -> str:
    """``19 November 2026`` of an ISO 8601 time: for a sentence."""
    time = _there(at, zone)
    return f"{time.day} {time:%B %Y}" if year else f"{time.day} {time:%B}"


def _there(at: str, zone: tzinfo | None) -> datetime:
    from datetime import datetime

    return datetime.fromisoformat(at).astimezone(zone)
