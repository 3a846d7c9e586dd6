"""The keyboard and the screen of this process."""

from __future__ import annotations

import sys
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from quizcli.play.console import KeyConsole

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from quizcli.cli.context import Context
    from quizcli.play.console import Remaining
    from quizcli.terminal.keys import TerminalKeyboard
    from quizcli.terminal.keys_windows import WindowsKeyboard


class StreamScreen:
    """stdout as a screen; its size is asked anew each time."""

    def __init__(self, context: Context) -> None:
        self._context = context

    @property
    def width(self) -> int:
        """Columns."""
        return self._context.style().width

    @property
    def height(self) -> int:
        """Rows."""
        return self._context.style().height

    def write(self, text: str) -> None:
        """Write and flush."""
        self._context.env.stdout.write(text)
        self._context.env.stdout.flush()


def keyboard(context: Context) -> TerminalKeyboard | WindowsKeyboard:
    """The keyboard of this system."""
    if sys.platform == "win32":
        from quizcli.terminal.keys_windows import WindowsKeyboard

        return WindowsKeyboard()
    from quizcli.terminal.keys import TerminalKeyboard

    return TerminalKeyboard(context.env.stdin.fileno(), context.env.stdout)


@contextmanager
def consoles(context: Context) -> Iterator[Callable[[Remaining], KeyConsole]]:
    """A function that makes consoles over one keyboard, each with what remains of a time limit;
    the terminal is put back at the end."""
    with keyboard(context) as keys:
        screen = StreamScreen(context)
        # What was typed before this point has been echoed.
        screen.write("\r\x1b[K")
        leave = bool(context.setting("confirm-leave"))
        try:
            yield lambda remaining: KeyConsole(
                context.env, keys, screen, context.style, confirm_leave=leave, remaining=remaining
            )
        finally:
            with suppress(OSError):  # the terminal may be gone, and what ended this matters more
                screen.write("\x1b[?25h")
