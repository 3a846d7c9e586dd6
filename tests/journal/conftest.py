"""A journal to spoil."""

from __future__ import annotations

from pathlib import Path

import pytest

from quizcli.journal.attempts import Journal
from quizcli.play.quiz.recorder import Recorder
from quizcli.quiz.session import Session
from quizcli.quiz.steps import EXAM
from tests.support.fakes import environment
from tests.support.samples import sample_bank


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A journal with 30 attempts, closed in good order."""
    path = tmp_path_factory.mktemp("full") / "journal.sqlite3"
    journal, env = Journal(path), environment(path.parent)
    for seed in range(30):
        over = Session(sample_bank(), seed, EXAM)
        recorder = Recorder(journal, env, over)
        for _ in range(6):
            over.answer("units", 1.5)
            over.back()
        over.finish()
        recorder.save()
    journal.close()
    return path
