r"""Text in which signs mean themselves, as our text, where ``$``, `````, ``*`` and ``_`` may not.

Formulas are kept: those that other programs have between ``\(`` and ``\)``, ``\[`` and ``\]`` or
two dollars, and those between single dollars that look like one.
"""

from __future__ import annotations

import re

from quizcli.quiz.inline import SpanKind, formulas_in
from quizcli.quiz.markup import spans

_SIGNS = re.compile(r"[$`*_\\]")
_FORMULA = re.compile(
    r"\\\((?P<round>(?:(?!\\[()])[^\n]){1,1000})\\\)"
    r"|\\\[(?P<square>(?:(?!\\[\[\]]).){1,1000})\\\]"
    r"|\$\$(?P<double>[^$]{1,1000})\$\$"
    r"|(?<!\\)\$(?P<single>(?:(?!\\[()])[^$\n]){1,500})(?=\$)",
    re.DOTALL,
)
_TEX = re.compile(r"\\[A-Za-z]|[\^_]")
_WORD = re.compile(r"(?<![\\A-Za-z])[A-Za-z]{2,}")
_ESCAPABLE = frozenset("$`*_")


def from_plain(text: str) -> str:
    """Our text for one whose signs mean themselves."""
    if not _SIGNS.search(text):
        return text
    parts: list[str] = []
    start = at = 0
    while match := _FORMULA.search(text, at):
        kind = match.lastgroup or ""
        inner = match[kind].strip()
        end = match.end() + (kind == "single")
        if not inner or (kind == "single" and not _reads_as_formula(match[kind])):
            at = end - (kind == "single") if kind else end  # a dollar that opens nothing may close
            continue
        parts.append(_escaped(text[start : match.start()]))
        display = kind in {"square", "double"}
        if kind == "single" and not _TEX.search(inner):
            parts.append(match[0] + "$")
        else:
            parts.append(f"$${inner}$$" if display else _inline(text, match.start(), end, inner))
        start = at = end
    return "".join([*parts, _escaped(text[start:])])


def _reads_as_formula(inner: str) -> bool:
    if _TEX.search(inner):
        return True
    spaced = any(sign.isspace() for sign in inner)
    return inner == inner.strip() and not (spaced and _WORD.search(inner))


def _inline(text: str, start: int, end: int, inner: str) -> str:
    """A formula in dollars, with the spaces that it needs to be read as one (none in ``$n$th``)."""
    before, after = text[start - 1 : start].strip(), text[end : end + 1].strip()
    formula = f"${inner}$"
    ahead = " " if before and not _stands(before, formula, "") else ""
    behind = " " if after and not _stands("", formula, after) else ""
    return f"{ahead}{formula}{behind}"


def _stands(before: str, formula: str, after: str) -> bool:
    """Whether a formula is read as one between these signs."""
    place = (len(before), len(before) + len(formula))
    return place in formulas_in(f"{before}{formula}{after}")


def _escaped(text: str) -> str:
    """Prose with a backslash before each sign that would be read as more than itself."""
    if not _SIGNS.search(text):
        return text
    signs: set[str] = set()
    while True:  # a sign that is escaped may let another one be read
        found = re.sub(rf"([{''.join(sorted(signs))}])", r"\\\1", text) if signs else text
        read = spans(found)
        if "".join(span.text for span in read if span.kind is SpanKind.TEXT) == text:
            return found
        telling = {span.source[0] for span in read if span.kind is not SpanKind.TEXT}
        telling |= {span.source[at] for span in read for at in _after_backslash(span.source)}
        if telling & _ESCAPABLE <= signs:
            return found
        signs |= telling & _ESCAPABLE


def _after_backslash(text: str) -> list[int]:
    return [at + 1 for at, sign in enumerate(text[:-1]) if sign == "\\"] if "\\" in text else []
