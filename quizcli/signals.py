"""Signals that end the program, from its first moment to its last.

Two ways. While there is nothing to put back, a signal ends the process at once: a traceback of
half an import helps nobody. From the start of a verb on, the first signal becomes one exception,
and all others are let pass, since they would interrupt the way out.

Whoever changes something outside the process, such as the mode of a terminal, notes here *before*
the change how it is put back. Two frames around everything call :func:`put_back`, one within the
other. Only one exception is ever raised, so it can keep one of them from its work, not both: there
is no place at which a signal could leave a terminal as nobody wants it. Blocking signals would not
give that: a signal that came just before is raised all the same, in the middle of the blocking.

``_signal`` is built into the interpreter; ``signal`` is a file that imports ten others, and a
Ctrl-C during these would be a traceback.
"""

from __future__ import annotations

import _signal  # type: ignore[import-not-found]
import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

# Ctrl-\ too: like Ctrl-C it is a key, and would leave the terminal as it is just then.
_NAMES = ("SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT")
ENDING: tuple[int, ...] = tuple(getattr(_signal, n) for n in _NAMES if hasattr(_signal, n))
_changes: dict[Callable[[], None], None] = {}


class Ended(SystemExit):
    """What a signal raises; its code is the one by which a shell tells of that signal."""


def end_at_once() -> None:
    """From now on a signal ends the process: there is nothing to put back."""
    _handle(_exit)


def raise_once() -> None:
    """From now on the first signal raises :class:`Ended`, and no other does anything."""
    raised: list[int] = []

    def leave(number: int, _frame: object) -> None:
        if not raised:
            raised.append(number)
            raise Ended(128 + number)

    _handle(leave)


def note(undo: Callable[[], None]) -> None:
    """Something is about to be changed, and ``undo`` puts it back: whether it was changed wholly,
    in part or not yet, and also where ``undo`` itself was interrupted before."""
    _changes[undo] = None


def forget(undo: Callable[[], None]) -> None:
    """It was put back."""
    _changes.pop(undo, None)


def put_back() -> None:
    """Whatever is still changed; for the frames around everything."""
    for undo in reversed(list(_changes)):
        undo()
        forget(undo)


def raise_again(unraisable: Any) -> None:
    """For ``sys.unraisablehook``: a signal that came while an object was cleaned up, where nothing
    can be raised (each import does so once), is raised a moment later."""
    error = unraisable.exc_value
    if not isinstance(error, Ended):
        sys.__unraisablehook__(unraisable)
        return
    if not hasattr(_signal, "setitimer"):
        os._exit(int(error.code or 0))  # Windows, whose console has nothing to be put back

    def later(_number: int, _frame: object) -> None:
        raise Ended(error.code)

    _signal.signal(_signal.SIGALRM, later)
    _signal.setitimer(_signal.ITIMER_REAL, 0.01)


def _handle(handler: Callable[[int, object], None]) -> None:
    for number in ENDING:
        # nohup is to be obeyed.
        if _signal.getsignal(number) != _signal.SIG_IGN:
            try:
                _signal.signal(number, handler)
            except ValueError:  # only the main thread may ask
                return


def _exit(number: int, _frame: object) -> None:
    try:
        if number == _signal.SIGINT:  # the prompt goes below the ^C that the terminal has shown
            os.write(2, b"\n")
    finally:
        os._exit(128 + number)
