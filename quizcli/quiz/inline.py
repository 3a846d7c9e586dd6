r"""One paragraph of a text as its spans: prose, code, formulas, marks of emphasis.

This is the only reader of dollars. The rule is Pandoc's: a formula begins with a ``$`` that no
space follows and ends with one that no space precedes and no digit follows; ``$$…$$`` may have
spaces. Four things more, since prose has dollars of its own: no formula begins with a comma, a
slash, a quotation mark or a closing bracket; an opening dollar behind a letter or digit must be
followed by what hangs on that (``H$_2$O``, ``10$^{-3}$``); a closing one before a letter must end
a thing (``$n$th``, not ``$HOME:$PATH``); and a number, a word and then another number or a
currency, with no sign of maths among them, are prices (``$5 to 6$``, ``$8k; HK$``). Within
backticks nothing is a formula. ``\$`` is a dollar, and so are ``\```, ``\*`` and ``\_`` the signs
behind them.

``*emphasis*``, ``**emphasis**`` and ``_emphasis_`` begin and end at the edges of words.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from enum import Enum
from operator import itemgetter
from typing import TYPE_CHECKING

from quizcli.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator


class SpanKind(Enum):
    """What a span is; a MARK is a sign that begins or ends an emphasis."""

    TEXT = "text"
    CODE = "code"
    MATH = "math"
    MARK = "mark"


class Span(NamedTuple):
    """A stretch of a paragraph: ``source`` as it was written, ``text`` without its own signs (the
    backticks of code, the dollars of a formula, the backslash of ``\\$``)."""

    kind: SpanKind
    text: str
    source: str
    emphasis: bool = False


# A stretch of the source that is no prose: from, to, what, and what stands between its signs.
_Taken = tuple[int, int, SpanKind, str]

_STOPS = re.compile(r"\\.|`+|\$\$?", re.DOTALL)
_ESCAPED = r"\\([$`*_])"
_MARKS = r"\\.|\*+|_+"
_LONGEST_MARK = {"*": 3, "_": 1}
_HANGS = "_^\\{("  # what begins a formula that hangs on the letter before it
_NEVER_FIRST = ",;:!?)]}/\"'”’"  # what follows a dollar that is none of a formula
# Of what may be prices: the first, signs of maths, words, and the end of the last.
_PRICE = re.compile(r"[0-9][^\\^_{}=<>+*|]*\s[^\W\d_]{2,}")
_NO_PRICE = re.compile(r"[\\^_{}=<>+*|]|\s(?:mod|div|gcd|lcm|log|ln|exp|sin|cos|tan|min|max)\b")
_LAST_PRICE = re.compile(r"(?:[0-9][kKmMbB]?n?|\b(?:US|HK|CA|AU|NZ|SG|NT|MX|[ACSR]))\Z")
_ENDS = ")]}>|'′*"  # beside letters and digits, what ends a thing


def inline(text: str) -> list[Span]:
    """The spans of a paragraph; their sources together are the paragraph."""
    taken = list(_taken(text)) if "$" in text or "`" in text else []
    marks, emphatic = _emphasis(text, taken)
    spans: list[Span] = []
    start = 0
    for first, last, kind, inner in sorted([*taken, *marks]):
        spans += _prose(text[start:first], _within(start, emphatic))
        spans.append(Span(kind, inner, text[first:last], _within(first, emphatic)))
        start = last
    return spans + _prose(text[start:], emphasis=False)


def formulas_in(text: str) -> Iterator[tuple[int, int]]:
    """Where the formulas of a paragraph begin and end, with their dollars."""
    if "$" in text:
        yield from ((at, end) for at, end, kind, _ in _taken(text) if kind is SpanKind.MATH)


def _prose(source: str, emphasis: bool) -> list[Span]:
    if not source:
        return []
    shown = re.sub(_ESCAPED, r"\1", source) if "\\" in source else source
    return [Span(SpanKind.TEXT, shown, source, emphasis)]


def _within(place: int, ranges: list[tuple[int, int]]) -> bool:
    at = bisect_right(ranges, place, key=itemgetter(0)) - 1
    return at >= 0 and place < ranges[at][1]


def _taken(text: str) -> Iterator[_Taken]:
    """Code and formulas, in order."""
    runs = _runs(text)
    opened: tuple[int, int] | None = None  # the dollars that may begin a formula
    at = 0
    while stop := _STOPS.search(text, at):
        start, at = stop.span()
        if stop[0][0] == "\\":
            continue
        if stop[0][0] == "`":
            end = _partner(runs, start, at)
            if end is not None:
                yield start, end + at - start, SpanKind.CODE, _code(text[at:end])
                at, opened = end + at - start, None
            continue
        here = (start, at)
        if opened and stop[0] == "$$" and opened[1] - opened[0] == 1:
            here = (start, start + 1)  # $a$$b$ are two formulas
        if opened and _closes(text, opened, here):
            yield opened[0], here[1], SpanKind.MATH, text[opened[1] : here[0]]
            opened = (here[1], at) if here[1] < at else None
        else:
            opened = (start, at)


def _runs(text: str) -> dict[int, list[int]]:
    """Where runs of backticks begin, by their length."""
    runs: dict[int, list[int]] = {}
    for run in re.finditer("`+", text):
        runs.setdefault(len(run[0]), []).append(run.start())
    return runs


def _partner(runs: dict[int, list[int]], start: int, end: int) -> int | None:
    """Where the next run of backticks as long as this one begins."""
    places = runs.get(end - start, [])
    after = bisect_right(places, start)
    return places[after] if after < len(places) else None


def _code(inner: str) -> str:
    inner = inner.replace("\n", " ")
    # One space on either side only keeps a backtick of the code from those around it.
    if inner.strip() and inner[0] == inner[-1] == " ":
        return inner[1:-1]
    return inner


def _closes(text: str, opened: tuple[int, int], here: tuple[int, int]) -> bool:
    """Whether the dollars at ``here`` end the formula that those at ``opened`` began."""
    inner = text[opened[1] : here[0]]
    if opened[1] - opened[0] != here[1] - here[0] or not inner.strip():
        return False
    if here[1] - here[0] == 2:
        return True
    before, after = text[: opened[0]][-1:], text[here[1] : here[1] + 1]
    if inner[0].isspace() or inner[-1].isspace() or after.isdecimal():
        return False
    if may_be_prices(inner) and (after.isalpha() or _LAST_PRICE.search(inner)):
        return False
    if inner[0] in _NEVER_FIRST or (before.isalnum() and inner[0] not in _HANGS):
        return False
    ends = inner[-1].isalnum() or inner[-1] in _ENDS
    return ends or not (after.isalpha() or after in {"_", "{"})


def may_be_prices(inner: str) -> bool:
    """Whether what stands between dollars begins like a price, has a word, and no sign of maths."""
    return bool(_PRICE.match(inner)) and not _NO_PRICE.search(inner)


def _emphasis(text: str, taken: list[_Taken]) -> tuple[list[_Taken], list[tuple[int, int]]]:
    """The marks that begin and end an emphasis, and the stretches between them, in order."""
    if "*" not in text and "_" not in text:
        return [], []
    found: list[tuple[int, int, int]] = []  # opening mark's start, closing mark's start, length
    opened: dict[str, int] = {}
    ranges = [(first, last) for first, last, _, _ in taken]
    for mark in re.finditer(_MARKS, text, re.DOTALL):
        start, end = mark.span()
        sign = mark[0]
        if sign[0] == "\\" or len(sign) > _LONGEST_MARK[sign[0]] or _within(start, ranges):
            continue
        before, after = text[start - 1 : start] if start else "", text[end : end + 1]
        if sign in opened and _ends_emphasis(before, after):
            found.append((opened[sign], start, len(sign)))
            opened = {}  # nothing begins within an emphasis and ends behind it
        elif _begins_emphasis(before, after):
            opened[sign] = start
    marks = [
        (at, at + length, SpanKind.MARK, "") for *places, length in found for at in sorted(places)
    ]
    inner = [(first + length, last) for first, last, length in found]
    return marks, inner


def _begins_emphasis(before: str, after: str) -> bool:
    return not before.isalnum() and bool(after.strip()) and after not in ")]}>.,;:!?*_"


def _ends_emphasis(before: str, after: str) -> bool:
    return not after.isalnum() and bool(before.strip()) and before not in "([{<*_"
