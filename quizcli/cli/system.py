"""The real environment: this process's streams, clock, random source and folders."""

from __future__ import annotations

import os
import sys
import time
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from quizcli import streams
from quizcli.env import Environment
from quizcli.report.codes import UserError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import tzinfo


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
        self._named = variables.get("QUIZCLI_HOME")

    @property
    def _home(self) -> Path | None:
        """The folder that QUIZCLI_HOME names; raises UserError where there is none."""
        try:
            return Path(self._named).expanduser() if self._named else None
        except RuntimeError:
            raise UserError(
                f"QUIZCLI_HOME is {self._named}, and this system has no such user — write "
                "the full path of the folder"
            ) from None

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
        streams.tolerant(stream, "backslashreplace")
    streams.tolerant_input(sys.stdin)
    return Environment(
        stdin=sys.stdin,
        stdout=sys.stdout,
        stderr=sys.stderr,
        variables=os.environ,
        clock=SystemClock(),
        random=SystemRandom(),
        paths=SystemPaths(os.environ),
        cwd=_working_folder(),
        interactive=_interactive(),
        zone=_zone(),
    )


def _working_folder() -> Path:
    """Where this process stands; where that was removed, a folder that is not there. Most verbs
    need no file of it, and those that do find none."""
    try:
        return Path.cwd()
    except OSError:
        _tell("the working folder was removed; files in it cannot be found")
    return Path(os.sep, "removed working folder")


def _zone() -> tzinfo | None:
    """None, which stands for this machine's time zone, but where it is one that no date can be in:
    POSIX allows for a whole day and more."""
    if max(abs(time.timezone), abs(time.altzone)) < 24 * 60 * 60:
        return None
    _tell(f"TZ is {os.environ.get('TZ')}, a day or more from UTC; times are shown in UTC")
    return UTC


def _tell(sentence: str) -> None:
    from quizcli.terminal.safe import neutral

    with suppress(OSError):
        sys.stderr.write(f"quizcli: {neutral(sentence)}\n")


def _interactive() -> bool:
    dumb = os.environ.get("TERM", "").lower() in {"dumb", "unknown"}
    return sys.stdin.isatty() and sys.stdout.isatty() and not dumb
