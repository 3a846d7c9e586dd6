"""The questions of a file as those of a bank, as its YAML has them, and what was lost."""

from __future__ import annotations

import re
from fractions import Fraction
from itertools import takewhile
from typing import TYPE_CHECKING, Any

from quizcli.formats import source_choices, source_typed
from quizcli.formats.carrier import Carrier, UnfitQuestion
from quizcli.formats.ids import IdGiver, slug
from quizcli.formats.losses import Loss
from quizcli.formats.plain_text import from_plain
from quizcli.formats.source_texts import bank_text, cleaned
from quizcli.formats.sources import (
    GAP,
    Remark,
    SourceKind,
    SourceQuestion,
    SourceText,
    SourceTitle,
)
from quizcli.quiz.kinds import KINDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from quizcli.formats.sources import SourceFile

_WORDS = 40  # letters of a prompt that its id is made of
_LONGEST_TITLE = 100
# A gap behind a sentence that is complete without it: "What is it? _____."
_IDLE_GAP = re.compile(rf"([.?!:][\"')\]]*)\s*{GAP}\s*[.,;:!?]?\s*\Z")
_POINTS = re.compile(r"(?=.*[1-9])[0-9]{1,4}(?:\.([0-9]{1,20}))?\Z")
_ROUNDED = 5  # decimals of points that nobody types
_PARTS = 20  # a point is not shared by more
_CONTEXT = re.compile(r"\$[^$]*\$\Z")
_BETWEEN_NAMES = re.compile(r"(?<!/)/(?!/)")  # two are one that belongs to a name
_GIVEN_BY_MOODLE = "Default for "  # and the name of the course


# How each kind is carried; an essay has nothing but what is asked.
_KINDS: dict[SourceKind, Callable[[Carrier], dict[str, Any]]] = {
    SourceKind.TRUTH: source_choices.truth,
    SourceKind.CHOICE: source_choices.choice,
    SourceKind.MATCHING: source_choices.matching,
    SourceKind.SHORT: source_typed.short,
    SourceKind.NUMBER: source_typed.number,
    SourceKind.ESSAY: lambda _: {"kind": "free"},
    SourceKind.CARD: source_typed.card,
    SourceKind.CLOZE: lambda _: {"kind": "cloze"},
    SourceKind.ORDERING: source_choices.ordering,
}


def bank_head(id: str, title: str) -> dict[str, Any]:
    """A bank without its questions."""
    return {"format": 1, "id": id, "title": title}


class CarriedFile:
    """The questions of a file as those of a bank, one by one, and by the end what became of all:
    their ``lines`` in the file by their ids, the ids that it ``named`` itself, what was lost, what
    is to be said of it, and its ``title``, "" where it has none, or some for its parts alone."""

    def __init__(self, source: SourceFile, giver: IdGiver) -> None:
        self._source = source
        self._giver = giver
        self.lines: dict[str, int] = {}
        self.named: set[str] = set()
        self.losses: list[Loss] = []
        self.remarks: list[Remark] = []
        self.title = ""
        self._titles: dict[SourceTitle, None] = {}
        self._categories: dict[tuple[str, ...], None] = {}

    def _title(self) -> str:
        """That of all questions, or else the category that they all are in."""
        paths = [title.path for title in self._titles] or [*self._categories]
        if not (common := _common(paths)):
            return ""
        markup = next((title.markup for title in self._titles), "plain")
        text = SourceText(common[-1].removeprefix(_GIVEN_BY_MOODLE), markup)
        return " ".join(bank_text(text, 1, self.losses).split())

    def __iter__(self) -> Iterator[dict[str, Any]]:
        for item in self._source:
            if isinstance(item, SourceTitle):
                self._titles[item] = None
            elif isinstance(item, SourceQuestion) and (fields := self._carried(item)) is not None:
                self._categories[_names(item.category)] = None
                yield fields
        self.remarks += self._source.remarks
        self.title = self._title()

    def _carried(self, question: SourceQuestion) -> dict[str, Any] | None:
        if question.kind is SourceKind.DESCRIPTION:
            self.losses += [Loss(question.line, "description"), *question.dropped]
            return None
        carrier = Carrier(question)
        try:
            fields = _question(carrier, self._giver)
        except UnfitQuestion as unfit:
            what = f"{_short(question)} is left out: {unfit}"
            self.remarks.append(Remark(question.line, what, unfit.fix, lost=True))
            return None
        self.lines[fields["id"]] = question.line
        if question.id:
            self.named.add(fields["id"])
        self.losses += [*carrier.losses, *question.dropped]
        self.remarks += carrier.remarks
        return fields


