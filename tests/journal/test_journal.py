"""What is written comes back: attempts, answers and steps, from one process and from several."""

from __future__ import annotations

import subprocess
import sys
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizcli.env import timestamp
from quizcli.journal.attempts import Journal
from quizcli.journal.file import JournalError
from quizcli.play.quiz.recorder import Recorder
from quizcli.quiz.grading import Response
from quizcli.quiz.session import Session
from quizcli.quiz.steps import EXAM, Answer, Policy, SessionError, Step, StepKind
from quizcli.scores.sheet import rebuilt
from tests.support.fakes import START, FakeClock, environment
from tests.support.samples import sample_bank, session

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from quizcli.env import Environment

AT = "2026-11-19T14:05:00.000Z"
Move = tuple[str, list[int], bool, float, bool]
MOVES = ("answer", "skip", "back", "flag", "hint", "finish")
POLICIES = st.builds(
    Policy,
    exam=st.booleans(),
    limit=st.none() | st.integers(1, 10_000),
    shuffle=st.none() | st.booleans(),
    credit=st.none() | st.sampled_from(["coverage", "false2", "all-or-nothing"]),
)


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    """A new journal."""
    return Journal(tmp_path / "journal.sqlite3")


def recorder(journal: Journal, env: Environment, over: Session) -> Recorder:
    """What writes this session down."""
    return Recorder(journal, env, over)


def move(over: Session, name: str, picks: list[int], guess: bool, seconds: float) -> None:
    """One step of a learner, unless it cannot be taken now."""
    item = over.current
    try:
        if name == "answer" and item is not None:
            several = item.question.kind == "multiple-choice"
            chosen = {item.shown[pick % len(item.shown)] for pick in picks}
            ids = chosen if several else set(list(chosen)[:1])
            over.answer(Response(frozenset(ids), guess), seconds)
        elif name == "finish":
            over.finish()
        elif name != "answer":
            {"skip": over.skip, "back": over.back, "flag": over.flag, "hint": over.hint}[name]()
    except SessionError:
        pass


def state(over: Session) -> tuple[object, ...]:
    """Everything that a learner can notice of a session."""
    return (
        over.plan, over.position, over.finished, over.answers, over.flags, over.hints, over.log,
        over.score(), over.policy, over.seed,
    )  # fmt: skip


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Journal, Journal]]:
    """One journal through two connections: one writes, the other reads."""
    path = tmp_path_factory.mktemp("journal") / "journal.sqlite3"
    journals = Journal(path), Journal(path)
    yield journals
    for journal in journals:
        journal.close()


@settings(max_examples=60)
@given(
    policy=POLICIES,
    seed=st.integers(0, 2**63 - 1),
    moves=st.lists(
        st.tuples(
            st.sampled_from(MOVES),
            st.lists(st.integers(0, 3), max_size=4),
            st.booleans(),
            st.floats(0, 1e6),
            st.sampled_from([False, False, True]),
        ),
        max_size=25,
    ),
)
def test_any_session_read_back_is_the_same_session(
    shared: tuple[Journal, Journal], policy: Policy, seed: int, moves: list[Move]
) -> None:
    """Whatever is done and whenever it is saved, the journal gives the session as it was."""
    writing, reading = shared
    before = reading.attempts()
    env = environment(writing.path.parent)
    over = Session(sample_bank(), seed, policy)
    recorder = Recorder(writing, env, over)
    for name, picks, guess, seconds, saved in moves:
        move(over, name, picks, guess, seconds)
        if saved:
            recorder.save()
    recorder.save()
    kept = reading.attempts()[len(before) :]
    if not over.answers:
        assert kept == []
        return
    [attempt] = kept
    again, lost = rebuilt(attempt, reading.entries(attempt.id), sample_bank())
    assert lost == []
    assert state(again) == state(over)
    assert reading.answered(attempt.id) == set(over.answers)


def test_nothing_is_kept_before_the_first_answer(journal: Journal, tmp_path: Path) -> None:
    """A quiz that was opened, looked at and left is no attempt; its steps come with the first
    answer, so that nothing of the way to it is missing."""
    over = session()
    writer = recorder(journal, environment(tmp_path), over)
    over.hint()
    over.flag()
    over.skip()
    writer.save()
    assert journal.attempts() == []
    over.back()
    over.answer("units", 2.5)
    writer.save()
    [attempt] = journal.attempts()
    did = [entry.step.did for entry in journal.entries(attempt.id)]
    assert did == [StepKind.HINT, StepKind.FLAG, StepKind.SKIP, StepKind.BACK, StepKind.ANSWER]


def test_finishing_without_an_answer_keeps_nothing(journal: Journal, tmp_path: Path) -> None:
    """Skipping through to the end is no attempt either; a file of answers always is one."""
    for origin, kept in (("terminal", 0), ("answers", 1)):
        over = session(EXAM)
        writer = recorder(journal, environment(tmp_path), over)
        writer.origin = origin
        over.skip()
        over.finish()
        writer.save()
        assert len(journal.attempts()) == kept


def test_an_attempt_carries_what_a_replay_needs(journal: Journal, tmp_path: Path) -> None:
    """Bank, digest, file, seed, policy, plan, program and time of the start."""
    over = session(Policy(exam=True, limit=600, shuffle=True, credit="coverage"), seed=2**63 - 1)
    writer = recorder(journal, environment(tmp_path), over)
    over.answer("units")
    writer.save()
    kept = journal.attempt(1)
    assert kept == writer.attempt
    assert kept is not None
    assert (kept.bank, kept.seed, kept.policy) == ("sample", 2**63 - 1, over.policy)
    assert kept.plan == over.plan
    assert kept.bank_digest == sample_bank().digest
    assert kept.started == AT


