"""A learner in front of a review, day after day, with a script of keys or of lines."""

from __future__ import annotations

from datetime import UTC, timedelta
from typing import TYPE_CHECKING

from quizcli.journal.reviews import FactKind
from quizcli.play.console import KeyConsole
from quizcli.play.line_console import LineConsole
from quizcli.play.review.flow import ReviewRun
from quizcli.play.review.keys import KeyReview
from quizcli.play.review.lines import LineReview
from quizcli.quiz.steps import Policy
from quizcli.review.banks import Banks
from quizcli.review.card_states import CardStates
from quizcli.review.facts import ReviewInput, SchedulerSettings
from quizcli.review.queue import Queue, QueueOptions
from quizcli.scheduling.memory import Rating
from tests.support.damage import selected
from tests.support.fakes import (
    FakeClock,
    FakeKeyboard,
    FakeScreen,
    OutOfKeys,
    Script,
    environment,
    printed,
    quick_journal,
)
from tests.support.samples import sample_bank

if TYPE_CHECKING:
    from pathlib import Path

    from quizcli.journal.card_states import CardRow
    from quizcli.journal.reviews import Fact
    from quizcli.play.review.hand import CardInHand
    from quizcli.quiz.model import Bank

SEED = 5


class ReviewSeat:
    """A home with a journal, a bank on its shelf, and a clock that can go on by days."""

    def __init__(
        self,
        root: Path,
        bank: Bank | None = None,
        *,
        width: int = 80,
        height: int = 24,
        **plan: int,
    ) -> None:
        self.root = root
        self.bank = bank or sample_bank()
        self.clock = FakeClock()
        self.env = environment(root, clock=self.clock)._replace(zone=UTC)
        self.screen = FakeScreen(width, height)
        self.journal = quick_journal(root)
        self.ledger = CardStates(self.env, self.journal, SchedulerSettings(**plan), SEED)
        self.run = self._begun()

    def _begun(
        self,
        wanted: QueueOptions | None = None,
        *,
        minutes: float | None = None,
        turned: bool = False,
    ) -> ReviewRun:
        banks = Banks({self.bank.id: self.bank}.get, [self.bank.id])
        queue = Queue(self.ledger, banks, wanted or QueueOptions())
        return ReviewRun(
            self.env,
            queue,
            policy=Policy(shuffle=False),
            minutes=minutes,
            turned=turned,
        )

    def days(self, n: int) -> ReviewSeat:
        """So many days later."""
        self.clock.start += timedelta(days=n)
        return self

    def learned(self, *questions: str, rating: Rating = Rating.AGAIN) -> ReviewSeat:
        """These questions (all, where none is named) were reviewed today; then a day passes, on
        which those rated again are due."""
        names = questions or [question.id for question in self.bank.questions]
        for name in names:
            row = self.ledger.row(f"{self.bank.id}/{name}")
            self.ledger.record(row, ReviewInput(rating), 0.9)
        return self.days(1)

    def keys(
        self,
        *script: Script,
        wanted: QueueOptions | None = None,
        minutes: float | None = None,
        turned: bool = False,
        confirm: bool = False,
        whole: bool | None = True,
    ) -> ReviewSeat:
        """A session with these keys; ``whole``: it must end with the script, neither before nor
        after it; False: it must not end; None: either."""
        self.run = self._begun(wanted, minutes=minutes, turned=turned)
        self.keyboard = keyboard = FakeKeyboard(script, self.clock)
        console = KeyConsole(
            self.env, keyboard, self.screen, self.screen.look, confirm_leave=confirm
        )
        try:
            KeyReview(console, self.run).run()
        except OutOfKeys:
            if whole:
                raise
        else:
            assert whole is not False, "the session ended before the keys did"
        assert keyboard.played
        return self

    def until(self, *script: Script, **options: object) -> ReviewSeat:
        """A session that waits for a key after these."""
        return self.keys(*script, whole=False, **options)  # type: ignore[arg-type]

    def lines(
        self,
        *lines: str,
        wanted: QueueOptions | None = None,
        minutes: float | None = None,
        turned: bool = False,
        width: int = 80,
    ) -> str:
        """A session with these lines of input; what it printed."""
        self.env = environment(
            self.root, "".join(f"{line}\n" for line in lines), clock=self.clock
        )._replace(zone=UTC)
        self.ledger.env = self.env
        self.run = self._begun(wanted, minutes=minutes, turned=turned)
        self.line_review = LineReview(LineConsole(self.env, width), self.run)
        self.finished = self.line_review.run()
        return printed(self.env)

    @property
    def hand(self) -> CardInHand:
        """The card that is asked."""
        assert self.run._hand is not None
        return self.run._hand

    @property
    def window(self) -> str:
        """What is in sight, as one line."""
        return " ".join(" ".join(self.screen.window).split())

    @property
    def said(self) -> str:
        """Everything that was said, the scrollback included, as one line."""
        return " ".join(self.screen.text.split())

    @property
    def facts(self) -> list[Fact]:
        """What is in the log, what was undone left out."""
        log = self.ledger.log
        cards = [card for (card,) in selected(log, "SELECT DISTINCT card FROM card_log")]
        return sorted((fact for card in cards for fact in log.facts(card)), key=lambda f: f.id)

    @property
    def did(self) -> list[tuple[str, str]]:
        """(question, what happened) of each of these."""
        return [(fact.card.partition("/")[2], str(fact.did)) for fact in self.facts]

    def ratings(self) -> dict[str, int]:
        """The rating of the last review of each question, as it counts."""
        found: dict[str, int] = {}
        names: dict[int, str] = {}
        for fact in self.facts:
            if fact.did is FactKind.REVIEW:
                names[fact.id] = fact.card.partition("/")[2]
                found[names[fact.id]] = fact.rating or 0
            elif fact.did is FactKind.RATE and fact.target in names:
                found[names[fact.target]] = fact.rating or 0
        return found

    def row(self, question: str) -> CardRow:
        """The state of a question's card."""
        return self.ledger.row(f"{self.bank.id}/{question}")
