"""A bank as text2qti's Markdown."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING

from quizcli.formats.dropped import (
    NoPlaceError,
    bank_losses,
    called,
    option_losses,
    question_losses,
)
from quizcli.formats.format import ExportFile
from quizcli.formats.losses import Loss
from quizcli.formats.markdown_text import to_dollars
from quizcli.formats.moodle_answers import is_right
from quizcli.quiz.quantities import written as digits

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from quizcli.formats.format import ExportSource

_CARRIED = {"id", "kind", "title", "prompt", "options", "answer", "answers", "tolerance", "points",
            "explanation", "tags"}  # fmt: skip
_LINE = re.compile(r"\s+")


def written(source: ExportSource) -> ExportFile:
    """A bank in text2qti's Markdown."""
    fields = source.fields
    losses = bank_losses({name: fields[name] for name in fields if name != "description"})
    parts = [_piece("Quiz title: ", _LINE.sub(" ", fields["title"]))]
    if said := fields.get("description"):
        parts.append(_piece("Quiz description: ", to_dollars(said)))
    number = 0
    for question in fields["questions"]:
        own: list[Loss] = []
        try:
            answers = _answers(question, own)
            head = _head(question, number + 1, own)
        except NoPlaceError as error:
            losses.append(error.loss(question))
            continue
        number += 1
        parts.append("\n".join(["", *head, *answers]))
        losses += [*question_losses(question, _CARRIED), *own]
    return ExportFile("\n".join(parts) + "\n", tuple(losses))


def _head(question: Mapping[str, Any], number: int, losses: list[Loss]) -> list[str]:
    """Id, tags, title, points, the prompt and what is said of every answer. Raises NoPlaceError."""
    tags = [f"[tag:{tag.replace(']', '')}]" for tag in question.get("tags", ())]
    lines = [" ".join(["%", f"[id:{question['id']}]", *tags])]
    if "title" in question:
        lines.append(f"Title: {_LINE.sub(' ', question['title'])}")
    if "points" in question:
        points = Fraction(question["points"])
        if (2 * points) % 1 == 0:  # it takes halves of points, and no other parts
            lines.append(f"Points: {digits(points)}")
        else:
            losses.append(Loss(0, "number of points", "numbers of points"))
    lines.append(_piece(f"{number}. ".ljust(4), to_dollars(question["prompt"])))
    if "explanation" in question:
        lines.append(_piece("... ", to_dollars(question["explanation"])))
    return lines


def _answers(question: Mapping[str, Any], losses: list[Loss]) -> list[str]:
    """The lines of the answers. Raises NoPlaceError."""
    kind = question["kind"]
    if kind in {"single-choice", "multiple-choice", "true-false"}:
        return _options(question["options"], losses, "[" if kind[0] == "m" else "")
    if kind == "number":
        margin = f" +- {_decimal(question['tolerance'])}" if "tolerance" in question else ""
        return [f"=   {_decimal(question['answer'])}{margin}"]
    if kind == "text":
        return [f"*   {_LINE.sub(' ', answer)}" for answer in question["answers"]]
    if kind == "free":
        return ["____"]
    raise NoPlaceError(*called(kind))


def _options(options: list[Mapping[str, Any]], losses: list[Loss], tick: str) -> list[str]:
    lines = []
    for n, option in enumerate(options):
        right = is_right(option)
        letter = f"{'*' if right else ''}{chr(ord('a') + n)}) "
        lines.append(_piece(f"[{'*' if right else ' '}] " if tick else letter,
                            to_dollars(option["text"])))  # fmt: skip
        if "feedback" in option:
            lines.append(_piece("... ", to_dollars(option["feedback"])))
    losses += option_losses({"options": options}, {"feedback"})
    return lines


def _piece(sign: str, text: str) -> str:
    """A text behind its sign, its other lines indented below."""
    first, *others = text.strip("\n").split("\n")
    return "\n".join([sign + first, *(f"{' ' * len(sign)}{line}".rstrip() for line in others)])


def _decimal(number: Fraction) -> str:
    """A number in digits. Raises NoPlaceError where it has none."""
    value = digits(number)
    if "/" in value:
        raise NoPlaceError("number in another notation", "numbers in another notation")
    return value
