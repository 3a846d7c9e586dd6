"""Signals from the first moment of a process to its last: never a traceback, always the code."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest

from quizcli import signals

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

unix = pytest.mark.skipif(sys.platform == "win32", reason="Windows sends no such signals")
START = "from quizcli.__main__ import main; main()"
# The n-th import after the start of the program is interrupted; what comes before is the
# interpreter's.
AT_IMPORT = """
import signal, sys
left = [{n}]
def count(event, _arguments):
    if event == "import":
        left[0] -= 1
        if left[0] == 0:
            signal.raise_signal(signal.{name})
from quizcli.__main__ import main
sys.argv = ["quizcli", *{arguments}]
sys.addaudithook(count)
main()
"""


@pytest.fixture
def handlers() -> Iterator[None]:
    """Those of whoever runs this are put back."""
    kept = {number: signal.getsignal(number) for number in signals.ENDING}
    hook = sys.unraisablehook
    yield
    signals.put_back()
    sys.unraisablehook = hook
    for number, handler in kept.items():
        signal.signal(number, handler)


@unix
def test_one_signal_is_raised_and_no_other(handlers: None) -> None:
    """A key held down, and a system that shuts down, send many; the way out is not interrupted."""
    signals.raise_once()
    with pytest.raises(signals.Ended) as ended:
        signal.raise_signal(signal.SIGTERM)
    assert ended.value.code == 143
    for number in signals.ENDING:
        signal.raise_signal(number)
    signals.raise_once()  # the next verb in this process
    with pytest.raises(signals.Ended) as ended:
        signal.raise_signal(signal.SIGINT)
    assert ended.value.code == 130


@unix
def test_what_is_ignored_stays_ignored(handlers: None) -> None:
    """nohup is to be obeyed."""
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    signals.raise_once()
    assert signal.getsignal(signal.SIGHUP) == signal.SIG_IGN
    signal.raise_signal(signal.SIGHUP)


def test_changes_are_put_back_once_and_the_last_first() -> None:
    """What was put back by itself is forgotten; what was interrupted is done again."""
    done: list[str] = []

    def one() -> None:
        done.append("one")

    def two() -> None:
        done.append("two")
        if len(done) == 1:
            raise KeyboardInterrupt

    def three() -> None:
        done.append("three")

    for undo in (one, two, three):
        signals.note(undo)
    signals.forget(three)
    with pytest.raises(KeyboardInterrupt):
        signals.put_back()
    signals.put_back()
    signals.put_back()
    assert done == ["two", "two", "one"]


@unix
def test_a_signal_that_was_lost_is_raised_later(
    handlers: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While an object is cleaned up, an exception is only printed: each import cleans up. And
    somebody may catch everything."""

    monkeypatch.setattr(signals, "AGAIN_SECONDS", 0.05)

    class Cleaned:
        def __del__(self) -> None:
            signal.raise_signal(signal.SIGTERM)

    sys.unraisablehook = signals.unraisable
    signals.raise_once()
    with pytest.raises(signals.Ended) as ended:  # noqa: PT012
        Cleaned()
        with suppress(BaseException):
            time.sleep(5)
        time.sleep(5)
    assert ended.value.code == 143


@unix
def test_a_signal_that_became_another_error(tmp_path: Path, variables: dict[str, str]) -> None:
    """A class that is being made turns it into one of its own: no traceback, the code
    stays, and what was changed is put back."""
    script = (
        "import signal, quizcli.cli.app as app; from quizcli import signals\n"
        "from quizcli.__main__ import main\n"
        "class Named:\n"
        "    def __set_name__(self, *_): signal.raise_signal(signal.SIGTERM)\n"
        "def run(**_):\n"
        "    signals.note(lambda: print('put back'))\n"
        "    signals.raise_once()\n"
        "    class Made: name = Named()\n"
        "app.app = run\n"
        "main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True, text=True, check=False,
        env={**variables, "QUIZCLI_HOME": str(tmp_path)},
    )  # fmt: skip
    assert (done.returncode, done.stderr, done.stdout) == (143, "", "put back\n")


@unix
@pytest.mark.parametrize(("name", "code"), [("SIGINT", 130), ("SIGTERM", 143)])
def test_at_an_import(tmp_path: Path, variables: dict[str, str], name: str, code: int) -> None:
    """Whichever is interrupted: those of the command line, and those within a verb."""
    for n in (1, 2, 3, 5, 8, 13, 25, 45, 70, 100, 130, 150):
        script = AT_IMPORT.format(n=n, name=name, arguments=["take", "rnn", "--plain"])
        done = subprocess.run(
            [sys.executable, "-c", script],
            input="", capture_output=True, text=True, check=False,
            env={**variables, "QUIZCLI_HOME": str(tmp_path)},
        )  # fmt: skip
        # Below the ^C that a terminal shows, but for the first, of the handlers themselves.
        said = "\n" if name == "SIGINT" and n > 3 else ""
        assert (done.returncode, done.stderr) == (code, said), n


@unix
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("command", [["-c", START], ["-m", "quizcli"]], ids=["script", "module"])
def test_in_the_first_moments(
    tmp_path: Path, variables: dict[str, str], command: list[str], number: signal.Signals
) -> None:
    """Every 5 ms. Before the first line of the program the interpreter itself is interrupted, which
    says so in its own words, or is ended by the signal; from there on it is ours."""
    ours = 0
    for milliseconds in range(0, 151, 5):
        process = subprocess.Popen(
            [sys.executable, *command, "history"],
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
            env={**variables, "QUIZCLI_HOME": str(tmp_path)},
        )  # fmt: skip
        time.sleep(milliseconds / 1000)
        process.send_signal(number)
        said = process.communicate(timeout=60)[1]
        if process.returncode in {128 + number, 0}:
            assert said.strip() == ""
            ours += 1
        else:
            assert process.returncode in {-number, 1}
            # Interrupted while it looks for the program, it names the file; nothing within it.
            assert not re.search(r'__main__.py", line \d+, in main', said)
            assert said.count(f"quizcli{os.sep}__") == said.count(f"quizcli{os.sep}") <= 1
    assert ours > 5


@unix
def test_at_the_last_moment(tmp_path: Path, variables: dict[str, str]) -> None:
    """When the verb is done, and the interpreter ends: nothing is printed."""
    script = (
        "import atexit, signal; from quizcli.__main__ import main\n"
        "atexit.register(signal.raise_signal, signal.SIGINT)\n"
        "main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, "history"],
        capture_output=True, text=True, check=False,
        env={**variables, "QUIZCLI_HOME": str(tmp_path)},
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (130, "\n")
    assert done.stdout
