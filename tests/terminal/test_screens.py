"""Every screen as a learner sees it, at 80 × 24 and 40 × 12, in Unicode, ASCII, lines and colour.

The files in ``golden`` are to be read: ``pytest --update-golden`` writes them anew.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from quizcli.journal.attempts import Attempt
from quizcli.play.console import KeyConsole
from quizcli.play.line_console import LineConsole
from quizcli.play.quiz.ending import show_end
from quizcli.play.quiz.flow import QuizRun
from quizcli.play.quiz.keys import KeyQuiz
from quizcli.play.quiz.lines import LineQuiz
from quizcli.play.quiz.offer import offer
from quizcli.play.quiz.recorder import Recorder
from quizcli.quiz.came_to import came_to
from quizcli.quiz.responses import Response
from quizcli.quiz.session import Session
from quizcli.quiz.steps import EXAM, PRACTICE, Policy
from quizcli.terminal.canvas import ansi
from quizcli.terminal.layout import cells
from quizcli.terminal.style import OutputStyle
from quizcli.terminal.views import feedback, flagged, question, summary
from quizcli.terminal.views.asking import Asking
from tests.support.fakes import (
    FakeClock,
    FakeKeyboard,
    FakeScreen,
    OutOfKeys,
    Script,
    Wait,
    environment,
    printed,
    quick_journal,
)
from tests.support.samples import RIGHT, sample_bank

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from quizcli.quiz.model import Bank
    from quizcli.terminal.views.lines import Lines

GOLDEN = Path(__file__).with_name("golden")
# Its file is named on screens, and must not be longer here than there.
BANK = sample_bank()._replace(file="sample.yaml")
SIZES = {"80": (80, 24), "40": (40, 12)}
LIMITED = Policy(exam=True, limit=900)
WHOLE: tuple[Script, ...] = ("a", "enter", "!", "a", "enter", "enter", "tab", "A", "enter", "enter")


class KeptScreen(FakeScreen):
    """A screen whose look can be ASCII only."""

    unicode = True
    colour = False

    def look(self) -> OutputStyle:
        """How a program sees this screen."""
        return OutputStyle(self.width, self.height, colour=self.colour, unicode=self.unicode)


# Name: the questions asked, the policy, the keys.
SCREENS: dict[str, tuple[set[str] | None, Policy, Sequence[Script]]] = {
    "a question": ({"gate"}, PRACTICE, ()),
    "a question with a figure and equations": ({"unrolled"}, PRACTICE, ("down",)),
    "true or false": ({"decay"}, PRACTICE, ("x",)),
    "two hints": ({"gate"}, PRACTICE, ("?", "?")),
    "ticking several, a guess": ({"tasks"}, PRACTICE, ("b", "down", "~")),
    "nothing ticked": ({"tasks"}, PRACTICE, ("enter",)),
    "right": ({"gate"}, PRACTICE, ("b",)),
    "wrong, a guess": ({"gate"}, PRACTICE, ("A",)),
    "partly right": ({"tasks"}, PRACTICE, ("a", "c", "b", "enter")),
    "wrong, of several": ({"tasks"}, PRACTICE, ("c", "enter")),
    "all reasons": ({"gate"}, PRACTICE, ("c", "e")),
    "back to an answered question": ({"gate", "decay"}, PRACTICE, ("b", "enter", "backspace")),
    "an exam, five minutes before its end": ({"gate"}, LIMITED, (Wait(601),)),
    "an exam, back to an answer": ({"gate", "decay"}, EXAM, ("A", "backspace")),
    "questions without an answer": ({"gate", "decay"}, PRACTICE, ("tab", "tab")),
    "the end": (None, PRACTICE, WHOLE),
    "the end, and the flagged ones": ({"gate"}, PRACTICE, ("!", "a", "enter", "f")),
    "an exam with flags, before it is handed in": (
        None,
        EXAM,
        ("!", "a", "a", "enter", "!", "tab", "a"),
    ),
    "the end of an exam": ({"gate", "decay"}, EXAM, ("b", "tab", "enter")),
}


def seen(root: Path, name: str, size: tuple[int, int], *, unicode: bool) -> str:
    """What the screen shows, its scrollback included, after the keys."""
    only, policy, keys = SCREENS[name]
    clock = FakeClock()
    env = environment(root, clock=clock)
    over = Session(BANK, 7, policy, only=only)
    screen = KeptScreen(*size)
    screen.unicode = unicode
    journal = quick_journal(root)
    deadline = clock.now() + timedelta(seconds=policy.limit) if policy.limit else None
    run = QuizRun(over, Recorder(journal, env, over), deadline)
    keyboard = FakeKeyboard(keys, clock)
    console = KeyConsole(env, keyboard, screen, screen.look, remaining=run.clock.remaining)
    with suppress(OutOfKeys):
        if KeyQuiz(console, run).run():
            show_end(console, run)
    journal.close()
    return screen.text


def left_attempt() -> Attempt:
    """An attempt at the bank that was begun and left."""
    return Attempt(
        1, "0", "sample", BANK.title, "", "", 7, PRACTICE, Session(BANK, 7).plan, "terminal", "0",
        "2026-11-19T14:05:00.000Z",
    )  # fmt: skip


def asked_again(
    size: tuple[int, int],
    left: float | None = None,
    *,
    unicode: bool = True,
    colour: bool = False,
) -> str:
    """The offer to go on with an attempt that was left; in colour, what is written of it."""
    screen = KeptScreen(*size)
    screen.unicode, screen.colour = unicode, colour
    with suppress(OutOfKeys):
        start = StoppedAt(BANK, left_attempt(), left)
        offer(start, FakeKeyboard((), FakeClock()), screen, screen.look())  # type: ignore[arg-type]
    return screen.written.removesuffix("\n") if colour else screen.text


class StoppedAt(NamedTuple):
    """What is offered: an attempt of which two questions were answered."""

    stopped = "19 November 2026"

    bank: Bank
    attempt: Attempt
    left: float | None

    def how_far(self) -> tuple[int, int]:
        return 2, len(self.attempt.plan)

    def remaining(self) -> float | None:
        return self.left


def sections(parts: dict[str, str]) -> str:
    """Screens below each other, each under its name."""
    return "\n".join(f"═══ {name}\n{text}\n" for name, text in parts.items())


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("letters", ["unicode", "ascii"])
def test_with_keys(
    tmp_path: Path, golden: Callable[[Path, str], None], size: str, letters: str
) -> None:
    """All screens of the quiz with keys; none is wider than the window."""
    unicode = letters == "unicode"
    parts = {name: seen(tmp_path, name, SIZES[size], unicode=unicode) for name in SCREENS}
    parts["an attempt that was left"] = asked_again(SIZES[size], unicode=unicode)
    for name, left in (("an exam", 125.0), ("an exam whose time is up", -1.0)):
        parts[f"{name} that was left"] = asked_again(SIZES[size], left, unicode=unicode)
    width = SIZES[size][0]
    for name, text in parts.items():
        assert max(map(cells, text.split("\n"))) < width, name
        assert unicode or text.isascii(), name
    golden(GOLDEN / f"{size}-{letters}.txt", sections(parts))


LINES = {
    "practice": (PRACTICE, ("?", "a", ":back", "", "a", "", "b?", ":flag", ":why", "a")),
    "all right": (PRACTICE, tuple(",".join(letters) for letters in RIGHT)),
    "commands and mistakes": (
        PRACTICE,
        (":help", ":bakc", "x", "ab", ":why", ":flagged", ":flag", ":flagged", ":quit"),
    ),
    "an exam": (LIMITED, ("a", ":back", "B", "", "a", "b")),
}


@pytest.mark.parametrize("width", [80, 40])
def test_in_lines(tmp_path: Path, golden: Callable[[Path, str], None], width: int) -> None:
    """Whole sessions in lines, read from top to bottom as a screen reader would."""
    parts = {}
    for name, (policy, lines) in LINES.items():
        clock = FakeClock()
        env = environment(tmp_path, "".join(f"{line}\n" for line in lines), clock=clock)
        over = Session(BANK, 7, policy)
        journal = quick_journal(tmp_path)
        deadline = clock.now() + timedelta(seconds=policy.limit) if policy.limit else None
        LineQuiz(
            LineConsole(env, width), QuizRun(over, Recorder(journal, env, over), deadline)
        ).run()
        journal.close()
        parts[name] = printed(env)
        assert parts[name].isascii(), name
    golden(GOLDEN / f"{width}-plain.txt", sections(parts))


@pytest.mark.parametrize("width", [80, 40])
def test_in_colour(golden: Callable[[Path, str], None], width: int) -> None:
    """The escapes of every kind of screen; ESC is shown as ␛. Without its escapes each screen is,
    letter for letter, the one without colour."""
    bright, grey = OutputStyle(width, 24, colour=True), OutputStyle(width, 24)
    over = Session(BANK, 7)
    over.flag()
    for option in (("one",), ("sentiment",), ("true",)):
        over.answer(option, 5)

    def screens(look: OutputStyle) -> dict[str, Lines]:
        gate, tasks = over.items[0], over.items[1]
        asking = Asking(over, tasks, cursor=1, ticked=frozenset({"voice"}), message="Word.")
        marks = [(item, over.answers[item.question.id]) for item in over.items[:3]]
        parts: dict[str, Lines] = {
            "a question": [
                *question.head(asking, look),
                *question.options(asking, look),
                *question.footer(asking, look),
            ],
            "a hint": question.hint("Think.", Asking(over, gate), look),
            "all reasons": feedback.every_reason(gate, look, Response.of("one")),
            "flagged": flagged.flagged(over, look),
            "the end": summary.summary(over, came_to(over), look),
        }
        for item, answer in marks:
            name = f"feedback, {answer.grade.mark}"
            parts[name] = feedback.feedback(item, answer.response, answer.grade, look)
        return parts

    parts = {}
    for name, lines in screens(bright).items():
        parts[name] = ansi(lines, bright).replace("\x1b", "␛").rstrip("\n")
        assert "\n".join(line.plain for line in lines) == "\n".join(
            line.plain for line in screens(grey)[name]
        )
        assert "\x1b" not in ansi(screens(grey)[name], grey)
    left = asked_again((width, 24), 125.0, colour=True).replace("\x1b", "␛")
    parts["an exam that was left"] = left
    golden(GOLDEN / f"{width}-colour.txt", sections(parts))
