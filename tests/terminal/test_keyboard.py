"""The keyboard at a pseudo-terminal in this process: waiting, forgetting, leaving."""

from __future__ import annotations

import os
import sys
import threading
import time
from typing import TYPE_CHECKING

import pytest

if sys.platform == "win32":
    pytest.skip("pseudo-terminals are a matter of Unix", allow_module_level=True)

import pty
import signal
import termios

from quizcli.terminal import keys
from quizcli.terminal.keys import TerminalKeyboard

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def ends() -> Iterator[tuple[int, int]]:
    """The near end, where keys are pressed, and the far end, which the program reads."""
    near, far = pty.openpty()
    yield near, far
    for end in (near, far):
        try:
            os.close(end)
        except OSError:  # closed by the test
            continue


def modes(far: int) -> list[object]:
    """The modes of the terminal."""
    return termios.tcgetattr(far)


def test_modes_and_handlers_come_and_go(ends: tuple[int, int]) -> None:
    """Within, keys come at once and unseen, and Ctrl-C stays a signal; after it, and after an
    exception too, everything is as it was."""
    _, far = ends
    numbers = (signal.SIGWINCH, signal.SIGTSTP, signal.SIGCONT)
    before = modes(far), [signal.getsignal(number) for number in numbers]
    with pytest.raises(ZeroDivisionError), TerminalKeyboard(far):  # noqa: PT012
        local = int(termios.tcgetattr(far)[3])
        assert not local & (termios.ECHO | termios.ICANON)
        assert local & termios.ISIG
        raise ZeroDivisionError
    assert (modes(far), [signal.getsignal(number) for number in numbers]) == before
    assert signal.set_wakeup_fd(-1) == -1


@pytest.mark.parametrize(("ahead", "left"), [(5, "y"), (500, "")])
def test_the_rest_of_a_page_is_forgotten_with_it(
    ends: tuple[int, int], monkeypatch: pytest.MonkeyPatch, ahead: int, left: str
) -> None:
    """Of a page that was pasted more is on its way than the terminal holds; of a few keys that
    were pressed ahead there is no rest."""
    near, far = ends
    monkeypatch.setattr(keys, "REST_SECONDS", 0.5)  # a loaded machine takes its time
    with TerminalKeyboard(far) as keyboard:
        os.write(near, b"x" * ahead)
        assert keyboard.key(1) == "x"
        rest = threading.Timer(0.01, os.write, (near, b"y"))
        rest.start()
        keyboard.drop()
        rest.join()
        assert keyboard.key(0.1) == left


def test_keys_one_by_one(ends: tuple[int, int]) -> None:
    """A burst is taken apart, a character that came in two pieces is put together."""
    near, far = ends
    with TerminalKeyboard(far) as keyboard:
        os.write(near, "a\x1b[Aé".encode())
        assert [keyboard.key(5) for _ in range(3)] == ["a", "up", "é"]
        os.write(near, b"\xc3")
        assert keyboard.key(0.1) == ""
        os.write(near, b"\xa9")
        assert keyboard.key(5) == "é"
        os.write(near, b"\xff!")
        assert [keyboard.key(5) for _ in range(2)] == ["\ufffd", "!"]


def test_nobody_presses_anything(ends: tuple[int, int]) -> None:
    """After the time that was asked for, an empty key."""
    _, far = ends
    with TerminalKeyboard(far) as keyboard:
        begun = time.monotonic()
        assert keyboard.key(0.15) == ""
        assert 0.14 <= time.monotonic() - begun < 5


def test_escape_comes_by_itself(ends: tuple[int, int]) -> None:
    """A lone ESC is a key after a short wait, also where no time was given."""
    near, far = ends
    with TerminalKeyboard(far) as keyboard:
        os.write(near, b"\x1b")
        begun = time.monotonic()
        assert keyboard.key() == "esc"
        assert time.monotonic() - begun < 5


def test_escape_is_seen_by_who_only_looks_in(ends: tuple[int, int]) -> None:
    """A long measurement that asks whether anything was pressed, without waiting, hears of an Esc
    at once, and not when it asks again."""
    near, far = ends
    with TerminalKeyboard(far) as keyboard:
        os.write(near, b"\x1b")
        assert keyboard.key(0) == "esc"
        os.write(near, b"\x1b[A")
        assert keyboard.key(0) == "up"
        assert keyboard.key(0) == ""


def test_a_slow_line(ends: tuple[int, int]) -> None:
    """An arrow of which half comes late is an arrow, and not ESC and letters."""
    near, far = ends
    with TerminalKeyboard(far) as keyboard:
        os.write(near, b"\x1b[")
        threading.Timer(0.2, os.write, (near, b"B")).start()
        assert keyboard.key(5) == "down"


@pytest.mark.parametrize("seconds", [0.06, 0.12, 0.35])
def test_a_slow_line_that_splits_behind_the_escape(ends: tuple[int, int], seconds: float) -> None:
    """The ESC counts, since it might be the key; its rest is no letter but the arrow."""
    near, far = ends
    with TerminalKeyboard(far) as keyboard:
        os.write(near, b"\x1b")
        threading.Timer(seconds, os.write, (near, b"[B")).start()
        found = [keyboard.key(5)]
        if found == ["esc"]:  # on a machine that is busy it may come in time
            found.append(keyboard.key(5))
        assert found[-1] == "down"
        assert keyboard.key(0.1) == ""


def test_a_moving_mouse_does_not_stop_the_clock(ends: tuple[int, int]) -> None:
    """Reports that are swallowed come without end: the time that was asked for passes all the
    same, so that an exam is handed in."""
    near, far = ends
    done = threading.Event()

    def move() -> None:
        while not done.wait(0.005):
            os.write(near, b"\x1b[<35;10;5M")

    with TerminalKeyboard(far) as keyboard:
        mouse = threading.Thread(target=move)
        mouse.start()
        try:
            begun = time.monotonic()
            assert keyboard.key(0.3) == ""
            assert 0.29 <= time.monotonic() - begun < 5
        finally:
            done.set()
            mouse.join()


def test_forgetting_what_was_typed(ends: tuple[int, int]) -> None:
    """What was read and what was not, half a sequence included."""
    near, far = ends
    with TerminalKeyboard(far) as keyboard:
        os.write(near, b"abc\x1b[")
        assert keyboard.key(5) == "a"
        os.write(near, b"def")
        keyboard.drop()
        os.write(near, b"x")
        assert keyboard.key(5) == "x"


def test_a_resize_wakes_and_is_told_once(ends: tuple[int, int]) -> None:
    """The signal ends the wait at once; several of them in a row are one."""
    _, far = ends
    with TerminalKeyboard(far) as keyboard:
        threading.Timer(0.05, os.kill, (os.getpid(), signal.SIGWINCH)).start()
        assert keyboard.key() == "resize"
        assert keyboard.key(0.05) == ""


def test_a_terminal_that_is_gone(ends: tuple[int, int]) -> None:
    """Reading says so, and leaving does not fail over modes that nobody has."""
    near, far = ends
    keyboard = TerminalKeyboard(far)
    with pytest.raises(EOFError), keyboard:  # noqa: PT012
        os.close(near)
        keyboard.key(5)
