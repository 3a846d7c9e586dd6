"""What YAML cannot read, with what its author has to do about it.

The parser says where it stopped, and seldom why. The advice goes by the line that stands there.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from unicodedata import name

from quizcli.bank.bars import without_bar
from quizcli.bank.brackets import bracket_slip
from quizcli.bank.faults import Fault
from quizcli.bank.quotation import mark_slip
from quizcli.bank.signs import YamlSlip, quoted, sign_slip
from quizcli.quiz.model import Place
from quizcli.report.words import with_article

if TYPE_CHECKING:
    from collections.abc import Sequence

    import yaml

_ENTRY = re.compile(r"(?P<lead> *(?:- +)*)(?:(?P<key>[\w-]+) *: +)?(?P<value>\S.*)?\Z")
_KEY = re.compile(r"(?P<lead> *(?:- +)*)[\w-]+ *(?P<colon>:)(?: |\Z)")
_EMPTY = re.compile(r"(?<![\w-])([\w-]+): *(?=[,}\]])")
_STUCK_DASH = re.compile(r"\s*-(?=[{\[]|[a-z_]+:(?: |\Z))")
_FIRST_KEY = re.compile(r" *([\w-]+) *:(?: |\Z)")
_OPENING = {"[": "]", "{": "}"}
# With these a text cannot begin, unless it is in quotes.
_SIGNS = "*&!|>\"'[]{}-?%@`"
_LONG = 60
# What git leaves in a file that two people edited: the lines of either side stand between these.
_CONFLICT = re.compile(r"([<|>])\1{6}(?: |\Z)|={7}\Z")
_KEEP_ONE = "keep the lines you want, and remove those that begin with <<<<<<<, ======= and >>>>>>>"
# Of the web and of word processors: it looks like the space of an indentation, and is none.
_SPACE = r"([^\S\t\r\n ]|[\u200b\u2060\ufeff])"
_ODD_SPACE = re.compile(rf" *(?:- *)*(?:[a-z_]+:)?{_SPACE}")
_ODD_INDENT = re.compile(rf" *(?:- *)*{_SPACE}\s*(?:- |[a-z_]+:)")


def syntax_fault(error: yaml.MarkedYAMLError, text: str, file: str) -> Fault:
    """Where a text is no YAML, and how to mend it."""
    began, mark = error.context_mark, error.problem_mark or error.context_mark
    problem, lines = error.problem or "this is not YAML", text.splitlines()
    line, column = (mark.line, mark.column) if mark else (0, 0)
    first = began.line if began else line
    if "expected ':'" in problem:  # told at the line behind the one that lacks it
        line, column = first, began.column if began else 0
    marks = (number for number, each in enumerate(lines[: line + 1], 1) if _CONFLICT.match(each))
    if conflict := next(marks, 0):
        return Fault(
            Place(file, conflict, 1), "syntax", "a merge left both versions here", _KEEP_ONE
        )
    if odd := _odd_space(lines, min(first, line), line):
        number, space = odd
        return Fault(Place(file, number + 1, space.start(1) + 1), "syntax", *_of_space(space[1]))
    if slip := mark_slip(error, text, lines):
        return _fault(file, slip)
    if "flow" in (error.context or "") and (remark := _remark(lines, first, line)):
        what, fix = (
            "the '#' starts a comment, and the end of the bracket is in it",
            "put the text in quotes",
        )
        return Fault(Place(file, remark[0] + 1, remark[1] + 1), "syntax", what, fix)
    here = lines[line] if line < len(lines) else ""
    at = (first, began.column if began else column)
    slip = without_bar(lines, line) or sign_slip(lines, line, problem)
    if slip := slip or bracket_slip(lines, at, line, column, problem):
        return _fault(file, slip)
    if missing := _missing_dash(lines, line):
        number, key = missing
        return Fault(Place(file, number + 1, key.start(1) + 1), "syntax", *_told(key[1]))
    if line and not here.lstrip().startswith("-") and _STUCK_DASH.match(lines[line - 1]):
        line, here = line - 1, lines[line - 1]
        column = len(here) - len(here.lstrip())
    if told := _in_plain_words(problem, lines, line, column):
        column, what, fix = told
        return Fault(Place(file, line + 1, column + 1), "syntax", what, fix)
    if empty := _EMPTY.search(here) if "unexpected ':'" in problem else None:
        column = empty.start()
    fix = (
        _without_value(empty)
        or _without_space(here)
        or _of_the_parser(problem, here, column)
        or _not_closed(first, line, error.context or "")
        or _needs_quotes(here, column)
        or _colon(problem, here)
        or "check the indentation and the quotes"
    )
    return Fault(Place(file, line + 1, column + 1), "syntax", f"YAML: {problem}", fix)


def _fault(file: str, slip: YamlSlip) -> Fault:
    return Fault(Place(file, slip.line + 1, slip.column + 1), "syntax", slip.what, slip.fix)


def _odd_space(lines: Sequence[str], first: int, last: int) -> tuple[int, re.Match[str]] | None:
    """The line with a space that is none to YAML, which is often told of far below."""
    for number in range(min(last, len(lines) - 1), max(first - 100, -1), -1):
        pattern = _ODD_SPACE if number >= first else _ODD_INDENT
        if odd := pattern.match(lines[number]):
            return number, odd
    return None


def _of_space(space: str) -> tuple[str, str]:
    called = name(space).lower()
    what = f"{with_article(called)}, U+{ord(space):04X}, is where YAML needs a plain one"
    return what, "write plain spaces, in other lines as well"


def _remark(lines: Sequence[str], first: int, last: int) -> tuple[int, int] | None:
    """Line and column of a '#' with which a remark begins that holds the end of a bracket."""
    first = min(max(first - 1, 0), len(lines) - 1)
    while first and not lines[first].split("#")[0].strip():  # what follows a bracket may be far
        first -= 1
    for number in range(first, min(last, len(lines))):
        found = re.search(r"(?<=[\s\[{,])#", lines[number])
        text, rest = (
            (lines[number][: found.start()], found.string[found.end() :]) if found else ("", "")
        )
        if found and set(rest) & set("]}") and re.search(r"[\[{]", text):
            return number, found.start()
    return None


def _missing_dash(lines: Sequence[str], last: int) -> tuple[int, re.Match[str]] | None:
    """The line and the key with which the first mapping of a list begins, where that of another one
    begins with a dash."""
    dashed = re.match(r" *- +([\w-]+) *:", lines[last]) if last < len(lines) else None
    for number in range(last - 1, 0, -1) if dashed else ():
        begun = _FIRST_KEY.match(lines[number])
        if dashed and begun and begun[1] == dashed[1]:
            above = lines[number - 1].rstrip()
            return (number, begun) if re.match(r" *(?:- +)?[\w-]+:\Z", above) else None
    return None


def _told(key: str) -> tuple[str, str]:
    return f"a '- ' is missing before '{key}'", f"each item of a list begins with it: - {key}: …"


def _without_value(empty: re.Match[str] | None) -> str:
    """Within braces, a key with nothing behind it."""
    return f"'{empty[1]}' is empty: write text after it, or remove it" if empty else ""


def _without_space(line: str) -> str:
    """A dash without the space that belongs behind it."""
    found = _STUCK_DASH.match(line)
    return f"a space belongs after the dash: - {_short(line[found.end() :])}" if found else ""


def _short(text: str) -> str:
    text = text.strip()
    return text if len(text) <= _LONG else f"{text[:_LONG]}…"


def _of_the_parser(problem: str, line: str, column: int) -> str:
    """What the parser says clearly enough."""
    if "escape" in problem or "hexdec" in problem:
        return "backslashes belong in single quotes or in a block after '|'"
    if "start any token" in problem:
        return f"text that starts with '{line[column : column + 1]}' needs quotes"
    return ""


def _not_closed(first: int, last: int, context: str) -> str:
    """What began in another line and has no end."""
    if not re.search("quoted|flow", context):
        return ""
    if first == last:
        return (
            "a comma separates two values; inside brackets or braces, put quotes around the whole "
            "text if it contains ': ' or one of ,[]{}, or begins with a quote"
        )
    return f"it began on line {first + 1}: is its end missing?"


def _needs_quotes(line: str, column: int) -> str:
    """A text that begins with what is a sign to YAML, or with a part in quotes or brackets."""
    entry = _ENTRY.match(line.rstrip())
    value = entry["value"] or "" if entry else ""
    if not entry or not value or value[0] not in _SIGNS or column < entry.start("value"):
        return ""
    if value[0] in _OPENING:
        read = line[entry.start("value") : column]
        if not read or read.count(value[0]) != read.count(_OPENING[value[0]]):
            return ""
    fix = f"text that starts with {value[0]} needs quotes around all of it"
    named = f"{entry['key']}: " if entry["key"] else ""
    return f"{fix}: {named}{quoted(value)}" if len(value) <= _LONG else fix


def _in_plain_words(
    problem: str, lines: Sequence[str], number: int, column: int
) -> tuple[int, str, str] | None:
    """The column, what is wrong in it and how to mend it, where the parser's words are of no help:
    a tab, a line that begins in a column of its own, a colon in a text."""
    line = lines[number] if number < len(lines) else ""
    starts = len(line) - len(line.lstrip())
    if "\t" in line[:starts]:
        return line.index("\t"), "a tab indents this line", "indent with spaces"
    if _without_value(_EMPTY.search(line)) or _STUCK_DASH.match(line):
        return None
    if fix := _indentation(lines, number, column):
        return starts, "this line begins in a column in which nothing above it does", fix
    key = _KEY.match(line)
    if "mapping values" in problem and not (key and key.start("colon") == column):
        fix = "put the text in quotes, or in a block after '|'"
        entry = re.match(r" *((?:- +)*(?:[a-z_]+: +)?)([^\s\"'#&*!|>{\[].*)\Z", line.rstrip())
        if entry and len(entry[2]) <= _LONG and "#" not in entry[2]:
            fix = f"{fix}: {entry[1]}{quoted(entry[2])}"
        return column, "text that is not in quotes contains ': '", fix
    return None


def _colon(problem: str, line: str) -> str:
    """A colon too few."""
    if "expected ':'" in problem:
        word, _, rest = line.strip().partition(" ")
        example = f"{word}: {rest}" if rest and len(line) <= _LONG else "key: value"
        further = "a line that continues a text is indented further"
        return f"a ':' is missing, as in '{example}'; {further}"
    return ""


def _indentation(lines: Sequence[str], number: int, column: int) -> str:
    """A line that begins in a column in which nothing above it does."""
    line = lines[number] if number < len(lines) else ""
    key = _KEY.match(line)
    starts = len(line) - len(line.lstrip())
    if not line.strip() or column not in {starts, key.start("colon") if key else starts}:
        return ""
    is_item = bool(re.match(r"-(?: |\Z)", line.lstrip()))
    beside = _open_columns(lines[:number], is_item=is_item)
    if not beside or starts in beside:
        return ""
    indent = min(beside, key=lambda column: abs(column - starts))
    what = "the item" if is_item else f"'{beside[indent]}'"
    spaces = "1 space" if starts == 1 else f"{starts} spaces"
    return (
        f"it is indented by {spaces}, {what} above by {indent}: what belongs together "
        "starts in the same column"
    )


def _open_columns(above: Sequence[str], *, is_item: bool) -> dict[int, str]:
    """The columns in which a line may go on with what is above it, each with the latest key there:
    those of keys, or of the dashes of items."""
    columns: dict[int, str] = {}
    limit = 1000
    for line in reversed(above):
        key = re.match(r"(?P<lead> *(?:- +)*)(?P<key>[\w-]+) *:(?: |\Z)", line)
        indent = len(line) - len(line.lstrip())
        if not line.strip() or line.lstrip()[0] == "#":
            continue
        at = key.end("lead") if key else indent
        if is_item and line.lstrip().startswith("-") and indent < limit:
            columns.setdefault(indent, "")
        elif not is_item and key and at < limit:
            columns.setdefault(at, key["key"])
        limit = min(limit, indent)
    return columns
