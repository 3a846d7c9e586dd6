"""What verbs need to begin with: the shelf, the journal, the look of the output."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizcli.cli.guard import env, notice

if TYPE_CHECKING:
    from pathlib import Path

    from quizcli.bank.shelf import Shelf
    from quizcli.journal.attempts import Attempt, Journal
    from quizcli.quiz.model import Bank
    from quizcli.report.result import Result
    from quizcli.terminal.style import OutputStyle


def shelf() -> Shelf:
    """The learner's own banks, then those that come with the program."""
    from quizcli.bank.cache import BankCache
    from quizcli.bank.shelf import Shelf, shipped

    paths = env().paths
    return Shelf((paths.data / "questions", shipped()), BankCache(paths.cache))


def journal_path() -> Path:
    """Where the journal lies."""
    return env().paths.data / "journal.sqlite3"


def journal() -> Journal:
    """The journal, opened; raises JournalError."""
    from quizcli.journal.attempts import Journal

    return Journal(journal_path())


def bank_of(attempt: Attempt) -> Bank:
    """The bank of an attempt: from the file it was in, where that was no bank of the shelf."""
    from quizcli.bank.shelf import NoSuchBankError, load_bank
    from quizcli.report.codes import ExitCode, UserError

    try:
        return shelf().open(attempt.bank)
    except NoSuchBankError:
        pass
    try:
        bank = load_bank(attempt.bank_file)
    except Exception:
        bank = None
    if bank is None or bank.id != attempt.bank:
        raise UserError(
            f"attempt {attempt.id} needs the bank '{attempt.bank}' to be graded, and it is not "
            f"there — put its file into {env().paths.data / 'questions'}",
            ExitCode.BANK,
        )
    return bank


def plain_wanted(asked: bool = False) -> bool:
    """Whether output is to be in lines: by an option, the environment, or the settings."""
    from quizcli.cli.config_values import chosen
    from quizcli.terminal.style import wants_plain

    return asked or wants_plain(env().variables, otherwise=bool(chosen("plain")))


def look(*, plain: bool = False) -> OutputStyle:
    """How stdout looks."""
    from quizcli.cli.config_values import settings
    from quizcli.terminal.style import look_at

    held = settings()
    # The environment's own word on colour and width is heard where the stream is looked at.
    colour = held["colour"].value if held["colour"].source == "file" else "auto"
    width = held["width"].value if held["width"].source == "file" else 0
    return look_at(
        env().stdout,
        env().variables,
        plain=plain_wanted(plain),
        colour=str(colour),
        width=width if isinstance(width, int) else 0,
    )


def show(
    result: Result,
    *,
    as_json: bool = False,
    plain: bool = False,
    svg: Path | None = None,
    title: str = "quizcli",
) -> None:
    """Print a result, or write it as a picture; tell its notices, end with its exit code."""
    import typer

    if svg is not None:
        from quizcli.cli.output import result_lines, write_svg

        write_svg(svg, result_lines(result), title)
    else:
        from quizcli.terminal.render import show as print_result

        print_result(result, env().stdout, look(plain=plain), as_json=as_json)
    for text in result.notices:
        notice(text)
    if result.exit_code:
        raise typer.Exit(result.exit_code)
