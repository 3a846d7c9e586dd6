"""What every activity at a terminal shares: the keyboard, the canvas, the clock, leaving."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from quizcli.terminal.canvas import Canvas
from quizcli.terminal.notation import Form
from quizcli.terminal.views.lines import Page
from quizcli.terminal.views.question import clock

if TYPE_CHECKING:
    from collections.abc import Callable

    from quizcli.env import Environment, Keyboard, Screen
    from quizcli.terminal.style import OutputStyle
    from quizcli.terminal.views.lines import Lines

    # Seconds of a time limit that are left, None where there is none.
    Remaining = Callable[[], float | None]

TICK_SECONDS = 1.0
SETTLE_SECONDS = 0.12  # a window that is dragged sends resizes faster than this


ARROWS = ("up", "down", "left", "right")


class Left(Exception):
    """The learner left."""


def no_limit() -> float | None:
    """What remains where there is no time limit."""
    return None


class TimeUp(Exception):
    """An exam's time is over."""


def held_still(keyboard: Keyboard) -> str:
    """Wait until a window that changes its size holds still; the key pressed meanwhile, or ""."""
    while (key := keyboard.key(SETTLE_SECONDS)) == "resize":
        pass
    return key


class KeyConsole:
    """Keys in, screens out. ``look`` is asked again after each resize; ``confirm_leave`` asks once
    before something is left. ``remaining`` tells the seconds of a time limit, None where there is
    none; when they are over TimeUp is raised."""

    def __init__(
        self,
        env: Environment,
        keyboard: Keyboard,
        screen: Screen,
        look: Callable[[], OutputStyle],
        *,
        confirm_leave: bool = False,
        remaining: Remaining = no_limit,
    ) -> None:
        self.env = env
        self.keyboard = keyboard
        self.canvas = Canvas(screen, look())
        self.look = look
        self.confirm_leave = confirm_leave
        self.remaining = remaining
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
            left = self.remaining() if ticking else None
            if left is not None:
                page.say(page.own(f"{clock(left)} left"), "quiet")
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
        ticks = ticking and self.remaining() is not None
        key = self.keyboard.key(TICK_SECONDS if ticks else None)
        if ticks and not self.remaining():
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

    def agrees(
        self, question: str, yes: tuple[str, str], no: tuple[str, str], above: Lines | None = None
    ) -> bool:
        """Ask a question that ``yes`` or ``no`` answers, each a key and what it does; y and n do
        the same, and no other key does anything. What was typed before the question was seen, or
        behind its answer, was meant neither for it nor for what comes next, and is forgotten."""
        # An arrow on a slow line is an Esc, which asks, and then its rest, which takes that back.
        answers = dict.fromkeys(("n", *ARROWS, no[0].lower()), False)
        answers |= {"eof": yes[0] == "Esc", "y": True, yes[0].lower(): True}
        self.keyboard.drop()
        told = ""
        while True:
            page = self.page()
            page.lines += above or []
            if told:
                page.say(page.own(told))
            page.say(page.own(question), "partly")
            key = self.offer([yes, no], above=page.lines)
            answer = answers.get(key.lower())
            if answer is not None:
                self.keyboard.drop()
                return answer
            told = f"Press {yes[0]} to {yes[1]}, or {no[0]} to {no[1]}."

    def leave(self, keep: Lines | None = None, lost: str = "") -> None:
        """Raises Left, with the live part gone and the lines to ``keep`` left in its place;
        returns where the learner is asked first, told what would be ``lost``, and stays."""
        yes, no = ("Esc", "leave"), ("Enter", "stay")
        question = f"{lost} Leave now?".strip()
        if self.confirm_leave and not self.agrees(question, yes, no, above=keep):
            return
        self.canvas.live([])
        if keep:
            self.canvas.say(keep)
        raise Left


def spaced(lines: Lines) -> Lines:
    """Lines with an empty one above and below."""
    return [Text(""), *lines, Text("")]
