"""A quiz with keys over a bank in a file, and a home with such a bank on its shelf."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING, NamedTuple

from quizcli.bank.shelf import load_bank
from quizcli.play.console import KeyConsole
from quizcli.play.quiz.ending import show_end
from quizcli.play.quiz.keys import KeyQuiz
from quizcli.play.quiz.options import QuizOptions
from quizcli.play.quiz.starting import QuizStart
from tests.support.fakes import (
    FakeClock,
    FakeKeyboard,
    FakeScreen,
    OutOfKeys,
    environment,
    quick_journal,
)
from tests.support.home import Home

if TYPE_CHECKING:
    from pathlib import Path


class Seen(NamedTuple):
    """What stayed on the screen, and all that was ever drawn."""

    stayed: str
    drawn: str


def desk_with(root: Path, bank: Path) -> Home:
    """A home with this bank alone on its shelf."""
    desk = Home(root, sample=False)
    (root / "questions").mkdir(parents=True)
    shutil.copy(bank, root / "questions")
    return desk


def taken(
    root: Path,
    bank: Path,
    *keys: str,
    options: QuizOptions | None = None,
    size: tuple[int, int] = (80, 24),
) -> Seen:
    """A quiz with these keys, until they run out or it ends."""
    root.mkdir(exist_ok=True)
    clock, screen, journal = FakeClock(), FakeScreen(*size), quick_journal(root)
    env = environment(root, clock=clock)
    quiz = QuizStart(env, journal, load_bank(bank), options or QuizOptions(seed=1)).run()
    console = KeyConsole(env, FakeKeyboard(list(keys), clock), screen, screen.look)
    try:
        if KeyQuiz(console, quiz).run():
            show_end(console, quiz)
    except OutOfKeys:
        pass
    journal.close()
    return Seen(screen.text, re.sub(r"\x1b[^A-Za-z]*[A-Za-z]", "", screen.written))
