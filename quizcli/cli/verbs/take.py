"""``quizcli take``: a quiz, with keys, in lines, or from a file of answers.

No postponed annotations here: typer would evaluate each of them anew at every start.
"""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from quizcli.cli import completing
from quizcli.cli.context import Context
from quizcli.cli.guard import verb
from quizcli.cli.options import LinesOption, SeedOption, finite

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quizcli.journal.facts import Fact
    from quizcli.play.quiz.starting import QuizOptions
    from quizcli.quiz.model import Bank
    from quizcli.quiz.session import Session
    from quizcli.quiz.steps import Answer

MAX_MINUTES = 24 * 60


@verb
def take(
    context: Context,
    bank: Annotated[
        str | None,
        typer.Argument(help="A bank's id, or the path of its file.",
                       autocompletion=completing.banks),
    ] = None,
    seed: SeedOption = None,
    questions: Annotated[
        int | None, typer.Option(min=1, help="Ask this many questions.")
    ] = None,
    tag: Annotated[
        list[str] | None,
        typer.Option(help="Ask only questions with this tag (may be repeated).",
                     autocompletion=completing.tags),
    ] = None,
    missed: Annotated[
        bool, typer.Option("--missed", help="Ask only what was wrong or blank last time.")
    ] = False,
    shuffle: Annotated[
        bool | None,
        typer.Option("--shuffle/--no-shuffle", help="Shuffle questions and options, or keep the "
                     "bank's order. [default: the bank's own]", show_default=False),
    ] = None,
    draw: Annotated[
        list[str] | None,
        typer.Option(metavar="TAG=N", help="Draw this many questions with a tag, section by "
                     "section; 'all' for the whole bank."),
    ] = None,
    vary: Annotated[
        bool | None,
        typer.Option("--vary/--no-vary", help="Draw new numbers in questions with variables.",
                     show_default=False),
    ] = None,
    exam: Annotated[
        bool, typer.Option("--exam", help="Take it as an exam: no hints, no feedback until "
                     "the end; answers can be changed.")
    ] = False,
    time: Annotated[
        float | None,
        typer.Option(min=0.1, max=MAX_MINUTES, callback=finite, metavar="MINUTES",
                     help="Hand in after this many minutes (exams only)."),
    ] = None,
    credit: Annotated[
        str | None,
        typer.Option(metavar="RULE", autocompletion=completing.credit_rules,
                     help="Credit rule for questions where several options can be ticked: "
                     "all-or-nothing, net-correct, coverage, every-decision, proportional, "
                     "false2."),
    ] = None,
    resume: Annotated[
        bool | None,
        typer.Option("--resume/--restart", help="Resume an interrupted attempt, or start over.",
                     show_default=False),
    ] = None,
    review: Annotated[
        bool,
        typer.Option("--review/--no-review", help="In practice, count each answer as a review "
                     "of that question, or keep the quiz out of the schedule."),
    ] = True,
    answers: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Read the answers from a YAML or JSON file that maps "
                     "question ids to lists of option ids."),
    ] = None,
    plain: LinesOption = False,
    json: Annotated[
        bool, typer.Option("--json", help="With --answers: print the graded attempt as JSON.")
    ] = False,
    fail_under: Annotated[
        float | None,
        typer.Option(min=0, max=100, callback=finite, metavar="PCT",
                     help="Exit with code 1 below this percentage."),
    ] = None,
    name: Annotated[
        str | None, typer.Option(help="Your name, to appear on what you hand in. [setting: name]")
    ] = None,
    student: Annotated[
        str | None, typer.Option(metavar="ID", help="Your number or login in a course.")
    ] = None,
    section: Annotated[
        str | None, typer.Option(help="Your section or group in a course.")
    ] = None,
) -> None:  # fmt: skip
    from quizcli.play.quiz.recorder import Taker
    from quizcli.play.quiz.sections import sections_of
    from quizcli.play.quiz.starting import QuizOptions

    _check(credit, time, exam=exam, json=json, from_file=answers is not None)
    usual = context.usual_policy()
    policy = context.usual_policy(shuffle)._replace(
        exam=exam, limit=round(time * 60) if time else None, credit=credit or usual.credit
    )
    known_as = Taker(*(str(context.setting(each)) for each in Taker._fields))
    said = {"name": name, "student": student, "section": section}
    learner = known_as._replace(**{each: as_ for each, as_ in said.items() if as_ is not None})
    tags, usual_vary = tuple(tag or ()), bool(context.setting("vary"))
    options = QuizOptions(seed, policy, questions, tags, missed, resume, usual, learner,
                          usual_vary if vary is None else vary, sections_of(draw),
                          usual_vary, known_as)  # fmt: skip
    opened = _left(context) if resume and bank is None else None
    if opened is None:
        ask = answers is None and not resume
        named = bank or _default_bank(context, plain=plain, ask=ask)
        if named is None:
            return
        opened = context.named_bank(named)
    if opened.keyless and fail_under is not None:
        from quizcli.report.codes import UserError

        raise UserError("a handout is recorded and not graded — leave out --fail-under")
    context.journal.check_writable()
    if answers is not None:
        percent: float | None = _from_file(context, opened, options, answers, as_json=json)
    else:
        percent = _asked(context, opened, options, plain=plain, review=review)
    if fail_under is not None and percent is not None and percent < fail_under:
        context.notice(f"{percent:.4g}% is below {fail_under:g}%")
        raise typer.Exit(1)


