"""A text of several lines that was not written as a block, so that YAML takes its lines for more
than a text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from quizcli.bank.signs import YamlSlip

if TYPE_CHECKING:
    from collections.abc import Sequence

# What may be long enough for several lines.
_LONG = {
    "description", "prompt", "front", "back", "text", "explanation", "model", "feedback", "missed",
}  # fmt: skip
_ENTRY = re.compile(r"(?P<lead> *(?:- +)*)(?P<key>[a-z_]+) *:(?: +(?P<value>\S.*)|\s*\Z)")
WITH_BAR = "write '|' after {}, and the whole text on the lines below it"


def without_bar(lines: Sequence[str], number: int) -> YamlSlip | None:
    """The key of a text whose lines below it, of which this one cannot be read, need a bar."""
    here = lines[number] if number < len(lines) else ""
    if not here.strip() or here.lstrip(" ")[0] == "\t" or _ENTRY.match(here):
        return None
    least = _indent(here)
    for at in range(number - 1, -1, -1):
        if entry := _ENTRY.match(lines[at]):
            key, column = entry["key"], entry.end("lead")
            begins = (entry["value"] or "?")[0]
            if key not in _LONG or column >= least or begins in "|>'\"[{&*!#":
                return None
            what = f"'{key}' has several lines of text, but no '|'"
            return YamlSlip(at, column, what, WITH_BAR.format(f"'{key}:'"))
        if lines[at].strip():
            least = min(least, _indent(lines[at]))
    return None


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())
