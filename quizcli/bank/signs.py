"""Signs that people write in the place of YAML's, seen in a line that could not be read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_WORD = "[a-z_]+"
_DASH = re.compile(rf" *([–—•*+·])\s*(?={_WORD}:)")
_EQUALS = re.compile(rf" *(?:- +)?({_WORD}) *(=) *(\S.*)")
_REMARK = re.compile(r" *(//|/\*|<!--|--(?!-)|;)")
_SEVERAL = re.compile(rf" *- +(\(?)(id: [^,{{}}]+, *{_WORD}: .*?)\)?\s*\Z")
# Keys of what is written in braces.
_KEYS = "id|text|correct|feedback|missed|pin|claim|left|right|right_id|answer"
_COMMA = re.compile(rf"(?:[{{,]) *(?:{_KEYS}): *[^,{{}}\[\]\"'; ]+( *;| ) *({_KEYS}): ")
_BARE_ITEM = re.compile(r" *- +([^\s:{}\[\]\"'#][^:{}\[\]\"'#]*)\Z")
_BLOCK = re.compile(rf" *(?:- +)?{_WORD}: *[|>][+-]?\s*\Z")
_KEY = re.compile(r" *([\w-]+):(?: |\Z)")
_DASHED = re.compile(r" *- ")
_BRACED = re.compile(r" *(\{.*)")
_LONG = 60


class SignSlip(NamedTuple):
    """Where a sign is that is not one of YAML, and what to do; counted from 0."""

    line: int
    column: int
    what: str
    fix: str


def sign_slip(lines: Sequence[str], number: int, problem: str) -> SignSlip | None:
    """What in a line, or in the one above it, is written in a way that is not YAML's."""
    return next(_slips(lines, number, problem), None) if number < len(lines) else None


def _slips(lines: Sequence[str], number: int, problem: str) -> Iterator[SignSlip]:
    line, above = lines[number], lines[number - 1] if number else ""
    if found := _DASH.match(line):
        what = f"'{found[1]}' begins this line, but each item of a list begins with '- '"
        yield SignSlip(number, found.start(1), what, _written("- " + line[found.end() :]))
    if found := _REMARK.match(line):
        what = f"'{found[1]}' does not start a comment"
        yield SignSlip(number, found.start(1), what, "a comment starts with '#'")
    if found := _EQUALS.match(line):
        what = f"'=' follows '{found[1]}', where a ':' belongs"
        yield SignSlip(number, found.start(2), what, _written(f"{found[1]}: {found[3]}"))
    if found := _SEVERAL.match(line):
        what = "several keys in one line need braces around them"
        yield SignSlip(number, found.start(1), what, _written(f"- {{{found[2]}}}"))
    if "expected ',' or" in problem and (found := _COMMA.search(line)):
        what = f"a comma is missing before '{found[2]}'"
        before, behind = line[: found.start(1)].strip(), line[found.start(2) :].strip()
        yield SignSlip(number, found.start(1), what, _written(f"{before}, {behind}"))
    if "expected '-'" in problem and (found := _KEY.match(line)) and _is_beside(lines, number):
        what = f"a '- ' is missing before '{found[1]}'"
        fix = f"each item of a list begins with it: - {found[1]}: …"
        yield SignSlip(number, found.start(1), what, fix)
    if "expected key" in problem and _DASHED.match(line) and (found := _BRACED.match(above)):
        what = "a '- ' is missing before '{'"
        yield SignSlip(number - 1, found.start(1), what, _written(f"- {found[1]}"))
    if "mapping values" in problem and (found := _BARE_ITEM.match(above)):
        what = f"a key is missing before '{found[1].strip()[:_LONG]}'"
        yield SignSlip(number - 1, found.start(1), what, _written(f"- id: {found[1]}"))
    if "expected ':'" in problem and _BLOCK.match(above):
        what = "this line is not part of the block above it"
        fix = "indent all its lines further than its key"
        yield SignSlip(number, len(line) - len(line.lstrip()), what, fix)


def _is_beside(lines: Sequence[str], number: int) -> bool:
    """Whether a line begins in the column in which the items above it have their dashes."""
    indent = len(lines[number]) - len(lines[number].lstrip())
    for line in reversed(lines[:number]):
        bare = line.lstrip()
        if bare and len(line) - len(bare) <= indent:
            return len(line) - len(bare) == indent and bare.startswith("- ")
    return False


def _written(text: str) -> str:
    text = text.strip()
    return f"write: {text if len(text) <= _LONG else f'{text[:_LONG]}…'}"
