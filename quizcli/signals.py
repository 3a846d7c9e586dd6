"""Signals that end the program, from its first moment to its last.

Two ways. While there is nothing to put back, a signal ends the process at once: a traceback of
half an import helps nobody. From the start of a verb on, the first signal becomes one exception,
and all others are let pass, since they would interrupt the way out.

Whoever changes something outside the process, such as the mode of a terminal, notes here *before*
the change how it is put back, and the outermost frame calls :func:`put_back`. Where the exception
kept somebody from putting back, nothing keeps the outermost frame from it. Blocking signals would
not give that: one that came just before is raised all the same, in the middle of the blocking.

An exception may be lost: in the clean-up of an object it is only printed, a package that is being
imported may catch everything, and a class that is being made turns it into another. So it is raised
once more each second until the way out is done (hence the outermost frame tries twice), and
whatever ends the program then, :func:`raised` knows why it ended.

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
TIMER = hasattr(_signal, "setitimer")  # not on Windows, whose console has nothing to be put back
AGAIN_SECONDS = 1.0
_raised: list[int] = []  # the number of the first signal
_changes: dict[Callable[[], None], None] = {}


class Ended(SystemExit):
    """What a signal raises; its code is the one by which a shell tells of that signal."""


def end_at_once() -> None:
    """From now on a signal ends the process: there is nothing to put back."""
    _handle(_exit)


def raise_once() -> None:
    """From now on the first signal raises :class:`Ended`, and no other does anything."""
    _raised.clear()

    def leave(number: int, _frame: object) -> None:
        if not _raised:
            _raised.append(number)
            again(number, _frame)

    def again(_number: int, _frame: object) -> None:
        if TIMER:
            _signal.signal(_signal.SIGALRM, again)
            _signal.setitimer(_signal.ITIMER_REAL, AGAIN_SECONDS)
        raise Ended(raised())

    _handle(leave)


def raised() -> int:
    """The exit code of the signal that was raised; 0 where none was."""
    return 128 + _raised[0] if _raised else 0


def note(undo: Callable[[], None]) -> None:
    """Something is about to be changed, and ``undo`` puts it back: whether it was changed wholly,
    in part or not yet, and also where ``undo`` itself was interrupted before."""
    _changes[undo] = None


def forget(undo: Callable[[], None]) -> None:
    """It was put back."""
    _changes.pop(undo, None)


def put_back() -> None:
    """Whatever is still changed; for the frame around everything, whose way out this ends."""
    if TIMER:
        _signal.setitimer(_signal.ITIMER_REAL, 0)
    for undo in reversed(list(_changes)):
        undo()
        forget(undo)


def unraisable(lost: Any) -> None:
    """For ``sys.unraisablehook``: of a signal that is raised once more nothing is printed."""
    if not isinstance(lost.exc_value, Ended):
        sys.__unraisablehook__(lost)


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
