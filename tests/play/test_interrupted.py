"""Whole verbs at a terminal, interrupted: at each call that changes the terminal or the handlers of
signals, writes to the screen or closes the journal; and in real terminals at random moments."""

from __future__ import annotations

import os
import random
import sys
import threading
import time
from typing import TYPE_CHECKING

import pytest

from tests.support.samples import SAMPLE

if sys.platform == "win32":
    pytest.skip("pseudo-terminals are a matter of Unix", allow_module_level=True)

import pty
import select
import signal
import termios

from quizcli import signals
from quizcli.journal.attempts import Journal
from tests.support.fakes import environment, invoke
from tests.support.terminal import Terminal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from typing import Any

VERBS = {
    "take": ["take", str(SAMPLE), "--seed", "7"],
    "review": ["review", str(SAMPLE), "--seed", "7"],
    "cards": ["cards", str(SAMPLE), "--seed", "7"],
    "demo": ["demo", "gate-width", "--seed", "7"],
}
CALLS: tuple[tuple[Any, str], ...] = (
    (termios, "tcgetattr"), (termios, "tcsetattr"), (termios, "tcflush"), (signal, "signal"),
    (signal, "getsignal"), (signal, "set_wakeup_fd"), (os, "pipe"), (os, "close"), (os, "read"),
    (os, "set_blocking"), (os, "tcgetpgrp"), (select, "select"), (Journal, "close"),
)  # fmt: skip


class Stream:
    """stdout at a terminal: what was written, and a call that counts for each time."""

    def __init__(self, far: int, call: Callable[[Callable[[], object]], None]) -> None:
        self._far, self._call, self.shown = far, call, ""

    def write(self, text: str) -> None:
        """Keep it."""

        def keep() -> None:
            self.shown += text

        self._call(keep)

    def flush(self) -> None:
        """Nothing is held back."""

    def isatty(self) -> bool:
        """It is one."""
        return True

    def fileno(self) -> int:
        """The terminal's."""
        return self._far

    encoding = "utf-8"


@pytest.fixture
def ends() -> Iterator[tuple[int, int]]:
    """A pseudo-terminal whose near end is read by somebody."""
    near, far = pty.openpty()
    kept = {number: signal.getsignal(number) for number in signals.ENDING}
    signal.signal(signal.SIGINT, signal.default_int_handler)  # in the background it is ignored
    yield near, far
    for number, handler in kept.items():
        signal.signal(number, handler)
    os.close(near)
    os.close(far)


@pytest.mark.parametrize("after", [False, True], ids=["before the call", "after it"])
@pytest.mark.parametrize("verb", VERBS)
def test_at_every_call(
    tmp_path: Path, ends: tuple[int, int], monkeypatch: pytest.MonkeyPatch, verb: str, after: bool
) -> None:
    """The exit code is that of the signal, and the terminal is as it was."""
    near, far = ends
    modes, at, count = termios.tcgetattr(far), [-1], [0]

    handler = signal.getsignal

    def call(real: Callable[[], object]) -> Any:
        if getattr(handler(signal.SIGINT), "__module__", "") != signals.__name__:
            return real()  # the test's own
        count[0] += 1
        now = count[0] == at[0]
        if now and not after:
            signal.raise_signal(signal.SIGINT)
        try:
            return real()
        finally:
            if now and after:
                signal.raise_signal(signal.SIGINT)

    wait = select.select

    def pressed(*arguments: Any) -> Any:
        """Where a key is waited for it is pressed: what was typed before is forgotten."""
        if arguments[3] is None:
            os.write(near, b"\x1b")
        return wait(*arguments)

    monkeypatch.setattr(select, "select", pressed)
    for module, name in CALLS:
        real = getattr(module, name)
        monkeypatch.setattr(
            module, name, lambda *a, real=real, **k: call(lambda: real(*a, **k))
        )  # fmt: skip

    def once(n: int) -> int:
        termios.tcflush(far, termios.TCIOFLUSH)
        count[0], at[0] = 0, n
        screen = Stream(far, call)
        with os.fdopen(os.dup(far), encoding="utf-8") as keyboard:
            env = environment(tmp_path, stdin=keyboard, stdout=screen)  # type: ignore[arg-type]
            signal.alarm(60)  # what waits for a key for ever is ended
            try:
                code = invoke(env._replace(interactive=True), *VERBS[verb])
            except (signals.Ended, KeyboardInterrupt):  # the verb is done
                code = 130
            finally:
                signal.alarm(0)
                at[0] = -1
                signals.put_back()
        assert termios.tcgetattr(far) == modes, n
        assert screen.shown.rfind("\x1b[?25h") >= screen.shown.rfind("\x1b[?25l"), n
        assert not signals._changes
        return code

    assert once(-1) == once(-1) == 0  # the first time there is more to be read
    total = count[0]
    assert total > 30
    for n in range(1, total + 1):
        code = once(n)
        # How often a slow machine writes or waits is not always the same: where there was no n-th
        # call there was no signal.
        assert code == (130 if count[0] >= n else 0), n
    assert count[0] > 30


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT])
@pytest.mark.parametrize("verb", VERBS)
def test_at_any_moment(tmp_path: Path, verb: str, number: signal.Signals) -> None:
    """From its start to its end, in a real terminal."""
    run_at_random(tmp_path, verb, number, 1)


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT])
@pytest.mark.parametrize("verb", VERBS)
def test_at_many_moments(tmp_path: Path, verb: str, number: signal.Signals) -> None:
    """The same, often."""
    run_at_random(tmp_path, verb, number, 25)


def run_at_random(home: Path, verb: str, number: signal.Signals, times: int) -> None:
    """Leave with keys, and send a signal meanwhile."""
    typed = True
    (home / "welcomed").touch()
    for _ in range(times):
        seconds = random.uniform(0.1, 1.0)
        terminal = Terminal(home, *VERBS[verb])
        try:
            timer = threading.Timer(seconds, terminal.child.kill, (number,))
            timer.start()
            end = time.monotonic() + seconds
            while time.monotonic() < end:
                terminal._take()
                if b"Esc" in terminal.raw and typed:
                    terminal.press("\x1b")
                    typed = False
            timer.join()
            code = terminal.ended()
            said = f"{verb}, {number.name} after {seconds:.3f} s"
            # Where the interpreter itself was interrupted the program had not begun.
            if b"quizcli" in terminal.raw or b"\x1b" in terminal.raw:
                assert code in {128 + number, 0}, said
            assert terminal.modes == terminal.modes_before, said
            assert terminal.cursor, said
            assert b"Traceback" not in terminal.raw or b"quizcli" not in terminal.raw, said
        finally:
            terminal.close()
