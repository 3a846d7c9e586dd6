"""A quotation mark that is not closed, or that closes too early: found by reading once more what
stands before the place where the parser gave up."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import yaml

from quizcli.bank.signs import YamlSlip

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_Parser = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# Within a text that goes on over several lines: what begins an entry of its own.
_ENTRY = re.compile(r" *(?:- +(?:\{ *)?)*[a-z_]+ *:(?: |\Z)")
_END = re.compile(r" *(?:[,}\]#]|\Z)")


def mark_slip(error: yaml.MarkedYAMLError, text: str, lines: Sequence[str]) -> YamlSlip | None:
    """The quotation mark that made a text unreadable; None where none did. Counted from 0."""
    mark, began = error.problem_mark, error.context_mark
    if mark is None:
        return None
    if "quoted scalar" in (error.context or "") and "end of stream" in (error.problem or ""):
        return _open(began.line, began.column) if began else None
    last = None
    for last in _quoted(text[: mark.index]):
        inner = lines[last.start_mark.line + 1 : last.end_mark.line + 1]
        # What ends it was written to begin another one, so that a text stands behind it.
        behind = _END.match(lines[last.end_mark.line], last.end_mark.column)
        if not behind and any(map(_ENTRY.match, inner)):
            return _open(last.start_mark.line, last.start_mark.column)
    here = lines[mark.line][mark.column :] if mark.line < len(lines) else ""
    if last and last.end_mark.index == mark.index and here[:1].isalnum():
        return _early(last, lines[mark.line])
    return None


def _quoted(text: str) -> Iterator[Any]:
    """The texts between quotation marks, as far as they can be read."""
    try:
        for event in yaml.parse(text, _Parser):
            if isinstance(event, yaml.ScalarEvent) and event.style in {'"', "'"}:
                yield event
    except yaml.MarkedYAMLError:
        return


def _open(line: int, column: int) -> YamlSlip:
    what = f"the quotation mark on line {line + 1} is not closed"
    return YamlSlip(line, column, what, "write another one where the text ends")


def _early(ended: Any, line: str) -> YamlSlip:
    """A mark within a text that is between two of them, as in 'It's'."""
    sign, at = ended.style, ended.end_mark.column
    what = f"the {sign} before '{line[at : at + 1]}' ends the text"
    fix = "put the other quotation marks around the whole of it"
    start = ended.start_mark.column
    whole = re.match(rf"(.*?){sign}(?={_END.pattern})", line[at:])
    if ended.start_mark.line == ended.end_mark.line and whole:
        said = line[start + 1 : at] + whole[1]
        other = {'"': "'", "'": '"'}[sign]
        if not {other, "\\"} & set(said):
            fix = f"put other quotation marks around it: {other}{said}{other}"
    return YamlSlip(ended.end_mark.line, at - 1, what, fix)
