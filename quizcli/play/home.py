"""Home: what is due, where a quiz was left, the last score, and the one command to type next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from quizcli.quiz.cards import contents, quizzed_places
from quizcli.report.pictures import Bar, Bars
from quizcli.report.result import Commands, Heading, Line, Paragraph, Result
from quizcli.report.words import counted, duration
from quizcli.review.counts import KNOWN
from quizcli.review.times import thought
from quizcli.terminal.recall import said_put_off

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from quizcli.quiz.model import Bank
    from quizcli.review.counts import Progress, QueueCounts

# What a review takes before anything is known of the learner.
SECONDS_A_CARD = 30.0
# The latest reviews that say how long one takes.
LATEST = 100


@dataclass(frozen=True, slots=True)
class Due:
    """What a review would ask now: cards that are due, new ones, and about how many minutes;
    ``unbegun`` are all new cards, those of later days too.

    ``started`` says that anything was reviewed yet; ``next`` are (days from today, cards) of the
    next day on which something is due; ``suspended`` cards are not asked, and
    those ``put_off`` wait for another day, since the limit of today's is reached.
    """

    due: int = 0
    new: int = 0
    unbegun: int = 0
    minutes: float = 0.0
    started: bool = False
    next: tuple[int, int] | None = None
    suspended: int = 0
    put_off: int = 0
    progress: tuple[Progress, ...] = ()

    @property
    def command(self) -> tuple[str, str] | None:
        """What to type for it and what it is; None where there is nothing to review."""
        minutes = max(1, round(self.minutes))
        if self.due:
            are = "is" if self.due == 1 else "are"
            what = f"{counted(self.due, 'card')} {are} about to be forgotten"
            if self.new:
                what = f"{self.due} due and {counted(self.new, 'new card')}"
            return "quizcli review", f"{what} (about {minutes} min)"
        if self.new:
            cards = counted(self.new, "new card")
            if self.new < self.unbegun:
                cards = f"{self.new} of {self.unbegun} new cards"
            return "quizcli review", f"start {cards} (about {minutes} min)"
        return None


@dataclass(frozen=True, slots=True)
class Stopped:
    """A quiz that was left: what to type to go on, and how far it was; ``number`` is that of
    the question to go on with, ``remaining`` are the seconds that an exam with a limit has left."""

    command: str
    title: str
    answered: int
    total: int
    number: int
    remaining: float | None = None

    @property
    def is_over(self) -> bool:
        """Whether its time is over, so that nothing is asked any more."""
        return self.remaining is not None and self.remaining <= 0


@dataclass(frozen=True, slots=True)
class Home:
    """All that home shows. ``score`` is in percent with its title and its day."""

    banks: tuple[Bank, ...] = ()
    due: Due = Due()
    stopped: Stopped | None = None
    score: tuple[str, str, date] | None = None


def due_now(queue: QueueCounts) -> Due:
    """What a review would ask now."""
    today = queue.due_today()
    due, new = len(today.asked), queue.new(today)
    times = queue.card_states.log.latest_milliseconds(LATEST)
    each = sum(map(thought, times)) / 1000 / len(times) if times else SECONDS_A_CARD
    # Reading the reasons takes time too, and a quick tap says little.
    each = max(each, SECONDS_A_CARD / 3)
    minutes = (due + new) * each / 60
    return Due(
        due,
        new,
        queue.all_unbegun(),
        minutes,
        bool(times),
        queue.forecast().next,
        queue.suspended(),
        today.put_off,
        tuple(queue.progress(today)),
    )


def home_result(home: Home) -> Result:
    """Home as a result."""
    said = ["quizcli"]
    if home.due.due:
        said.append(f"{home.due.due} due today")
    elif home.due.started:
        said.append("nothing due today")
    if home.stopped is not None:
        left = home.stopped.total - home.stopped.answered
        what = "time is up" if home.stopped.is_over else f"{left} of {home.stopped.total} left"
        said.append(f"{what} in {home.stopped.title}")
    if len(said) == 1:
        said.append("quizzes whose answers can be shown to be right")
    body: list[Heading | Paragraph | Line | Commands | Bars] = [Heading(" · ".join(said))]
    body.append(Commands(tuple(_commands(home))))
    body += _progress(home)
    past = []
    if home.due.next is not None and not home.due.due:
        days, cards = home.due.next
        day = "tomorrow" if days == 1 else f"in {counted(days, 'day')}"
        past.append(Paragraph(f"Next review: {counted(cards, 'card')} {day}."))
    if home.due.put_off:
        past.append(Paragraph(said_put_off(home.due.put_off)))
    if home.score is not None:
        percent, title, on = home.score
        past.append(Paragraph(f"Last score: {percent}% on {title}, {on.day} {on:%B}"))
    if past:
        body += [Line(""), *past]
    return Result(body=tuple(body))


def _progress(home: Home) -> list[Bars]:
    """How far each bank that was begun is."""
    bars = [
        Bar(
            each.title,
            round(100 * each.known / (each.new + each.learning + each.known)),
            f"{each.due} due, {each.new} new, {each.learning} learning, {each.known} known",
        )
        for each in home.due.progress
    ]
    says = f"Known: remembered for {KNOWN} days or more."
    return [Bars("Known so far", tuple(bars), "%", says, mark=100, short=True)] if bars else []


def _commands(home: Home) -> Sequence[tuple[str, str]]:
    """Commands with what each does; the first is the one to type next."""
    commands = []
    if home.due.due and home.due.command:
        commands.append(home.due.command)
    if home.stopped is not None:
        where = f"resume where you stopped, question {home.stopped.number}"
        if home.stopped.remaining is not None:
            where += f", {duration(home.stopped.remaining)} left"
        if home.stopped.is_over:
            answered = home.stopped.answered
            where = "hand in what you answered" if answered else "hand it in: its time is up"
        commands.append((f"{home.stopped.command} --resume", where))
    for bank in home.banks:
        verb = "take" if quizzed_places(bank) else "cards"
        commands.append((f"quizcli {verb} {bank.id}", f"{bank.title}, {contents(bank)}"))
    if not home.due.due and home.due.command and home.due.started:
        commands.append(home.due.command)
    if home.due.suspended:
        are = "is" if home.due.suspended == 1 else "are"
        what = f"all cards; {counted(home.due.suspended, 'card')} {are} suspended"
        commands.append(("quizcli review --queue", what))
    commands.append(("quizcli demo", "watch an experiment test an answer"))
    commands.append(("quizcli --help", "all commands"))
    return commands
