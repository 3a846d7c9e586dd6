"""A quiz at a real terminal: keyboard and screen of this process around the loops of ``play``."""

from __future__ import annotations

import sys
from contextlib import suppress
from typing import TYPE_CHECKING

from quizcli.cli.config_values import chosen
from quizcli.cli.context import look
from quizcli.cli.guard import env
from quizcli.play.console import QuizConsole
from quizcli.play.quiz.ending import show_end
from quizcli.play.quiz.keys import KeyQuiz
from quizcli.play.quiz.start import (
    QuizOptions,
    command,
    deadline_of,
    fed,
    interrupted,
    start_again,
    start_new,
)
from quizcli.report.codes import UserError
from quizcli.terminal.safe import neutral

if TYPE_CHECKING:
    from quizcli.env import Keyboard
    from quizcli.journal.attempts import Attempt, Journal
    from quizcli.play.quiz.recorder import Feed
    from quizcli.play.quiz.start import QuizRun
    from quizcli.quiz.model import Bank
    from quizcli.quiz.session import Session
    from quizcli.terminal.keys import TerminalKeyboard
    from quizcli.terminal.keys_windows import WindowsKeyboard


class StreamScreen:
    """stdout as a screen; its size is asked anew each time."""

    @property
    def width(self) -> int:
        """Columns."""
        return look().width

    @property
    def height(self) -> int:
        """Rows."""
        return look().height

    def write(self, text: str) -> None:
        """Write and flush."""
        env().stdout.write(text)
        env().stdout.flush()


def keyboard() -> TerminalKeyboard | WindowsKeyboard:
    """The keyboard of this system."""
    if sys.platform == "win32":
        from quizcli.terminal.keys_windows import WindowsKeyboard

        return WindowsKeyboard()
    from quizcli.terminal.keys import TerminalKeyboard

    return TerminalKeyboard(env().stdin.fileno(), env().stdout)


def with_keys(
    journal: Journal, bank: Bank, wish: QuizOptions, feed: Feed | None = None
) -> Session | None:
    """Ask at the terminal; returns the session, or None where the learner left the offer."""
    with keyboard() as keys:
        screen = StreamScreen()
        # What was typed before this point has been echoed.
        screen.write("\r\x1b[K")
        try:
            started = _started(journal, bank, wish, keys, screen)
            if started is not None:
                fed(started, feed)
            while started is not None:
                desk = QuizConsole(
                    env(), started, keys, screen, look, confirm_leave=bool(chosen("confirm-leave"))
                )
                if not KeyQuiz(desk).run():
                    _left(screen, started)
                    return started.session
                if not show_end(desk):
                    return started.session
                started = _missed_now(journal, bank, started, wish)
        finally:
            with suppress(OSError):  # the terminal may be gone, and what ended this matters more
                screen.write("\x1b[?25h")
    return None


def _started(
    journal: Journal, bank: Bank, wish: QuizOptions, keys: Keyboard, screen: StreamScreen
) -> QuizRun | None:
    from quizcli.cli.verbs.take import refuse_particular
    from quizcli.play.quiz.offer import Choice, offer

    attempt = interrupted(journal, bank.id)
    if wish.resume and attempt is None:
        raise UserError(f"no attempt at {bank.id} was interrupted — start one without --resume")
    if attempt is None or wish.resume is False or (wish.resume is None and wish.particular):
        return start_new(env(), journal, bank, wish)
    if wish.resume:
        refuse_particular(wish)
        return _again(journal, bank, attempt, screen)
    deadline = deadline_of(attempt)
    left = (deadline - env().clock.now()).total_seconds() if deadline else None
    choice = offer(attempt, len(journal.answered(attempt.id)), keys, screen, look(), left)
    if choice is Choice.LEAVE:
        return None
    if choice is Choice.RESTART:
        return start_new(env(), journal, bank, wish)
    return _again(journal, bank, attempt, screen)


def _again(journal: Journal, bank: Bank, attempt: Attempt, screen: StreamScreen) -> QuizRun:
    started = start_again(env(), journal, bank, attempt)
    for text in started.notices:
        _tell(screen, f"{text[0].upper()}{text[1:]}.")
    return started


def _missed_now(journal: Journal, bank: Bank, before: QuizRun, wish: QuizOptions) -> QuizRun:
    """A new session over what the one before did not get wholly right."""
    from quizcli.play.quiz.start import start_over

    missed = {
        item.question.id
        for item in before.session.items
        if (answer := before.session.answers.get(item.question.id)) is None
        or answer.grade.credit != 1
    }
    return start_over(env(), journal, bank, wish.policy, missed)


def _left(screen: StreamScreen, started: QuizRun) -> None:
    if started.session.answers:
        done, total = len(started.session.answers), len(started.session.items)
        again = command(env(), started.session.bank)
        clock = " The clock of this exam goes on." if started.deadline else ""
        _tell(screen, f"{done} of {total} answered, and kept.{clock} Go on: {again}")
    else:
        _tell(screen, "Nothing was answered, and nothing is kept.")


def _tell(screen: StreamScreen, text: str) -> None:
    from quizcli.terminal.notation import Form
    from quizcli.terminal.views.lines import Page

    page = Page(look(), Form.SPOKEN)
    page.say(page.own(neutral(text)))
    screen.write("".join(f"{line.plain}\n" for line in page.lines))
