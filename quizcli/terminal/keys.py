"""Single keys from a terminal, by name; and the terminal put back as it was, whatever happens.

The reader waits with a timeout, so that a clock can tick; takes bursts and pasted text apart;
swallows escape sequences that it does not know (a mouse, a focus report); notices a resize; and
hands the terminal back while the program is suspended.
"""

from __future__ import annotations

import codecs
import os
import select
import signal
import sys
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from quizcli.terminal.sequences import KeyParser

if TYPE_CHECKING:
    from types import FrameType


class TerminalKeyboard:
    """The keyboard of a Unix terminal; a context manager that leaves the terminal as it was."""

    def __init__(self, fd: int) -> None:
        self._fd = fd
        self._parser = KeyParser()
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._resized = False
        self._saved: list[Any] | None = None
        self._handlers: dict[int, Any] = {}
        self._wake: tuple[int, int] | None = None
        self._old_wakeup = -1

    def __enter__(self) -> TerminalKeyboard:
        import termios

        self._saved = termios.tcgetattr(self._fd)
        # Signals wake the select below; without this one could slip in just before it.
        reader, writer = os.pipe()
        os.set_blocking(reader, False)
        os.set_blocking(writer, False)
        self._wake = (reader, writer)
        self._old_wakeup = signal.set_wakeup_fd(writer, warn_on_full_buffer=False)
        for number, handler in (
            (signal.SIGWINCH, self._on_resize),
            (signal.SIGTSTP, self._on_suspend),
            (signal.SIGCONT, self._on_continue),
        ):
            self._handlers[number] = signal.signal(number, handler)
        self._raw()
        return self

    def __exit__(self, *_: object) -> None:
        for number, handler in self._handlers.items():
            signal.signal(number, handler)
        signal.set_wakeup_fd(self._old_wakeup)
        if self._wake:
            for fd in self._wake:
                os.close(fd)
            self._wake = None
        self._restore()

    def _raw(self) -> None:
        """Keys at once and unseen; Ctrl-C, Ctrl-Z and output translation stay as they are."""
        import termios

        mode = termios.tcgetattr(self._fd)
        mode[3] &= ~(termios.ECHO | termios.ICANON)
        mode[6][termios.VMIN] = 1
        mode[6][termios.VTIME] = 0
        termios.tcsetattr(self._fd, termios.TCSADRAIN, mode)

    def _restore(self) -> None:
        import termios

        # The terminal may be gone (SIGHUP); then there is nothing to put back.
        with suppress(termios.error, OSError):
            if self._saved is not None:
                termios.tcsetattr(self._fd, termios.TCSADRAIN, self._saved)

    def _on_resize(self, _number: int, _frame: FrameType | None) -> None:
        self._resized = True

    def _on_suspend(self, _number: int, _frame: FrameType | None) -> None:
        self._restore()
        with suppress(OSError):
            os.write(sys.stdout.fileno(), b"\x1b[?25h")
        signal.signal(signal.SIGTSTP, signal.SIG_DFL)
        os.kill(os.getpid(), signal.SIGTSTP)
        signal.signal(signal.SIGTSTP, self._on_suspend)

    def _on_continue(self, _number: int, _frame: FrameType | None) -> None:
        """After a stop of any kind, SIGSTOP included, the shell has left its own modes behind."""
        import termios

        # A terminal that is closed sends this too, and has no modes any more.
        with suppress(termios.error, OSError):
            self._raw()
        self._resized = True

    def key(self, timeout: float | None = None) -> str:
        """The next key; ``""`` after ``timeout`` seconds, ``"resize"`` when the window changed.

        Raises EOFError when the terminal is gone.
        """
        end = None if timeout is None else time.monotonic() + timeout
        while True:
            if self._resized:
                self._resized = False
                return "resize"
            found = self._parser.next()
            if found:
                return found
            # What is swallowed, a mouse that moves for instance, must not hold up the clock.
            left = None if end is None else max(0.0, end - time.monotonic())
            ready = self._ready(self._parser.patience or left)
            if ready:
                self._read()
            if left == 0 or not ready:
                found = self._parser.next(final=not ready)
                if found or left == 0:
                    return found or ""

    def _ready(self, wait: float | None) -> bool:
        assert self._wake is not None
        readable, _, _ = select.select([self._fd, self._wake[0]], [], [], wait)
        if self._wake[0] in readable:
            with suppress(BlockingIOError):
                os.read(self._wake[0], 1024)
        # A signal alone: go round again, so that its handler's word is heard.
        return bool(readable)

    def _read(self) -> None:
        readable, _, _ = select.select([self._fd], [], [], 0)
        if not readable:
            return
        try:
            data = os.read(self._fd, 4096)
        except OSError as error:
            raise EOFError("the terminal is gone") from error
        if not data:
            raise EOFError("the terminal is gone")
        self._parser.feed(self._decoder.decode(data))

    def drop(self) -> None:
        """Forget what was typed ahead."""
        import termios

        self._parser.clear()
        with suppress(termios.error):
            termios.tcflush(self._fd, termios.TCIFLUSH)
