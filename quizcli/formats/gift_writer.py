"""A bank as GIFT: the questions that Moodle's format has a place for, and what it has none for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from quizcli.formats import gift_lines
from quizcli.formats.dropped import NoPlaceError, bank_losses, called, question_losses
from quizcli.formats.format import ExportFile
from quizcli.formats.gift_lines import GiftQuestionWriter, escaped
from quizcli.formats.plain_writer import to_plain

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from quizcli.formats.format import ExportSource
    from quizcli.formats.losses import Loss

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
_CARRIED = {
    "id", "title", "kind", "prompt", "options", "answer", "answers", "patterns",
    "tolerance", "unit", "expect", "pairs", "distractors", "explanation", "tags", "credit",
}  # fmt: skip
_BRACKET = re.compile(r"\]")


def written(source: ExportSource) -> ExportFile:
    """A bank in GIFT."""
    bank = source.fields
    losses = bank_losses(bank, {"credit"})
    title = escaped(to_plain(bank["title"], losses, one_line=True))
    parts = [f"// [title:{_in_brackets(title)}]\n"]
    for question in bank["questions"]:
        own: list[Loss] = []
        writer = GiftQuestionWriter(question, own, source.bank.credit)
        try:
            answers = _answers(question, writer)
        except NoPlaceError as error:
            losses.append(error.loss(question))
            continue
        own += question_losses(question, _CARRIED)
        parts.append(_question(question, writer, answers))
        losses += own
    return ExportFile("\n".join(parts), tuple(losses))


def _answers(question: Mapping[str, Any], writer: GiftQuestionWriter) -> list[str]:
    """The lines of the answers. Raises NoPlaceError."""
    kind = question["kind"]
    if kind not in _KINDS:
        raise NoPlaceError(*called(kind))
    return _KINDS[kind](writer)


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
