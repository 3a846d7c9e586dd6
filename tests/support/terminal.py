"""A real pseudo-terminal with the program in it: keys in, and what a learner sees.

pexpect runs the program, pyte reads its screen. Nothing here sleeps for a fixed time: a test waits
until something is on the screen.
"""

from __future__ import annotations

import os
import shlex
import signal
import sys
import termios
import time
from typing import TYPE_CHECKING

import pexpect
import pyte

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

PATIENCE = 20.0  # seconds; a loaded machine is slow to start Python


class Terminal:
    """A window of so many rows and columns, and the program in it.

    ``shell`` starts it as a job of an interactive shell, which is what suspending needs; ``prefix``
    is a program that runs it, such as strace.
    """

    def __init__(
        self,
        home: Path,
        *arguments: str,
        rows: int = 24,
        columns: int = 80,
        variables: Mapping[str, str] | None = None,
        shell: bool = False,
        prefix: Sequence[str] = (),
    ) -> None:
        env = {
            **os.environ,
            "TERM": "xterm-256color",
            "LANG": "C.UTF-8",
            "QUIZCLI_HOME": str(home),
            **(variables or {}),
        }
        command = [*prefix, sys.executable, "-m", "quizcli", *arguments]
        self.command = shlex.join(command)
        program = ["bash", "--norc", "--noprofile", "--noediting", "-i"] if shell else command
        if shell:
            env["PS1"] = "ready> "
        self.child = pexpect.spawn(
            program[0], program[1:], dimensions=(rows, columns), env=env, timeout=PATIENCE
        )
        self.child.delaybeforesend = None
        # Linux tells the modes of the far end at the near one, after the program has ended too.
        self.modes_before = self.modes
        self._last_modes: list[object] = []
        self.raw = b""
        self.screen = pyte.HistoryScreen(columns, rows, history=3000, ratio=0.001)
        self._stream = pyte.ByteStream(self.screen)

    def close(self) -> None:
        """End whatever still runs."""
        if self.child.closed:
            return
        self.child.kill(signal.SIGKILL)
        while self.child.isalive():
            time.sleep(0.005)
        self.child.close()

    def press(self, *keys: str) -> None:
        """Send keys, as a keyboard would."""
        for key in keys:
            self.child.send(key)

    def leave(self, key: str = "\x1b") -> None:
        """Leave in the middle: the program asks once whether that is meant."""
        size = len(self.raw)
        self.press(key)
        self.wait(lambda: len(self.raw) > size, "the question whether to leave")
        self.quiet()
        assert self.child.isalive()
        self.press(key)

    def resize(self, rows: int, columns: int) -> None:
        """Another size of the window."""
        self.child.setwinsize(rows, columns)
        self.screen.resize(rows, columns)

    def _take(self) -> bool:
        try:
            data = self.child.read_nonblocking(65536, timeout=0.05)
        except (pexpect.TIMEOUT, pexpect.EOF):
            return False
        self.raw += data
        self._stream.feed(data)
        return True

    def wait(self, until: Callable[[], bool], what: str) -> None:
        """Read until something holds."""
        end = time.monotonic() + PATIENCE
        while not until():
            if time.monotonic() > end:
                raise AssertionError(f"{what} did not come; the screen:\n{self.text}")
            self._take()

    def see(self, *words: str) -> None:
        """Wait until the window shows all these words."""
        self.wait(lambda: all(word in self.window for word in words), " and ".join(words))

    def gone(self, *words: str) -> None:
        """Wait until the window shows none of these words."""
        self.wait(lambda: not any(word in self.window for word in words), f"no {words}")

    def quiet(self, seconds: float = 0.15) -> None:
        """Read until nothing has come for a while, for what must not happen."""
        end = time.monotonic() + seconds
        size = len(self.raw)
        while time.monotonic() < end:
            self._take()
            if len(self.raw) > size:
                size, end = len(self.raw), time.monotonic() + seconds

    @property
    def lines(self) -> list[str]:
        """The lines of the window."""
        return [line.rstrip() for line in self.screen.display]

    @property
    def window(self) -> str:
        """What is in sight."""
        return "\n".join(self.lines)

    @property
    def text(self) -> str:
        """The scrollback and what is in sight."""
        above = [
            "".join(row[column].data for column in range(self.screen.columns)).rstrip()
            for row in self.screen.history.top
        ]
        return "\n".join([*above, *self.lines]).rstrip()

    @property
    def modes(self) -> list[object]:
        """The modes of the terminal now."""
        if self.child.closed:
            return self._last_modes
        return termios.tcgetattr(self.child.child_fd)

    @property
    def cooked(self) -> bool:
        """Whether the terminal echoes and gives whole lines."""
        wanted = termios.ECHO | termios.ICANON
        return int(self.modes[3]) & wanted == wanted  # type: ignore[call-overload]

    @property
    def cursor(self) -> bool:
        """Whether the cursor is to be seen."""
        return self.raw.rfind(b"\x1b[?25h") >= self.raw.rfind(b"\x1b[?25l")

    def ended(self) -> int:
        """Wait for the end of the program; its exit code, 128 + n for a signal as in a shell."""
        end = time.monotonic() + PATIENCE
        while self.child.isalive():
            if time.monotonic() > end:
                raise AssertionError(f"the program goes on; the screen:\n{self.text}")
            self._take()
        self.quiet(0.05)
        self._last_modes = self.modes
        self.child.close()
        code = self.child.exitstatus
        return int(code) if code is not None else 128 + int(self.child.signalstatus or 0)

    def left_clean(self) -> None:
        """Nothing the program did to the terminal is left: modes, cursor, no other mode set."""
        assert self.modes == self.modes_before
        assert self.cooked
        assert self.cursor
        for mode in (b"1049", b"1000", b"1002", b"1003", b"1006", b"2004", b"1004", b"1"):
            assert self.raw.rfind(b"\x1b[?" + mode + b"h") <= self.raw.rfind(
                b"\x1b[?" + mode + b"l"
            )
