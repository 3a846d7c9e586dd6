r"""Our text as HTML for other programs; formulas stand between ``\\(`` and ``\\)``."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

from quizcli.formats.html_text import from_html
from quizcli.formats.losses import Loss
from quizcli.quiz.inline import SpanKind, inline
from quizcli.quiz.markup import Code, ListItem, MarkupTable, MarkupText, blocks

if TYPE_CHECKING:
    from collections.abc import Iterable

    from quizcli.quiz.inline import Span

_SOFT = re.compile(r"(?<=[^\n])\n(?=[^\s`|>#*+-])(?![0-9]{1,9}[.)] )")
_MARKS = {"*": "em", "_": "em", "**": "strong"}


def to_html(text: str, losses: list[Loss]) -> str:
    """HTML that reads as the text does; what it cannot say is noted."""
    written = html_of(text)
    back = from_html(written)
    # A line within a paragraph ends where it was convenient.
    if back.lost or back.text not in {text.strip(), _SOFT.sub(" ", text.strip())}:
        losses.append(Loss(0, "formatted text", "", "written in another format"))
    return written


def html_of(text: str) -> str:
    """One paragraph as what stands in it, several as blocks."""
    found = blocks(text.strip())
    if len(found) == 1 and isinstance(found[0], MarkupText):
        return _inline(found[0].text)
    parts: list[str] = []
    listed = ""
    for block in found:
        kind = ("ol" if block.sign[0].isdigit() else "ul") if isinstance(block, ListItem) else ""
        if kind != listed:
            parts += [f"</{listed}>"] if listed else []
            parts += [f"<{kind}>"] if kind else []
            listed = kind
        if isinstance(block, ListItem):
            parts.append(f"<li>{_inline(block.text)}</li>")
        elif isinstance(block, Code):
            parts.append(
                f"<pre><code>{escape(chr(10).join(block.lines), quote=False)}</code></pre>"
            )
        elif isinstance(block, MarkupTable):
            parts.append(_table(block))
        elif block.text.strip():
            parts.append(f"<p>{_inline(block.text.strip())}</p>")
    return "".join([*parts, *([f"</{listed}>"] if listed else [])])


def _table(table: MarkupTable) -> str:
    aligned = dict.fromkeys(table.right, "right") | dict.fromkeys(table.centred, "center")
    styles = [f' style="text-align:{aligned[at]}"' if at in aligned else ""
              for at in range(len(table.head))]  # fmt: skip

    def row(name: str, cells: Iterable[str]) -> str:
        each = zip(styles, cells, strict=True)
        return "".join(f"<{name}{style}>{_inline(cell)}</{name}>" for style, cell in each)

    rows = [row("th", table.head), *(row("td", cells) for cells in table.rows)]
    return f"<table>{''.join(f'<tr>{cells}</tr>' for cells in rows)}</table>"


def _inline(text: str) -> str:
    parts: list[str] = []
    opened: list[str] = []
    for span in inline(" ".join(text.split("\n"))):
        name = _MARKS.get(span.source) if span.kind is SpanKind.MARK else None
        if name is None:
            parts.append(_span(span))
        elif name in opened:
            opened.remove(name)
            parts.append(f"</{name}>")
        else:
            opened.append(name)
            parts.append(f"<{name}>")
    return "".join([*parts, *(f"</{name}>" for name in reversed(opened))])


def _span(span: Span) -> str:
    text = escape(span.text, quote=False)
    if span.kind is SpanKind.CODE:
        return f"<code>{text}</code>"
    if span.kind is SpanKind.MATH:
        return rf"\[{text.strip()}\]" if span.source.startswith("$$") else rf"\({text.strip()}\)"
    return "" if span.kind is SpanKind.MARK else text
