"""Single keys from a terminal, by name; and the terminal put back as it was, whatever happens.

The reader waits with a timeout, so that a clock can tick; takes bursts and pasted text apart;
swallows escape sequences that it does not know (a mouse, a focus report); notices a resize; and
hands the terminal back while the program is suspended.
"""

from __future__ import annotations

import codecs
import errno
import os
import select
import signal
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from quizcli import signals
from quizcli.terminal.sequences import KeyParser

if TYPE_CHECKING:
    from types import FrameType
    from typing import TextIO


SHOW_CURSOR = "\x1b[?25h"
PASTED = 64  # nobody types so many characters ahead
REST_SECONDS = 0.03  # within which the rest of a page follows; a key held down takes longer


class TerminalKeyboard:
    """The keyboard of a Unix terminal; a context manager that leaves the terminal as it was.

    ``screen`` is what the loops write to: the cursor that they hide is shown again in it.
    """

    def __init__(self, fd: int, screen: TextIO | None = None) -> None:
        self._fd = fd
        self._screen = screen
        self._parser = KeyParser()
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._resized = False
        self._read_at = 0.0
        self._reading = False  # whether the end of a stop sets the mode again
        # What is put back; nothing where nothing was changed yet, or all is as it was.
        self._saved: list[Any] | None = None
        self._handlers: dict[int, Any] = {}
        self._wake: tuple[int, int] | None = None

    def __enter__(self) -> TerminalKeyboard:
        try:
            self._open()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _open(self) -> None:
        import termios

        signals.note(self.close)
        self._saved = termios.tcgetattr(self._fd)
        # Signals wake the select below; without this one could slip in just before it.
        self._wake = os.pipe()
        for fd in self._wake:
            os.set_blocking(fd, False)
        signal.set_wakeup_fd(self._wake[1], warn_on_full_buffer=False)
        for number, handler in (
            (signal.SIGWINCH, self._on_resize),
            (signal.SIGTSTP, self._on_suspend),
            (signal.SIGCONT, self._on_continue),
        ):
            self._handlers[number] = signal.getsignal(number)
            signal.signal(number, handler)
        self._reading = True
        self._raw()

    def close(self) -> None:
        """Put everything back, the terminal first. A signal may interrupt this anywhere; called
        once more it does what is left."""
        self._reading = False
        self._restore()
        self._saved = None
        for number, handler in self._handlers.items():
            signal.signal(number, handler)
        if self._wake is not None:
            signal.set_wakeup_fd(-1)
            wake, self._wake = self._wake, None
            for fd in wake:
                os.close(fd)
        signals.forget(self.close)

    def _raw(self) -> None:
        """Keys at once and unseen; Ctrl-C, Ctrl-Z and output translation stay as they are."""
        import termios

        mode = termios.tcgetattr(self._fd)
        mode[3] &= ~(termios.ECHO | termios.ICANON)
        mode[6][termios.VMIN] = 1
        mode[6][termios.VTIME] = 0
        self._set(mode)

    def _restore(self) -> None:
        """The mode as it was, then the cursor, behind all that is still to be written."""
        import termios

        if self._saved is None or not self._in_front():
            return
        # The terminal may be gone (SIGHUP); then there is nothing to put back.
        with suppress(termios.error, OSError, ValueError):
            self._set(self._saved)
            if self._screen is not None:
                self._screen.write(SHOW_CURSOR)
                self._screen.flush()

    def _set(self, mode: list[Any]) -> None:
        """At once: waiting for the output to drain would wait for ever where it was stopped."""
        import termios

        while True:
            try:
                termios.tcsetattr(self._fd, termios.TCSANOW, mode)
            except termios.error as error:
                if error.args[0] != errno.EINTR:
                    raise
            else:
                return

    def _in_front(self) -> bool:
        """Whether the terminal is ours. In the background it is the shell's, with the shell's
        modes, and the system stops whoever sets others."""
        try:
            return os.tcgetpgrp(self._fd) == os.getpgrp()
        except OSError:  # a terminal that controls no session
            return True

    def _on_resize(self, _number: int, _frame: FrameType | None) -> None:
        self._resized = True

    def _on_suspend(self, _number: int, _frame: FrameType | None) -> None:
        import termios

        if self._saved is not None and self._in_front():
            with suppress(termios.error, OSError, ValueError):
                self._set(self._saved)
                # Not by the stream, in the middle of whose writing this may be.
                if self._screen is not None:
                    os.write(self._screen.fileno(), SHOW_CURSOR.encode())
        signal.signal(signal.SIGTSTP, signal.SIG_DFL)
        os.kill(os.getpid(), signal.SIGTSTP)
        signal.signal(signal.SIGTSTP, self._on_suspend)

    def _on_continue(self, _number: int, _frame: FrameType | None) -> None:
        """After a stop of any kind, SIGSTOP included, the shell has left its own modes behind."""
        import termios

        # A terminal that is closed sends this too, and has no modes any more.
        if self._reading and self._in_front():
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
                # Who only looks in hears of an Esc now, whose end is a short silence.
                if found or (left == 0 and not self._parser.waiting):
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
        now = time.monotonic()
        self._parser.feed(self._decoder.decode(data), now - self._read_at)
        self._read_at = now

    def drop(self) -> None:
        """Forget what was typed ahead."""
        import termios

        pasted = self._parser.clear() > PASTED
        end = time.monotonic() + 1
        with suppress(termios.error, OSError):
            termios.tcflush(self._fd, termios.TCIFLUSH)
            # A page is longer than what a terminal holds at once: its rest comes a moment later.
            while pasted and select.select([self._fd], [], [], REST_SECONDS)[0]:
                termios.tcflush(self._fd, termios.TCIFLUSH)
                pasted = time.monotonic() < end
