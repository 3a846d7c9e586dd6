"""Faults of a quiz in lines, as a process of its own: kills, signals and errors at system calls,
full and read-only disks, streams that are closed, and several at once."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import cache
from pathlib import Path
from shutil import which
from typing import TYPE_CHECKING, NamedTuple

from tests.cli.program import ROOT
from tests.faults.outcome import (
    LETTERS,
    QUESTIONS,
    Fault,
    acknowledged,
    bank,
    goes_on,
    interpreter_alone,
    lost,
    said_badly,
)

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Sequence

PATIENCE = 120  # seconds; what takes longer hangs
SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT")
CODES = {128 + getattr(signal, name, 0) for name in (*SIGNALS, "SIGKILL")}
# System calls that a quiz of six makes, and about how often.
CALLS = {
    "pwrite64": 440, "fdatasync": 54, "ftruncate": 22, "write": 30, "unlink": 11, "fcntl": 300,
    "lseek": 500, "close": 360, "pread64": 170, "ioctl": 270, "rt_sigaction": 83, "read": 560,
    "openat": 380, "newfstatat": 1900,
}  # fmt: skip
ERRORS = ("ENOSPC", "EIO", "EROFS", "EACCES", "EDQUOT", "EINTR")
# Without strace: the n-th call of a function in C is interrupted.
AT_CALL = """
import signal, sys
left = [{n}]
def count(_frame, event, _arg):
    if event == "c_call":
        left[0] -= 1
        if left[0] == 0:
            sys.setprofile(None)
            signal.raise_signal(signal.{name})
