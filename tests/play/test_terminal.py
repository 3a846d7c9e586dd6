"""The program in a real terminal: keys, windows, signals; and the terminal as it was before."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from quizcli.journal.attempts import Journal
from tests.support.samples import SAMPLE

if sys.platform == "win32":
    pytest.skip("pseudo-terminals are a matter of Unix", allow_module_level=True)

from tests.support.terminal import Terminal

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

UP, DOWN = "\x1b[A", "\x1b[B"
TAKE = ("take", str(SAMPLE), "--seed", "7")


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., Terminal]]:
    """Opens a terminal with the quiz in it and waits for its first question."""
    opened: list[Terminal] = []

    def begin(*arguments: str, **options: object) -> Terminal:
        terminal = Terminal(tmp_path, *TAKE, *arguments, **options)  # type: ignore[arg-type]
        opened.append(terminal)
        if not options.get("shell"):
            terminal.see("1 of 4", "Esc leave")
        return terminal

    yield begin
    for terminal in opened:
        terminal.close()


def answered(home: Path) -> set[str]:
    """The questions that have an answer in the last attempt."""
    journal = Journal(home / "journal.sqlite3")
    attempts = journal.attempts()
    found = journal.answered(attempts[-1].id) if attempts else set()
    journal.close()
    return found


def leaves(terminal: Terminal) -> None:
    """Esc and Esc again leaves, and the terminal is as it was."""
    terminal.leave()
    assert terminal.ended() == 0
    terminal.left_clean()


def test_one_key_answers(start: Callable[..., Terminal], tmp_path: Path) -> None:
    """A whole quiz by letters: each answer is told at once, the score ends it, exit code 0, and
    what was answered stays above."""
    terminal = start()
    terminal.press("b")
    terminal.see("✓ Right: b, 100.", "Enter next")
    terminal.press("\r")
    terminal.see("2 of 4", "a–d tick")
    terminal.press("a", "b", "\r")
    terminal.see("✓ Right: a and b.", "Enter next")
    terminal.press("\r")
    terminal.see("3 of 4")
    terminal.press("b")
    terminal.see("✗ Wrong: you chose b, False. The answer is a, True.", "Enter next")
    terminal.press("\r")
    terminal.see("4 of 4")
    terminal.press("A")
    terminal.see("(A guess.)", "Enter next")
    terminal.press("\r")
    terminal.see("Score 3 of 5 · 60%", "Enter done")
    for words in ("1 of 4", "✓ Right: b, 100.", "3 of 4", "✗ Wrong"):
        assert words in terminal.text
    terminal.press("\r")
    assert terminal.ended() == 0
    terminal.left_clean()
    assert answered(tmp_path) == {"gate", "tasks", "decay", "unrolled"}


def test_arrows_and_enter(start: Callable[..., Terminal]) -> None:
    """Down, down, up: the mark stands at the second option, and Enter answers it."""
    terminal = start()
    terminal.press(DOWN)
    terminal.see("▸ a  1")
    terminal.press(DOWN, DOWN)
    terminal.see("▸ c  10 000")
    terminal.press(UP)
    terminal.see("▸ b  100")
    terminal.press("\r")
    terminal.see("✓ Right: b, 100.", "Enter next")
    leaves(terminal)


def test_an_arrow_on_a_slow_line(start: Callable[..., Terminal]) -> None:
    """Split behind its ESC, which counts before the rest is there: the quiz asks whether it is to be
    left, the rest says no, and nothing is answered."""
    import time

    terminal = start()
    for seconds in (0.08, 0.2):
        terminal.press("\x1b")
        time.sleep(seconds)  # the line is slow
        terminal.press("[B")
        terminal.quiet(0.3)
        terminal.see("a–c answer", "0 answered")
        assert "Leave?" not in terminal.window
    terminal.press("b")
    terminal.see("✓ Right: b, 100.", "Enter next")
    leaves(terminal)


def test_ticking_several(start: Callable[..., Terminal]) -> None:
    """Letters and Space tick and untick; Enter answers; half of the key earns half."""
    terminal = start()
    terminal.press("\t")
    terminal.see("2 of 4")
    terminal.press("a", "c")
    terminal.see("a  [x] Sentiment", "c  [x] Image")
    terminal.press("c")
    terminal.see("c  [ ] Image")
    terminal.press(UP, " ")
    terminal.see("▸ b  [x] Speaker")
    terminal.press(" ", "\r")
    terminal.see(
        "◐ Partly right, 0.5 of 1 point: you chose a. The answers are a and b.", "Enter next"
    )
    leaves(terminal)


def test_backspace_goes_back(start: Callable[..., Terminal]) -> None:
    """From a question to the one before: unanswered it is asked again, answered it is shown with
    its feedback, and cannot be changed."""
    terminal = start()
    terminal.press("\t")
    terminal.see("2 of 4")
    terminal.press("\x7f")
    terminal.see("1 of 4", "a–c answer")
    terminal.press("a")
    terminal.see("✗ Wrong", "Enter next")
    terminal.press("\r")
    terminal.see("2 of 4", "a–d tick")
    terminal.press("\x7f")
    terminal.see("Enter next")
    terminal.gone("a–d tick")
    assert terminal.text.count("✗ Wrong") == 2
    leaves(terminal)


def test_a_burst_answers_once(start: Callable[..., Terminal], tmp_path: Path) -> None:
    """A key held down and a page pasted: the first key answers, the rest is forgotten when the
    feedback is drawn."""
    terminal = start()
    terminal.press("b" * 200 + "\r\rbb\r")
    terminal.see("✓ Right: b, 100.", "Enter next")
    terminal.quiet()
    assert "2 of 4" not in terminal.text
    terminal.press("\r")
    terminal.see("2 of 4")
    terminal.leave()
    assert terminal.ended() == 0
    terminal.left_clean()
    assert answered(tmp_path) == {"gate"}


def test_the_mouse_answers_nothing(start: Callable[..., Terminal]) -> None:
    """Reports of clicks and of the focus hold letters; none of them is a key."""
    terminal = start()
    terminal.press("\x1b[Mbbb", "\x1b[<0;10;5M", "\x1b[<0;10;5m", "\x1b[I", "\x1b[[A", "\x1bb")
    terminal.quiet(0.6)  # longer than the rest of a sequence is waited for
    assert "Enter next" not in terminal.text
    assert "0 answered" in terminal.window
    leaves(terminal)


def test_a_window_that_changes_its_size(start: Callable[..., Terminal]) -> None:
    """In the middle of a question, to 40 × 12 and wider again: the question is drawn anew within
    the width, and what was ticked stays ticked."""
    terminal = start()
    terminal.press("\t")
    terminal.see("2 of 4")
    terminal.press("b")
    terminal.see("b  [x]")
    terminal.resize(12, 40)
    terminal.see("Ticked: b", "Esc leave")
    terminal.quiet()
    assert all(len(line) <= 40 for line in terminal.lines)
    terminal.press("a")
    terminal.see("Ticked: a, b")
    terminal.resize(30, 100)
    terminal.see("2 of 4", "a  [x] Sentiment", "b  [x] Speaker", "Esc leave")
    terminal.press("\r")
    terminal.see("✓ Right: a and b.", "Enter next")
    leaves(terminal)


def test_a_tiny_window(start: Callable[..., Terminal]) -> None:
    """20 × 5: nothing breaks, and a letter answers still."""
    terminal = start()
    terminal.resize(5, 20)
    terminal.quiet(0.4)
    terminal.press("b")
    terminal.see("Enter")  # the keys alone: there is no room for what they do
    assert "Right: b" in " ".join(terminal.text.split())
    leaves(terminal)


def test_suspended_and_back(start: Callable[..., Terminal]) -> None:
    """Ctrl-Z gives the terminal back to the shell as it was; fg draws the question again, and
    keys work as before."""
    terminal = start(shell=True)
    terminal.see("ready>")
    terminal.press(f"{terminal.command}\n")
    terminal.see("1 of 4", "Esc leave")
    terminal.press("\x1a")
    terminal.see("Stopped")
    terminal.wait(lambda: terminal.cooked, "echo")
    assert terminal.cursor
    drawn = terminal.raw.count(b"Esc")
    terminal.press("fg\n")
    terminal.wait(lambda: terminal.raw.count(b"Esc") > drawn, "the question again")
    terminal.wait(lambda: not terminal.cooked, "single keys")
    terminal.press("b")
    terminal.see("✓ Right: b, 100.", "Enter next")
    terminal.leave()
    terminal.see("Saved: 1 of 4 answered")
    terminal.press("echo code=$?\n")
    terminal.see("code=0")
    terminal.left_clean()


# A shell mends the modes of whatever stops under it; this parent only tells them.
PARENT = """
import os, signal, sys, termios
signal.signal(signal.SIGTTOU, signal.SIG_IGN)
child = os.fork()
if child == 0:
    os.setpgid(0, 0)
    os.tcsetpgrp(0, os.getpid())
    signal.signal(signal.SIGTTOU, signal.SIG_DFL)
    os.execv(sys.argv[1], sys.argv[1:])