def test_the_latest_is_the_one_that_was_begun_last(journal: Journal, tmp_path: Path) -> None:
    """Finished or interrupted, of all banks or of some; rows may stand in another order, as those
    do that a merge brought."""
    clock = FakeClock()
    for finished, days in ((True, 9), (False, 10), (True, 1), (False, 2)):
        clock.start = START + timedelta(days=days)
        over = session()
        writer = recorder(journal, environment(tmp_path, clock=clock), over)
        over.answer("units")
        if finished:
            over.finish()
        writer.save()
    assert [attempt.id for attempt in journal.attempts(["sample", "other"])] == [3, 4, 1, 2]
    assert [journal.latest(), journal.interrupted(["sample"])] == [journal.attempt(2)] * 2
    assert journal.last_finished() == journal.attempt(1)
    assert (journal.attempts(["other"]), journal.latest(["other"])) == ([], None)
    journal.append(2, 1, [Step(StepKind.FINISH, "")], AT)
    assert journal.interrupted(["sample"]) is None


def test_the_last_finished_is_the_one_whose_end_came_last(journal: Journal, tmp_path: Path) -> None:
    """Also where it was begun first, left, and resumed after the others."""
    clock = FakeClock()
    for days in (1, 2, 3):
        clock.start = START + timedelta(days=days)
        over = session()
        writer = recorder(journal, environment(tmp_path, clock=clock), over)
        over.answer("units")
        if days > 1:
            over.finish()
        writer.save()
    assert journal.last_finished() == journal.attempt(3)
    journal.append(1, 1, [Step(StepKind.FINISH, "")], timestamp(START + timedelta(days=9)))
    assert journal.last_finished() == journal.attempt(1)
    assert journal.latest() == journal.attempt(3)


@pytest.mark.parametrize("first", ["answer", "skip"])
@pytest.mark.parametrize("second", ["answer", "skip"])
def test_an_attempt_that_goes_on_elsewhere_is_refused(
    journal: Journal, tmp_path: Path, first: str, second: str
) -> None:
    """Of two windows that resumed one attempt, the second to write is told, whatever the two
    did: answers and other steps count as one sequence."""
    env = environment(tmp_path)
    over = session()
    writer = recorder(journal, env, over)
    over.answer("units")
    writer.save()
    attempt, entries = journal.attempts()[0], journal.entries(1)
    windows = []
    for name in (first, second):
        resumed, _ = rebuilt(attempt, entries, sample_bank())
        windows.append(Recorder(journal, env, resumed, attempt, written=len(entries)))
        move(resumed, name, [0], False, 1.0)
    windows[0].save()
    with pytest.raises(JournalError, match="was continued in another window"):
        windows[1].save()
    assert [entry.step.did for entry in journal.entries(1)] == ["answer", first]


def test_a_failed_save_can_be_made_again(journal: Journal, tmp_path: Path) -> None:
    """What could not be written is not forgotten: the next save writes it."""
    over = session()
    writer = recorder(journal, environment(tmp_path), over)
    blocker = Journal(journal.path)
    journal.connection.execute("PRAGMA busy_timeout = 10")
    blocker.connection.execute("BEGIN IMMEDIATE")
    over.answer("units", 1.0)
    with pytest.raises(JournalError, match="another program is using the journal"):
        writer.save()
    blocker.connection.execute("ROLLBACK")
    blocker.close()
    over.answer(("voice",), 2.0)
    writer.save()
    steps = [entry.step for entry in journal.entries(1)]
    assert [step.seconds for step in steps if isinstance(step, Answer)] == [1.0, 2.0]


WRITER = """
import sys, time
from pathlib import Path
from quizcli.journal.attempts import Journal
from quizcli.play.quiz.recorder import Recorder
from quizcli.quiz.session import Session
from quizcli.quiz.steps import EXAM
from tests.support.fakes import START, FakeClock, environment
from tests.support.samples import sample_bank
path, me, start = Path(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3])
env = environment(path.parent)
env.random.drawn = 1000 * me
over = Session(sample_bank(), me, EXAM)
while time.time() < start:
    pass
journal = Journal(path)
recorder = Recorder(journal, env, over)
for n in range(50):
    over.answer("units" if over.position == 0 else ("voice",), n)
    recorder.save()
    over.back()
print("done")
"""


def test_two_processes_at_once(tmp_path: Path) -> None:
    """Two programs open a journal that is not there yet and write 50 answers each: all are
    there, in order, in an attempt each."""
    import time

    path = tmp_path / "journal.sqlite3"
    start = str(time.time() + 0.5)
    running = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, str(path), str(me), start],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for me in (1, 2)
    ]
    said = [process.communicate(timeout=60) for process in running]
    assert said == [("done\n", "")] * 2
    journal = Journal(path)
    assert len(journal.attempts()) == 2
    for number in (1, 2):
        answers = [entry.step for entry in journal.entries(number)]
        seconds = [step.seconds for step in answers if isinstance(step, Answer)]
        assert seconds == list(range(50))
    journal.close()


def test_a_regrade_reads_the_facts_and_grades_anew(journal: Journal, tmp_path: Path) -> None:
    """The recorded points are a note: a changed credit rule changes the mark, not the facts."""
    over = session()
    writer = recorder(journal, environment(tmp_path), over)
    over.skip()
    over.answer(("voice", "image"))
    writer.save()
    attempt, entries = journal.attempts()[0], journal.entries(1)
    again = Session(sample_bank(), 7, Policy(credit="every-decision"), plan=attempt.plan)
    again.replay([entry.step for entry in entries], regrade=True)
    assert over.answers["tasks"].grade.points == 0
    assert str(again.answers["tasks"].grade.points) == "1/2"
