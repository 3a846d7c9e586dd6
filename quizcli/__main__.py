"""The program from its first moment: ``quizcli``, and ``python -m quizcli``.

The rule: signals are taken before anything is imported that is not there already.
"""

import _signal  # type: ignore[import-not-found]
import gc
import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from quizcli.env import Environment


def main() -> None:
    """Run the program with the arguments of this process; raises SystemExit with its code."""
    for number in (_signal.SIGINT, _signal.SIGTERM):
        if _signal.getsignal(number) != _signal.SIG_IGN:
            _signal.signal(number, lambda number, _: os._exit(128 + number))
    # What imports make stays: looking through it for garbage is a tenth of the time of a start.
    gc.set_threshold(50_000)
    from quizcli import signals, streams

    signals.end_at_once()
    sys.unraisablehook = signals.unraisable
    streams.fill()
    code: object = 0
    try:
        from quizcli.cli.app import app
        from quizcli.cli.context import Context

        app(prog_name="quizcli", obj=Context(_environment))
    except SystemExit as ended:
        code = ended.code
    except Exception as error:
        if not signals.raised():
            code = _lost(error)  # help and usage are printed before any verb has begun
    finally:
        try:
            signals.put_back()
        finally:
            signals.put_back()
            signals.end_at_once()
    error_of_flush = streams.flush()
    if error_of_flush is not None and not code:
        code = _lost(error_of_flush)
    gc.freeze()  # and on the way out there is as little to be found
    sys.exit(signals.raised() or code)  # type: ignore[arg-type]


def _environment() -> "Environment":
    from quizcli.cli.system import real

    return real()


def _lost(error: Exception) -> int:
    """Output that cannot be written, told where it can be: the exit code."""
    from quizcli import streams

    sentence = streams.lost(error) if isinstance(error, OSError) else None
    if sentence is None:
        raise error
    streams.throw_away(sys.stdout)
    try:
        if sentence:
            sys.stderr.write(f"quizcli: {sentence}\n")
    except OSError:
        streams.throw_away(sys.stderr)
    # What could not be told, such as a mistyped verb, has a code of its own.
    return int(getattr(error.__context__, "exit_code", 1))


if __name__ == "__main__":
    main()
