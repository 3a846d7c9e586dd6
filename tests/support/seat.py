"""A learner in front of a screen, with a script of keys to press."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from quizcli.play.console import KeyConsole
from quizcli.play.quiz.flow import QuizRun
from quizcli.play.quiz.keys import KeyQuiz
from quizcli.play.quiz.recorder import Recorder
from quizcli.quiz.session import Session
from quizcli.quiz.steps import PRACTICE, Policy, StepKind
from tests.support.fakes import (
    FakeClock,
    FakeKeyboard,
    FakeScreen,
    OutOfKeys,
    Script,
    environment,
    quick_journal,
)
from tests.support.samples import session

if TYPE_CHECKING:
    from pathlib import Path


class Seat:
    """A learner in front of a screen, with a script of keys to press."""

    def __init__(
        self,
        root: Path,
        script: list[Script],
        policy: Policy = PRACTICE,
        *,
        over: Session | None = None,
        width: int = 80,
        height: int = 24,
    ) -> None:
        self.clock = FakeClock()
        self.keyboard = FakeKeyboard(script, self.clock)
        self.screen = FakeScreen(width, height)
        self.env = environment(root, clock=self.clock)
        is_fresh = over is not None and not over.log
        self.session = over if over is not None and is_fresh else session(policy)
        self.journal = quick_journal(root)
        deadline = self.clock.now() + timedelta(seconds=policy.limit) if policy.limit else None
        recorder = Recorder(self.journal, self.env, self.session)
        # What happened in it is in the journal, as of any that goes on.
        if over is not None and not is_fresh:
            self.session.replay(over.log)
            recorder.save()
        self.run = QuizRun(self.session, recorder, deadline)
        self.console = KeyConsole(
            self.env,
            self.keyboard,
            self.screen,
            self.screen.look,
            remaining=self.run.clock.remaining,
        )
        self.quiz = KeyQuiz(self.console, self.run)

    def take(self) -> bool:
        """Take the quiz; the script must be at its end when the quiz is."""
        finished = self.quiz.run()
        assert self.keyboard.played
        return finished

    def until(self) -> Seat:
        """Take the quiz until the script has no key left."""
        with pytest.raises(OutOfKeys):
            self.quiz.run()
        return self

    @property
    def keys(self) -> str:
        """The key line and what stands above it: the last lines in sight."""
        return " ".join(" ".join(self.screen.window).split())

    @property
    def written(self) -> list[StepKind]:
        """What the journal has of this attempt."""
        number = self.journal.attempts()[-1].id
        return [entry.step.did for entry in self.journal.entries(number)]
