"""What every loop at a terminal shares: the canvas, the keyboard, the clock, the journal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizcli.quiz.session import Answer
from quizcli.terminal.canvas import Canvas
from quizcli.terminal.notation import Form
from quizcli.terminal.views.lines import Page
from quizcli.terminal.views.question import clock

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from quizcli.env import Environment, Keyboard, Screen
    from quizcli.play.quiz.start import QuizRun
    from quizcli.quiz.session import Session
    from quizcli.terminal.style import OutputStyle
    from quizcli.terminal.views.lines import Lines

TICK_SECONDS = 1.0
SETTLE_SECONDS = 0.12  # a window that is dragged sends resizes faster than this


class Left(Exception):
    """The learner left the quiz."""


class TimeUp(Exception):
    """An exam's time is over."""


def held_still(keyboard: Keyboard) -> str:
    """Wait until a window that changes its size holds still; the key pressed meanwhile, or ""."""
    while (key := keyboard.key(SETTLE_SECONDS)) == "resize":
        pass
    return key


class KeyConsole:
    """What a question is asked at: keys in, screens out, a session to answer. ``look`` is asked
    again after each resize; ``confirm_leave`` asks once before it is left."""

    session: Session
    # The end of the time that there is; None where there is no limit.
    deadline: datetime | None = None

    def __init__(
        self,
        env: Environment,
        keyboard: Keyboard,
        screen: Screen,
        look: Callable[[], OutputStyle],
        *,
        confirm_leave: bool = False,
    ) -> None:
        self.env = env
        self.keyboard = keyboard
        self.canvas = Canvas(screen, look())
        self.look = look
        self.times: dict[str, float] = {}  # seconds of thinking by question id
        self.confirm_leave = confirm_leave
        self._begun = env.clock.ticks()
        self._kept = ""

    def page(self) -> Page:
        """An empty page of our own words."""
        return Page(self.canvas.look, Form.UNICODE if self.canvas.look.unicode else Form.SPOKEN)

    def tell(self, text: str) -> None:
        """A sentence that stays."""
        page = self.page()
        page.say(page.own(text))
        page.blank()
        self.canvas.say(page.lines)

    def offer(
        self,
        keys: list[tuple[str, str]],
        *,
        ticking: bool = True,
        above: Lines | Callable[[], Lines] | None = None,
    ) -> str:
        """Show the keys that are valid now, and wait for one; a resize redraws them. ``above``
        are lines to be kept in sight over the keys, or makes them for the window as it is."""
        while True:
            page = self.page()
            page.lines += (above() if callable(above) else above) or []
            if ticking and self.deadline is not None:
                page.say(page.own(f"{clock(max(0, self.remaining()))} left"), "quiet")
            page.keys(keys)
            self.canvas.live(page.lines)
            key = self.key(ticking=ticking)
            if key == "resize":
                self.settle()
            elif key:
                return key

    def key(self, *, ticking: bool = True) -> str:
        """The next key; an exam's clock is looked at whenever one is awaited."""
        if self._kept:
            key, self._kept = self._kept, ""
            return key
        timed = ticking and self.deadline is not None
        key = self.keyboard.key(TICK_SECONDS if timed else None)
        if timed and self.remaining() <= 0:
            self.canvas.live([])
            raise TimeUp
        return key

    def settle(self) -> None:
        """After a resize: wait until the window holds still, and take its new size.

        A key that was pressed meanwhile is the next one.
        """
        self._kept = held_still(self.keyboard)
        self.canvas.look = self.look()
        self.canvas.live([])

    def remaining(self) -> float:
        """Seconds until the deadline; only where there is one."""
        assert self.deadline is not None
        return (self.deadline - self.env.clock.now()).total_seconds()

    def elapsed(self) -> float:
        """Seconds since this began."""
        return self.env.clock.ticks() - self._begun

    def save(self) -> None:
        """Keep what happened, where anything keeps it."""

    def leave(self, keep: Lines | None = None) -> None:
        """Raises Left, with the live part gone and the lines to ``keep`` left in its place;
        returns where the learner is asked first, and stays."""
        if self.confirm_leave:
            page = self.page()
            page.lines += keep or []
            page.say("Leave? What you answered is kept.", "partly")
            stay = [("Esc", "leave"), ("Enter", "stay")]
            if self.offer(stay, above=page.lines) not in {"esc", "eof"}:
                return
        self.canvas.live([])
        if keep:
            self.canvas.say(keep)
        raise Left


class QuizConsole(KeyConsole):
    """A session, and what is needed to ask it."""

    def __init__(
        self,
        env: Environment,
        started: QuizRun,
        keyboard: Keyboard,
        screen: Screen,
        look: Callable[[], OutputStyle],
        *,
        confirm_leave: bool = False,
    ) -> None:
        super().__init__(env, keyboard, screen, look, confirm_leave=confirm_leave)
        self.started = started
        self.session = started.session
        self.deadline = started.deadline
        self.times = thinking_times(started.session)

    def elapsed(self) -> float:
        """Seconds spent on this session, those before an interruption included."""
        return self.started.seconds_before + super().elapsed()

    def save(self) -> None:
        """Everything that happened so far, into the journal."""
        self.started.recorder.save()


def thinking_times(session: Session) -> dict[str, float]:
    """Seconds by question id, those before an interruption included."""
    times: dict[str, float] = {}
    for step in session.log:
        if isinstance(step, Answer):
            times[step.question] = times.get(step.question, 0) + step.seconds
    return times
