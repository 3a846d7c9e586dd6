"""Texts of other formats as ours, each by its markup; what they lose is noted with their line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from quizcli.formats.html_text import ReducedText, from_html, has_html
from quizcli.formats.losses import Loss
from quizcli.formats.markdown_text import from_markdown
from quizcli.formats.plain_text import from_plain
from quizcli.quiz.markup import Code, MarkupTable, blocks, stretches

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from quizcli.formats.sources import SourceText

# What no text of a bank may hold.
_CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_RULE = re.compile(r"[\s|:-]*-[\s|:-]*\Z")  # what may be the line below the head of a table
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
    """Lines that were written as such: each a paragraph, but for items, what is indented, and the
    rows of a table; code between fences stays as it is."""
    if "\n" not in text:
        return from_plain(text)
    parts: list[str] = []
    apart = True
    for code, lines in stretches(text.split("\n")):
        if code and _is_fenced(lines):
            parts.append("\n".join(lines))
            apart = True
            continue
        rows = set(_rows_below(lines))
        for at, line in enumerate(lines):
            if not apart and line.strip() and (_OWN_LINE.match(line) or at in rows):
                parts[-1] += f"\n{from_plain(line)}"
            elif line.strip():
                parts.append(from_plain(line))
            apart = not line.strip()
    return "\n\n".join(parts)


def _is_fenced(lines: Sequence[str]) -> bool:
    """Whether code stands between two fences."""
    [code] = blocks("\n".join(lines))
    return isinstance(code, Code) and len(code.lines) == len(lines) - 2


def _rows_below(lines: Sequence[str]) -> Iterator[int]:
    """Which of these lines are those of a table below its first one."""
    at = 0
    while at < len(lines):
        start = at
        at += 1
        if "|" in lines[start] and _RULE.match("".join(lines[at : at + 1])):
            table = blocks("\n".join(lines[start:]))[0]
            at += 1 + len(table.rows) if isinstance(table, MarkupTable) else 0
            yield from range(start + 1, at)
