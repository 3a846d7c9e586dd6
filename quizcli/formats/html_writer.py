r"""Our text as HTML and XML at once: paragraphs, lists, code, emphasis, formulas as ``\(x\)``."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape

from quizcli.formats.html_text import from_html
from quizcli.formats.losses import Loss
from quizcli.quiz.inline import SpanKind
from quizcli.quiz.markup import spans

_FENCE = re.compile(r"(`{3,})[^\n]*\n(.*?)\n?\1`*\Z", re.DOTALL)
_ITEM = re.compile(r"- |[0-9]{1,3}\. ")
_SOFT = re.compile(r"(?<=[^\n])\n(?=[^\s`|>#*+-])(?![0-9]{1,9}[.)] )")
_TAGS = {"*": "em", "_": "em", "**": "strong", "__": "strong"}


def to_html(text: str, losses: list[Loss]) -> str:
    """HTML that reads as the text does; what it cannot say is noted."""
    written = "".join(_block(block) for block in _blocks(text.strip()))
    back = from_html(written)
    # A line within a paragraph ends where it was convenient.
    if back.lost or back.text not in {text.strip(), _SOFT.sub(" ", text.strip())}:
        losses.append(Loss(0, "formatted text", "", "written in another format"))
    return written


def _blocks(text: str) -> list[str]:
    """Stretches between empty lines; code is one, whatever lines it has."""
    blocks: list[str] = []
    inner: list[str] = []
    fence = ""
    for line in text.split("\n"):
        if fence or line.startswith("```"):
            if not fence and inner:
                blocks.append("\n".join(inner))
                inner = []
            inner.append(line)
            if fence and line.startswith(fence):
                fence = ""
                blocks.append("\n".join(inner))
                inner = []
            elif not fence:
                fence = line[: len(line) - len(line.lstrip("`"))]
        elif line.strip():
            if inner and _ITEM.match(line) and not _ITEM.match(inner[-1]):
                blocks.append("\n".join(inner))
                inner = []
            inner.append(line)
        elif inner:
            blocks.append("\n".join(inner))
            inner = []
    return [*blocks, "\n".join(inner)] if inner else blocks


def _block(block: str) -> str:
    if code := _FENCE.match(block):
        return f"<pre>{escape(code[2])}</pre>"
    lines = block.split("\n")
    if all(line.startswith("- ") for line in lines):
        return "<ul>" + "".join(f"<li>{_inline(line[2:])}</li>" for line in lines) + "</ul>"
    if all(line.startswith(f"{n}. ") for n, line in enumerate(lines, 1)):
        items = (line.partition(" ")[2] for line in lines)
        return "<ol>" + "".join(f"<li>{_inline(item)}</li>" for item in items) + "</ol>"
    return f"<p>{_inline(block)}</p>"


def _inline(text: str) -> str:
    """A paragraph; a mark that is open is closed by the same one."""
    parts: list[str] = []
    opened: list[str] = []
    for span in spans(text):
        if span.kind is SpanKind.MARK:
            tag = _TAGS.get(span.source, "em")
            if tag in opened:
                opened.remove(tag)
                parts.append(f"</{tag}>")
            else:
                opened.append(tag)
                parts.append(f"<{tag}>")
        elif span.kind is SpanKind.CODE:
            parts.append(f"<code>{escape(span.text)}</code>")
        elif span.kind is SpanKind.MATH:
            inner = escape(span.text.strip())
            parts.append(rf"\[{inner}\]" if span.source.startswith("$$") else rf"\({inner}\)")
        else:
            parts.append(escape(span.text))
    return "".join(parts)
