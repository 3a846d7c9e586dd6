"""From a key to the screen: an answer's feedback beyond its one durable commit, and a redraw.

Timed in this process, where the key arrives and the screen is written; printed, never judged.
"""

from __future__ import annotations

import statistics
import time
from pathlib import Path

import pytest

from quizcli.bank.shelf import load_bank
from quizcli.journal.attempts import Journal
from quizcli.play.console import KeyConsole
from quizcli.play.quiz.flow import QuizRun
from quizcli.play.quiz.keys import KeyQuiz
from quizcli.play.quiz.recorder import Recorder
from quizcli.quiz.session import Session
from quizcli.terminal.style import OutputStyle
from tests.support.fakes import OutOfKeys, environment
from tests.support.program import ROOT

pytestmark = pytest.mark.bench
QUIZZES = 6


class Watch:
    """A keyboard and a screen that write down when a key was handed over and text was shown."""

    def __init__(self, script: list[str]) -> None:
        self.script = script
        self.pressed: list[tuple[str, float]] = []
        self.shown: list[float] = []
        self.width, self.height = 80, 24

    def key(self, timeout: float | None = None) -> str:
        """The next key; a window holds still at once."""
        if timeout is not None and timeout < 1:
            self.pressed.append(("still", time.perf_counter()))
            return ""
        if not self.script:
            raise OutOfKeys
        self.pressed.append((self.script[0], time.perf_counter()))
        return self.script.pop(0)

    def drop(self) -> None:
        """Nothing is typed ahead."""

    def write(self, text: str) -> None:
        """Shown."""
        self.shown.append(time.perf_counter())

    def after(self, key: str) -> list[float]:
        """Milliseconds from each such key to the last text before the next one."""
        times = []
        for (pressed, at), (_, then) in zip(
            self.pressed, [*self.pressed[1:], ("", 1e99)], strict=True
        ):
            until = [moment for moment in self.shown if at < moment < then]
            if pressed == key and until:
                times.append((until[-1] - at) * 1000)
        return times


def quiz(home: Path, script: list[str], watch_commits: list[float]) -> Watch:
    """A quiz over the shipped bank with a journal that waits for the disk."""
    env = environment(home)
    session = Session(load_bank(ROOT / "questions" / "rnn.yaml"), 1)
    journal = Journal(home / "journal.sqlite3")
    recorder = Recorder(journal, env, session)
    save = recorder.save

    def timed() -> None:
        begun = time.perf_counter()
        save()
        watch_commits.append((time.perf_counter() - begun) * 1000)

    recorder.save = timed  # type: ignore[method-assign]
    watch = Watch(script)
    look = OutputStyle(80, 24, colour=True)
    console = KeyConsole(env, watch, watch, lambda: look)
    with pytest.raises(OutOfKeys):
        KeyQuiz(console, QuizRun(session, recorder)).run()
    journal.close()
    return watch


def test_key_to_feedback_and_redraw(tmp_path: Path) -> None:
    """The median and the worst of both, in milliseconds."""
    answers, redraws, commits = [], [], []
    for number in range(QUIZZES):
        script = [key for _ in range(4) for key in ("down", "resize", "enter", "enter")]
        home = tmp_path / str(number)
        home.mkdir()
        kept: list[float] = []
        watch = quiz(home, script, kept)
        answers += watch.after("enter")[::2]
        redraws += watch.after("still")
        commits += kept
    commit = statistics.median(commits)
    assert answers
    assert redraws
    beyond = statistics.median(answers) - commit
    print(
        f"\nkey to feedback: {beyond:.1f} ms beyond one durable commit of {commit:.1f} ms "
        f"(worst {max(answers) - commit:.1f}, wanted ≤ 10)"
    )
    print(
        f"redraw of a window that changed its size: {statistics.median(redraws):.1f} ms "
        f"(worst {max(redraws):.1f}, wanted ≤ 20)"
    )
