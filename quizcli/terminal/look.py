"""How output looks here and now: colour or not, Unicode or not, how wide. Decided once.

The rule: environment in, a small record out; nothing in here imports the drawing library, since
plain output must not pay for it.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import TextIO

MIN_WIDTH = 20
DEFAULT_WIDTH = 80
TEXT_WIDTH = 80  # running text wider than this is hard to read, however wide the window


class Look(NamedTuple):
    """``plain`` is line mode: no escapes, no boxes, maths in letters. ``unicode`` says that the
    encoding can carry ✓ and ━; ``colour`` that escapes for colour may be written."""

    width: int = DEFAULT_WIDTH
    height: int = 24
    colour: bool = False
    unicode: bool = True
    plain: bool = False


def look_at(stream: TextIO, variables: Mapping[str, str], *, plain: bool = False) -> Look:
    """The look for a stream, by the customs of NO_COLOR, FORCE_COLOR, CLICOLOR and TERM."""
    terminal = stream.isatty()
    dumb = variables.get("TERM", "").lower() in {"dumb", "unknown"}
    width, height = _size(stream, variables) if terminal else (0, 0)
    return Look(
        width=max(MIN_WIDTH, width or _number(variables.get("COLUMNS")) or DEFAULT_WIDTH),
        height=height or 24,
        colour=not plain and _colour(terminal and not dumb, variables),
        unicode=carries_unicode(stream),
        plain=plain,
    )


def wants_plain(variables: Mapping[str, str]) -> bool:
    """Whether the environment asks for plain output."""
    asked = variables.get("QUIZCLI_PLAIN", "")
    return asked not in {"", "0"} or variables.get("TERM", "").lower() == "dumb"


def _colour(able: bool, variables: Mapping[str, str]) -> bool:
    if variables.get("NO_COLOR"):
        return False
    force = variables.get("FORCE_COLOR", "")
    if force:
        return force != "0"
    if variables.get("CLICOLOR_FORCE", "0") not in {"", "0"}:
        return True
    return able and variables.get("CLICOLOR", "1") != "0"


def carries_unicode(stream: TextIO) -> bool:
    """Whether the encoding of a stream has ✓ and ━."""
    encoding = getattr(stream, "encoding", "ascii")
    if encoding is None:  # text kept as text
        return True
    try:
        "✓━˂Γ".encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def _size(stream: TextIO, variables: Mapping[str, str]) -> tuple[int, int]:
    try:
        size = os.get_terminal_size(stream.fileno())
    except (OSError, ValueError):
        return 0, 0
    # A terminal that does not know its size says 0; then the variables may.
    return (
        size.columns or _number(variables.get("COLUMNS")),
        size.lines or _number(variables.get("LINES")),
    )


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 5 else 0
