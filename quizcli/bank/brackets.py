"""Brackets and braces of lists and mappings that are written in them: too few, too many, mixed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from quizcli.bank.signs import YamlSlip

if TYPE_CHECKING:
    from collections.abc import Sequence

_CLOSING = re.compile(r"[\]}][\]},\s]*(?:(?<=\s)#.*)?\Z")
_WANTED = re.compile(r"expected ',' or '(.)'")


def bracket_slip(
    lines: Sequence[str], began: tuple[int, int], line: int, column: int, problem: str
) -> YamlSlip | None:
    """What is wrong with a bracket where the parser stopped, which may have begun far above."""
    here = lines[line] if line < len(lines) else ""
    wanted = _WANTED.search(problem)
    sign, behind = here[column : column + 1], here[column + 1 :].lstrip()
    if sign and sign in "]}":
        if wanted and sign != wanted[1] and not behind.startswith(wanted[1]):
            what = f"'{sign}' does not close the {'bracket' if wanted[1] == ']' else 'brace'}"
            return YamlSlip(line, column, what, f"write '{wanted[1]}'")
        if wanted or _CLOSING.match(here, column):
            return YamlSlip(line, column, f"this '{sign}' is one too many", "remove it")
    begins = re.match(r"( *(?:- +)?)(?:[\w-]+(?=:))?", here) if line < len(lines) else None
    # Where this line begins as lines outside of brackets do, one of another line is open.
    ends = begins is None or column in {begins.end(1), begins.end()}
    if began[0] == line or not wanted or not ends:
        return None
    what = f"the bracket on line {began[0] + 1} is not closed"
    return YamlSlip(*began, what, f"write {wanted[1]} where it ends")