def _check(
    credit: str | None, time: float | None, *, exam: bool, json: bool, from_file: bool
) -> None:
    """Raises UserError for options that cannot be, or not together."""
    from quizcli.report.codes import UserError

    if credit is not None:
        from quizcli.quiz.credit import RULES
        from quizcli.report.words import did_you_mean

        if credit not in RULES:
            hint = did_you_mean(credit, tuple(RULES), "there are")
            raise UserError(f"no credit rule is called '{credit}' — {hint}")
    if time is not None and not exam:
        raise UserError("a time limit belongs to an exam — add --exam")
    if json and not from_file:
        raise UserError(
            "--json goes with --answers FILE — after a quiz type: quizcli score --format json"
        )


def _left(context: Context) -> "Bank | None":
    """The bank of the quiz that was left last, wherever it lies; None where none was left. Raises
    UserError or BankError where it is not there."""
    attempt = context.journal.interrupted()
    if attempt is None:
        return None
    bank = context.bank_of(attempt)
    context.notice(f"taking the bank {bank.id}")
    return bank


def _default_bank(context: Context, *, plain: bool, ask: bool) -> str | None:
    """The bank taken last, else the first on the shelf. A person with several is asked where
    ``ask`` says so, and None means that they left; else it is told which one it is."""
    from quizcli.quiz.cards import bank_ids, quizzed_headings
    from quizcli.report.codes import ExitCode, UserError

    banks = [bank for bank in context.shelf.usable() if quizzed_headings(bank)]
    known = [bank.id for bank in banks]
    if not known:
        raise UserError("there is no bank — give the path of one: quizcli take FILE", ExitCode.BANK)
    latest = context.journal.latest()
    taken = [bank.id for bank in banks if latest is not None and latest.bank in bank_ids(bank)]
    name = (taken or known)[0]
    if len(known) > 1 and context.env.interactive and ask:
        return _chosen_bank(context, banks, known.index(name), plain=plain)
    if len(known) > 1 or not context.env.interactive:
        context.notice(f"taking the bank {name}")
    return name


def _chosen_bank(context: Context, banks: "list[Bank]", at: int, *, plain: bool) -> str | None:
    """The bank that a person at a terminal chooses; None where they leave."""
    from quizcli.cli.welcome import welcome
    from quizcli.play.quiz.choosing import BankChoice, choose_in_lines, choose_with_keys
    from quizcli.quiz.cards import quizzed_headings

    choices = [BankChoice(bank.id, bank.title, len(quizzed_headings(bank))) for bank in banks]
    welcome(context)
    if context.plain(plain):
        from quizcli.play.line_console import LineConsole

        return choose_in_lines(LineConsole(context.env, context.line_width), choices, at)
    from quizcli.cli.screen import consoles
    from quizcli.play.console import no_limit

    with consoles(context) as open_console:
        return choose_with_keys(open_console(no_limit), choices, at)


def _asked(
    context: Context, bank: "Bank", options: "QuizOptions", *, plain: bool, review: bool
) -> float | None:
    """Ask on the device that there is; the percentage, where anything was asked."""
    from quizcli.play.quiz.starting import QuizStart
    from quizcli.play.quiz.taking import take_in_lines, take_with_keys
    from quizcli.play.quiz.words import said_left

    feed = partial(_fed, context) if review else None
    start = QuizStart(context.env, context.journal, bank, options, feed)
    if context.env.interactive:
        from quizcli.cli.welcome import welcome

        welcome(context)
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


def _fed(
    context: Context, session: "Session", answers: "Sequence[Answer]", at: str
) -> "list[Fact]":
    """The reviews that answers are, whose cards are to be found again."""
    facts = context.feed(session, answers, at)
    if facts:
        from quizcli.cli.card_banks import remember

        remember(context, session.bank)
    return facts


def _from_file(
    context: Context, bank: "Bank", options: "QuizOptions", path: Path, *, as_json: bool
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
