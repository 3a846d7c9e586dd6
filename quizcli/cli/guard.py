"""Around every verb: errors become sentences on stderr and exit codes, signals end it tidily.

The environment is made here, once, and reached by verbs through :func:`env`; tests put their own.
"""

from __future__ import annotations

import errno
from collections.abc import Callable
from contextlib import suppress
from functools import wraps
from typing import TYPE_CHECKING, NoReturn, ParamSpec

import typer

from quizcli import signals, streams
from quizcli.report.codes import ExitCode, UserError

if TYPE_CHECKING:
    from quizcli.env import Environment

P = ParamSpec("P")
_current: list[Environment] = []


def env() -> Environment:
    """The environment of this run."""
    if not _current:
        from quizcli.cli.system import real

        _current.append(real())
    return _current[-1]


def use(environment: Environment) -> None:
    """Let verbs run in another environment."""
    _current[:] = [environment]


def notice(text: str) -> None:
    """A sentence for the person, beside the data: stderr."""
    from quizcli.terminal.safe import neutral

    env().stderr.write(f"quizcli: {neutral(text)}\n")
    env().stderr.flush()


def guarded(verb: Callable[P, None]) -> Callable[P, None]:
    """A verb that ends with an exit code and a sentence, never with a traceback."""

    @wraps(verb)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            signals.raise_once()
            verb(*args, **kwargs)
        except UserError as refusal:
            _end(str(refusal), refusal.exit_code)
        except KeyboardInterrupt:
            with suppress(OSError):
                env().stderr.write("\n")
            raise typer.Exit(ExitCode.INTERRUPTED) from None
        except signals.Ended as ended:
            try:
                env().stdout.flush()
                if ended.code == ExitCode.INTERRUPTED:
                    env().stderr.write("\n")
            except OSError:  # what was written may have nowhere to go any more
                _swallow_output()
            raise
        except EOFError:
            _hung_up()
        except OSError as error:
            _output_lost(error)
        except Exception as error:
            _translated(error)

    return run


def _translated(error: Exception) -> NoReturn:
    """The errors of the rooms below, in their words."""
    from quizcli.bank.faults import BankError
    from quizcli.bank.shelf import NoSuchBankError
    from quizcli.journal.file import JournalError

    if isinstance(error, BankError):
        count = len(error.faults)
        what = "this bank cannot be used" if count == 1 else f"this bank has {count} faults"
        shown = "\n".join(map(str, error.faults[:20]))
        rest = f"\n… and {count - 20} more: quizcli bank check" if count > 20 else ""
        _end(f"{what}:\n{shown}{rest}", ExitCode.BANK)
    if isinstance(error, NoSuchBankError):
        from quizcli.report.words import did_you_mean

        hint = did_you_mean(error.name, error.known, "there are")
        _end(f"no bank is called '{error.name}' — {hint}", ExitCode.BANK)
    if isinstance(error, JournalError):
        _end(str(error), ExitCode.JOURNAL)
    raise error


def _end(message: str, code: ExitCode) -> NoReturn:
    with suppress(OSError):
        notice(message)
    raise typer.Exit(code) from None


def _output_lost(error: OSError) -> NoReturn:
    """stdout cannot be written to; any other error of the system is not ours to explain."""
    if error.errno == errno.EIO:
        _hung_up()
    sentence = streams.lost(error)
    if sentence is None:
        raise error
    _swallow_output()
    if sentence:
        _end(sentence, ExitCode.FAILED)
    raise typer.Exit(ExitCode.FAILED) from None


def _hung_up() -> NoReturn:
    """The terminal was closed: there is nobody left to tell."""
    _swallow_output()
    raise typer.Exit(ExitCode.HUNG_UP) from None


def _swallow_output() -> None:
    """The interpreter would flush into what is gone once more on its way out, and complain."""
    streams.throw_away(env().stdout)
