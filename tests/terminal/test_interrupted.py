"""A signal at every single step of opening, reading and closing a keyboard: whatever it interrupts,
the terminal is as it was in the end."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, NamedTuple

import pytest

if sys.platform == "win32":
    pytest.skip("pseudo-terminals are a matter of Unix", allow_module_level=True)

import pty
import signal
import termios
from pathlib import Path

from quizcli import signals
from quizcli.terminal import keys
from quizcli.terminal.keys import SHOW_CURSOR, TerminalKeyboard

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType
    from typing import TextIO

HIDE_CURSOR = "\x1b[?25l"
EXCHANGED = (signal.SIGWINCH, signal.SIGTSTP, signal.SIGCONT)
FILES = {keys.__file__, signals.__file__, __file__}


class Injected(NamedTuple):
    """Signals by the step, from 0, before which they come."""

    at: dict[int, int]
    steps: list[int]

    def __call__(self, frame: FrameType, event: str, _arg: object) -> Injected | None:
        """A step of the interpreter, within the files that this is about."""
        if frame.f_code.co_filename not in FILES or frame.f_code is type(self).__call__.__code__:
            return None
        frame.f_trace_opcodes = True
        if event == "opcode":
            self.steps[0] += 1
            number = self.at.get(self.steps[0] - 1)
            if number is not None:
                signal.raise_signal(number)
        return self


class Ends(NamedTuple):
    """The end of a pseudo-terminal that a program reads, and a file for what it writes: a terminal
    would hand that on a moment later."""

    far: int
    screen: TextIO


@pytest.fixture
def ends(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Ends]:
    """A pseudo-terminal. A stop of this process is one that goes on at once."""
    near, far = pty.openpty()
    kept = {number: signal.getsignal(number) for number in (*EXCHANGED, *signals.ENDING)}
    for number in EXCHANGED:
        signal.signal(number, lambda *_: None)
    monkeypatch.setattr(os, "tcgetpgrp", lambda _: os.getpgrp())
    monkeypatch.setattr(os, "kill", lambda *_: signal.raise_signal(signal.SIGCONT))
    with (tmp_path / "screen").open("a", encoding="utf-8") as screen:
        yield Ends(far, screen)
    os.close(near)
    os.close(far)
    for number, handler in kept.items():
        signal.signal(number, handler)


def played(ends: Ends) -> None:
    """The frame around everything, as the program has it, and a keyboard within."""
    try:
        signals.raise_once()
        with TerminalKeyboard(ends.far, ends.screen) as keyboard:
            ends.screen.write(HIDE_CURSOR)
            ends.screen.flush()
            keyboard.key(0)
    finally:
        signals.put_back()


def interrupted(ends: Ends, at: dict[int, int]) -> tuple[int, bool]:
    """Play it with these signals: how many steps it took, and whether it came to its end. Then
    everything is as it was."""
    modes = termios.tcgetattr(ends.far)
    handlers = [signal.getsignal(number) for number in EXCHANGED]
    ends.screen.truncate(0)
    injected, whole = Injected(at, [0]), True
    before = sys.gettrace()
    sys.settrace(injected)  # type: ignore[arg-type]
    try:
        played(ends)
    except signals.Ended:
        whole = False
    finally:
        sys.settrace(before)
        signals.put_back()  # a signal that came at the very end is raised no more
    shown = Path(ends.screen.name).read_text()
    assert termios.tcgetattr(ends.far) == modes, at
    assert shown.rfind(SHOW_CURSOR) >= shown.rfind(HIDE_CURSOR), at
    assert [signal.getsignal(number) for number in EXCHANGED] == handlers, at
    assert signal.set_wakeup_fd(-1) == -1, at
    assert not signals._changes, at
    return injected.steps[0], whole


@pytest.mark.parametrize("name", ["SIGINT", "SIGTSTP", "SIGCONT", "SIGWINCH"])
def test_at_every_step(ends: Ends, name: str) -> None:
    """Each alone; those that end nothing let it come to its end."""
    number = getattr(signal, name)
    steps, whole = interrupted(ends, {})
    assert whole
    assert steps > 300
    early = 0
    for step in range(steps):
        _, whole = interrupted(ends, {step: number})
        early += not whole
    assert early > steps / 2 if name == "SIGINT" else not early


@pytest.mark.parametrize("name", ["SIGTSTP", "SIGCONT"])
def test_the_end_in_the_middle_of_a_stop(ends: Ends, name: str) -> None:
    """A signal that ends the program arrives while another is answered."""
    steps, _ = interrupted(ends, {})
    for step in range(0, steps, 11):
        for later in range(1, 60, 5):
            interrupted(ends, {step: getattr(signal, name), step + later: signal.SIGTERM})


def test_a_terminal_that_refuses(ends: Ends, monkeypatch: pytest.MonkeyPatch) -> None:
    """An error while the mode is set: what was changed before it is put back."""
    modes = termios.tcgetattr(ends.far)
    real, calls = termios.tcsetattr, []

    def refuse(*arguments: object) -> None:
        calls.append(arguments)
        if len(calls) == 1:
            raise termios.error(5, "Input/output error")
        real(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(termios, "tcsetattr", refuse)
    with pytest.raises(termios.error), TerminalKeyboard(ends.far, ends.screen):
        pass
    assert termios.tcgetattr(ends.far) == modes
    assert signal.set_wakeup_fd(-1) == -1
    assert not signals._changes


def test_a_system_call_that_was_interrupted(ends: Ends, monkeypatch: pytest.MonkeyPatch) -> None:
    """EINTR is no refusal: the mode is set, and put back, by trying again."""
    modes = termios.tcgetattr(ends.far)
    real, calls = termios.tcsetattr, []

    def interrupt(*arguments: object) -> None:
        calls.append(arguments)
        if len(calls) % 2:
            raise termios.error(4, "Interrupted system call")
        real(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(termios, "tcsetattr", interrupt)
    with TerminalKeyboard(ends.far, ends.screen):
        assert termios.tcgetattr(ends.far) != modes
    assert termios.tcgetattr(ends.far) == modes
