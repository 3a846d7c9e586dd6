"""How output looks here and now: colour or not, Unicode or not, how wide. Decided once.

The rule: environment in, a small record out; nothing in here imports the drawing library, since
plain output must not pay for it.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from quizcli.named_tuple import NamedTuple
from quizcli.report.numbers import whole

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import TextIO

MIN_WIDTH = 20
DEFAULT_WIDTH = 80
TEXT_WIDTH = 80  # running text wider than this is hard to read, however wide the window


class OutputStyle(NamedTuple):
    """``plain`` is line mode: no escapes, no boxes, maths in letters. ``unicode`` says that the
    encoding can carry ✓ and ━; ``colour`` that escapes for colour may be written, ``deep`` that
    these may be any of 256."""

    width: int = DEFAULT_WIDTH
    height: int = 24
    colour: bool = False
    unicode: bool = True
    plain: bool = False
    deep: bool = False


def look_at(
    stream: TextIO,
    variables: Mapping[str, str],
    *,
    plain: bool = False,
    colour: str = "auto",
    width: int = 0,
) -> OutputStyle:
    """The look for a stream, by the customs of NO_COLOR, FORCE_COLOR, CLICOLOR, TERM and COLORTERM.

    ``colour`` (auto, always, never) and ``width`` (columns at most, 0 for all) are what the
    learner has set; the environment comes first.
    """
    terminal = stream.isatty()
    columns, rows = _size(stream, variables) if terminal else (0, 0)
    if not columns:
        columns = _number(variables.get("COLUMNS")) or width or DEFAULT_WIDTH
    elif width and not _number(variables.get("COLUMNS")):
        columns = min(columns, width)
    return OutputStyle(
        width=max(MIN_WIDTH, columns),
        height=rows or 24,
        colour=not plain and _colour(terminal and _has_colour(variables), variables, colour),
        unicode=carries_unicode(stream),
        plain=plain,
        deep=_is_deep(variables),
    )


def asked(variables: Mapping[str, str]) -> dict[str, tuple[str | bool | int, str]]:
    """What the environment decides: setting → (value, the variable that says so)."""
    found: dict[str, tuple[str | bool | int, str]] = {}
    for name in ("NO_COLOR", "FORCE_COLOR", "CLICOLOR_FORCE", "CLICOLOR"):
        decided = _colour_by(name, variables.get(name, ""))
        if decided is not None:
            found["colour"] = ("always" if decided else "never", name)
            break
    lines = variables.get("QUIZCLI_PLAIN", "")
    if lines:
        found["plain"] = (lines != "0", "QUIZCLI_PLAIN")
    if variables.get("TERM", "").lower() == "dumb" and not found.get("plain", (False,))[0]:
        found["plain"] = (True, "TERM")
    if _number(variables.get("COLUMNS")):
        found["width"] = (_number(variables.get("COLUMNS")), "COLUMNS")
    return found


def wants_plain(variables: Mapping[str, str], otherwise: bool = False) -> bool:
    """Whether the environment asks for plain output; where it says nothing, ``otherwise``."""
    plain = asked(variables).get("plain")
    return otherwise if plain is None else bool(plain[0])


def _colour(able: bool, variables: Mapping[str, str], setting: str) -> bool:
    decided = asked(variables).get("colour")
    word = decided[0] if decided else setting
    return able if word == "auto" else word == "always"


def _colour_by(name: str, value: str) -> bool | None:
    """What one variable says about colour; None where it says nothing."""
    if not value:
        return None
    match name:
        case "NO_COLOR":
            return False
        case "FORCE_COLOR":
            return value != "0"
        case "CLICOLOR_FORCE":
            return True if value != "0" else None
        case _:
            return False if value == "0" else None


def _has_colour(variables: Mapping[str, str]) -> bool:
    """Whether the kind of terminal has colours. The 16 that every palette has are enough for signs,
    so COLORTERM, which promises more, only speaks for a terminal whose name does not."""
    term = variables.get("TERM", "").lower()
    if term in {"dumb", "unknown"}:
        return False
    return not term.startswith("vt") or bool(variables.get("COLORTERM"))


def _is_deep(variables: Mapping[str, str]) -> bool:
    """Whether the terminal has 256 colours or more: its name says so, or a variable by which
    terminals say it whatever they are called. Windows Terminal has no name."""
    term = variables.get("TERM", "").lower()
    return (
        "256" in term
        or term.endswith("-direct")
        or term.removeprefix("xterm-") in {"alacritty", "foot", "ghostty", "kitty", "wezterm"}
        or variables.get("COLORTERM", "").lower() in {"truecolor", "24bit"}
        or variables.get("FORCE_COLOR") in {"2", "3"}
        or bool(variables.get("WT_SESSION"))
    )


def carries_unicode(stream: TextIO) -> bool:
    """Whether the encoding of a stream has ✓ and ━."""
    encoding = getattr(stream, "encoding", "ascii")
    if encoding is None:  # text kept as text
        return True
    try:
        "✓━‹Γ".encode(encoding)
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
    return whole(text or "", 0, 9999) or 0
