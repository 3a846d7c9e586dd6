"""How a quiz starts: a new session, or one that was interrupted. One rule for every device."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from quizcli.play.commands import command
from quizcli.play.quiz.clock import times_used
from quizcli.play.quiz.flow import QuizRun
from quizcli.play.quiz.recorder import APART, Recorder, Taker
from quizcli.play.quiz.same_again import varied
from quizcli.play.quiz.sections import check_tags
from quizcli.play.quiz.words import said_over
from quizcli.quiz.blueprint import TooFewError
from quizcli.quiz.cards import bank_ids, ids_now
from quizcli.quiz.session import Session
from quizcli.quiz.steps import Answer, SessionError, Step, StepKind
from quizcli.report.codes import UserError
from quizcli.report.times import day
from quizcli.report.words import counted, nearest_tag

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from quizcli.env import Environment
    from quizcli.journal.attempts import Attempt, Entry, Journal
    from quizcli.play.quiz.options import QuizOptions
    from quizcli.play.quiz.recorder import Feed
    from quizcli.quiz.model import Bank, Section
    from quizcli.quiz.steps import Policy


class QuizStart:
    """A bank that is about to be asked. ``feed`` lets answers be reviews, None keeps the quiz out
    of the schedule; ``origin`` says where the answers come from, where that is no learner at a
    terminal. ``attempt`` is the latest one, where it was left unfinished."""

    def __init__(
        self,
        env: Environment,
        journal: Journal,
        bank: Bank,
        options: QuizOptions,
        feed: Feed | None = None,
        origin: str = "",
    ) -> None:
        self.env = env
        self.journal = journal
        self.bank = bank
        self.options = options
        self.feed = feed
        self.origin = origin
        self.attempt = journal.interrupted(bank_ids(bank))

    @property
    def open(self) -> bool:
        """Whether the options leave it to the learner to go on with an attempt or not. An exam
        whose clock runs is there first, whatever they ask for."""
        asked = not self.options.particular or (self.remaining() or 0) > 0
        return self.options.resume is None and asked and self._left is not None

    @cached_property
    def _left(self) -> Session | None:
        """The interrupted attempt as it was left; None where the bank has nothing of it."""
        from quizcli.scores.sheet import rebuilt

        if self.attempt is None:
            return None
        try:
            return rebuilt(self.attempt, self.journal.entries(self.attempt.id), self.bank)[0]
        except SessionError:
            return None

    def run(self) -> QuizRun:
        """The quiz that the options ask for; where they leave it open a new attempt.

        Raises UserError where there is none.
        """
        return self.resumed() if self.options.resume else self.new()

    def told(self, run: QuizRun) -> list[str]:
        """What is to be known of the attempt that was interrupted, where nobody is asked, and
        ``run`` is what comes."""
        if self.attempt is None:
            return []
        if self.options.resume:
            answered, total = len(run.session.answers), len(run.session.items)
            return [f"resuming attempt {self.attempt.id}: {answered} of {total} answered"]
        if not self.open:
            return []
        said = f"starting over; attempt {self.attempt.id} was interrupted and is saved"
        if run.recorder.attempt is not None or run.clock.is_timed(run.session.items[0]):
            return [said]
        # The attempt that was begun last is the one that is resumed.
        again = f"{command(self.env, self.bank)} --resume"
        return [f"{said} — to resume it instead, quit before your first answer and type: {again}"]

    def new(self) -> QuizRun:
        """A new session. Raises UserError when the options leave nothing to ask."""
        bank, options = self.bank, self.options
        check_tags(self.env, bank, options.tags)
        only = None
        if options.missed:
            from quizcli.scores.missed import missed

            only = missed(self.journal, bank)
            if not only:
                raise UserError(f"nothing to repeat: no question in {bank.id} was missed last time")
        seed = self.env.random.seed() if options.seed is None else options.seed
        try:
            session = Session(
                bank, seed, options.policy, only=only, tags=options.tags, count=options.questions,
                vary=options.vary, sections=self._sections(),
            )  # fmt: skip
        except TooFewError as few:
            tag = few.section.tag
            known = sorted({tag for heading in bank.headings for tag in heading.tags})
            hint = "ask for fewer" if tag in known else nearest_tag(tag, known)
            raise UserError(f"{few} — {hint}") from None
        except SessionError:
            raise UserError("no questions are left to ask — leave out --tag or --missed") from None
        run = self._begun(session, self.feed, options.learner)
        asked = len(session.items)
        if (options.questions or 0) > asked:
            are = "is" if asked == 1 else "are"
            run.notices += (f"there {are} only {counted(asked, 'question')} to ask",)
        return run

    def _sections(self) -> tuple[Section, ...]:
        options = self.options
        if options.draw is not None:
            return options.draw
        chosen = options.tags or options.missed or options.questions
        return () if chosen else self.bank.draw

    def missed(self, run: QuizRun) -> QuizRun:
        """A new session over what one did not get wholly right, with a seed of its own. Its
        answers are no reviews: the reasons are fresh in mind."""
        only = {item.question.id for item in run.missed}
        before = run.session
        session = Session(self.bank, self.env.random.seed(), before.policy, only=only,
                          vary=varied(before))  # fmt: skip
        return self._begun(session, None, run.recorder.learner)

    def _begun(self, session: Session, feed: Feed | None, learner: Taker) -> QuizRun:
        origin = self.origin or (APART if feed is None else "terminal")
        recorder = Recorder(
            self.journal, self.env, session, origin=origin, feed=feed, learner=learner
        )
        deadline = deadline_of(session.policy, self.env.clock.now())
        if deadline is not None:
            recorder.begin()
        return QuizRun(session, recorder, deadline, (), self.options)

    def resumed(self) -> QuizRun:
        """The interrupted attempt as it was left; what was kept out of the schedule stays out.

        Raises UserError where there is none, and where other options stand beside --resume.
        """
        bank = self.bank
        if self.attempt is None:
            what = f"there is no attempt at {bank.id} yet"
            if self.journal.latest(bank_ids(bank)):
                what = f"the last attempt at {bank.id} was finished"
            raise UserError(f"{what} — start one without --resume")
        if self.options.particular:
            raise UserError(
                "--resume continues the attempt as it was started — leave out the other options, "
                "or start over with --restart"
            )
        return self.go_on(self.attempt)

    def go_on(self, attempt: Attempt) -> QuizRun:
        """An attempt as it was left. Raises UserError when the bank has nothing of it."""
        bank = self.bank
        from quizcli.scores.sheet import rebuilt

        written = self.journal.length(attempt.id)  # first: what comes meanwhile is then found out
        entries = self.journal.entries(attempt.id)
        try:
            session, lost = rebuilt(attempt, entries, bank)
        except SessionError:
            raise UserError(
                f"the bank {bank.id} has none of this attempt's questions left — "
                f"start over: {command(self.env, bank)} --restart"
            ) from None
        learner = Taker(attempt.name, attempt.student, attempt.section)
        recorder = Recorder(self.journal, self.env, session, attempt, written=written,
                            feed=self.feed, learner=learner)  # fmt: skip
        notices, names = [], ids_now(bank, attempt.plan)
        resumed = [entry.step.question for entry in entries if entry.step.did is StepKind.RESUME]
        if bank.digest != (resumed or [attempt.bank_digest])[-1]:
            # Written down with what is done next: an attempt that is only looked at stays as it is.
            session.log.append(Step(StepKind.RESUME, bank.digest))
            gone = _never_answered(attempt, entries, session, names)
            session.log += [Step(StepKind.GONE, id) for id in gone]
        if bank.digest != attempt.bank_digest:
            notices.append(
                "the bank has been edited since; answers are graded by its current version, for "
                "the original points"
            )
        if lost:
            notices.append(f"{counted(len(lost), 'answer')} lost in that edit: {', '.join(lost)}")
        times = times_used(entries, self.env.clock.now())
        used = {names.get(id, id): seconds for id, seconds in times.items()}
        run = QuizRun(session, recorder, _deadline(attempt), tuple(notices), self.options, used)
        running = run.clock.running
        if running is not None and run.clock.is_over(running):
            over = said_over(session.number(running))
            run.notices += (f"{over[0].lower()}{over[1:].rstrip('.')}",)
        return run

    def how_far(self) -> tuple[int, int]:
        """How many questions of the interrupted attempt have an answer, of how many that the bank
        has still."""
        left = self._left
        return (0, 0) if left is None else (len(left.answers), len(left.items))

    @property
    def stopped(self) -> str:
        """The day on which the interrupted attempt was left; "" where there is none."""
        if self.attempt is None:
            return ""
        entries = self.journal.entries(self.attempt.id)
        return day(entries[-1].at if entries else self.attempt.started, self.env.zone)

    def remaining(self) -> float | None:
        """Seconds that an interrupted exam has left; None where it has no limit."""
        return None if self.attempt is None else remaining_of(self.attempt, self.env.clock.now())


def _never_answered(
    attempt: Attempt, entries: Sequence[Entry], session: Session, names: Mapping[str, str]
) -> list[str]:
    """The questions without an answer that the bank has no more; ``names`` are those of now."""
    answered = {entry.step.question for entry in entries if isinstance(entry.step, Answer)}
    return [
        id
        for id, _ in attempt.plan
        if id not in answered and session.item(names.get(id, id)) is None
    ]


def deadline_of(policy: Policy, started: datetime) -> datetime | None:
    """When an exam is handed in. Its clock runs on while it is interrupted, as in an exam room:
    else leaving would be a way to think for longer."""
    return started + timedelta(seconds=policy.limit) if policy.limit else None


def _deadline(attempt: Attempt) -> datetime | None:
    return deadline_of(attempt.policy, datetime.fromisoformat(attempt.started))


def remaining_of(attempt: Attempt, now: datetime) -> float | None:
    """Seconds that an exam which was left has still, not above 0 where its time is over; None
    where it has no limit."""
    deadline = _deadline(attempt)
    return None if deadline is None else (deadline - now).total_seconds()
