"""Texts of banks and of people as Markdown that every viewer shows as it was meant."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from quizcli.quiz.inline import SpanKind, inline
from quizcli.quiz.markup import Code, ListItem, MarkupTable, blocks
from quizcli.terminal.safe import neutral

if TYPE_CHECKING:
    from quizcli.quiz.inline import Span
    from quizcli.quiz.markup import Block

_MARK = re.compile(r"[&<>|`*_\[\]#\\~!$]")
_LIST = re.compile(r"\A([0-9]*)([-+.)])(?= |\Z)")


def md_text(text: str) -> str:
    """Text that Markdown and HTML read as text; maths becomes a code span within dollars, which
    some viewers typeset and all others show as it is."""
    return "".join(map(_md_span, inline(neutral(" ".join(text.split())))))


def md_typed(text: str) -> str:
    """What somebody typed: nothing in it is maths or code."""
    return _MARK.sub(_escaped, neutral(" ".join(text.split())))


def md_lines(text: str) -> str:
    """Lines that are shown as they are, as code."""
    lines = neutral(text).rstrip().split("\n")
    fence = "`" * max([3, *(len(run) + 1 for line in lines for run in re.findall("`+", line))])
    return "\n".join([fence, *lines, fence])


def md_blocks(text: str) -> str:
    """A text of a bank with its code, lists and tables."""
    return "\n\n".join(filter(None, map(_md_block, blocks(text.strip()))))


def _md_block(block: Block) -> str:
    if isinstance(block, Code):
        return md_lines("\n".join(block.lines))
    if isinstance(block, ListItem):
        sign = block.sign if block.sign[0].isdigit() else "-"
        return f"{' ' * block.indent}{sign} {md_text(block.text)}"
    if isinstance(block, MarkupTable):
        rules = dict.fromkeys(block.right, "--:") | dict.fromkeys(block.centred, ":-:")
        rule = [rules.get(at, "---") for at in range(len(block.head))]
        rows = [map(md_text, block.head), rule, *(map(md_text, row) for row in block.rows)]
        return "\n".join(f"| {' | '.join(row)} |" for row in rows)
    # A line of text that begins like an item of a list is none.
    return _LIST.sub(r"\1\\\2", md_text(block.text))


def _md_span(span: Span) -> str:
    if span.kind is SpanKind.MATH:
        return "$`" + span.text.replace("`", "").replace("|", "\\vert ") + "`$"
    if span.kind is SpanKind.CODE:
        return span.source.replace("|", "\\|")
    return span.source if span.kind is SpanKind.MARK else _MARK.sub(_escaped, span.text)


def _escaped(found: re.Match[str]) -> str:
    return {"&": "&amp;", "<": "&lt;", ">": "&gt;"}.get(found[0], f"\\{found[0]}")
