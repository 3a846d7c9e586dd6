"""What ``quizcli take`` does with its options: which bank it asks, and on which device."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from quizcli.cli.card_banks import remember, tell_of_files
from quizcli.cli.options import check_rule
from quizcli.report.codes import ExitCode, UserError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quizcli.cli.context import Context
    from quizcli.journal.facts import Fact
    from quizcli.play.quiz.options import QuizOptions, UsualQuiz
    from quizcli.quiz.model import Bank
    from quizcli.quiz.session import Session
    from quizcli.quiz.steps import Answer


def check(
    credit: str | None, time: float | None, *, exam: bool, json: bool, from_file: bool
) -> None:
    """Raises UserError for options that cannot be, or not together."""
    if credit is not None:
        check_rule(credit)
    if time is not None and not exam:
        raise UserError("a time limit belongs to an exam — add --exam")
    if json and not from_file:
        raise UserError(
            "--json goes with --answers FILE — after a quiz type: quizcli score --format json"
        )


def usual_quiz(context: Context) -> UsualQuiz:
    """The quiz of a learner who asks for nothing: what the settings say."""
    from quizcli.play.quiz.options import UsualQuiz
    from quizcli.play.quiz.recorder import Taker

    learner = Taker(*(str(context.setting(each)) for each in Taker._fields))
    return UsualQuiz(context.usual_policy(), bool(context.setting("vary")), learner)


def check_graded(bank: Bank, fail_under: float | None) -> None:
    """Raises UserError where a percentage is asked for that a bank cannot give."""
    if bank.keyless and fail_under is not None:
        raise UserError("a handout is recorded and not graded — leave out --fail-under")


def opened(
    context: Context, name: str | None, *, plain: bool, resume: bool, ask: bool
) -> Bank | None:
    """The bank that was named, else that of the quiz to ``resume``, else the one taken last; None
    where a person who was asked left. Raises UserError or BankError where it is not there."""
    left = _left(context) if resume and name is None else None
    if left is not None:
        return left
    ask = ask and not resume
    bank = context.named_bank(name) if name else _default_bank(context, plain=plain, ask=ask)
    if bank is None:
        return None
    # By its file, or of another package: its id is remembered from now on, be it an exam.
    remember(context, bank, learned=False)
    return bank


def _left(context: Context) -> Bank | None:
    """The bank of the quiz that was left last, wherever it lies; None where none was left. Raises
    UserError or BankError where it is not there."""
    from quizcli.quiz.cards import bank_ids

    for attempt in context.journal.left_unfinished():
        bank = context.bank_of(attempt)
        if context.journal.interrupted(bank_ids(bank)) == attempt:
            context.notice(f"taking the bank {bank.id}")
            return bank
    return None


def _default_bank(context: Context, *, plain: bool, ask: bool) -> Bank | None:
    """The bank taken last, else the first on the shelf. A person with several is asked where
    ``ask`` says so, and None means that they left; else it is told which one it is."""
    from quizcli.quiz.cards import bank_ids, quizzed_headings

    latest = context.journal.latest()
    tell_of_files(context, context.shelf.index(), context.elsewhere.files_now)
    banks = [bank for bank in context.elsewhere.usable() if quizzed_headings(bank)]
    if not banks:
        raise UserError("there is no bank — give the path of one: quizcli take FILE", ExitCode.BANK)
    taken = [bank for bank in banks if latest is not None and latest.bank in bank_ids(bank)]
    bank = (taken or banks)[0]
    if len(banks) > 1 and context.env.interactive and ask:
        chosen = _chosen_bank(context, banks, banks.index(bank), plain=plain)
        return next((bank for bank in banks if bank.id == chosen), None)
    if len(banks) > 1 or not context.env.interactive:
        context.notice(f"taking the bank {bank.id}")
    return bank


def _chosen_bank(context: Context, banks: list[Bank], at: int, *, plain: bool) -> str | None:
    """The id of the bank that a person at a terminal chooses; None where they leave."""
    from quizcli.cli.welcome import welcome
    from quizcli.play.quiz.choosing import BankChoice, choose_in_lines, choose_with_keys
    from quizcli.quiz.cards import quizzed_headings

    choices = [BankChoice(bank.id, bank.title, len(quizzed_headings(bank))) for bank in banks]
    welcome(context, plain=plain)
    if context.plain(plain):
        from quizcli.play.line_console import LineConsole

        return choose_in_lines(LineConsole(context.env, context.line_width), choices, at)
    from quizcli.cli.screen import consoles
    from quizcli.play.console import no_limit

    with consoles(context) as open_console:
        return choose_with_keys(open_console(no_limit), choices, at)


def asked(
    context: Context, bank: Bank, options: QuizOptions, *, plain: bool, review: bool
) -> float | None:
    """Ask on the device that there is; the percentage, where anything was asked."""
    from quizcli.play.quiz.starting import QuizStart
    from quizcli.play.quiz.taking import take_in_lines, take_with_keys
    from quizcli.play.quiz.words import said_left

    feed = partial(_fed, context) if review else None
    start = QuizStart(context.env, context.journal, bank, options, feed)
    if context.env.interactive:
        from quizcli.cli.welcome import welcome

        welcome(context, plain=plain)
    if context.env.interactive and not context.plain(plain):
        from quizcli.cli.screen import consoles

        with consoles(context) as open_console:
            taken = take_with_keys(start, open_console)
    else:
        from quizcli.play.line_console import LineConsole

        console = LineConsole(context.env, context.line_width)
        taken = take_in_lines(start, console, context.notice)
    if taken.run is None:
        return None
    session = taken.run.session
    if not session.finished and not taken.left:
        context.notice(f"the input ended. {said_left(taken.run)}")
        raise typer.Exit(1)
    return float(taken.run.came_to.score.percent)


def _fed(context: Context, session: Session, answers: Sequence[Answer], at: str) -> list[Fact]:
    """The reviews that answers are, whose cards are to be found again."""
    facts = context.feed(session, answers, at)
    if facts:
        remember(context, session.bank)
    return facts


def from_file(
    context: Context, bank: Bank, options: QuizOptions, path: Path, *, as_json: bool
) -> float:
    from quizcli.cli.output import show
    from quizcli.play.quiz.from_file import hand_in
    from quizcli.scores.results import sheet_result

    attempt, notices = hand_in(context.env, context.journal, bank, options, path)
    graded = context.sheet_of(attempt)
    for text in notices:
        context.notice(text)
    show(context, sheet_result(graded, context.env.zone), as_json=as_json)
    return float(graded.percent)
