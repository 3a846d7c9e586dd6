"""``--svg FILE``: what a verb would print, as a picture; always in colour and Unicode."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.text import Text

    from quizcli.report.result import Result
    from quizcli.terminal.style import OutputStyle

Svg = Annotated[
    Path | None,
    typer.Option(
        "--svg", metavar="FILE", help="Write the screen as a picture.", show_default=False
    ),
]


def drawn() -> OutputStyle:
    """How a picture looks: as wide as the output, up to what can be read."""
    from quizcli.cli.context import look
    from quizcli.terminal.style import TEXT_WIDTH

    return look()._replace(
        width=min(look().width, TEXT_WIDTH), colour=True, unicode=True, plain=False
    )


def write_svg(path: Path, lines: Sequence[Text], title: str) -> None:
    """Write a picture of some lines, and tell where it is."""
    from quizcli.cli.guard import notice
    from quizcli.cli.verbs.score import write_whole
    from quizcli.terminal.svg import svg

    write_whole(path, svg(lines, drawn().width, title))
    notice(f"written to {path}")


def result_lines(result: Result) -> list[Text]:
    """A result as the lines of a picture."""
    from rich.console import Console
    from rich.text import Text

    from quizcli.terminal.render import body

    look = drawn()
    lines = [Text.from_ansi(line) for line in body(result, look)]
    # A terminal breaks a line that is too long, such as a fault's; a picture would cut it.
    console = Console(width=look.width)
    return [part for line in lines for part in (line.wrap(console, look.width) or [line])]
