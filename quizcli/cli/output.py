"""The one place that prints a result: as a screen, as JSON, as a picture, into a file."""

from __future__ import annotations

import errno
import os
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from rich.text import Text

    from quizcli.cli.context import Context
    from quizcli.report.result import Result
    from quizcli.terminal.style import OutputStyle


def show(
    context: Context,
    result: Result,
    *,
    as_json: bool = False,
    plain: bool = False,
    svg: Path | None = None,
    title: str = "quizcli",
    force: bool = False,
) -> None:
    """Print a result, or write it as a picture; tell its notices, end with its exit code."""
    if svg is not None:
        write_svg(context, svg, result_lines(context, result), title, force=force)
    else:
        from quizcli.terminal.render import show as print_result

        style = context.style(plain=plain)
        print_result(result, context.env.stdout, style, as_json=as_json)
    for text in result.notices:
        context.notice(text)
    if result.exit_code:
        raise typer.Exit(result.exit_code)


def show_lines(context: Context, lines: Sequence[Text], style: OutputStyle) -> None:
    """Print lines that were drawn for this style."""
    from quizcli.terminal.canvas import ansi

    context.env.stdout.write(ansi(lines, style))


def show_plain(context: Context, lines: Sequence[str]) -> None:
    """Print lines of plain mode."""
    context.env.stdout.write("".join(f"{line}\n" for line in lines))


def refuse_inputs(
    context: Context, outputs: Sequence[Path | None], inputs: Sequence[str | None]
) -> None:
    """Raises UserError where a file that is read would be written over."""
    from quizcli.report.codes import UserError

    def place(path: Path | str) -> str:
        whole = str(context.env.cwd / path)
        return whole if "\0" in whole else os.path.realpath(whole)

    read = {place(name): name for name in inputs if name is not None}
    for path in outputs:
        if path is not None and (name := read.get(place(path))):
            raise UserError(
                f"{name} is an input and would be overwritten — choose another name for the output"
            )


def refuse_existing(context: Context, path: Path, *, force: bool) -> None:
    """Raises UserError where a file is there already, but with ``force``: before the work of what
    would be written, rather than after it."""
    from quizcli.report.codes import UserError

    whole = context.env.cwd / path
    taken = whole.is_file() or (whole.is_symlink() and not whole.exists())
    if taken and not force:
        raise UserError(f"{path} already exists — overwrite it with --force")


def write_whole(
    context: Context, path: Path, text: str | bytes | Iterable[str], *, force: bool = False
) -> None:
    """The whole file or none of it: a full disk must not leave half a score sheet. A file that is
    made is its owner's only, since it may hold what people answered. A ``text`` that is long may
    come in parts.

    Raises UserError where it cannot be written, and where a file is there already, but with
    ``force``.
    """
    from quizcli.report.codes import ExitCode, UserError

    whole = context.env.cwd / path
    try:
        if whole.exists() and not whole.is_file() and not whole.is_dir():
            _write(whole, text)  # a device or a pipe is written as it is
            return
        refuse_existing(context, path, force=force)
        _replace(whole, text)
    except (OSError, ValueError) as error:  # a name that holds a NUL is a ValueError
        reason = (getattr(error, "strerror", None) or str(error)).lower()
        raise UserError(f"{path} cannot be written: {reason}", ExitCode.FAILED) from None


def _replace(path: Path, text: str | bytes | Iterable[str]) -> None:
    """Put a whole file in the place of what is there, with the rights of that."""
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    mode = path.stat().st_mode & 0o777 if path.exists() else 0o600
    # A name of its own, of a few letters: two that write at once do not meet.
    part = path.parent / f".quizcli-{os.getpid()}-{os.urandom(4).hex()}.part"
    try:
        part.touch(mode=0o600, exist_ok=False)
        _write(part, text)
        part.chmod(mode)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _write(path: Path, text: str | bytes | Iterable[str]) -> None:
    with path.open("wb") as stream:
        if isinstance(text, bytes):
            stream.write(text)
            return
        for part in (text,) if isinstance(text, str) else text:
            stream.write(part.encode())


def picture_style(context: Context) -> OutputStyle:
    """How a picture looks, always in colour and Unicode: as wide as the output, up to what can be
    read."""
    from quizcli.terminal.style import TEXT_WIDTH

    style = context.style()
    return style._replace(
        width=min(style.width, TEXT_WIDTH), colour=True, unicode=True, plain=False, deep=True
    )


def write_svg(
    context: Context, path: Path, lines: Sequence[Text], title: str, *, force: bool = False
) -> None:
    """Write a picture of some lines, and tell where it is."""
    from quizcli.terminal.svg import svg

    light = context.settings["picture"].value == "light"
    picture = svg(lines, picture_style(context).width, title, light=light)
    write_whole(context, path, picture, force=force)
    context.notice(f"written to {path}")


def result_lines(context: Context, result: Result) -> list[Text]:
    """A result as the lines of a picture."""
    from rich.console import Console
    from rich.text import Text

    from quizcli.terminal.render import body

    style = picture_style(context)
    lines = [Text.from_ansi(line) for line in body(result, style)]
    # A terminal breaks a line that is too long, such as a fault's; a picture would cut it.
    console = Console(width=style.width)
    return [part for line in lines for part in (line.wrap(console, style.width) or [line])]
