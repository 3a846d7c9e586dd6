"""What is handed in everywhere: clock, random source, paths, keyboard, screen.

The rule: protocols and one record that carries them. Whoever needs the time or a seed takes an
:class:`Environment`; the real one is made once, at the command line, and tests make their own.
"""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING, Protocol, TextIO

from quizcli.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime, tzinfo
    from pathlib import Path


def timestamp(at: datetime) -> str:
    """The one way in which a time is written: UTC, ISO 8601, with milliseconds and a Z.

    Raises ValueError for a time without a zone.
    """
    if at.tzinfo is None:
        raise ValueError("a time without a time zone cannot be written: hand in UTC")
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


class Clock(Protocol):
    """Time, as it is or as a test says it is."""

    def now(self) -> datetime:
        """The time in UTC, with its zone set."""
        ...

    def ticks(self) -> float:
        """Seconds of a clock that never goes back, for measuring how long something took."""
        ...


class RandomSource(Protocol):
    """The one source of what a seed does not fix: the seed itself, and names that must differ."""

    def seed(self) -> int:
        """A fresh seed, small enough for a person to type."""
        ...

    def uid(self) -> str:
        """A name that nobody else draws: 32 hexadecimal digits."""
        ...


class Paths(Protocol):
    """The folders of this program."""

    @property
    def data(self) -> Path:
        """What must not be lost: the journal, the learner's own banks."""
        ...

    @property
    def cache(self) -> Path:
        """What may be deleted at any time."""
        ...

    @property
    def config(self) -> Path:
        """Settings."""
        ...


def own_folder(folder: Path) -> None:
    """Have a folder, for its owner only, and so are those above it that are made with it: the
    folder of the cache may be made before the journal that lies above it. One that is there keeps
    its rights. Raises OSError."""
    if not folder.is_dir():
        if folder.parent != folder:
            own_folder(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)


class Keyboard(Protocol):
    """Single keys, one at a time."""

    def key(self, timeout: float | None = None) -> str:
        """The next key by name or character; ``""`` when ``timeout`` seconds passed, ``"resize"``
        when the window changed. Raises EOFError when the terminal is gone."""
        ...

    def drop(self) -> None:
        """Forget what was typed and not read yet: what came before a feedback or a question was
        seen was not meant for it, and must not dismiss it unread."""
        ...


class Screen(Protocol):
    """Where text goes and how much room there is."""

    @property
    def width(self) -> int:
        """Columns."""
        ...

    @property
    def height(self) -> int:
        """Rows."""
        ...

    def write(self, text: str) -> None:
        """Write text as it is, control sequences of our own included, and flush."""
        ...


class Environment(NamedTuple):
    """Everything the program reaches of the world outside it.

    ``interactive`` says that keys can be read and a screen be drawn: stdin and stdout are
    terminals and the terminal is not dumb. ``zone`` is where the learner's days are lived; None
    stands for the time zone of this machine.
    """

    stdin: TextIO
    stdout: TextIO
    stderr: TextIO
    variables: Mapping[str, str]
    clock: Clock
    random: RandomSource
    paths: Paths
    cwd: Path
    interactive: bool
    zone: tzinfo | None = None
