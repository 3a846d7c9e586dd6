"""A screen as an SVG picture, for a page or a lecture."""

from __future__ import annotations

from io import StringIO
from typing import TYPE_CHECKING

from rich.console import Console

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.text import Text


def svg(lines: Sequence[Text], width: int, title: str) -> str:
    """The lines as SVG; the same lines give the same bytes."""
    console = Console(
        file=StringIO(),
        record=True,
        width=width,
        force_terminal=True,
        color_system="truecolor",
        markup=False,
        emoji=False,
        highlight=False,
        legacy_windows=False,
        _environ={},
    )
    for line in lines:
        console.print(line, soft_wrap=True)
    drawn = console.export_svg(title=title, unique_id="quizcli")
    # Some renderers trim a text that begins with spaces, although they are no-break spaces, and
    # with the indents goes what stands under what.
    return drawn.replace("<svg ", '<svg xml:space="preserve" ', 1)
