r"""A cloze: one text with gaps, and a flashcard for each of them.

A gap is written ``[[ID::ANSWER]]``, or ``[[ID|HINT::ANSWER]]`` with a hint that stands in its
place. The id comes first and is short, so everything after the first ``::`` is the answer, colons
and bars included; a gap ends at the last two brackets of the first run of two or more, so an
answer may end in one (``[[x::a[i]]]``). Braces mean nothing here and keep their place in formulas;
a gap may stand within a formula, and a formula within a gap. ``\[[`` and ``\]]`` are brackets, and
so are those in code, unless they are written as a gap: ``[[ -f x ]]`` belongs to its backticks.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from quizcli.quiz.kinds.base import Kind, Slip

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quizcli.quiz.model import Question

OPEN, CLOSE = "[[", "]]"
ELLIPSIS = "…"
_STOPS = r"\\(?:\[\[|\]\])|\[\[|\]\](?!\])"
_HEAD = r"\[\[\s*[a-z0-9][a-z0-9_-]*\s*(\|[^\[\]]*)?::"  # of a gap that has an id
_ID = r"[a-z0-9][a-z0-9_-]{0,63}\Z"


class Gap(NamedTuple):
    """A gap of a text; ``hint`` may be empty."""

    id: str
    answer: str
    hint: str = ""


def gaps(text: str) -> list[Gap]:
    """The gaps of a text, in its order."""
    return [part for _, part in _parts(text) if isinstance(part, Gap)]


def filled(text: str, hidden: str = "", marked: str = "") -> str:
    """The text with its answers in their places.

    The gap ``hidden`` shows its hint, or an ellipsis, in brackets; the gap ``marked`` its answer
    in brackets.
    """
    shown = []
    for _, part in _parts(text):
        if not isinstance(part, Gap):
            shown.append(part)
        elif part.id == hidden:
            shown.append(f"[{part.hint or ELLIPSIS}]")
        else:
            shown.append(f"[{part.answer}]" if part.id == marked else part.answer)
    return "".join(shown)


def _parts(text: str) -> Iterator[tuple[int, str | Gap]]:
    """Texts and gaps in turn, each with where it begins. A gap that has no end is text."""
    start = 0  # of what was not handed out yet
    opened: int | None = None
    for stop in _stops(text):
        if stop[0] == OPEN and opened is None:
            opened = stop.start()
        elif stop[0] == CLOSE and opened is not None:
            yield start, _plain(text[start:opened])
            yield opened, _gap(text[opened + len(OPEN) : stop.start()])
            start, opened = stop.end(), None
    yield start, _plain(text[start:])


def _stops(text: str) -> Iterator[re.Match[str]]:
    """The brackets that begin and end gaps, and those that were escaped."""
    code, is_open, nested = _code(text), False, 0  # brackets of the code's own that are open
    for stop in re.finditer(_STOPS, text):
        inside = any(stop.start() in stretch for stretch in code)
        nested *= inside
        if stop[0] == OPEN:
            if inside and not re.match(_HEAD, text[stop.start() :]):
                nested += 1
                continue
            is_open = True
        elif stop[0] == CLOSE:
            if inside and (nested or not is_open):
                nested = max(0, nested - 1)
                continue
            is_open = False
        yield stop


def _code(text: str) -> list[range]:
    """Where code stands."""
    from quizcli.quiz.inline import SpanKind
    from quizcli.quiz.markup import spans

    found, at = [], 0
    for span in spans(text):
        if span.kind is SpanKind.CODE:
            found.append(range(at, at + len(span.source)))
        at += len(span.source)
    return found


def _gap(inner: str) -> Gap:
    before, colons, answer = inner.partition("::")
    if not colons:  # more often the answer than an id
        return Gap("", _plain(inner.strip()))
    id, _, hint = before.partition("|")
    return Gap(id.strip(), _plain(answer.strip()), _plain(hint.strip()))


def _plain(text: str) -> str:
    return text.replace("\\[[", OPEN).replace("\\]]", CLOSE)


def _unsound(text: str) -> list[Slip]:
    opened = _unclosed(text)
    if opened is not None:
        excerpt = text[opened : opened + 20].partition("\n")[0]
        fix = f"end it with '{CLOSE}', or write '\\{OPEN}' for two brackets"
        return [(opened, f"the gap '{excerpt}' is not closed", fix)]
    found = [(at, part) for at, part in _parts(text) if isinstance(part, Gap)]
    stray = _stray(text)
    if not found and not stray:
        return [(0, "the text has no gap", "write one as [[id::answer]], or [[id|hint::answer]]")]
    slips: list[Slip] = list(stray)
    seen: set[str] = set()
    for at, gap in found:
        if (complaint := _unsound_gap(gap, seen)) is not None:
            slips.append((at, *complaint))
        seen.add(gap.id)
    return slips


def _unclosed(text: str) -> int | None:
    """Where a gap begins that has no end before the next one begins, or at all."""
    opened: int | None = None
    for stop in _stops(text):
        if stop[0] == OPEN:
            if opened is not None:
                return opened
            opened = stop.start()
        elif stop[0] == CLOSE:
            opened = None
    return opened


def _stray(text: str) -> list[Slip]:
    """Closing brackets that close nothing: a gap before them ended sooner than was meant."""
    slips: list[Slip] = []
    gap: str | None = None
    opened: int | None = None
    for stop in _stops(text):
        if stop[0] == OPEN:
            opened = stop.start()
        elif stop[0] == CLOSE and opened is not None:
            gap, opened = text[opened + len(OPEN) : stop.start()].partition("::")[0], None
        elif stop[0] == CLOSE:
            ended = f" (the gap '{gap[:20]}' ended before)" if gap is not None else ""
            fix = f"write '\\{CLOSE}' for two brackets that belong to the text or to an answer"
            slips.append((stop.start(), f"'{CLOSE}' closes no gap{ended}", fix))
    return slips


def _unsound_gap(gap: Gap, seen: set[str]) -> tuple[str, str] | None:
    if not gap.id:
        answer = gap.answer[:40] or "answer"
        return "a gap has no id", f"write one before its answer: [[id::{answer}]]"
    if not re.match(_ID, gap.id):
        better = re.sub(r"[^a-z0-9_-]+", "-", gap.id.lower()).strip("-_")[:64] or "gap"
        fix = f"use '{better}': lower-case letters, digits, '-' and '_', at most 64 characters"
        return f"'{gap.id[:40]}' is not a valid gap id", fix
    if not gap.answer:
        return f"the gap '{gap.id}' has no answer", f"write it as [[{gap.id}::answer]]"
    if gap.id in seen:
        return f"the gap '{gap.id}' appears twice", "give each gap its own id"
    return None


class Cloze(Kind):
    """The kind of a text with gaps."""

    name = "cloze"
    graded = False
    quizzed = False
    needs = ("text",)
    takes = ()

    def unsound(self, text: str) -> list[Slip]:
        """Gaps that are not closed, empty, without an id or with one that is taken."""
        return _unsound(text)

    def gaps(self, question: Question) -> tuple[str, ...]:
        """A card for each gap."""
        return tuple(gap.id for gap in gaps(question.prompt))

    def front(self, question: Question, gap: str) -> str:
        """The text without the gap's answer."""
        return filled(question.prompt, hidden=gap)

    def back(self, question: Question, gap: str) -> str:
        """The text with the gap's answer in brackets."""
        return filled(question.prompt, marked=gap)


KIND = Cloze()
