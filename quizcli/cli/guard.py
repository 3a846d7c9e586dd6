"""Around every verb: errors become sentences on stderr and exit codes, signals end it tidily."""

from __future__ import annotations

import errno
import inspect
from contextlib import suppress
from functools import wraps
from typing import TYPE_CHECKING, Concatenate, NoReturn, ParamSpec

import typer

from quizcli import signals, streams
from quizcli.report.codes import ExitCode, UserError

if TYPE_CHECKING:
    from collections.abc import Callable

    from quizcli.cli.context import Context

P = ParamSpec("P")


def verb(
    function: Callable[Concatenate[Context, P], None],
) -> Callable[Concatenate[typer.Context, P], None]:
    """A verb, which is handed the context of its run, and which ends with an exit code and a
    sentence, never with a traceback. typer sees the parameters that come after the context."""

    @wraps(function)
    def run(typer_context: typer.Context, *args: P.args, **kwargs: P.kwargs) -> None:
        context: Context = typer_context.obj
        try:
            signals.raise_once()
            try:
                function(context, *args, **kwargs)
            finally:
                context.close()
        except UserError as error:
            _end(context, str(error), error.exit_code)
        except KeyboardInterrupt:
            with suppress(OSError):
                context.env.stderr.write("\n")
            raise typer.Exit(ExitCode.INTERRUPTED) from None
        except signals.Ended as ended:
            try:
                context.env.stdout.flush()
                if ended.code == ExitCode.INTERRUPTED:
                    context.env.stderr.write("\n")
            except OSError:  # what was written may have nowhere to go any more
                _swallow_output(context)
            raise
        except EOFError:
            _hung_up(context)
        except OSError as error:
            _output_lost(context, error)
        except Exception as error:
            _translated(context, error)

    signature = inspect.signature(function, eval_str=True)
    first, *others = signature.parameters.values()
    own = first.replace(name="typer_context", annotation=typer.Context)
    parameters = [own, *others]
    run.__signature__ = signature.replace(parameters=parameters)  # type: ignore[attr-defined]
    run.__annotations__ = {each.name: each.annotation for each in parameters}
    return run  # type: ignore[return-value]


def _translated(context: Context, error: Exception) -> NoReturn:
    """The errors of the rooms below, in their words."""
    from quizcli.bank.faults import BankError
    from quizcli.bank.shelf import NoSuchBankError
    from quizcli.journal.file import JournalError

    if isinstance(error, BankError):
        count = len(error.faults)
        what = "this bank cannot be used" if count == 1 else f"this bank has {count} faults"
        shown = "\n".join(map(str, error.faults[:20]))
        rest = f"\n… and {count - 20} more: quizcli bank check" if count > 20 else ""
        _end(context, f"{what}:\n{shown}{rest}", ExitCode.BANK)
    if isinstance(error, NoSuchBankError):
        _end(context, str(error), ExitCode.BANK)
    if isinstance(error, JournalError):
        _end(context, str(error), ExitCode.JOURNAL)
    from quizcli.quiz.steps import SessionError

    if isinstance(error, ValueError):  # only then: rational numbers come with it
        from quizcli.quiz.variables import NoDraw

        if isinstance(error, NoDraw):
            _end(context, str(error), ExitCode.BANK)
    if isinstance(error, SessionError):  # of an attempt whose steps do not follow each other
        _end(context, f"this attempt cannot be shown: {error}", ExitCode.FAILED)
    raise error


def _end(context: Context, message: str, code: ExitCode) -> NoReturn:
    with suppress(OSError):
        context.notice(message)
    raise typer.Exit(code) from None


def _output_lost(context: Context, error: OSError) -> NoReturn:
    """stdout cannot be written to; any other error of the system is not ours to explain."""
    if error.errno == errno.EIO:
        _hung_up(context)
    sentence = streams.lost(error)
    if sentence is None:
        raise error
    _swallow_output(context)
    if sentence:
        _end(context, sentence, ExitCode.FAILED)
    raise typer.Exit(ExitCode.FAILED) from None


def _hung_up(context: Context) -> NoReturn:
    """The terminal was closed: there is nobody left to tell."""
    _swallow_output(context)
    raise typer.Exit(ExitCode.HUNG_UP) from None


def _swallow_output(context: Context) -> None:
    """The interpreter would flush into what is gone once more on its way out, and complain."""
    streams.throw_away(context.env.stdout)
