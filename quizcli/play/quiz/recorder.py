"""A session's steps into the journal, each before anything is shown of it."""

from __future__ import annotations

from contextlib import closing, suppress
from typing import TYPE_CHECKING

from quizcli.env import timestamp
from quizcli.journal.attempts import Attempt
from quizcli.journal.file import JournalError
from quizcli.named_tuple import NamedTuple
from quizcli.quiz.came_to import CameTo, came_to
from quizcli.quiz.cards import ids_now
from quizcli.quiz.steps import Answer, StepKind
from quizcli.version import __version__

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from quizcli.env import Environment
    from quizcli.journal.attempts import Journal
    from quizcli.journal.facts import Fact
    from quizcli.quiz.session import Session
    from quizcli.quiz.steps import AnyStep

    Feed = Callable[[Session, Sequence[Answer], str], list[Fact]]

# The origin of an attempt that feeds no schedule, when it goes on another day as well.
APART = "apart"


_BEGINNING = {StepKind.ANSWER, StepKind.SEEN}


class Taker(NamedTuple):
    """Who takes a quiz, where they said so."""

    name: str = ""
    student: str = ""
    section: str = ""


NOBODY = Taker()


class Recorder:
    """Writes what a session has logged since the last time.

    An attempt is begun by its first answer: one that was opened and left is not kept. But a clock
    that runs is kept from its start, that of an exam (:meth:`begin`) and that of a question:
    leaving must not wind it back.
    ``attempt`` is given when an earlier attempt goes on, whose steps are ``written`` already: it
    keeps the ids that its questions had when it began, whatever they are called since.
    ``feed`` makes reviews of answers, which are written together with them: those of practice, and
    not of an attempt that was begun apart from the schedule. ``learner`` is who takes it.
    """

    def __init__(
        self,
        journal: Journal,
        env: Environment,
        session: Session,
        attempt: Attempt | None = None,
        origin: str = "terminal",
        written: int = 0,
        feed: Feed | None = None,
        learner: Taker = NOBODY,
    ) -> None:
        self.journal = journal
        self.env = env
        self.session = session
        self.attempt = attempt
        self.origin = origin
        apart = session.policy.exam or (attempt is not None and attempt.origin == APART)
        self.feed = None if apart else feed
        self.learner = learner
        self._started = timestamp(env.clock.now())
        self._logged = len(session.log)  # what a replay has put there is written already
        self._n = written
        names = {} if attempt is None else ids_now(session.bank, attempt.plan)
        self._ids_then = {now: id for id, now in names.items()}

    def save(self) -> None:
        """Write new steps; durable on return. Raises JournalError, and may be called again."""
        new = [self._kept(step) for step in self.session.log[self._logged :]]
        if not new:
            return
        now = timestamp(self.env.clock.now())
        also = self._reviews(new, now)
        steps = [step._replace(question=self._id_then(step.question)) for step in new]
        if self.attempt is not None:
            self.journal.append(self.attempt.id, self._n, steps, now, also)
        elif any(step.did in _BEGINNING for step in steps) or self._empty_hand_in():
            self.attempt = self.journal.begin(self._begun(), steps, now, also)
        else:
            return
        self._logged += len(steps)
        self._n += len(steps)

    def begin(self) -> None:
        """Write the attempt before anything is answered in it. Raises JournalError."""
        self.attempt = self.journal.begin(self._begun(), [], self._started)

    def _kept(self, step: AnyStep) -> AnyStep:
        item = self.session.item(step.question) if isinstance(step, Answer) else None
        return step.as_kept(item) if item is not None and isinstance(step, Answer) else step

    def _id_then(self, id: str) -> str:
        return self._ids_then.get(id, id)

    def came_to(self) -> CameTo:
        """What the attempt came to, as its score sheet says: of one that was resumed over an edited
        bank, what is gone from it counts as it was marked. Raises JournalError."""
        if self.attempt is None:  # nothing was answered, and nothing written down
            return came_to(self.session)
        from quizcli.scores.sheet import kept_sheet

        sheet = kept_sheet(self.journal, self.attempt, self.session.bank)
        return CameTo({row.question: row.grade for row in sheet.rows}, sheet.seconds)

    def lost(self) -> set[str]:
        """The questions whose answers the journal's file does not hold as they were given. The file
        is looked at anew: it may have been deleted or replaced since they were written."""
        stored = self._stored()
        new = {step.question for step in self.session.log[self._logged :]}
        return {id for id in self.session.answers if self._id_then(id) not in stored or id in new}

    def holds_answers(self) -> bool:
        """Whether the journal's file holds any answer of this attempt."""
        return bool(self._stored())

    def is_stored(self) -> bool:
        """Whether the journal's file holds this attempt, answered or not."""
        return self._kept_answers() is not None

    def _stored(self) -> set[str]:
        return self._kept_answers() or set()

    def _kept_answers(self) -> set[str] | None:
        """The questions answered in this attempt as its file has it; None where it has not."""
        path = self.journal.path
        if self.attempt is None or not path.exists():
            return None
        from quizcli.journal.attempts import Journal

        with suppress(JournalError), closing(Journal(path)) as journal:
            for attempt in journal.attempts([self.attempt.bank]):
                if attempt.uid == self.attempt.uid:
                    return journal.answered(attempt.id)
        return None

    def _reviews(self, steps: Sequence[AnyStep], at: str) -> Callable[[], None] | None:
        answers = [step for step in steps if isinstance(step, Answer)]
        if self.feed is None or not answers:
            return None
        from quizcli.journal.reviews import CardLog

        facts, log = self.feed(self.session, answers, at), CardLog(self.journal)

        return lambda: log.feed(facts)

    def _empty_hand_in(self) -> bool:
        # A file of answers that answers nothing is a hand-in all the same, and scores 0.
        return self.origin == "answers" and self.session.log[-1].did is StepKind.FINISH

    def _begun(self) -> Attempt:
        session = self.session
        return Attempt(
            id=0,
            uid=self.env.random.uid(),
            bank=session.bank.id,
            title=session.bank.title,
            bank_digest=session.bank.digest,
            # From wherever the program is started next.
            bank_file=(self.env.cwd / session.bank.file).as_posix(),
            seed=session.seed,
            policy=session.policy,
            plan=session.plan,
            origin=self.origin,
            program=__version__,
            started=self._started,
            name=self.learner.name,
            student=self.learner.student,
            section=self.learner.section,
            maxima=tuple((item.question.id, item.question.points) for item in session.items),
            draws=session.draws,
        )
