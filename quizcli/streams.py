"""stdin, stdout and stderr as they may be: closed, full, cut off, in another encoding.

The rule: a stream that is not there is like an empty one. Input that is not there has ended,
output that is not there is thrown away, and the exit code is the one it would have been.
"""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TextIO

# How UTF-16 and UTF-32 begin.
WIDE = (b"\xff\xfe", b"\xfe\xff", b"\0\0\xfe\xff")


def fill() -> None:
    """Put a null device in place of each stream that is closed or goes the other way only.

    Otherwise the next file that is opened, the journal for instance, would be stdout.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if not _usable(getattr(sys, name), mode):
            # The lowest number that is free: where 0, 1 or 2 was closed, that one.
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115, PTH123


def _usable(stream: TextIO | None, mode: str) -> bool:
    """Of no bytes at all a system tells whether the direction is right. A terminal is not asked:
    it would stop a program in the background."""
    if stream is None:
        return False
    try:
        if stream.isatty():
            return True
        if mode == "r":
            os.read(stream.fileno(), 0)
        else:
            os.write(stream.fileno(), b"")
    except OSError as error:
        import errno

        return error.errno != errno.EBADF
    return True


def tolerant(stream: TextIO, errors: str) -> None:
    """Let a stream carry any text. ``errors`` says what becomes of what it cannot carry."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors=errors)


def tolerant_input(stream: TextIO) -> None:
    """Let a stream of lines be read whatever it holds: a mark of UTF-8 at its start is no part of
    the first line, and UTF-16, of which nothing could be made, is told."""
    import codecs

    codecs.register_error("quizcli-input", _undecodable)
    tolerant(stream, "quizcli-input")
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None and (stream.encoding or "").lower() in {"utf-8", "utf8"}:
        reconfigure(encoding="utf-8-sig", errors="quizcli-input")


def _undecodable(error: UnicodeError) -> tuple[str, int]:
    import codecs

    if isinstance(error, UnicodeDecodeError):
        if error.start == 0 and error.object.startswith(codecs.BOM_UTF8):
            return "", len(codecs.BOM_UTF8)
        if error.start <= 2 and error.object.startswith(WIDE):
            from quizcli.report.codes import UserError

            raise UserError("the input is in UTF-16, not in UTF-8 — save it in UTF-8")
    text, end = codecs.replace_errors(error)
    assert isinstance(text, str)
    return text, end


def lost(error: OSError) -> str | None:
    """The sentence for output that cannot be written, "" where there is nobody to tell it to;
    None for any other error."""
    import errno

    if error.errno == errno.ENOSPC:
        return "the output cannot be written, the disk is full — free some space"
    return "" if error.errno in {errno.EPIPE, errno.EIO, errno.EBADF} else None


def flush() -> OSError | None:
    """Write what is held back; the error where that cannot be done. The interpreter would try
    once more on its way out, and complain: what cannot be written is thrown away."""
    failed = None
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError as error:
            failed = failed or error
            throw_away(stream)
        except ValueError:
            continue  # closed by someone
    return failed


def throw_away(stream: TextIO) -> None:
    """From now on what is written to this stream goes nowhere."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
    except (OSError, ValueError):
        return
