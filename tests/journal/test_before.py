"""A journal that an earlier version wrote opens, grades and goes on as it did.

``before.sqlite3`` holds a finished exam (a changed answer, a guess, a flag, a blank, several keys)
and a practice that was left (a hint, a guess, a flag), over ``before.yaml``; ``before.json`` is what
``score --format json`` said of both then.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from quizcli import load_bank
from quizcli.journal.attempts import Journal
from quizcli.play.quiz.options import QuizOptions
from quizcli.play.quiz.starting import QuizStart
from quizcli.quiz.steps import Answer
from quizcli.scores.sheet import sheet
from quizcli.scores.writers import as_json
from tests.support.fakes import environment

HERE = Path(__file__).parent
SAID = json.loads((HERE / "before.json").read_text())


@pytest.fixture
def journal(tmp_path: Path):
    """A copy of that journal."""
    shutil.copy(HERE / "before.sqlite3", tmp_path / "journal.sqlite3")
    opened = Journal(tmp_path / "journal.sqlite3")
    yield opened
    opened.close()


@pytest.mark.parametrize("said", SAID, ids=lambda said: f"attempt {said['attempt']['id']}")
def test_it_is_graded_as_it_was(journal: Journal, said: dict) -> None:
    """Points, plan, digests and all that is handed in are the same to the letter."""
    bank = load_bank(HERE / "before.yaml")
    attempt = journal.attempt(said["attempt"]["id"])
    assert attempt is not None
    entries = journal.entries(attempt.id)
    now = json.loads(as_json(sheet(attempt, entries, bank)))
    # What it says is named otherwise in format_version 2, and there is more of it.
    now["attempt"]["exam"] = now["attempt"]["policy"]["exam"]
    now["attempt"] = {name: now["attempt"][name] for name in said["attempt"]}
    now["answers"] = [
        {name: one[name] for name in then}
        for one, then in zip(now["answers"], said["answers"], strict=True)
    ]
    assert now == {**said, "format_version": 2}
    for entry in entries:
        if isinstance(entry.step, Answer):
            question = bank.question(entry.step.question)
            assert (entry.step.asked, entry.step.digest) == (question.asked, question.digest)
            order = [id for id in entry.step.shown if id in entry.step.response.chosen]
            assert entry.step.response.given == tuple(order)


def test_what_was_left_goes_on(journal: Journal, tmp_path: Path) -> None:
    """With its answers, hints and flags; and a new answer is written behind the old ones."""
    bank = load_bank(HERE / "before.yaml")
    attempt = journal.attempts()[-1]
    before = journal.entries(attempt.id)
    start = QuizStart(environment(tmp_path), journal, bank, QuizOptions(resume=True))
    run = start.run()
    assert run.session.plan == attempt.plan
    assert set(run.session.answers) == journal.answered(attempt.id)
    assert [step for step, _ in before] == run.session.log
    assert run.session.current is not None
    run.answer(run.session.current.parse("a"))
    after = journal.entries(attempt.id)
    assert after[: len(before)] == before
    assert len(after) == len(before) + 1