os.waitpid(child, os.WUNTRACED)
local = termios.tcgetattr(0)[3]
os.tcsetpgrp(0, os.getpgrp())
print("echo", bool(local & termios.ECHO), "lines", bool(local & termios.ICANON))
os.kill(child, signal.SIGKILL)
"""


def test_suspending_puts_the_modes_back_itself(
    start: Callable[..., Terminal], tmp_path: Path
) -> None:
    """Under a parent that is no shell."""
    (tmp_path / "parent.py").write_text(PARENT)
    terminal = start(shell=True)
    terminal.see("ready>")
    terminal.press(f"{sys.executable} {tmp_path / 'parent.py'} {terminal.command}\n")
    terminal.see("1 of 4", "Esc leave")
    terminal.press("\x1a")
    terminal.see("echo True lines True")


def test_stopped_from_outside_and_back(start: Callable[..., Terminal]) -> None:
    """SIGSTOP cannot be caught, so the shell's modes are still set when the program goes on: it
    sets its own again."""
    import termios

    terminal = start()
    terminal.child.kill(signal.SIGSTOP)
    termios.tcsetattr(terminal.child.child_fd, termios.TCSANOW, terminal.modes_before)
    assert terminal.cooked
    terminal.child.kill(signal.SIGCONT)
    terminal.wait(lambda: not terminal.cooked, "single keys")
    terminal.press("b")
    terminal.see("✓ Right: b, 100.", "Enter next")
    leaves(terminal)


WAYS_OUT: dict[str, tuple[str, Callable[[Terminal], None], int]] = {
    "Ctrl-C": ("feedback", lambda terminal: terminal.press("\x03"), 130),
    "Ctrl-C held down": ("asking", lambda terminal: terminal.press("\x03" * 30), 130),
    "SIGTERM": ("feedback", lambda terminal: terminal.child.kill(signal.SIGTERM), 143),
    "SIGTERM before an answer": ("asking", lambda t: t.child.kill(signal.SIGTERM), 143),
    "SIGHUP": ("feedback", lambda terminal: terminal.child.kill(signal.SIGHUP), 129),
    "Ctrl-D": ("feedback", lambda terminal: terminal.leave("\x04"), 0),
    "Esc": ("asking", Terminal.leave, 0),
}


@pytest.mark.parametrize(("where", "end", "code"), WAYS_OUT.values(), ids=WAYS_OUT)
def test_every_way_out(
    start: Callable[..., Terminal],
    tmp_path: Path,
    where: str,
    end: Callable[[Terminal], None],
    code: int,
) -> None:
    """Before an answer and after one: the exit code is right, no traceback is shown, the terminal
    is as it was, and what was answered is kept."""
    terminal = start()
    if where == "feedback":
        terminal.press("b")
        terminal.see("✓ Right: b, 100.", "Enter next")
    end(terminal)
    assert terminal.ended() == code
    terminal.left_clean()
    assert "Traceback" not in terminal.text
    assert answered(tmp_path) == ({"gate"} if where == "feedback" else set())


def test_two_signals_at_once(start: Callable[..., Terminal]) -> None:
    """As a system sends them that shuts down: the second does not interrupt the putting back."""
    terminal = start()
    for _ in range(20):
        terminal.child.kill(signal.SIGTERM)
        terminal.child.kill(signal.SIGHUP)
    assert terminal.ended() in {129, 143}
    terminal.left_clean()
    assert "Traceback" not in terminal.text


@pytest.mark.parametrize("hears", [True, False], ids=["SIGHUP", "SIGHUP ignored"])
def test_a_window_that_is_closed(tmp_path: Path, hears: bool) -> None:
    """The terminal goes away in the middle of a quiz, with and without the signal that says so:
    exit code 129, nothing on stderr, the answer kept."""
    import os
    import pty
    import time

    (tmp_path / "welcomed").touch()
    # The shell itself outlives the signal, to write down how the program ended.
    trap = "trap : HUP" if hears else "trap '' HUP"
    script = f'{trap}; "$0" "$@" 2> "$QUIZCLI_HOME/said"; echo $? > "$QUIZCLI_HOME/code"'
    pid, near = pty.fork()
    if pid == 0:
        os.environ |= {"TERM": "xterm-256color", "QUIZCLI_HOME": str(tmp_path), "LANG": "C.UTF-8"}
        os.execvp("sh", ["sh", "-c", script, sys.executable, "-m", "quizcli", *TAKE])
    seen = b""
    for key, mark in ((b"b", b"leave"), (b"", b"Enter")):
        while mark not in seen:
            seen += os.read(near, 65536)
        os.write(near, key)
        seen = b""
    os.close(near)
    end = time.monotonic() + 20
    while os.waitpid(pid, os.WNOHANG) == (0, 0) and time.monotonic() < end:
        time.sleep(0.02)
    assert (tmp_path / "code").read_text().strip() == "129"
    assert (tmp_path / "said").read_text() == ""
    assert answered(tmp_path) == {"gate"}


def test_resuming_where_it_was_left(start: Callable[..., Terminal], tmp_path: Path) -> None:
    """Left after one answer, the quiz is offered again; Enter goes on with the second question."""
    terminal = start()
    terminal.press("b")
    terminal.see("Enter next")
    terminal.leave()
    assert terminal.ended() == 0
    again = Terminal(tmp_path, "take", str(SAMPLE))
    again.see("You stopped on", "after 1 of 4 questions", "Enter resume")
    again.press("\r")
    again.see("2 of 4", "1 answered · 1 right")
    again.leave()
    assert again.ended() == 0
    again.left_clean()
    again.close()


def test_lines_at_a_terminal(tmp_path: Path) -> None:
    """``--plain`` reads lines as the terminal gives them: nothing is echoed twice, blank questions
    are named at the end, and no escape is written."""
    terminal = Terminal(tmp_path, *TAKE, "--plain")
    for lines, words in (
        ("b\n", "question 2 of 4"),
        ("\n", "question 3 of 4"),
        ("a\n", "question 4 of 4"),
        ("a\n", "No answer yet to question 2."),
        (":back\n", "question 2 of 4"),
        ("a,b\n\n\n", "Score 5 of 5, 100 percent"),
    ):
        terminal.wait(lambda: "Answer (" in terminal.window, "a prompt")
        terminal.press(lines)
        terminal.wait(lambda words=words: words in terminal.text, words)
    assert terminal.ended() == 0
    terminal.left_clean()
    assert "\x1b" not in terminal.raw.decode()
    assert ":help): b\n" in terminal.text
    assert ":help): b\nb\n" not in terminal.text
