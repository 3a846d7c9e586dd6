"""Signs that people write in the place of YAML's, seen in a line that could not be read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_WORD = "[a-z_]+"
_DASH = re.compile(rf" *([–—•*+·])\s*(?={_WORD}:)")
_EQUALS = re.compile(rf" *(?:- +)?({_WORD}) *(=) *(\S.*)")
_BULLET = re.compile(r" *([*•·]) +(?=\S)")
_COLON = re.compile(rf" *(?:- +)?({_WORD}) *([：﹕꞉∶]) *(.*)")
_STUCK_COLON = re.compile(rf" *(?:- +)?({_WORD}):(?=[^\s:/])")
_STUCK_DASH = re.compile(r" *(-)(?=[^\s-])")
_QUOTED = re.compile(rf" *(?:- +)?(?:{_WORD}: +)?([“”„‘’])(.*)[“”‘’]\s*\Z")
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


class YamlSlip(NamedTuple):
    """Where a text is not YAML, counted from 0, what is wrong there, and what to do."""

    line: int
    column: int
    what: str
    fix: str


def sign_slip(lines: Sequence[str], number: int, problem: str) -> YamlSlip | None:
    """What in a line, or in the one above it, is written in a way that is not YAML's."""
    return next(_slips(lines, number, problem), None) if number < len(lines) else None


def _slips(lines: Sequence[str], number: int, problem: str) -> Iterator[YamlSlip]:
    line, above = lines[number], lines[number - 1] if number else ""
    if found := _DASH.match(line):
        what = f"'{found[1]}' begins this line, but each item of a list begins with '- '"
        yield YamlSlip(number, found.start(1), what, _written("- " + line[found.end() :]))
    if found := _REMARK.match(line):
        what = f"'{found[1]}' does not start a comment"
        yield YamlSlip(number, found.start(1), what, "a comment starts with '#'")
    if found := _EQUALS.match(line):
        what = f"'=' follows '{found[1]}', where a ':' belongs"
        yield YamlSlip(number, found.start(2), what, _written(f"{found[1]}: {found[3]}"))
    if found := _SEVERAL.match(line):
        what = "several keys in one line need braces around them"
        yield YamlSlip(number, found.start(1), what, _written(f"- {{{found[2]}}}"))
    if "expected ',' or" in problem and (found := _COMMA.search(line)):
        what = f"a comma is missing before '{found[2]}'"
        before, behind = line[: found.start(1)].strip(), line[found.start(2) :].strip()
        yield YamlSlip(number, found.start(1), what, _written(f"{before}, {behind}"))
    yield from _of_items(lines, number, problem)
    yield from _of_marks(lines, number, problem)
    if "expected key" in problem and _DASHED.match(line) and (found := _BRACED.match(above)):
        what = "a '- ' is missing before '{'"
        yield YamlSlip(number - 1, found.start(1), what, _written(f"- {found[1]}"))
    if "mapping values" in problem and (found := _BARE_ITEM.match(above)):
        what, entry = _without_key(lines, found[1].strip())
        yield YamlSlip(number - 1, found.start(1), what, _written(entry))
    if "expected ':'" in problem and _BLOCK.match(above):
        what = "this line is not part of the block above it"
        fix = "indent all its lines further than its key"
        yield YamlSlip(number, len(line) - len(line.lstrip()), what, fix)


def _without_key(lines: Sequence[str], item: str) -> tuple[str, str]:
    """An item that is a text, with lines behind it that are a mapping's: the colon is missing where
    the text begins with a key of the file, else the key."""
    word, _, rest = item.partition(" ")
    if rest and any(re.match(rf" *(?:- +)?{re.escape(word)}:", line) for line in lines):
        return f"a ':' is missing after '{word}'", f"- {word}: {rest}"
    return f"a key is missing before '{item[:_LONG]}'", f"- id: {item}"


def _of_items(lines: Sequence[str], number: int, problem: str) -> Iterator[YamlSlip]:
    """A line that begins where the items above it have their dashes, and has none."""
    line = lines[number]
    if line.lstrip().startswith("- ") or (sibling := _beside(lines, number)) is None:
        return
    indent, key = len(line) - len(line.lstrip()), _KEY.match(line)
    stuck = _STUCK_DASH.match(line)
    if key and "expected '-'" in problem and not stuck:
        first = _KEY.match(sibling)
        if first and first[1] != key[1]:
            what = f"'{key[1]}' is in the column of the dash above it"
            fix = f"indent it like '{first[1]}', if it belongs to the same item"
        else:
            what = f"a '- ' is missing before '{key[1]}'"
            fix = f"each item of a list begins with it: - {key[1]}: …"
        yield YamlSlip(number, indent, what, fix)
    elif key or ("expected ':'" in problem and not _STUCK_COLON.match(line)):
        if stuck:
            what = "a space is missing after the '-'"
            yield YamlSlip(number, indent, what, _written(f"- {line[stuck.end() :]}"))
        elif not key:
            what = f"a '- ' is missing before '{line.strip()[:_LONG]}'"
            yield YamlSlip(number, indent, what, _written(f"- {line.strip()}"))


def _of_marks(lines: Sequence[str], number: int, problem: str) -> Iterator[YamlSlip]:
    """Signs that look like a bullet, a colon or a quotation mark of YAML, or lack their space."""
    line, above = lines[number], lines[number - 1] if number else ""
    no_name = "alias" in problem or "alphabetic" in problem
    if no_name and (found := _BULLET.match(line)) and above.rstrip().endswith(":"):
        what = f"'{found[1]}' begins this line, but each item of a list begins with '- '"
        yield YamlSlip(number, found.start(1), what, _written("- " + line[found.end() :]))
    if "expected ':'" in problem and (found := _COLON.match(line)):
        what = f"'{found[2]}' follows '{found[1]}', where a ':' belongs"
        yield YamlSlip(number, found.start(2), what, _written(f"{found[1]}: {found[3]}"))
    if "mapping values" in problem and (found := _QUOTED.match(line)):
        what = f"{found[1]} is not a quotation mark in YAML"
        fix = _written(f"{line[: found.start(1)].strip()} {quoted(found[2])}")
        yield YamlSlip(number, found.start(1), what, fix)
    for at in (number, number - 1) if number else (number,):
        if found := _STUCK_COLON.match(lines[at]):
            what = f"a space is missing after '{found[1]}:'"
            fix = _written(f"{found[1]}: {lines[at][found.end() :]}")
            yield YamlSlip(at, found.start(1), what, fix)


def quoted(text: str) -> str:
    """A text between quotes, as YAML reads it back."""
    doubled = text.replace("'", "''")
    return f"'{doubled}'" if re.search(r'["\\]', text) else f'"{text}"'


def _beside(lines: Sequence[str], number: int) -> str | None:
    """The item above that begins with its dash in the column in which this line begins, without
    its dash; None where there is none. A list may stand in the column of its key."""
    indent = len(lines[number]) - len(lines[number].lstrip())
    for at in range(number - 1, -1, -1):
        bare = lines[at].lstrip()
        column = len(lines[at]) - len(bare)
        if bare and column <= indent:
            return bare[2:].lstrip() if column == indent and bare.startswith("- ") else None
    return None


def _written(text: str) -> str:
    text = text.strip()
    return f"write: {text if len(text) <= _LONG else f'{text[:_LONG]}…'}"
