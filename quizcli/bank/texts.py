"""What an author should know about the texts of a bank: dollars and formulas that may not be shown
as they were meant, options that nearly look alike. Notes, and one fault: options that do.

How formulas are shown is handed in, since a bank does not reach into the terminal.
"""

from __future__ import annotations

import re
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from quizcli.bank.alike import folded, look
from quizcli.bank.faults import Fault, Level
from quizcli.bank.places import TextPlaces
from quizcli.quiz.inline import SpanKind, may_be_prices
from quizcli.quiz.markup import spans
from quizcli.quiz.model import Place

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from quizcli.bank.nodes import Node
    from quizcli.quiz.model import Bank, Question

_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")
# Between two dollars that are shown as they are: what nobody writes but in a formula.
_TEX = re.compile(r"\\[A-Za-z]|\^|_\{|(?<![\w$])[A-Za-z]_[A-Za-z0-9](?!\w)|\A\s?[A-Za-z]\s?[=<>≤≥]")
_LETTER = re.compile(r"\s?[A-Za-z]\s?\Z")
# In a formula: two words beside each other, which TeX would set without their space.
_WORDS = re.compile(r"(?<![\\A-Za-z])[A-Za-z]{2,} +[A-Za-z]{2,}")
# And behind a number a word by itself, or what only the columns of an array have.
_FUNCTION = r"(?:mod|div|gcd|lcm|log|exp|sin|cos|tan|min|max)\b"
_PRICED = re.compile(
    rf"[0-9](?:.*(?<![\\A-Za-z0-9{{_^])(?!{_FUNCTION})[A-Za-z]{{3,}}|[^\\]*&)", re.DOTALL
)
# A number alone is a formula as good as any, unless its text is about money or it is a range.
_BARE = re.compile(r"[0-9][0-9.,]*(?:[-–][0-9][0-9.,]*)?[kKM]?\Z")
_MONEY = re.compile(
    r"\b(?:costs|price[sd]?|paid|dollars?|USD|cheaper|expensive|salary|wages?|bought|sold|fees?)\b",
    re.IGNORECASE,
)
_BRACED = re.compile(r"\{[^{}]*\}")  # such as what is computed of variables
# Where they are meant: in \text, and as the hint of a gap.
_MEANT = re.compile(r"\\(?:text|operatorname|mbox)[a-z]*\*?\{[^}]*\}|\[\[[^\]]*?::")


# Of code in a window of 80 columns, beside the letter of an option.
WIDEST_CODE = 72
# Where in a text, and a note's code, what is seen and how to mend it.
_Noted = tuple[int, str, str, str]


class Notation(NamedTuple):
    """How a screen shows formulas: (what, how to mend it) of a formula's source, and a whole text
    as it is shown."""

    complaints: Callable[[str], list[tuple[str, str]]]
    shown: Callable[[str], str]


def text_notes(
    bank: Bank, root: Node, notation: Notation | None, source: Sequence[str]
) -> Iterator[Fault]:
    """What each text of a bank gives to say, in the order of the file, whose lines are those of its
    ``source``."""
    drawings = _drawings(root)
    for node in root.texts():
        if _BIDI.search(node.text):
            what = "a text changes the writing direction with a hidden character"
            fix = "remove it, unless you know why it is there"
            yield Fault(Place(bank.file, node.line, node.column), "bidi", what, fix, Level.NOTE)
        found = [*_wide_code(node)]
        if "$" in node.text and id(node) not in drawings:
            found += (*_dollars(node), *_formulas(node, notation))
        if found:
            places = TextPlaces(node, source)
            for at, code, what, fix in found:
                place = Place(bank.file, *places.of(at))
                yield Fault(place, code, what, fix, Level.NOTE)


def _wide_code(node: Node) -> Iterator[_Noted]:
    """Lines of code that a screen has no room for: they are not wrapped."""
    at = 0
    for span in spans(node.text) if re.search(r"\n    |```|~~~", node.text) else ():
        if span.kind is SpanKind.CODE and span.text == span.source:
            for line in re.finditer(r".+", span.source):
                width = len(line[0].expandtabs(4))
                if width > WIDEST_CODE:
                    what = f"a line of code has {width} columns, and its end is cut off on a screen"
                    fix = f"keep code within {WIDEST_CODE} columns"
                    yield at + line.start(), "wide-code", what, fix
        at += len(span.source)


def _drawings(root: Node) -> set[int]:
    """The texts of figures, which are shown as they are."""
    found = set()
    for question in root.listed("questions"):
        for key, value in zip(question.items or (), (question.items or [])[1:], strict=False):
            if key.text == "figure" and value.items:
                found |= {id(node) for node in value.texts()}
    return found


def _dollars(node: Node) -> Iterator[_Noted]:
    at = 0
    for span in spans(node.text):
        if span.kind is SpanKind.TEXT and "$" in span.source:
            for dollar, inner in _left_over(span.source):
                what = f"'${inner[:30]}' is read as dollars, not as a formula"
                fix = "close the formula with a '$', or write '\\$' for a dollar"
                if inner.endswith("$"):
                    fix = "a formula has no space just inside its dollars and no digit after them; "
                    fix += "'\\$' is a dollar"
                yield at + dollar, "dollar", what, fix
        elif span.kind is SpanKind.MATH and (
            may_be_prices(span.text)
            or _WORDS.search(bare := _MEANT.sub("", span.text))
            or _PRICED.match(_BRACED.sub("", bare))
            or (_BARE.match(span.text) and ("–" in span.text or _MONEY.search(node.text)))
        ):
            what = f"'{span.source[:30]}' is read as a formula, and loses its dollars"
            fix = "write '\\$' for a dollar, and words of a formula as \\text{…}"
            yield at, "dollar", what, fix
        at += len(span.source)


def _left_over(text: str) -> Iterator[tuple[int, str]]:
    """Dollars with what stands behind them, where that looks like a formula."""
    places = [found.start() for found in re.finditer(r"(?<!\\)\$", text)]
    last = -1
    for place, following in zip(places, [*places, len(text)][1:], strict=True):
        inner = text[place + 1 : following].partition("\n\n")[0]
        paired = following < len(text)
        telling = _TEX.search(inner) or _LETTER.match(inner) if paired else _TEX.search(inner[:20])
        if place > last and telling:
            yield place, text[place + 1 : following + 1].partition("\n\n")[0]
            last = following


def _formulas(node: Node, notation: Notation | None) -> Iterator[_Noted]:
    at = 0
    for span in spans(node.text):
        if span.kind is SpanKind.MATH and notation:
            for what, fix in notation.complaints(span.text):
                yield at, "formula", what, fix
        at += len(span.source)


def option_notes(question: Question, notation: Notation | None) -> Iterator[Fault]:
    """Options that look the same once their formulas are set, or differ by what may be a slip."""
    for one, other in combinations(question.options, 2):
        if not (one.text and other.text):
            continue
        if notation and look(notation.shown(one.text)) == look(notation.shown(other.text)):
            what = f"options '{one.id}' and '{other.id}' look the same: '{other.text[:60]}'"
            yield Fault(other.place, "alike", what, "make them differ, or remove one")
        elif folded(one.text) == folded(other.text):
            what = f"options '{one.id}' and '{other.id}' are nearly the same: '{other.text[:60]}'"
            fix = "they differ only in capitals, spaces or a full stop: is that intended?"
            yield Fault(other.place, "nearly-alike", what, fix, Level.NOTE)
