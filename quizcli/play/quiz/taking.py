"""A quiz from its start to its end on one device or the other."""

from __future__ import annotations

from contextlib import contextmanager, suppress
from functools import partial
from typing import TYPE_CHECKING

from quizcli import signals
from quizcli.journal.file import JournalError
from quizcli.named_tuple import NamedTuple
from quizcli.play.quiz.words import said_left

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from quizcli.play.console import KeyConsole, Remaining
    from quizcli.play.line_console import LineConsole
    from quizcli.play.quiz.flow import QuizRun
    from quizcli.play.quiz.starting import QuizStart

    OpenConsole = Callable[[Remaining], KeyConsole]


class QuizOutcome(NamedTuple):
    """What came of a quiz: the ``run``, None where it was not begun; whether it was ``left``."""

    run: QuizRun | None
    left: bool = False


def take_with_keys(start: QuizStart, open_console: OpenConsole) -> QuizOutcome:
    """Ask at a terminal, then once more what was missed for as long as the learner wants that.
    ``open_console`` makes a console with a time limit. Raises UserError, JournalError."""
    from quizcli.play.console import no_limit
    from quizcli.play.quiz.ending import show_end
    from quizcli.play.quiz.keys import KeyQuiz

    run = _begun(start, open_console(no_limit))
    while run is not None:
        console = open_console(run.clock.remaining)
        with _told(run, partial(_say_last, console)):
            finished = KeyQuiz(console, run).run()
        if not finished:
            say_plainly(console, said_left(run))
            return QuizOutcome(run, left=True)
        if not show_end(console, run):
            return QuizOutcome(run)
        run = start.missed(run)
    return QuizOutcome(None, left=True)


def _begun(start: QuizStart, console: KeyConsole) -> QuizRun | None:
    from quizcli.play.quiz.offer import ResumeChoice, offer

    if start.open and start.attempt is not None:
        screen, look = console.canvas.screen, console.canvas.look
        choice = offer(start, console.keyboard, screen, look)
        if choice is ResumeChoice.LEAVE:
            return None
        run = start.go_on(start.attempt) if choice is ResumeChoice.RESUME else start.new()
    else:
        run = start.run()
    for text in run.notices:
        say_plainly(console, f"{text[0].upper()}{text[1:]}.")
    return run


@contextmanager
def _told(run: QuizRun, say: Callable[[str], None]) -> Iterator[None]:
    """What a quiz comes to that is broken off is told: by an error where it cannot be saved, on
    the screen where a signal ends it."""
    try:
        yield
    except JournalError as error:
        raise JournalError(f"{error}\n{said_left(run)}".rstrip()) from None
    except signals.Ended:
        with suppress(OSError, JournalError):  # the terminal may be gone
            say(said_left(run))
        raise


def _say_last(console: KeyConsole, text: str) -> None:
    console.canvas.leave()
    say_plainly(console, text)


def say_plainly(console: KeyConsole, text: str) -> None:
    """A sentence without colour, on lines of its own."""
    from quizcli.terminal.notation import Form
    from quizcli.terminal.safe import neutral
    from quizcli.terminal.views.lines import Page

    page = Page(console.look(), Form.SPOKEN)
    page.say(page.own(neutral(text)))
    console.canvas.screen.write("".join(f"{line.plain}\n" for line in page.lines))


def take_in_lines(
    start: QuizStart, console: LineConsole, tell: Callable[[str], None]
) -> QuizOutcome:
    """Ask in lines. ``tell`` is told what is to be known of an attempt that was interrupted.
    Raises UserError, JournalError."""
    from quizcli.play.quiz.lines import LineQuiz

    run = start.run()
    for text in (*start.told(run), *run.notices):
        tell(text)
    quiz = LineQuiz(console, run)
    with _told(run, lambda text: console.say(["", text])):
        quiz.run()
    if quiz.left:
        console.say([said_left(run)])
    return QuizOutcome(run, quiz.left)
