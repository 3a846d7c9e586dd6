"""``quizcli take``: a quiz, with keys, in lines, or from a file of answers.

No postponed annotations here: typer would evaluate each of them anew at every start.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from quizcli.cli.guard import env, guarded, notice

if TYPE_CHECKING:
    from quizcli.journal.attempts import Attempt, Journal
    from quizcli.play.quiz.start import QuizOptions, QuizRun
    from quizcli.quiz.model import Bank
    from quizcli.quiz.session import Policy

MAX_MINUTES = 24 * 60


@guarded
def take(
    bank: Annotated[
        str | None, typer.Argument(help="A bank's id, or the path of its file.")
    ] = None,
    seed: Annotated[
        int | None, typer.Option(min=0, max=2**63 - 1, help="Replay the session with this seed.")
    ] = None,
    questions: Annotated[
        int | None, typer.Option(min=1, help="Ask this many questions.")
    ] = None,
    tag: Annotated[
        list[str] | None, typer.Option(help="Ask questions with this tag (may be repeated).")
    ] = None,
    missed: Annotated[
        bool, typer.Option("--missed", help="Ask only what was wrong or blank last time.")
    ] = False,
    shuffle: Annotated[
        bool | None,
        typer.Option("--shuffle/--no-shuffle", help="Shuffle questions and options, or keep the "
                     "bank's order. [default: the bank's own]", show_default=False),
    ] = None,
    exam: Annotated[
        bool, typer.Option("--exam", help="Feedback at the end, no hints, answers may change.")
    ] = False,
    time: Annotated[
        float | None,
        typer.Option(min=0.1, max=MAX_MINUTES, metavar="MINUTES",
                     help="Hand in after this time (an exam)."),
    ] = None,
    credit: Annotated[
        str | None,
        typer.Option(metavar="RULE", help="Credit where several may be ticked: all-or-nothing, "
                     "net-correct, coverage, every-decision, proportional, false2."),
    ] = None,
    resume: Annotated[
        bool | None,
        typer.Option("--resume/--restart", help="Go on with an interrupted attempt, or leave it.",
                     show_default=False),
    ] = None,
    review: Annotated[
        bool,
        typer.Option("--review/--no-review", help="In practice, let each answer be a review of "
                     "that question, or keep the quiz out of the schedule."),
    ] = True,
    answers: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Take the answers from a YAML or JSON file: question "
                     "id to a list of option ids."),
    ] = None,
    plain: Annotated[
        bool, typer.Option("--plain", help="Lines instead of screens.")
    ] = False,
    json: Annotated[
        bool, typer.Option("--json", help="With --answers: print the graded attempt as JSON.")
    ] = False,
    fail_under: Annotated[
        float | None,
        typer.Option(min=0, max=100, metavar="PCT", help="Exit with 1 below this percentage."),
    ] = None,
) -> None:  # fmt: skip
    """Take a quiz: one key answers, the reason follows, the score is kept."""
    from quizcli.cli.context import journal as open_journal
    from quizcli.cli.context import shelf
    from quizcli.play.quiz.start import QuizOptions

    _check(credit, time, exam, json, answers)
    usual = _usual()
    policy = usual._replace(exam=exam, limit=round(time * 60) if time else None)
    if shuffle is not None:
        policy = policy._replace(shuffle=shuffle)
    if credit is not None:
        policy = policy._replace(credit=credit)
    wish = QuizOptions(seed, policy, questions, tuple(tag or ()), missed, resume, usual)
    journal = open_journal()
    try:
        found = shelf().open(bank or _default_bank(journal))
        journal.check_writable()
        if answers is not None:
            _from_file(journal, found, wish, answers, as_json=json, fail_under=fail_under)
        else:
            _asked(journal, found, wish, plain=plain, fail_under=fail_under, review=review)
    finally:
        journal.close()


def _check(
    credit: str | None, time: float | None, exam: bool, json: bool, answers: Path | None
) -> None:
    from quizcli.report.codes import UserError

    if credit is not None:
        from quizcli.quiz.credit import RULES
        from quizcli.report.words import did_you_mean

        if credit not in RULES:
            hint = did_you_mean(credit, tuple(RULES), "there are")
            raise UserError(f"no credit rule is called '{credit}' — {hint}")
    if time is not None and not exam:
        raise UserError("a time limit belongs to an exam — add --exam")
    if json and answers is None:
        raise UserError(
            "--json goes with --answers FILE — after a quiz type: quizcli score --format json"
        )


def _usual() -> "Policy":
    """The policy of a quiz that nothing particular is asked of: by the settings."""
    from quizcli.cli.config_values import chosen
    from quizcli.quiz.session import Policy

    shuffle, credit = chosen("shuffle"), chosen("credit")
    return Policy(
        shuffle=shuffle if isinstance(shuffle, bool) else None,
        credit=None if credit == "bank" else str(credit),
    )


def _default_bank(journal: "Journal") -> str:
    """The bank taken last, else the first on the shelf; which one is told."""
    from quizcli.cli.context import shelf
    from quizcli.quiz.cards import graded
    from quizcli.report.codes import ExitCode, UserError

    attempts = journal.attempts()
    known = [entry.bank.id for entry in shelf().banks() if entry.bank and graded(entry.bank)]
    if attempts and attempts[-1].bank in known:
        name = attempts[-1].bank
    elif known:
        name = known[0]
    else:
        raise UserError("there is no bank — give the path of one: quizcli take FILE", ExitCode.BANK)
    if len(known) > 1 or not env().interactive:
        notice(f"taking the bank {name}")
    return name


def _asked(
    journal: "Journal",
    bank: "Bank",
    wish: "QuizOptions",
    *,
    plain: bool,
    fail_under: float | None,
    review: bool,
) -> None:
    from quizcli.cli.context import plain_wanted
    from quizcli.cli.memory import feed

    if env().interactive:
        from quizcli.cli.welcome import welcome

        welcome()
    if env().interactive and not plain_wanted(plain):
        from quizcli.cli.screen import with_keys

        session = with_keys(journal, bank, wish, feed if review else None)
        finished, left = session is not None and session.finished, True
    else:
        from quizcli.play.quiz.start import fed

        started = _start(journal, bank, wish)
        fed(started, feed if review else None)
        finished, left = _in_lines(started)
        session = started.session
    if not finished and not left:
        from quizcli.play.quiz.start import command

        if session is not None and session.answers:
            notice(f"the input ended; go on with: {command(env(), bank)} --resume")
        else:
            notice("the input ended before the first answer; nothing is kept")
        raise typer.Exit(1)
    if session is not None and fail_under is not None:
        _fail_under(float(session.score().percent), fail_under)


def _start(journal: "Journal", bank: "Bank", wish: "QuizOptions") -> "QuizRun":
    """Without keys nothing is asked: a new attempt, unless --resume says otherwise."""
    from quizcli.play.quiz.start import command, interrupted, start_again, start_new
    from quizcli.report.codes import UserError

    attempt = interrupted(journal, bank.id)
    if wish.resume:
        if attempt is None:
            raise UserError(f"no attempt at {bank.id} was interrupted — start one without --resume")
        refuse_particular(wish)
        return _told(start_again(env(), journal, bank, attempt), attempt)
    if attempt is not None and wish.resume is None and not wish.particular:
        notice(
            f"starting anew; attempt {attempt.id} was interrupted and is kept, "
            f"go on with it by: {command(env(), bank)} --resume"
        )
    return start_new(env(), journal, bank, wish)


def refuse_particular(wish: "QuizOptions") -> None:
    """--resume with options that would make it another session."""
    from quizcli.report.codes import UserError

    if wish.particular:
        raise UserError(
            "--resume goes on as the attempt was started — leave out the other options, "
            "or start anew with --restart"
        )


def _told(started: "QuizRun", attempt: "Attempt") -> "QuizRun":
    done, total = len(started.session.answers), len(started.session.items)
    notice(f"going on with attempt {attempt.id}: {done} of {total} answered")
    for text in started.notices:
        notice(text)
    return started


def _in_lines(started: "QuizRun") -> tuple[bool, bool]:
    from quizcli.cli.context import look
    from quizcli.play.quiz.lines import LineQuiz

    quiz = LineQuiz(env(), started, min(look(plain=True).width, 80))
    return quiz.run(), quiz.left


def _from_file(
    journal: "Journal",
    bank: "Bank",
    wish: "QuizOptions",
    path: Path,
    *,
    as_json: bool,
    fail_under: float | None,
) -> None:
    from quizcli.cli.context import show
    from quizcli.play.quiz.from_file import hand_in
    from quizcli.scores.results import sheet_result
    from quizcli.scores.sheet import sheet

    attempt, notices = hand_in(env(), journal, bank, wish, path)
    graded = sheet(attempt, journal.entries(attempt.id), bank)
    for text in notices:
        notice(text)
    show(sheet_result(graded), as_json=as_json)
    if fail_under is not None:
        _fail_under(float(graded.percent), fail_under)


def _fail_under(percent: float, least: float) -> None:
    if percent < least:
        notice(f"{percent:.4g}% is below {least:g}%")
        raise typer.Exit(1)
