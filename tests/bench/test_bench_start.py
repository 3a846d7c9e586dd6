"""How long a start takes, as a ratio to ``python -c pass`` in the same run; and memory, and marks.

Milliseconds of one machine say nothing of another, ratios do. Printed, never judged.
"""

from __future__ import annotations

import os
import pty
import select
import statistics
import subprocess
import sys
import time
from pathlib import Path

import pytest

from quizcli.quiz.grading import grade
from tests.support.learner import bank_text
from tests.support.small_banks import choice

pytestmark = pytest.mark.bench
RUNS = 15
PASS = [sys.executable, "-c", "pass"]
PROGRAM = [sys.executable, "-m", "quizcli"]
TAKE = [*PROGRAM, "take", "rnn", "--seed", "1"]


def variables(home: Path) -> dict[str, str]:
    return {**os.environ, "QUIZCLI_HOME": str(home), "TERM": "xterm-256color"}


def until(
    command: list[str], home: Path, *, marker: bytes | None, terminal: bool, seconds: float = 20
) -> float:
    """Seconds until ``marker`` was printed, or until the process ended."""
    begun = time.perf_counter()
    if terminal:
        reader, child = pty.openpty()
    else:
        reader, child = os.pipe()
    process = subprocess.Popen(
        command,
        stdin=child if terminal else subprocess.PIPE,
        stdout=child,
        stderr=subprocess.DEVNULL,
        env=variables(home),
    )
    os.close(child)
    seen = b""
    while marker is None or marker not in seen:
        if not select.select([reader], [], [], seconds)[0]:
            break
        try:
            data = os.read(reader, 65536)
        except OSError:
            break
        if not data:
            break
        seen += data
    took = time.perf_counter() - begun
    assert marker is None or marker in seen
    process.kill()
    process.wait()
    if process.stdin:
        process.stdin.close()
    os.close(reader)
    return took


def ratio(command: list[str], home: Path, *, marker: bytes | None, terminal: bool) -> str:
    """The median, over pairs run one after the other, of this command to ``python -c pass``."""
    pairs = []
    for _ in range(RUNS):
        base = until(PASS, home, marker=None, terminal=False)
        pairs.append(until(command, home, marker=marker, terminal=terminal) / base)
    low, middle, high = min(pairs), statistics.median(pairs), max(pairs)
    return f"{middle:5.1f}×  ({low:.1f} to {high:.1f})"


def test_start(tmp_path: Path) -> None:
    warm = tmp_path / "warm"
    until(TAKE, warm, marker=b"Answer (", terminal=False)
    print("\nstart-up against 'python -c pass', median of", RUNS)
    rows = [
        ("--help", [*PROGRAM, "--help"], None, False, 6),
        ("first question, plain", TAKE, b"Answer (", False, 7),
        ("first question, terminal", TAKE, b"Esc", True, 8.5),
    ]
    for name, command, marker, terminal, limit in rows:
        figure = ratio(command, warm, marker=marker, terminal=terminal)
        print(f"  {name:28} warm {figure}   wanted ≤ {limit}×")
    cold = []
    for run in range(5):
        base = until(PASS, tmp_path, marker=None, terminal=False)
        first = until(TAKE, tmp_path / f"cold{run}", marker=b"Answer (", terminal=False)
        cold.append(first / base)
    print(f"  {'first question, plain':28} cold {statistics.median(cold):5.1f}×")


def peak(command: list[str], home: Path) -> float:
    """Peak resident memory of a command whose input ends at once, in MiB."""
    code = (
        "import os, resource, subprocess, sys;"
        "subprocess.run(sys.argv[1:], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,"
        "stderr=subprocess.DEVNULL);"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *command],
        env=variables(home),
        capture_output=True,
        text=True,
        check=True,
    )
    return int(done.stdout) / 1024


def test_memory(tmp_path: Path) -> None:
    """Peak resident memory of a warm start, once with the question shown and the input ended."""
    figures = [peak(TAKE, tmp_path) for _ in range(4)]
    print(f"\npeak memory with a question shown: {figures[-1]:.1f} MiB (wanted ≤ 25)")


def test_large_bank(tmp_path: Path) -> None:
    """The first question of ten thousand against the first of ten; and with its order not drawn."""
    banks = {}
    for count in (10, 10_000):
        banks[count] = str(tmp_path / f"b{count}.yaml")
        Path(banks[count]).write_text(bank_text([f"q{n}" for n in range(count)]))
    print("\nthe first question of a bank of 10,000 against one of 10, cached, median of", RUNS)
    for options in ([], ["--no-shuffle"]):
        few, many = (
            [*PROGRAM, "take", bank, "--seed", "1", *options] for bank in banks.values()
        )  # fmt: skip
        pairs = []
        for _ in range(RUNS + 1):
            times = [
                until(command, tmp_path, marker=b"Answer (", terminal=False, seconds=600)
                for command in (few, many)
            ]
            pairs.append(times[1] / times[0])
        low, middle, high = min(pairs[1:]), statistics.median(pairs[1:]), max(pairs[1:])
        memory = peak(many, tmp_path) / peak(few, tmp_path)
        name = options[0] if options else "shuffled"
        print(f"  {name:14} time {middle:4.2f}×  ({low:.2f} to {high:.2f})   memory {memory:.2f}×")
    print("  wanted ≤ 1.5×, of which the draws that order ten thousand are a part")


def test_grading() -> None:
    question = choice("q", 6, (0, 2, 4), kind="multiple-choice")
    responses = [[o.id for i, o in enumerate(question.options) if n >> i & 1] for n in range(64)]
    begun = time.perf_counter()
    count = 100_000
    for n in range(count):
        grade(question, responses[n % 64])
    rate = count / (time.perf_counter() - begun)
    print(f"\nresponses graded per second: {rate:,.0f} (wanted ≥ 100,000)")
