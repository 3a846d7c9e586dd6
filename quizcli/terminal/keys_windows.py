"""Single keys from a Windows console, by the same names as in a Unix terminal."""

from __future__ import annotations

import sys
import time

from quizcli.terminal.sequences import CONTROLS

_SPECIAL = {
    "H": "up", "P": "down", "K": "left", "M": "right", "G": "home", "O": "end",
    "I": "pageup", "Q": "pagedown", "S": "delete", "s": "word-left", "t": "word-right",
}  # fmt: skip
_NAMES = CONTROLS | {"\x1a": "eof", "\x1b": "esc", "\x7f": "word-backspace"}
POLL_SECONDS = 0.02


class WindowsKeyboard:
    """The console's keyboard. The console needs no mode set, so nothing has to be put back."""

    def __enter__(self) -> WindowsKeyboard:
        return self

    def __exit__(self, *_: object) -> None:
        return

    def key(self, timeout: float | None = None) -> str:
        """The next key, or ``""`` after ``timeout`` seconds."""
        if sys.platform == "win32":
            import msvcrt

            end = None if timeout is None else time.monotonic() + timeout
            while True:
                while msvcrt.kbhit():
                    character = msvcrt.getwch()
                    if character in {"\0", "\xe0"}:
                        name = _SPECIAL.get(msvcrt.getwch())
                        if name:
                            return name
                        continue
                    if character == "\x03":
                        raise KeyboardInterrupt
                    if character in _NAMES or character.isprintable():
                        return _NAMES.get(character, character)
                if end is not None and time.monotonic() >= end:
                    break
                time.sleep(POLL_SECONDS)
        return ""

    def drop(self) -> None:
        """Forget what was typed ahead."""
        if sys.platform == "win32":
            import msvcrt

            while msvcrt.kbhit():
                msvcrt.getwch()