def _question(carrier: Carrier, giver: IdGiver) -> dict[str, Any]:
    question = carrier.question
    prompt = question.prompt
    if question.gap:
        prompt = prompt._replace(text=_IDLE_GAP.sub(r"\1", prompt.text))
    asked = carrier.text(prompt, question.line)
    title = cleaned(question.title, question.line, carrier.losses)
    if not (asked or title):
        raise UnfitQuestion("there is no question text", "write it before the answers")
    own = _KINDS[question.kind](carrier)
    explanation = carrier.text(question.feedback, question.line)
    tags = list(dict.fromkeys([*question.tags, *_category(question.category)]))
    base = question.id or title or asked
    fields: dict[str, Any] = {"id": giver.give(slug(base, 56 if base is not asked else _WORDS))}
    if title and asked:
        fields["title"] = from_plain(title[:_LONGEST_TITLE])
    kind = own.pop("kind")
    fields |= {"kind": kind, KINDS[kind].needs[0]: asked or from_plain(title)} | own
    if explanation:
        fields["explanation"] = explanation
    if hints := [text for hint in question.hints if (text := carrier.text(hint, question.line))]:
        fields["hints"] = hints
    if question.points not in {"", "1"}:
        points, takes = _points(question.points), "points" in KINDS[kind].takes
        if points and takes:
            fields["points"] = points
        elif points:
            carrier.lose(question.line, "number of points", "numbers of points")
        elif takes:  # none, or fewer, or too many for a bank
            worth = f"worth {question.points[:20]} points"
            what, many = f"question {worth}", f"questions {worth}"
            carrier.lose(question.line, what, many, "counted with 1 point")
    if question.fixed and "shuffle" in KINDS[kind].takes:
        fields["shuffle"] = False
    tags = [tag for tag in (cleaned(tag, question.line, carrier.losses) for tag in tags) if tag]
    return fields | ({"tags": tags} if tags else {})


def _points(text: str) -> str:
    """Points above 0, "" for anything else; those that a program rounded, such as 0.3333333, as the
    fraction that they were."""
    match = _POINTS.match(text)
    decimals = len(match[1] or "") if match else 0
    if match and decimals >= _ROUNDED:
        value = Fraction(text)
        simple = value.limit_denominator(_PARTS)
        return str(simple) if simple and round(simple, decimals) == value else text
    return text if match else ""


def _category(path: str) -> list[str]:
    """The category as a tag, without the course it was in."""
    return ["/".join(names)] if (names := _names(path)) else []


def _names(path: str) -> tuple[str, ...]:
    names = [name.replace("//", "/").strip() for name in _BETWEEN_NAMES.split(path)]
    return tuple(name for name in names if name not in {"", "top"} and not _CONTEXT.match(name))


def _common(paths: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    """What all paths begin with."""
    names = takewhile(lambda names: len(set(names)) == 1, zip(*paths, strict=False))
    return tuple(name for name, *_ in names)


def _short(question: SourceQuestion) -> str:
    """A question as its author knows it; one without words is known by its line alone."""
    text = " ".join((question.title or question.prompt.text).split())
    if not text:
        return "this question"
    return f"'{text}'" if len(text) <= 40 else f"'{text[:40]}…'"
