"""Texts of other formats as ours, each by its markup; what they lose is noted with their line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from quizcli.formats.html_text import ReducedText, from_html, has_html
from quizcli.formats.losses import Loss
from quizcli.formats.markdown_text import from_markdown
from quizcli.formats.plain_text import from_plain

if TYPE_CHECKING:
    from quizcli.formats.sources import SourceText

# What no text of a bank may hold.
_CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
# A line that stands below another one as it is: an item, or one that is indented.
_OWN_LINE = re.compile(r"(?:[-*+]|\d{1,9}[.)]) +\S|  ")


def bank_text(text: SourceText | None, line: int, losses: list[Loss]) -> str:
    """Our text; "" for none."""
    if text is None or not text.text:
        return ""
    if text.markup == "markdown":
        markdown = from_markdown(text.text)
        reduced = ReducedText(markdown.text, ("picture",) * markdown.pictures)
    elif text.markup == "html":
        reduced = from_html(text.text)
    elif text.markup == "moodle" and has_html(text.text):
        reduced = from_html(text.text.replace("\n", "<br>"))
    else:
        reduced = ReducedText(_paragraphs(text.text))
    losses += [Loss(line, what) for what in reduced.lost]
    return cleaned(reduced.text, line, losses)


def cleaned(text: str, line: int, losses: list[Loss]) -> str:
    """A text without what no bank may hold."""
    if _CONTROL.search(text):
        text = text.expandtabs(4)
        text, count = _CONTROL.subn("", text)
        losses += [Loss(line, "control character")] * count
    return text.strip("\n").rstrip()


def _paragraphs(text: str) -> str:
    """Lines that were written as such: each a paragraph, but for items and what is indented."""
    if "\n" not in text:
        return from_plain(text)
    lines: list[str] = []
    for line in text.split("\n"):
        if lines and not _OWN_LINE.match(line):
            lines.append("")
        lines.append(from_plain(line))
    return re.sub("\n{3,}", "\n\n", "\n".join(lines))
