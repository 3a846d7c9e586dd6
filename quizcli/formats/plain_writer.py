r"""Our text for formats in which signs mean themselves, but for formulas, ``\(x\)``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizcli.formats.losses import Loss
from quizcli.formats.plain_text import from_plain
from quizcli.quiz.inline import SpanKind
from quizcli.quiz.markup import spans

if TYPE_CHECKING:
    from quizcli.quiz.inline import Span


def to_plain(text: str, losses: list[Loss], *, one_line: bool = False) -> str:
    """A text as it reads without markup; the passages that were marked up are told."""
    read = spans(text.strip())
    if _is_marked(read):
        losses.append(Loss(0, "formatted text", "", "written without formatting"))
    elif _has_odd_dollars([span for span in read if span.kind is not SpanKind.CODE]):
        losses.append(Loss(0, "text with dollars", "texts with dollars", "written unchanged"))
    plain = "".join(map(_shown, read))
    if not one_line or "\n" not in plain:
        return plain
    losses.append(Loss(0, "text of several lines", "texts of several lines", "put on one line"))
    return " ".join(plain.split())


def dollar_losses(text: str) -> list[Loss]:
    """What is told where dollars of a text would be read as those of a formula."""
    if "$" not in text:
        return []
    again = from_plain("".join(map(_shown, spans(text))))
    if [part for part in _parts(again) if part[0]] == [part for part in _parts(text) if part[0]]:
        return []
    return [Loss(0, "text with dollars", "texts with dollars", "written unchanged")]


def _has_odd_dollars(read: list[Span]) -> bool:
    """Whether other formulas would be read of a text than it has."""
    again = from_plain("".join(map(_shown, read)))
    return _parts(again) != _parts("".join(span.source for span in read))


def _is_marked(read: list[Span]) -> bool:
    # A block of code stands between its fences also where signs mean themselves.
    return any(
        span.kind is SpanKind.MARK or (span.kind is SpanKind.CODE and span.text != span.source)
        for span in read
    )


def _parts(text: str) -> list[tuple[bool, str]]:
    """What is a formula of a text, and what is not: as long as it is the same, so is the text."""
    found: list[tuple[bool, str]] = []
    for span in spans(text):
        formula = span.kind is SpanKind.MATH
        if found and not formula and not found[-1][0]:
            found[-1] = (False, found[-1][1] + span.text)
        else:
            found.append((formula, span.text.strip() if formula else span.text))
    return found


def _shown(span: Span) -> str:
    if span.kind is SpanKind.MARK:
        return ""
    if span.kind is not SpanKind.MATH:
        return span.text
    inner = span.text.strip()
    return rf"\[{inner}\]" if span.source.startswith("$$") else rf"\({inner}\)"
