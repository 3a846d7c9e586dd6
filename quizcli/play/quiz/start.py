"""How a quiz starts: a new session, or one that was interrupted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from quizcli.play.quiz.recorder import APART, Recorder
from quizcli.quiz.cards import graded, new_ids
from quizcli.quiz.session import PRACTICE, Answer, Policy, Session, SessionError, StepKind
from quizcli.report.codes import UserError
from quizcli.report.words import counted, did_you_mean

if TYPE_CHECKING:
    from quizcli.env import Environment
    from quizcli.journal.attempts import Attempt, Journal
    from quizcli.play.quiz.recorder import Feed
    from quizcli.quiz.model import Bank


@dataclass(frozen=True, slots=True)
class QuizOptions:
    """What a learner asked for. ``seed`` None draws one; ``resume`` None decides by the place:
    at a terminal the learner is asked, elsewhere a new attempt starts. ``usual`` is the policy
    of a learner who asks for nothing."""

    seed: int | None = None
    policy: Policy = PRACTICE
    count: int | None = None
    tags: tuple[str, ...] = ()
    missed: bool = False
    resume: bool | None = None
    usual: Policy = PRACTICE

    @property
    def particular(self) -> bool:
        """Whether something was asked for that an interrupted attempt could not give."""
        return self != QuizOptions(policy=self.usual, resume=self.resume, usual=self.usual)


def command(env: Environment, bank: Bank, verb: str = "take") -> str:
    """What to type to take a bank again: by its id where it is on the shelf, else by its file."""
    return command_for(env, bank.id, bank.file, verb)


def command_for(env: Environment, bank: str, file: str, verb: str = "take") -> str:
    """The same of a bank's id and the file that it is in."""
    from quizcli.bank.shelf import shipped

    # A file that is gone may have been the shipped one of another installation.
    on_shelf = Path(file).parent in {env.paths.data / "questions", shipped()}
    if on_shelf or not (env.cwd / file).exists():
        return f"quizcli {verb} {bank}"
    from shlex import quote

    return f"quizcli {verb} {quote(file)}"


def comes_back(env: Environment, started: QuizRun) -> str:
    """What a quiz says at its end where its answers are reviews and one was not right; else ""."""
    session = started.session
    wrong = any(answer.grade.credit != 1 for answer in session.answers.values())
    if started.recorder.feed is None or session.policy.exam or not wrong:
        return ""
    again = command(env, session.bank, "review")
    shelved = f"quizcli review {session.bank.id}"
    return f"What was wrong comes back tomorrow: {'quizcli review' if again == shelved else again}"


@dataclass(slots=True)
class QuizRun:
    """A session under way with its recorder. ``deadline`` is the end of an exam's time."""

    session: Session
    recorder: Recorder
    deadline: datetime | None = None
    seconds_before: float = 0.0
    notices: tuple[str, ...] = ()


def interrupted(journal: Journal, bank: str) -> Attempt | None:
    """The latest attempt at a bank, where it was left unfinished."""
    attempts = journal.attempts(bank)
    if not attempts:
        return None
    latest = attempts[-1]
    finished = any(entry.step.did is StepKind.FINISH for entry in journal.entries(latest.id))
    return None if finished else latest


def start_new(env: Environment, journal: Journal, bank: Bank, wish: QuizOptions) -> QuizRun:
    """A new session. Raises UserError when the wish leaves nothing to ask."""
    questions = graded(bank)
    if not questions:
        raise UserError(
            f"{bank.id} holds flashcards and no question that a quiz could grade — "
            f"turn them with: {command(env, bank, 'cards')}"
        )
    tags = sorted({tag for question in questions for tag in question.tags})
    for tag in wish.tags:
        if tag not in tags:
            raise UserError(
                f"no question has the tag '{tag}' — {did_you_mean(tag, tags, 'tags are')}"
            )
    names = new_ids(bank)
    only = {names.get(id, id) for id in journal.missed(bank.id)} if wish.missed else None
    if only is not None and not only:
        raise UserError(f"nothing to repeat: no question of {bank.id} was missed last time")
    seed = env.random.seed() if wish.seed is None else wish.seed
    try:
        session = Session(bank, seed, wish.policy, only=only, tags=wish.tags, count=wish.count)
    except SessionError:
        raise UserError(
            "no question is left to ask — ask for fewer tags, or leave out --missed"
        ) from None
    started = QuizRun(session, Recorder(journal, env, session))
    if wish.policy.limit:
        started.deadline = env.clock.now() + timedelta(seconds=wish.policy.limit)
    return started


def start_over(
    env: Environment, journal: Journal, bank: Bank, policy: Policy, only: set[str]
) -> QuizRun:
    """A new session over these questions, with a seed of its own. Its answers are no reviews: the
    reasons are fresh in mind."""
    session = Session(bank, env.random.seed(), policy, only=only)
    started = QuizRun(session, Recorder(journal, env, session, origin=APART))
    if policy.limit:
        started.deadline = env.clock.now() + timedelta(seconds=policy.limit)
    return started


def start_again(env: Environment, journal: Journal, bank: Bank, attempt: Attempt) -> QuizRun:
    """An interrupted attempt as it was left. Raises UserError when the bank has nothing of it."""
    from quizcli.scores.sheet import rebuilt

    entries = journal.entries(attempt.id)
    try:
        session, lost = rebuilt(attempt, entries, bank)
    except SessionError:
        raise UserError(
            f"the bank {bank.id} has none of this attempt's questions left — "
            f"start anew: {command(env, bank)} --restart"
        ) from None
    recorder = Recorder(journal, env, session, attempt, written=len(entries))
    notices = []
    if bank.digest != attempt.bank_digest:
        notices.append("the bank was edited since; answers are graded by it as it is now")
    if lost:
        notices.append(f"{counted(len(lost), 'answer')} fell to that edit: {', '.join(lost)}")
    started = QuizRun(session, recorder, notices=tuple(notices))
    started.seconds_before = sum(
        entry.step.seconds for entry in entries if isinstance(entry.step, Answer)
    )
    started.deadline = deadline_of(attempt)
    return started


def deadline_of(attempt: Attempt) -> datetime | None:
    """When an exam is handed in. Its clock runs on while it is interrupted, as in an exam room:
    else leaving would be a way to think for longer."""
    if not attempt.policy.limit:
        return None
    return datetime.fromisoformat(attempt.started) + timedelta(seconds=attempt.policy.limit)


def fed(started: QuizRun, feed: Feed | None) -> None:
    """Let the answers of a session be reviews, or, with None, keep it out of the schedule; one
    that was kept out when it began stays so."""
    recorder = started.recorder
    if feed is None or (recorder.attempt is not None and recorder.attempt.origin == APART):
        recorder.origin = APART
    else:
        recorder.feed = feed
