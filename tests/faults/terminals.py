"""Faults of a quiz with keys at a real terminal: whatever ends it, the terminal is as it was."""

from __future__ import annotations

import signal
import time
from typing import TYPE_CHECKING

from tests.faults.outcome import QUESTIONS, Fault, goes_on, interpreter_alone, lost, said_badly
from tests.faults.processes import CALLS, CODES, SIGNALS, has_strace, quiz, traced
from tests.play.terminal import PATIENCE, Terminal

if TYPE_CHECKING:
    import random
    from pathlib import Path

AT_TERMINAL = CALLS | {"ioctl": 350, "write": 50, "pselect6": 26, "read": 680, "rt_sigaction": 89}


def at_a_terminal(chance: random.Random, home: Path) -> Fault:
    """A signal at a system call or at a moment, a hang-up, a stop and going on, keys in a flood."""
    one = quiz(chance, home)
    (home / "welcomed").touch()
    name = chance.choice(SIGNALS)
    prefix: list[str] = []
    moment = 0.0
    if has_strace() and chance.random() < 0.7:
        call = chance.choice(list(AT_TERMINAL))
        n = chance.randint(1, AT_TERMINAL[call])
        prefix, what = traced(f"{call}:signal={name}:when={n}"), f"{name} at {call} {n}"
    else:
        moment = chance.uniform(0.1, 2.0)
        what = f"{name} after {moment:.3f} s"
    arguments = [each for each in one.arguments if each != "--plain"]
    terminal = Terminal(home, *arguments, prefix=prefix)
    try:
        told = _taken(terminal, one.letters, getattr(signal, name) if moment else None, moment)
        code, problems = _ended(terminal)
    finally:
        terminal.close()
    problems += lost(home, one.seed, told, one.letters)
    problems += goes_on(home, home / "six.yaml", one.seed)
    return Fault("terminal", what, told, tuple(problems), code)


def _taken(terminal: Terminal, letters: str, number: int | None, moment: float) -> int:
    """Answer until the end or until the program is gone; how many verdicts were seen."""
    begun, told = time.monotonic(), 0

    def came(since: int, *words: str) -> bool:
        nonlocal number
        end = time.monotonic() + PATIENCE
        while not any(word.encode() in terminal.raw[since:] for word in words):
            if number is not None and time.monotonic() - begun > moment:
                terminal.child.kill(number)
                number = None
            alive = terminal._take() or terminal.child.isalive()
            if not alive or time.monotonic() > end:
                return False
        return True

    since = 0
    for n, letter in enumerate(letters):
        if not came(since, f"{n + 1} of {QUESTIONS}"):
            return told
        terminal.quiet(0.05)
        since = len(terminal.raw)
        terminal.press(letter)
        if not came(since, "Right", "Wrong"):
            return told
        told += 1
        terminal.quiet(0.1)  # what is typed before it is whole is forgotten
        terminal.press("\r")
    return told


def _ended(terminal: Terminal) -> tuple[int | None, list[str]]:
    """How it ended, and what is wrong with that."""
    end = time.monotonic() + PATIENCE
    while terminal.child.isalive() and time.monotonic() < end:
        terminal.quiet(0.3)  # what is typed before a screen is whole is forgotten
        terminal.press("\x1b")
    try:
        code = terminal.ended()
    except AssertionError as hang:
        return None, [f"hang: {hang}"]
    problems = said_badly(terminal.raw.decode("utf-8", "replace"))
    if code not in CODES | {0} and not interpreter_alone(terminal.text):
        problems.append(f"code: {code}, {terminal.text[-300:]}")
    try:
        terminal.left_clean()
    except AssertionError as raw:
        problems.append(f"raw: {raw}")
    return code, problems
