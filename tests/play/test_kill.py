"""Sessions that are killed: what was acknowledged is in the journal, once, and can go on."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from quizcli.bank.shelf import load_bank
from quizcli.journal.attempts import Journal
from quizcli.play.quiz.options import QuizOptions
from quizcli.play.quiz.starting import QuizStart
from quizcli.quiz.steps import Answer
from tests.support.fakes import environment

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

QUESTIONS = 30
VERDICTS = ("Right.", "Wrong.")


@dataclass
class Line:
    """The program with its lines in a pipe; ``acknowledged`` are the answers whose verdict came."""

    home: Path
    arguments: tuple[str, ...]
    acknowledged: list[str] = field(default_factory=list)
    _ended: tuple[int, str] | None = None

    def __post_init__(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "quizcli", *self.arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            bufsize=1,
            env={**os.environ, "QUIZCLI_HOME": str(self.home)},
        )

    def read_to(self, starts: tuple[str, ...]) -> bool:
        """Read lines until one starts like this; False at the end of the output."""
        assert self.process.stdout
        return any(line.startswith(starts) for line in self.process.stdout)

    def answer(self, question: str, line: str) -> bool:
        """Answer a question and wait for its verdict; False where the program is gone."""
        assert self.process.stdin
        try:
            self.process.stdin.write(f"{line}\n")
            self.process.stdin.flush()
        except BrokenPipeError:
            return False
        if not self.read_to(VERDICTS):
            return False
        self.acknowledged.append(question)
        return True

    def ended(self) -> tuple[int, str]:
        """The exit code, as a shell says it, and what was told on stderr."""
        if self._ended is None:
            _, said = self.process.communicate(timeout=60)
            code = self.process.returncode
            self._ended = (code if code >= 0 else 128 - code), said
        return self._ended


@pytest.fixture(scope="module")
def bank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Thirty questions of two options, ``q00`` to ``q29``; the first option is right."""
    lines = ["format: 1", "id: long", "title: A long quiz", "defaults: {shuffle: false}"]
    lines += ["questions:"]
    for number in range(QUESTIONS):
        lines += [
            f"  - id: q{number:02}",
            "    kind: single-choice",
            f"    prompt: Which is number {number}?",
            "    options:",
            f"      - {{id: 'right', text: 'number {number}', correct: true, feedback: 'Yes.'}}",
            "      - {id: 'wrong', text: 'another', feedback: 'No.'}",
        ]
    path = tmp_path_factory.mktemp("bank") / "long.yaml"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def start(tmp_path: Path, bank: Path) -> Iterator[Callable[..., Line]]:
    """Starts the program in a pipe."""
    lines: list[Line] = []

    def begin(*arguments: str) -> Line:
        lines.append(Line(tmp_path, ("take", str(bank), *arguments)))
        return lines[-1]

    yield begin
    for line in lines:
        line.process.kill()
        line.ended()


def take(home: Path, bank: Path, seed: int, killed: tuple[int, float] | None) -> Line:
    """One session, killed so many seconds after a question's number was reached, if at all."""
    line = Line(home, ("take", str(bank), "--seed", str(seed), "--plain"))
    if not line.read_to(("a. number 0",)):
        raise AssertionError(line.ended()[1])
    at, delay = killed or (-1, 0.0)
    timer = threading.Timer(delay, line.process.kill)
    chance = random.Random(seed)
    for number in range(QUESTIONS):
        if number == at:
            timer.start()
        if not line.answer(f"q{number:02}", chance.choice("ab")):
            break
    line.ended()
    timer.cancel()
    return line


def kill_sessions(home: Path, bank: Path, count: int) -> list[Line]:
    """So many sessions, three at a time over one journal, each killed at a moment of its own."""
    whole = take(home, bank, 1, None)
    assert len(whole.acknowledged) == QUESTIONS
    begun = time.monotonic()
    take(home, bank, 2, None)
    each = (time.monotonic() - begun) / QUESTIONS
    chance = random.Random(count)
    # A place and not a time since the start: what else the machine does moves no kill.
    moments = [(chance.randrange(QUESTIONS), chance.uniform(0, each)) for _ in range(count)]
    with ThreadPoolExecutor(3) as pool:
        seeds = range(100, 100 + count)
        return list(
            pool.map(lambda pair: take(home, bank, *pair), zip(seeds, moments, strict=True))
        )


def check_sessions(home: Path, path: Path, sessions: list[Line]) -> list[int]:
    """Every acknowledged answer is in the journal, once; at most the one whose verdict was on its
    way comes to it. Each attempt goes on to its end. Returns how many were acknowledged."""
    bank, env = load_bank(path), environment(home)
    journal = Journal(home / "journal.sqlite3")
    by_seed = {attempt.seed: attempt for attempt in journal.attempts()}
    for seed, line in enumerate(sessions, 100):
        if seed not in by_seed:
            assert line.acknowledged == []
            continue
        attempt = by_seed[seed]
        answers = [e.step for e in journal.entries(attempt.id) if isinstance(e.step, Answer)]
        asked = [answer.question for answer in answers]
        done = len(line.acknowledged)
        assert asked[:done] == line.acknowledged
        assert len(asked) <= done + 1
        assert len(set(asked)) == len(asked)
        chance = random.Random(seed)
        for answer in answers:
            wanted = "right" if chance.choice("ab") == "a" else "wrong"
            assert answer.response.chosen == {wanted}
        started = QuizStart(env, journal, bank, QuizOptions()).go_on(attempt)
        while started.session.current:
            started.session.answer("right")
            started.recorder.save()
        started.session.finish()
        started.recorder.save()
        assert journal.answered(attempt.id) == {q.id for q in bank.questions}
    journal.close()
    return [len(line.acknowledged) for line in sessions]


