"""The real environment: this process's streams, clock, random source and folders."""

from __future__ import annotations

import os
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from quizcli.env import Environment

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import TextIO


class SystemClock:
    """The time of this machine."""

    def now(self) -> datetime:
        """The time in UTC."""
        return datetime.now(UTC)

    def ticks(self) -> float:
        """Seconds that never go back."""
        return time.monotonic()


class SystemRandom:
    """Randomness of the operating system, for seeds and names."""

    def seed(self) -> int:
        """From 1000 to 9999: four digits can be told over a desk and typed again."""
        return 1000 + int.from_bytes(os.urandom(4)) % 9000

    def uid(self) -> str:
        """32 hexadecimal digits."""
        return os.urandom(16).hex()


class SystemPaths:
    """QUIZCLI_HOME, where it is set, else the folders that this system means for such files."""

    def __init__(self, variables: Mapping[str, str]) -> None:
        home = variables.get("QUIZCLI_HOME")
        self._home = Path(home).expanduser() if home else None

    @property
    def data(self) -> Path:
        """The journal and the learner's own banks."""
        if self._home:
            return self._home
        from platformdirs import user_data_path

        return user_data_path("quizcli", appauthor=False)

    @property
    def cache(self) -> Path:
        """Compiled banks."""
        if self._home:
            return self._home / "cache"
        from platformdirs import user_cache_path

        return user_cache_path("quizcli", appauthor=False)

    @property
    def config(self) -> Path:
        """Settings."""
        if self._home:
            return self._home / "config"
        from platformdirs import user_config_path

        return user_config_path("quizcli", appauthor=False)


def real() -> Environment:
    """The environment of this process. Text that a stream cannot carry is escaped, not raised."""
    for stream in (sys.stdout, sys.stderr):
        _reconfigure(stream, "backslashreplace")
    _reconfigure(sys.stdin, "replace")
    return Environment(
        stdin=sys.stdin,
        stdout=sys.stdout,
        stderr=sys.stderr,
        variables=os.environ,
        clock=SystemClock(),
        random=SystemRandom(),
        paths=SystemPaths(os.environ),
        cwd=Path.cwd(),
        interactive=_interactive(),
    )


def _reconfigure(stream: TextIO | None, errors: str) -> None:
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors=errors)


def _interactive() -> bool:
    dumb = os.environ.get("TERM", "").lower() in {"dumb", "unknown"}
    return sys.stdin.isatty() and sys.stdout.isatty() and not dumb