from quizcli.__main__ import main
sys.argv = ["quizcli", *{arguments}]
sys.setprofile(count)
main()
"""


class Ran(NamedTuple):
    """How a process ended: its code as a shell says it, None where it had to be ended."""

    code: int | None
    out: str
    err: str


@cache
def has_strace() -> bool:
    """Whether calls of a process can be changed here."""
    if (strace := which("strace")) is None:
        return False
    probe = [
        strace,
        "-f",
        "--seccomp-bpf",
        "-o",
        os.devnull,
        "-e",
        "inject=getppid:error=EIO",
        "true",
    ]
    return subprocess.run(probe, capture_output=True, check=False).returncode == 0


def traced(inject: str, *paths: Path) -> list[str]:
    """What is put before a command so that its system calls are changed, on these paths alone where
    there are any."""
    command = ["strace", "-f", "-o", os.devnull, "-e", f"trace={inject.partition(':')[0]}"]
    if ":signal=" not in inject:  # the faster way to stop a process sends no signals
        command.append("--seccomp-bpf")
    command += ["-e", f"inject={inject}"]
    return command + [part for path in paths for part in ("-P", str(path))]


@cache
def session_seconds() -> float:
    """How long a quiz of six takes on this machine, as busy as it is."""
    with tempfile.TemporaryDirectory() as folder:
        bank(Path(folder))
        one = Quiz(Path(folder), 1, "a" * QUESTIONS)
        begun = time.monotonic()
        assert run(one.home, one.command, one.text).code == 0
        return time.monotonic() - begun


def run(
    home: Path,
    command: Sequence[str | Path],
    text: str,
    *,
    before: Callable[[], None] | None = None,
    kill_after: float | None = None,
    stdout: int = subprocess.PIPE,
) -> Ran:
    """Run a command with this input; after so many seconds it is killed, where that is asked for."""
    process = subprocess.Popen(
        list(map(str, command)), stdin=subprocess.PIPE, stdout=stdout, stderr=subprocess.PIPE,
        env={**os.environ, "QUIZCLI_HOME": str(home), "PYTHONPATH": str(ROOT)}, encoding="utf-8",
        errors="replace", start_new_session=True,
        preexec_fn=before,  # noqa: PLW1509 — given where there is one thread alone
    )  # fmt: skip
    timer = threading.Timer(kill_after or 0, process.kill)
    if kill_after is not None:
        timer.start()
    try:
        out, err = process.communicate(text, timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        out, err = process.communicate()
        return Ran(None, out or "", err)
    finally:
        timer.cancel()
    code = process.returncode
    return Ran(code if code >= 0 else 128 - code, out or "", err)


class Quiz(NamedTuple):
    """One attempt at the bank of six: its home, seed and answers."""

    home: Path
    seed: int
    letters: str

    @property
    def arguments(self) -> list[str]:
        """What is typed to take it."""
        path = self.home / "six.yaml"
        return ["take", str(path), "--plain", "--seed", str(self.seed)]

    @property
    def command(self) -> list[str]:
        """The same as a command."""
        return [sys.executable, "-m", "quizcli", *self.arguments]

    @property
    def text(self) -> str:
        """The lines that are typed."""
        return "".join(f"{letter}\n" for letter in self.letters)

    def judged(self, kind: str, what: str, ran: Ran, codes: set[int]) -> Fault:
        """The fault, with whatever is wrong after it."""
        told = acknowledged(ran.out)
        problems = said_badly(ran.out + ran.err)
        if ran.code is None:
            problems.append("hang: it had to be ended")
        elif ran.code not in codes and not interpreter_alone(ran.err):
            problems.append(f"code: {ran.code}, {ran.err[-300:]}")
        problems += lost(self.home, self.seed, told, self.letters)
        problems += goes_on(self.home, self.home / "six.yaml", self.seed)
        return Fault(kind, what, told, tuple(problems), ran.code)


def quiz(chance: random.Random, home: Path) -> Quiz:
    """A quiz in a new home, with answers by chance."""
    bank(home)
    return Quiz(home, chance.randrange(1, 10**6), "".join(chance.choices("aab", k=QUESTIONS)))


def killed(chance: random.Random, home: Path) -> Fault:
    """SIGKILL at any moment of a process."""
    one, seconds = quiz(chance, home), chance.uniform(0.1, 1.1) * session_seconds()
    ran = run(home, one.command, one.text, kill_after=seconds)
    return one.judged("kill", f"SIGKILL after {seconds:.3f} s", ran, {0, 137})


def signalled(chance: random.Random, home: Path) -> Fault:
    """A signal at a system call, or where there is no strace at a call within Python."""
    one, name = quiz(chance, home), chance.choice(SIGNALS)
    if has_strace() and chance.random() < 0.7:
        call = chance.choice(list(CALLS))
        n = chance.randint(1, CALLS[call])
        if chance.random() < 0.2:
            name = "SIGKILL"
        command = [*traced(f"{call}:signal={name}:when={n}"), *one.command]
        ran, what = run(home, command, one.text), f"{name} at {call} {n}"
    else:
        n = int(10 ** chance.uniform(2, 4.8))
        script = AT_CALL.format(n=n, name=name, arguments=one.arguments)
        ran = run(home, [sys.executable, "-c", script], one.text)
        what = f"{name} at call {n} within Python"
    return one.judged("signal", what, ran, CODES | {0})


def refused_call(chance: random.Random, home: Path) -> Fault:
    """A call on the journal's files that the system refuses, once or from then on: a disk that is
    full, broken, over its quota or read-only."""
    if not has_strace():
        return limited(chance, home)
    one, error = quiz(chance, home), chance.choice(ERRORS)
    call = chance.choice(["pwrite64", "pwrite64", "fdatasync", "ftruncate", "openat", "unlink"])
    n = chance.randint(1, {"openat": 20}.get(call, CALLS[call]))
    on = "+" if chance.random() < 0.5 and error != "EINTR" else ""
    paths = [home / f"journal.sqlite3{end}" for end in ("", "-wal", "-shm")]
    inject = f"{call}:error={error}:when={n}{on}"
    ran = run(home, [*traced(inject, *paths), *one.command], one.text)
    return one.judged("refused call", inject, ran, {0, 4})


def limited(chance: random.Random, home: Path) -> Fault:
    """No file may grow beyond so many bytes."""
    one, most = quiz(chance, home), int(10 ** chance.uniform(4.8, 5.3))

    def limit() -> None:
        import resource

        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))

    ran = run(home, one.command, one.text, before=limit)
    return one.judged("full disk", f"files of {most} bytes", ran, {0, 1, 4})


def read_only(chance: random.Random, home: Path) -> Fault:
    """A folder that becomes read-only; a superuser is refused by strace, if at all."""
    one = quiz(chance, home)
    whole = run(home, one.command, one.text)
    other = one._replace(seed=one.seed + 1)
    command = other.command
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        if has_strace():
            names = "openat,pwrite64,ftruncate,unlink,mkdir,link,rename"
            files = [home / f"journal.sqlite3{end}" for end in ("-wal", "-shm")]
            command = [*traced(f"{names}:error=EROFS", home, *files), *command]
    else:
        home.chmod(0o500)
    try:
        ran = run(home, command, other.text)
    finally:
        home.chmod(0o700)
    before = lost(home, one.seed, acknowledged(whole.out), one.letters)
    found = other.judged("read-only", "a folder that was written before", ran, {0, 1, 4})
    return found._replace(problems=(*before, *found.problems))


def closed(chance: random.Random, home: Path) -> Fault:
    """Streams that are closed or full, or whose reader goes away."""
    one = quiz(chance, home)
    numbers = [n for n in (0, 1, 2) if chance.random() < 0.5]
    full = os.path.exists("/dev/full") and chance.random() < 0.3  # noqa: PTH110

    def close() -> None:
        for n in numbers:
            os.close(n)
        if full and 1 not in numbers:
            os.dup2(os.open("/dev/full", os.O_WRONLY), 1)

    ran = run(home, one.command, one.text, before=close)
    what = f"closed: {numbers}{', and a full stdout' if full else ''}"
    if {0, 1} & {*numbers} or full:  # then what is printed says nothing of what was taken
        ran = ran._replace(out=ran.out + "".join(f"Right. {n}\n" for n in range(_kept(one))))
    return one.judged("closed stream", what, ran, {0, 1})


def _kept(one: Quiz) -> int:
    from quizcli.journal.attempts import Journal

    path = one.home / "journal.sqlite3"
    if not path.exists():
        return 0
    journal = Journal(path)
    found = [each for each in journal.attempts() if each.seed == one.seed]
    count = len(journal.answered(found[0].id)) if found else 0
    journal.close()
    return count


def crowd(chance: random.Random, home: Path, size: int = 0) -> Fault:
    """Two or eight processes over one journal at once, some of them killed."""
    first = quiz(chance, home)
    size = size or chance.choice([2, 2, 2, 8])
    each = [
        Quiz(home, first.seed + n, "".join(chance.choices("".join(LETTERS), k=QUESTIONS)))
        for n in range(size)
    ]
    moments = [
        chance.uniform(0.2, size / 2) * session_seconds() if chance.random() < 0.25 else None
        for _ in each
    ]
    with ThreadPoolExecutor(size) as pool:
        ends = list(
            pool.map(lambda one, at: run(home, one.command, one.text, kill_after=at), each, moments)
        )
    problems: list[str] = []
    for one, ran in zip(each, ends, strict=True):
        problems += said_badly(ran.out + ran.err)
        problems += lost(home, one.seed, acknowledged(ran.out), one.letters)
        if ran.code not in {0, 137}:
            problems.append(f"code: {ran.code}, {ran.err[-300:]}")
    total = sum(acknowledged(ran.out) for ran in ends)
    return Fault("crowd", f"{size} processes over one journal", total, tuple(problems))