def test_killed_at_any_moment(tmp_path: Path, bank: Path) -> None:
    """Twelve sessions; the same with 200 is marked slow."""
    check_sessions(tmp_path, bank, kill_sessions(tmp_path, bank, 12))


@pytest.mark.slow
def test_two_hundred_killed(tmp_path: Path, bank: Path) -> None:
    """SIGKILL at random moments of 200 sessions. That the moments are spread is asserted too:
    some were killed early, some late, most in between."""
    counts = check_sessions(tmp_path, bank, kill_sessions(tmp_path, bank, 200))
    assert min(counts) < 5
    assert max(counts) > 20
    assert len(set(counts)) > 10


def answers_in(home: Path) -> list[str]:
    """The questions answered in the last attempt, in order."""
    journal = Journal(home / "journal.sqlite3")
    attempts = journal.attempts()
    entries = journal.entries(attempts[-1].id) if attempts else []
    journal.close()
    times = [entry.at for entry in entries]
    assert all(a <= b for a, b in pairwise(times))
    return [entry.step.question for entry in entries if isinstance(entry.step, Answer)]


@pytest.mark.parametrize(
    ("name", "code"), [("SIGTERM", 143), ("SIGHUP", 129), ("SIGINT", 130), ("SIGKILL", 137)]
)
def test_signals(start: Callable[..., Line], tmp_path: Path, name: str, code: int) -> None:
    """The exit code names the signal, stderr has no traceback, the answer is kept."""
    line = start()
    assert line.answer("q00", "a")
    line.process.send_signal(getattr(signal, name))
    ended, said = line.ended()
    assert ended == code
    assert "Traceback" not in said
    assert answers_in(tmp_path) == ["q00"]


def test_input_that_ends(start: Callable[..., Line], tmp_path: Path) -> None:
    """Exit code 1 and how to go on; typing that goes on with the second question."""
    line = start()
    assert line.answer("q00", "a")
    code, said = line.ended()
    assert code == 1
    assert "the input ended. Saved: 1 of 30 answered. Resume with: quizcli take" in said
    again = start("--resume")
    assert again.read_to(("A long quiz, question 2 of 30.",))
    assert again.answer("q01", "b")
    assert again.ended()[0] == 1
    assert answers_in(tmp_path) == ["q00", "q01"]


def test_an_attempt_resumed_twice(start: Callable[..., Line], tmp_path: Path) -> None:
    """Two windows go on with one attempt: the second to answer is told what happened and ends
    with 4; of the two answers to one question the acknowledged one is in the journal."""
    first = start()
    assert first.answer("q00", "a")
    first.ended()
    windows = [start("--resume"), start("--resume")]
    for window in windows:
        assert window.read_to(("A long quiz, question 2 of 30.",))
    assert windows[0].answer("q01", "a")
    assert not windows[1].answer("q01", "b")
    code, said = windows[1].ended()
    assert code == 4
    assert "was continued in another window" in said
    assert "/long.yaml --resume" in said  # its own file, which no id means
    assert windows[0].answer("q02", "a")
    assert windows[0].ended()[0] == 1
    assert answers_in(tmp_path) == ["q00", "q01", "q02"]


def test_input_that_ends_at_once(start: Callable[..., Line], tmp_path: Path) -> None:
    """Nothing was answered, nothing is saved, and that is said."""
    line = start()
    code, said = line.ended()
    assert code == 1
    assert "nothing was saved" in said
    assert answers_in(tmp_path) == []


def test_a_finished_quiz_and_one_that_is_left(start: Callable[..., Line]) -> None:
    """Both did what was asked of them: exit code 0."""
    line = start("--questions", "1")
    assert line.answer("q00", "a")
    assert line.ended()[0] == 0
    line = start()
    assert line.process.stdin
    line.process.stdin.write("a\n:quit\n")
    assert line.ended() == (0, "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux")
def test_a_full_disk_behind_the_output(tmp_path: Path, bank: Path) -> None:
    """It is told, without a traceback; exit code 1."""
    with Path("/dev/full").open("w") as full:
        ended = subprocess.run(
            [sys.executable, "-m", "quizcli", "take", str(bank)],
            stdout=full,
            stderr=subprocess.PIPE,
            input="a\n",
            text=True,
            env={**os.environ, "QUIZCLI_HOME": str(tmp_path)},
            check=False,
            timeout=60,
        )
    assert ended.returncode == 1
    assert "the output cannot be written" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_a_reader_that_goes_away(tmp_path: Path, bank: Path) -> None:
    """``quizcli take | head``: exit code 1 without a word, and what was answered is kept."""
    with subprocess.Popen(
        [sys.executable, "-m", "quizcli", "take", str(bank)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "QUIZCLI_HOME": str(tmp_path)},
    ) as process:
        assert process.stdin
        assert process.stdout
        assert process.stderr
        process.stdin.write("a\n")
        process.stdin.flush()
        assert any(line.startswith("Right.") for line in process.stdout)
        process.stdout.close()
        with suppress(BrokenPipeError):
            process.stdin.write("a\na\n")
            process.stdin.close()
        assert process.stderr.read() == ""
        assert process.wait(timeout=60) == 1
    assert answers_in(tmp_path)[:1] == ["q00"]
