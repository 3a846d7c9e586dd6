r"""Markdown as other programs read it, and our text, which is much the same.

Formulas differ: there they stand between ``\\(`` and ``\\)``, with backslashes before signs that
would be read as emphasis. Angle brackets begin a tag there, and square ones a picture or a link.
"""

from __future__ import annotations

import re
from html import unescape
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from quizcli.quiz.inline import SpanKind
from quizcli.quiz.markup import spans

if TYPE_CHECKING:
    from collections.abc import Callable

_FORMULA = re.compile(
    r"\\?\\\((?P<round>(?:(?!\\\\?[()]).){1,2000})\\?\\\)"
    r"|\\?\\\[(?P<square>(?:(?!\\\\?[\[\]]).){1,2000})\\?\\\]",
    re.DOTALL,
)
_PICTURE = re.compile(r"!\[([^\[\]\n]{0,500})\]\([^()\n]{0,5000}\)")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()<>#+\-.!])")
_ESCAPES = re.compile(r"[\\`*_\[\]]")
_DOLLAR = re.compile(r"(?<!\\)\$")
_ESCAPED_DOLLAR = re.compile(r"(?<!\\)\\\$")
# Two dollars that others read as those of a formula: Pandoc's rule, and no word about prices.
_PAIRED = re.compile(r"(?<!\\)\$(?!\s)[^$]+(?<![\s\\])\$(?!\d)")
_ENTITY = re.compile(r"&(?=[#A-Za-z])")
_TAG = re.compile(r"<(?=[A-Za-z/!?])")
# What would fetch a picture, which our text has none of, or be a link that may run something.
_FETCHED = re.compile(r"!(?=\[)")
_LINKED = re.compile(r"(?<=\])[(:](?!\s*https?://)")


class MarkdownText(NamedTuple):
    """Our text, and how many pictures the source had, whose descriptions alone are kept."""

    text: str
    pictures: int = 0


def from_markdown(source: str) -> MarkdownText:
    """Our text for Markdown."""
    if not any(sign in source for sign in "\\&!"):
        return MarkdownText(source)
    pictures = 0

    def changed(prose: str) -> str:
        nonlocal pictures
        prose, found = _PICTURE.subn(lambda match: f"[{match[1] or 'picture'}]", prose)
        pictures += found
        parts: list[str] = []
        at = 0
        for match in _FORMULA.finditer(prose):
            signs = "$$" if match["square"] else "$"
            inner = unescape(_ESCAPED.sub(r"\1", match["round"] or match["square"])).strip()
            parts += [unescape(prose[at : match.start()]), f"{signs}{inner}{signs}"]
            at = match.end()
        return "".join([*parts, unescape(prose[at:])])

    return MarkdownText(_without_needless(_outside_code(source, changed)), pictures)


def _without_needless(text: str) -> str:
    """A text whose prices have no backslash where it is read as the same without."""
    bare = _outside_code(text, lambda prose: _ESCAPED_DOLLAR.sub("$", prose))
    return bare if _read(bare) == _read(text) else text


def _read(text: str) -> list[tuple[SpanKind, str]]:
    return [
        (kind, "".join(span.text for span in same))
        for kind, same in groupby(spans(text), key=lambda span: span.kind)
    ]


def to_markdown(text: str) -> str:
    """Markdown that other programs show as ours is shown."""
    return "".join(
        span.source if span.kind is SpanKind.CODE else _written(span.source, span.kind)
        for span in spans(text)
    )


def to_dollars(text: str) -> str:
    """Markdown in which formulas stand between dollars, as they do here, and others as prices."""
    return "".join(
        span.source
        if span.kind in {SpanKind.CODE, SpanKind.MATH}
        else _harmless(_prices(span.source))
        for span in spans(text)
    )


def _prices(prose: str) -> str:
    """Prose in which no two dollars are those of a formula to anybody."""
    return _DOLLAR.sub(r"\\$", prose) if _PAIRED.search(prose) else prose


def _written(source: str, kind: SpanKind) -> str:
    if kind is not SpanKind.MATH:
        return _harmless(source)
    display = source.startswith("$$")
    inner = _ESCAPES.sub(r"\\\g<0>", source.strip("$"))
    return _harmless(f"\\\\[{inner}\\\\]" if display else f"\\\\({inner}\\\\)")


def _harmless(text: str) -> str:
    return without_links(_TAG.sub("&lt;", _ENTITY.sub("&amp;", text)))


def without_links(text: str) -> str:
    """Markdown in which no picture is fetched and no link runs anything; a page of the web may be
    linked."""
    return _LINKED.sub(lambda sign: f"&#{ord(sign[0])};", _FETCHED.sub("&#33;", text))


def _outside_code(text: str, change: Callable[[str], str]) -> str:
    """A text whose stretches without code are changed."""
    parts: list[str] = []
    prose: list[str] = []
    for span in spans(text):
        if span.kind is SpanKind.CODE:
            parts += [change("".join(prose)), span.source]
            prose = []
        else:
            prose.append(span.source)
    return "".join([*parts, change("".join(prose))])
