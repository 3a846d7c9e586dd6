"""When two texts look the same, and when they nearly do.

A learner must be able to tell two options apart, and needs no more: capitals, a full stop, other
letters of the same shape (``Co`` and ``CO``, ``λ`` and ``Λ``) and indentation all can be seen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizcli.quiz.inline import SpanKind, inline
from quizcli.quiz.markup import Code, ListItem, MarkupTable, MarkupText, blocks

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from quizcli.quiz.model import Option


def look(text: str) -> str:
    """What is seen of a text: two with the same look cannot be told apart on a screen.

    Of formulas it is their source, so that two sources of one symbol are taken for two.
    """
    seen: list[str] = []
    for block in blocks(text):
        match block:
            case Code(lines):
                seen += [f"│ {line}".rstrip() for line in lines]
            case MarkupTable(head, rows):
                seen += [_seen(cell) for row in (head, *rows) for cell in row]
            case ListItem(indent, sign, words):
                seen.append(f"{' ' * indent}{sign} {_seen(words)}")
            case MarkupText(words):
                seen.append(_seen(words))
            case _:
                indent = len(block.text) - len(block.text.lstrip())
                seen.append(" " * indent + _seen(block.text))
    return _composed("\n".join(seen).rstrip())


def alike(parts: Iterable[Option]) -> Iterator[tuple[Option, Option]]:
    """Each that looks like one before it, behind that one."""
    looks: dict[str, Option] = {}
    for part in parts:
        first = looks.setdefault(look(part.text), part)
        if first is not part:
            yield first, part


def _seen(words: str) -> str:
    return " ".join("".join(span.text for span in inline(words)).split())


def _composed(text: str) -> str:
    if text.isascii():
        return text
    from unicodedata import normalize

    return normalize("NFC", text)


def folded(text: str) -> str:
    """What two texts have in common that differ by a slip: in capitals, width, a full stop.

    Within formulas capitals count (γ is not Γ), and raised or lowered signs do everywhere.
    """
    parts = [
        span.text if span.kind is SpanKind.MATH else span.text.casefold() for span in inline(text)
    ]
    return " ".join(_compatible("".join(parts)).split()).rstrip(". ")


def _compatible(text: str) -> str:
    """NFKC, but for signs that stand higher or lower: 2⁴ is not 24."""
    if text.isascii():
        return text
    from unicodedata import decomposition, normalize

    return "".join(
        sign if decomposition(sign).startswith(("<super>", "<sub>")) else normalize("NFKC", sign)
        for sign in normalize("NFC", text)
    )
