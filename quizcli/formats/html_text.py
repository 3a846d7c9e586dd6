"""HTML as our text: paragraphs, lists, tables, code and emphasis stay, the rest is told as lost.

A reader of tags of its own, which takes anything, in one pass: broken HTML is what teachers paste.
"""

from __future__ import annotations

import re
from html import unescape
from typing import NamedTuple

from quizcli.formats.html_blocks import BlockWriter, only_aligns
from quizcli.formats.plain_text import from_plain

_TOKEN = re.compile(
    r"<(?P<end>/?)(?P<name>[a-zA-Z][\w:-]*+)"
    r"(?P<attributes>(?:[^<>\"']++|\"[^\"<]*+\"|'[^'<]*+'|[\"'])*+)>"
    r"|<!--|<[!?/][^<>]*>"
)
_ATTRIBUTE = re.compile(r"""([\w:-]++)\s*+(?:=\s*+("[^"]*+"|'[^']*+'|[^\s"'>]++))?""")
_PARAGRAPH = re.compile(r"<p>([^<&]*)</p>\s*\Z")
_KNOWN = re.compile(
    r"</?(?:p|br|b|strong|i|em|u|s|ul|ol|li|div|span|pre|code|tt|kbd|samp|sub|sup|a|img|table|tr|td"
    r"|th|h[1-6]|hr|font|center|blockquote|small|big|script|style|iframe|video|audio)"
    r"(?:\s*/?|\s+[\w:-]+\s*=[^<>]*)>"
    r"|&(?:[a-zA-Z]{2,8}|#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6});",
    re.IGNORECASE,
)
_VOID = {
    "br", "hr", "img", "input", "wbr", "source", "track", "col", "area", "base", "link", "meta",
    "embed", "param",
}  # fmt: skip
_HIDES = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d])", re.IGNORECASE
)
_DROPPED = {
    "script": "script",
    "style": "style sheet",
    "iframe": "embedded page",
    "object": "embedded object",
    "video": "video",
    "audio": "sound file",
    "svg": "drawing",
    "canvas": "drawing",
    "select": "form field",
    "textarea": "form field",
    "button": "form field",
    "template": "hidden passage",
    "noscript": "hidden passage",
    "head": "",
    "title": "",
}
_LOST_MARKS = {
    "u": "underlined passage",
    "ins": "underlined passage",
    "mark": "highlighted passage",
}
_LOST_MARKS |= dict.fromkeys(["s", "strike", "del"], "struck-out passage")
_MATHML = "MathML formula"


class ReducedText(NamedTuple):
    """Our text, and what the source had beside it, a noun for each."""

    text: str
    lost: tuple[str, ...] = ()


def has_html(text: str) -> bool:
    """Whether a text that may hold HTML does."""
    return ("<" in text or "&" in text) and _KNOWN.search(text) is not None


def from_html(source: str) -> ReducedText:
    """Our text for HTML."""
    whole = _PARAGRAPH.match(source)
    inner = whole[1] if whole else source
    if "<" not in inner and "&" not in inner and inner.isprintable():
        return ReducedText(from_plain(" ".join(inner.split())))  # as most texts are
    writer = BlockWriter()
    at = 0
    while match := _TOKEN.search(source, at):
        writer.text(unescape(source[at : match.start()]))
        if match["name"]:
            at = _tag(writer, source, match)
        elif match[0] == "<!--":
            end = source.find("-->", match.end())
            at = end + 3 if end >= 0 else len(source)
        else:
            at = match.end()
    writer.text(unescape(source[at:]))
    return ReducedText(writer.finished(), tuple(writer.lost))


def _tag(writer: BlockWriter, source: str, match: re.Match[str]) -> int:
    """Write what a tag means; where to go on behind it, and behind what it hides."""
    name = match["name"].lower()
    if match["end"]:
        writer.close(name)
        return match.end()
    attributes = _attributes(match["attributes"])
    lost = _DROPPED.get(name)
    if lost is None and ("hidden" in attributes or _HIDES.search(attributes.get("style", ""))):
        lost = "hidden passage"
    if lost is not None:
        writer.lose(lost)
        alone = name in _VOID or match["attributes"].endswith("/")
        return match.end() if alone else _behind(source, name, match.end())
    if name in _LOST_MARKS:
        writer.lose(_LOST_MARKS[name])
    elif name == "math":
        writer.lose(_MATHML)
    elif ("style" in attributes or "color" in attributes) and not only_aligns(name, attributes):
        writer.lose("styled passage")
    writer.open(name, attributes)
    return match.end()


def _attributes(source: str) -> dict[str, str]:
    if not source:
        return {}
    found = _ATTRIBUTE.findall(source)
    return {name.lower(): unescape(value.strip("\"'")) for name, value in found}


def _behind(source: str, name: str, at: int) -> int:
    """Behind the end of an element, elements of its name within it passed over; behind the source,
    where it has no end."""
    depth = 1
    for match in re.compile(rf"<(/?){re.escape(name)}\b[^<>]*>", re.IGNORECASE).finditer(
        source, at
    ):
        depth += -1 if match[1] else not match[0].endswith("/>")
        if not depth:
            return match.end()
    return len(source)
