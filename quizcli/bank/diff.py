"""What is different between two versions of a bank, by what those who learn from it notice."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple

from quizcli.bank.plain import plain_texts
from quizcli.quiz.cards import gaps_of
from quizcli.quiz.grading import rule_in_force
from quizcli.quiz.kinds import kind_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quizcli.quiz.model import Bank, Option, Question


class Aspect(StrEnum):
    """What of a question was changed, the gravest first; ``OTHER`` nobody sees who answers."""

    KEY = "key"
    CREDIT = "credit"
    OPTIONS = "options"
    WORDING = "wording"
    FEEDBACK = "feedback"
    OTHER = "other"


class QuestionFate(StrEnum):
    """What became of a question."""

    CHANGED = "changed"
    NEW = "new"
    GONE = "gone"
    RENAMED = "renamed"


class FieldChange(NamedTuple):
    """A field before and after, "" where it is not there."""

    aspect: Aspect
    name: str
    before: str
    after: str


class QuestionDiff(NamedTuple):
    """A question that is not what it was. ``was`` is its id before, "" for a new one. ``like`` is
    of one that is gone the id of a new one that asks the same; ``gaps_gone`` are those of a text
    that has no such gap any more."""

    id: str
    was: str
    fate: QuestionFate
    changes: tuple[FieldChange, ...] = ()
    like: str = ""
    gaps_gone: tuple[str, ...] = ()

    @property
    def noticed(self) -> list[Aspect]:
        """The aspects that were changed and that learners notice, the gravest first."""
        changed = {change.aspect for change in self.changes} - {Aspect.OTHER}
        return [aspect for aspect in Aspect if aspect in changed]


class BankDiff(NamedTuple):
    """Two versions of a bank, what of their heads and which of their questions differ."""

    old: Bank
    new: Bank
    head: tuple[FieldChange, ...]
    questions: tuple[QuestionDiff, ...]


# Of a kind's own fields; what is not named here decides what is right.
_ASPECTS = {
    "pairs": Aspect.OPTIONS, "items": Aspect.OPTIONS, "distractors": Aspect.OPTIONS,
    "rights": Aspect.OPTIONS, "variables": Aspect.WORDING, "where": Aspect.WORDING,
    "expect": Aspect.FEEDBACK, "model": Aspect.FEEDBACK, "scenario": Aspect.OTHER,
    "claim": Aspect.OTHER, "reversed": Aspect.OTHER,
}  # fmt: skip


def bank_diff(old: Bank, new: Bank) -> BankDiff:
    """The differences, in the order of the new version, and what is gone from it at the end."""
    before = {question.id: question for question in old.questions}
    now = {question.id for question in new.questions}
    found: list[QuestionDiff] = []
    matched: set[str] = set()
    for question in new.questions:
        was = next((id for id in (question.id, *question.formerly) if id in before), "")
        matched.add(was)
        if not was:
            found.append(QuestionDiff(question.id, "", QuestionFate.NEW))
            continue
        changes = tuple(_changes(_facets(before[was], old), _facets(question, new)))
        fate = QuestionFate.CHANGED if was == question.id else QuestionFate.RENAMED
        gaps = tuple(gap for gap in gaps_of(before[was]) if gap not in gaps_of(question))
        if changes or fate is QuestionFate.RENAMED:
            found.append(QuestionDiff(question.id, was, fate, changes, gaps_gone=gaps))
    asked = {question.asked: question.id for question in new.questions if question.id not in before}
    for id, question in before.items():
        if id not in matched and id not in now:
            like = asked.get(question.asked, "")
            found.append(QuestionDiff(id, id, QuestionFate.GONE, like=like))
    return BankDiff(old, new, tuple(_changes(_head(old), _head(new))), tuple(found))


_Facets = dict[str, tuple[Aspect, str]]


def _changes(old: _Facets, new: _Facets) -> Iterator[FieldChange]:
    for name in dict.fromkeys((*new, *old)):
        aspect = (new.get(name) or old[name])[0]
        before, after = (side[name][1] if name in side else "" for side in (old, new))
        if before != after:
            yield FieldChange(aspect, name, before, after)


def _head(bank: Bank) -> _Facets:
    told = {
        "id": (Aspect.OTHER, bank.id),
        "title": (Aspect.WORDING, bank.title),
        "description": (Aspect.WORDING, bank.description),
        "language": (Aspect.KEY, bank.language),
        "shuffle": (Aspect.OPTIONS, _text(bank.shuffle)),
        "draw": (Aspect.OTHER, ", ".join(f"{size} of {tag}" for tag, size in bank.draw)),
        "retention": (Aspect.OTHER, _text(bank.retention)),
        "new_per_day": (Aspect.OTHER, _text(bank.new_per_day)),
    }
    return {name: said for name, said in told.items() if said[1]}


def _facets(question: Question, bank: Bank) -> _Facets:
    """All that a question says, by the names of its fields."""
    kind, figure, demo = kind_of(question), question.figure, question.demo
    rule = rule_in_force(question, bank) if kind.several else question.credit or ""
    told = {
        "kind": (Aspect.KEY, question.kind),
        kind.needs[0]: (Aspect.WORDING, question.prompt),
        "back": (Aspect.KEY, question.back),
        "figure": (Aspect.WORDING, f"{figure.text}\n{figure.alt}" if figure else ""),
        "title": (Aspect.WORDING, question.title),
        **dict(pair for option in question.options for pair in _of_option(option)),
        **dict(pair for name, said in question.own.items() for pair in _of_own(name, said)),
        "credit": (Aspect.CREDIT, rule),
        "points": (Aspect.CREDIT, str(question.points)),
        "hints": (Aspect.FEEDBACK, "\n".join(question.hints)),
        "explanation": (Aspect.FEEDBACK, question.explanation),
        "references": (Aspect.FEEDBACK, "\n".join(question.references)),
        "time": (Aspect.OTHER, _text(question.time)),
        "shuffle": (Aspect.OTHER, _text(question.shuffle)),
        "tags": (Aspect.OTHER, ", ".join(question.tags)),
        "difficulty": (Aspect.OTHER, question.difficulty),
        "demo": (Aspect.OTHER, f"{demo.name} {_text(demo.parameters)}" if demo else ""),
    }
    return {name: said for name, said in told.items() if said[1]}


def _of_option(option: Option) -> Iterator[tuple[str, tuple[Aspect, str]]]:
    name = f"option {option.id}"
    yield name, (Aspect.OPTIONS, option.text)
    yield f"{name}, right", (Aspect.KEY, "yes" if option.correct else "no")
    yield f"{name}, feedback", (Aspect.FEEDBACK, option.feedback)
    yield f"{name}, missed", (Aspect.FEEDBACK, option.missed)
    yield f"{name}, claim", (Aspect.OTHER, _text(option.claim))
    yield f"{name}, last", (Aspect.OTHER, "yes" if option.last else "")


def _of_own(name: str, said: Any) -> Iterator[tuple[str, tuple[Aspect, str]]]:
    aspect = _ASPECTS.get(name, Aspect.KEY)
    listed = said if isinstance(said, tuple) else ()
    parts = [part for part in listed if hasattr(part, "items") and "id" in part]
    if not parts:
        yield name, (aspect, _text(said))
        return
    for part in parts:
        fields = {field: inner for field, inner in part.items() if field != "id"}
        yield f"{name} {part['id']}", (aspect, _text(fields))
    if name == "items":
        yield "order", (Aspect.KEY, ", ".join(part["id"] for part in parts))


def _text(said: Any) -> str:
    """Plain data in a few words."""
    plain = plain_texts(said)
    if said is None:
        return ""
    if isinstance(plain, list):
        return "\n".join(map(_text, plain))
    if isinstance(plain, dict):
        return ", ".join(f"{name}: {_text(inner)}" for name, inner in plain.items())
    return str(plain)
