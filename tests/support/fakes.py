"""The world outside, faked: a clock that stands still, a keyboard that plays a script, a screen
that can be read. Nothing here touches a terminal, so loops run as fast as they can."""

from __future__ import annotations

import os
import signal
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from io import StringIO
from itertools import count
from typing import TYPE_CHECKING

import pyte

from quizcli.env import Environment
from quizcli.signals import ENDING, put_back
from quizcli.terminal.style import OutputStyle

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path
    from typing import TextIO

    from quizcli.journal.attempts import Journal

START = datetime(2026, 11, 19, 14, 5, tzinfo=UTC)


class FakeClock:
    """Time that passes only when it is told to."""

    def __init__(self, start: datetime = START) -> None:
        self.start = start
        self.passed = 0.0

    def now(self) -> datetime:
        """The time in UTC."""
        return self.start + timedelta(seconds=self.passed)

    def ticks(self) -> float:
        """Seconds since some moment before the start."""
        return 1000 + self.passed

    def tick(self, seconds: float) -> None:
        """Let time pass."""
        self.passed += seconds


_NAMES = count(1)


@dataclass
class FakeRandom:
    """Seeds 1001, 1002, … and names that differ between all of them."""

    drawn: int = 0

    def seed(self) -> int:
        """The next seed."""
        self.drawn += 1
        return 1000 + self.drawn

    def uid(self) -> str:
        """The next name."""
        return f"{os.getpid():016x}{next(_NAMES):016x}"


@dataclass(frozen=True)
class FakePaths:
    """All folders in one."""

    root: Path

    @property
    def data(self) -> Path:
        """The journal and the learner's own banks."""
        return self.root

    @property
    def cache(self) -> Path:
        """Compiled banks."""
        return self.root / "cache"

    @property
    def config(self) -> Path:
        """Settings."""
        return self.root / "config"


class OutOfKeys(AssertionError):
    """The loop waits for a key that no script has: it did not end where the test meant it to."""


@dataclass(frozen=True)
class Wait:
    """Nobody presses anything for so many seconds; ``step`` pass between two looks at the clock,
    as on a machine that has other things to do."""

    seconds: float
    step: float = 50.0


@dataclass(frozen=True)
class Burst:
    """Keys pressed at once: all but the first are typed ahead, and lost when that is dropped."""

    keys: tuple[str, ...]


@dataclass(frozen=True)
class Then:
    """Something that happens between two keys, such as a window that changes its size."""

    act: Callable[[], object]


Script = str | Wait | Burst | Then


@dataclass
class FakeKeyboard:
    """Plays a script. Every key takes ``seconds`` of the clock."""

    script: Iterable[Script]
    clock: FakeClock
    seconds: float = 1.0
    ahead: list[str] = field(default_factory=list)
    drops: int = 0

    def __post_init__(self) -> None:
        self._rest = list(self.script)

    def key(self, timeout: float | None = None) -> str:
        """The next key of the script; time passes as if somebody pressed it."""
        if self.ahead:
            return self.ahead.pop(0)
        while self._rest:
            match self._rest[0]:
                case Then(act):
                    self._rest.pop(0)
                    act()
                case Wait(seconds, step):
                    passed = seconds if timeout is None else min(seconds, step)
                    self.clock.tick(passed)
                    self._rest[0] = Wait(seconds - passed, step)
                    if passed == seconds:
                        self._rest.pop(0)
                    if timeout is not None:
                        return ""
                case Burst(keys):
                    self._rest.pop(0)
                    self.clock.tick(self.seconds)
                    self.ahead = list(keys)
                    return self.ahead.pop(0)
                case "resize":
                    self._rest.pop(0)
                    return "resize"
                case str(key):
                    if timeout is not None and timeout < self.seconds:
                        return ""
                    self._rest.pop(0)
                    self.clock.tick(self.seconds)
                    return key
        raise OutOfKeys("the script is at its end")

    def drop(self) -> None:
        """Forget what was typed ahead."""
        self.drops += 1
        self.ahead = []

    @property
    def played(self) -> bool:
        """Whether the whole script was asked for."""
        return not self._rest and not self.ahead


class FakeScreen:
    """A terminal without a process behind it: what was written, and what it looks like."""

    def __init__(self, width: int = 80, height: int = 24) -> None:
        self.written = ""
        self._terminal = pyte.HistoryScreen(width, height, history=2000, ratio=0.001)
        self._stream = pyte.Stream(self._terminal)
        self._pending = ""

    @property
    def width(self) -> int:
        """Columns."""
        return int(self._terminal.columns)

    @property
    def height(self) -> int:
        """Rows."""
        return int(self._terminal.lines)

    def write(self, text: str) -> None:
        """Show text."""
        self.written += text
        self._pending += text.replace("\n", "\r\n")

    def resize(self, width: int, height: int) -> None:
        """Another size of the window."""
        self.seen.resize(height, width)

    def reset(self) -> None:
        """An empty window, and nothing above it."""
        self.written = ""
        self.seen.reset()
        self.seen.history.top.clear()

    @property
    def seen(self) -> pyte.HistoryScreen:
        """The terminal, when all that was written has arrived."""
        pending, self._pending = self._pending, ""
        self._stream.feed(pending)
        return self._terminal

    @property
    def window(self) -> list[str]:
        """The lines that are in sight."""
        return [line.rstrip() for line in self.seen.display]

    @property
    def text(self) -> str:
        """Everything, the scrollback included."""
        above = [
            "".join(row[column].data for column in range(max(row, default=0) + 1)).rstrip()
            for row in self.seen.history.top
        ]
        return "\n".join([*above, *self.window]).rstrip()

    def look(self) -> OutputStyle:
        """How a program sees this screen: Unicode, no colour."""
        return OutputStyle(self.width, self.height, colour=False, unicode=True)


def environment(
    root: Path,
    stdin_text: str = "",
    *,
    stdin: TextIO | None = None,
    stdout: TextIO | None = None,
    clock: FakeClock | None = None,
    variables: Mapping[str, str] | None = None,
) -> Environment:
    """An environment without a terminal, whose streams are texts."""
    return Environment(
        stdin=stdin or StringIO(stdin_text),
        stdout=stdout or StringIO(),
        stderr=StringIO(),
        variables=variables or {},
        clock=clock or FakeClock(),
        random=FakeRandom(),
        paths=FakePaths(root),
        cwd=root,
        interactive=False,
    )


def quick_journal(root: Path) -> Journal:
    """A journal that does not wait for the disk; for tests of what is written, not of how safely."""
    from quizcli.journal.attempts import Journal

    journal = Journal(root / "journal.sqlite3")
    journal.connection.execute("PRAGMA synchronous = OFF")
    return journal


def invoke(env: Environment, *arguments: str) -> int:
    """Run the program in this process and in that environment; returns its exit code."""
    from quizcli.cli.app import app
    from quizcli.cli.context import Context

    kept = {number: signal.getsignal(number) for number in ENDING}
    try:
        app(list(arguments), prog_name="quizcli", obj=Context(lambda: env))
    except SystemExit as ended:
        return int(ended.code or 0)
    finally:
        put_back()
        for number, handler in kept.items():
            signal.signal(number, handler)
    return 0


def told(env: Environment) -> str:
    """What an invocation wrote to stderr."""
    return str(env.stderr.getvalue())  # type: ignore[attr-defined]


def printed(env: Environment) -> str:
    """What an invocation wrote to stdout."""
    return str(env.stdout.getvalue())  # type: ignore[attr-defined]
