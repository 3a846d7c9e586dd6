"""Single keys from a terminal, by name; and the terminal put back as it was, whatever happens.

The reader waits with a timeout, so that a clock can tick; takes bursts and pasted text apart;
swallows escape sequences that it does not know (a mouse, a focus report); notices a resize; and
hands the terminal back while the program is suspended.
"""

from __future__ import annotations

import codecs
import os
import re
import select
import signal
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from types import FrameType

_NAMES = {
    "\r": "enter", "\n": "enter", "\t": "tab", "\x7f": "backspace", "\x08": "backspace",
    "\x04": "eof", "\x1b": "esc",
    "\x1b[A": "up", "\x1b[B": "down", "\x1b[C": "right", "\x1b[D": "left",
    "\x1bOA": "up", "\x1bOB": "down", "\x1bOC": "right", "\x1bOD": "left",
    "\x1b[H": "home", "\x1b[F": "end", "\x1b[5~": "pageup", "\x1b[6~": "pagedown",
    "\x1b[3~": "delete", "\x1bOM": "enter",
}  # fmt: skip
# A control sequence, an SS3 key, an X10 mouse report, Alt with a character.
_SEQUENCE = re.compile(
    r"\x1b(?:\[M[\s\S]{3}|\[[0-?]*[ -/]*[@-~]|O[ -~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[^\[O\x1b\]])"
)
_PARTIAL = re.compile(r"\x1b(?:\[[0-?]*[ -/]*|O|\[M[\s\S]{0,2}|\][^\x07\x1b]*\x1b?)?\Z")
# How long the rest of an escape sequence may take after its first byte, on a slow line.
ESCAPE_SECONDS = 0.05


class KeyParser:
    """Characters in, keys out; no terminal needed, so that every sequence can be tested."""

    def __init__(self) -> None:
        self.buffer = ""

    @property
    def waiting(self) -> bool:
        """Whether what is left may be the beginning of a longer sequence."""
        return bool(self.buffer) and bool(_PARTIAL.match(self.buffer))

    def feed(self, text: str) -> None:
        """More characters as they came."""
        self.buffer += text

    def next(self, *, final: bool = False) -> str | None:
        """The next key, or None. ``final``: nothing more comes, so a lone ESC is the key."""
        while self.buffer:
            if self.buffer[0] != "\x1b":
                character, self.buffer = self.buffer[0], self.buffer[1:]
                if character in _NAMES:
                    return _NAMES[character]
                if character.isprintable():
                    return character
                continue
            found = _SEQUENCE.match(self.buffer)
            if found:
                self.buffer = self.buffer[found.end() :]
                if found[0] in _NAMES:
                    return _NAMES[found[0]]
                continue
            if not final and self.waiting:
                return None
            self.buffer = self.buffer[1:] if self.buffer[1:2] == "\x1b" else ""
            return "esc"
        return None


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
        # Here the program goes on: it was continued.
        signal.signal(signal.SIGTSTP, self._on_suspend)
        self._raw()
        self._resized = True

    def key(self, timeout: float | None = None) -> str:
        """The next key; ``""`` after ``timeout`` seconds, ``"resize"`` when the window changed.

        Raises EOFError when the terminal is gone.
        """
        while True:
            if self._resized:
                self._resized = False
                return "resize"
            found = self._parser.next()
            if found:
                return found
            wait = ESCAPE_SECONDS if self._parser.waiting else timeout
            if not self._ready(wait):
                if self._resized:
                    continue
                if self._parser.waiting:
                    late = self._parser.next(final=True)
                    if late:
                        return late
                    continue
                return ""
            self._read()

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

        self._parser.buffer = ""
        with suppress(termios.error):
            termios.tcflush(self._fd, termios.TCIFLUSH)
