"""A bank as GIFT: the questions that Moodle's format has a place for, and what it has none for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from quizcli.formats import gift_lines
from quizcli.formats.gift_lines import GiftQuestionWriter, NoPlaceError, escaped
from quizcli.formats.losses import Loss

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

# How the answers of each kind are written.
_KINDS: dict[str, Callable[[GiftQuestionWriter], list[str]]] = {
    "single-choice": gift_lines.single,
    "multiple-choice": gift_lines.multiple,
    "true-false": gift_lines.truth,
    "text": gift_lines.text,
    "number": gift_lines.number,
    "matching": gift_lines.matching,
    "free": gift_lines.essay,
}
# What a kind without a place is called in the loss report.
_CALLED = {
    "card": ("flashcard", ""),
    "cloze": ("text with gaps", "texts with gaps"),
    "ordering": ("ordering question", ""),
}
# Fields of a question that are dropped, by what is counted of them.
_DROPPED = {
    "hints": ("hint", ""),
    "references": ("reference", ""),
    "demo": ("experiment", ""),
    "figure": ("figure", ""),
    "points": ("number of points", "numbers of points"),
    "difficulty": ("difficulty", "difficulties"),
    "shuffle": ("shuffle setting", ""),
    "formerly": ("former id", ""),
    "near": ("setting for near misses", "settings for near misses"),
    "exact": ("setting for exactness", "settings for exactness"),
    "unit_required": ("required unit", ""),
    "claim": ("claim", ""),
}
_BANK_FIELDS = {
    "description": ("description of the bank", "descriptions of the bank"),
    "draw": ("exam section", ""),
    "defaults": ("default setting", ""),
    "formerly": ("former id of the bank", "former ids of the bank"),
}
_CARRIED = {
    "id", "title", "kind", "prompt", "scenario", "options", "answer", "answers", "patterns",
    "tolerance", "unit", "expect", "pairs", "distractors", "explanation", "tags", "credit",
}  # fmt: skip
_BRACKET = re.compile(r"\]")


class GiftOutput(NamedTuple):
    """The text of a GIFT file, and what of the bank is not in it."""

    text: str
    losses: tuple[Loss, ...]


def written(bank: Mapping[str, Any]) -> GiftOutput:
    """A bank, as the mapping that its YAML is, in GIFT."""
    losses: list[Loss] = []
    _count(bank, _BANK_FIELDS, losses)
    parts = [f"// {' '.join(str(bank.get('title', '')).split())}\n"]
    credit = bank.get("defaults", {}).get("credit", "net-correct")
    scenarios = {each["id"]: each for each in bank.get("scenarios", ())}
    for question in bank["questions"]:
        own: list[Loss] = []
        writer = GiftQuestionWriter(question, own, credit)
        if scenario := scenarios.get(question.get("scenario")):
            _lead(writer, scenario)
        try:
            answers = _answers(question, writer)
        except NoPlaceError as error:
            losses.append(Loss(0, error.what, error.many))
            continue
        unknown = sorted(question.keys() - _CARRIED - _DROPPED.keys())
        own += [Loss(0, f"field '{name}'", f"fields '{name}'") for name in unknown]
        _count(question, _DROPPED, own)
        parts.append(_question(question, writer, answers))
        losses += own
    return GiftOutput("\n".join(parts), tuple(losses))


def _answers(question: Mapping[str, Any], writer: GiftQuestionWriter) -> list[str]:
    """The lines of the answers. Raises NoPlaceError."""
    kind = question["kind"]
    if kind not in _KINDS:
        raise NoPlaceError(*_CALLED.get(kind, (f"{kind} question", "")))
    if "variables" in question:
        raise NoPlaceError("question with variables", "questions with variables")
    return _KINDS[kind](writer)


def _lead(writer: GiftQuestionWriter, scenario: Mapping[str, Any]) -> None:
    """What several questions share is written into each."""
    writer.prompt = f"{scenario['text']}\n\n{writer.prompt}"
    writer.lose("shared text", changed="written into each question")
    if "figure" in scenario:
        writer.lose("figure")


def _question(question: Mapping[str, Any], writer: GiftQuestionWriter, answers: list[str]) -> str:
    named = [f"[id:{_in_brackets(question['id'])}]"]
    named += [f"[tag:{_in_brackets(tag)}]" for tag in question.get("tags", ())]
    title = writer.title()
    explanation = writer.rich(question.get("explanation", ""))
    lines = [*answers, *([f"####{explanation}"] if explanation else [])]
    inner = "\n\t".join(["", *lines]) + "\n" if len(lines) > 1 else "".join(lines)
    head = f"::{escaped(title)}::" if title else ""
    return f"// {' '.join(named)}\n{head}{writer.asked()}{{{inner}}}\n"


def _in_brackets(text: Any) -> str:
    return _BRACKET.sub(r"\\]", " ".join(str(text).split()))


def _count(
    fields: Mapping[str, Any], nouns: Mapping[str, tuple[str, str]], losses: list[Loss]
) -> None:
    """Count the fields that are dropped, each by its entries where it has some."""
    for name, (what, many) in nouns.items():
        if name in fields:
            value = fields[name]
            several = isinstance(value, (list, tuple)) or (name == "defaults")
            losses += [Loss(0, what, many)] * (len(value) if several else 1)
