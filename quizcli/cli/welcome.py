"""The first start: three lines of welcome, once."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from quizcli.env import own_folder

if TYPE_CHECKING:
    from quizcli.cli.context import Context

_SAVED = "Every answer is saved: you can stop at any time and resume."
LINES = (
    "Welcome. Press one key to answer; the explanation follows.",
    _SAVED,
    "Using a screen reader? Add --plain. Settings: quizcli config list",
)
IN_LINES = (
    "Welcome. Type an answer and press Enter; the explanation follows.",
    _SAVED,
    "Settings: quizcli config list",
)


def welcome(context: Context, *, plain: bool = False) -> None:
    """Print the welcome where a person is at a terminal and has not seen it. A folder that cannot
    be written to makes it come again, and stops nothing."""
    if not context.env.interactive:
        return
    seen = context.env.paths.data / "welcomed"
    with suppress(OSError):
        if seen.exists():
            return
    from quizcli.terminal.layout import wrap
    from quizcli.terminal.style import TEXT_WIDTH

    width = min(context.style().width, TEXT_WIDTH) - 1
    lines = IN_LINES if context.plain(plain) else LINES
    shown = [part for line in lines for part in wrap(line, width, " ", " ")]
    context.env.stdout.write("".join(f"{line}\n" for line in ["", *shown]))
    context.env.stdout.flush()
    with suppress(OSError):
        own_folder(seen.parent)
        seen.touch()
