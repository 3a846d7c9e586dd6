"""The one place that prints a result: as a screen, as JSON, as a picture, into a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from collections.abc import Sequence
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
) -> None:
    """Print a result, or write it as a picture; tell its notices, end with its exit code."""
    if svg is not None:
        write_svg(context, svg, result_lines(context, result), title)
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


def write_whole(context: Context, path: Path, text: str) -> None:
    """The whole file or none of it: a full disk must not leave half a score sheet.

    Raises UserError where it cannot be written.
    """
    from quizcli.report.codes import ExitCode, UserError

    if not path.is_absolute():
        path = context.env.cwd / path
    part = path.with_name(f".{path.name}.part")
    try:
        if path.exists() and not path.is_file():  # a device or a pipe is written as it is
            path.write_bytes(text.encode())
            return
        part.write_bytes(text.encode())
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        reason = (error.strerror or str(error)).lower()
        raise UserError(f"{path} cannot be written: {reason}", ExitCode.FAILED) from None


def picture_style(context: Context) -> OutputStyle:
    """How a picture looks, always in colour and Unicode: as wide as the output, up to what can be
    read."""
    from quizcli.terminal.style import TEXT_WIDTH

    style = context.style()
    return style._replace(
        width=min(style.width, TEXT_WIDTH), colour=True, unicode=True, plain=False
    )


def write_svg(context: Context, path: Path, lines: Sequence[Text], title: str) -> None:
    """Write a picture of some lines, and tell where it is."""
    from quizcli.terminal.svg import svg

    write_whole(context, path, svg(lines, picture_style(context).width, title))
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
