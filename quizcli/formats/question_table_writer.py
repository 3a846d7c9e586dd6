"""A bank as a table that spreadsheets open: a row a question, a column an option."""

from __future__ import annotations

import csv
from io import StringIO
from typing import TYPE_CHECKING

from quizcli.formats.dropped import (
    NoPlaceError,
    bank_losses,
    called,
    option_losses,
    pair_losses,
    question_losses,
)
from quizcli.formats.format import ExportFile
from quizcli.formats.losses import Loss
from quizcli.formats.moodle_answers import is_right, right_number
from quizcli.formats.plain_writer import to_plain
from quizcli.report.cells import harmless

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from quizcli.formats.format import ExportSource

HEADERS = ("id", "kind", "title", "question", "a", "b", "…", "feedback a", "…", "answer",
           "tolerance", "explanation", "tags")  # fmt: skip
SEPARATOR = " | "  # between answers that are right, and between pairs
_FIRST = ("id", "kind", "title", "question")
_LAST = ("answer", "tolerance", "explanation", "tags")
_CARRIED = {"id", "kind", "title", "prompt", "front", "back", "options", "answer", "answers",
            "tolerance", "pairs", "explanation", "tags"}  # fmt: skip


def written(source: ExportSource, delimiter: str) -> ExportFile:
    """A bank as a table."""
    losses = bank_losses(source.fields)
    found: list[dict[str, str]] = []
    for question in source.fields["questions"]:
        own: list[Loss] = []
        try:
            found.append(_row(question, own))
        except NoPlaceError as error:
            losses.append(error.loss(question))
            continue
        losses += question_losses(question, _CARRIED)
        losses += [*option_losses(question, {"feedback"}), *pair_losses(question), *own]
    names = list(dict.fromkeys(name for row in found for name in row))
    options = sorted(name for name in names if len(name) == 1)
    feedback = sorted(name for name in names if name.startswith("feedback"))
    header = [*_FIRST, *options, *feedback, *_LAST]
    lines = [header, *([row.get(name, "") for name in header] for row in found)]
    out = StringIO(newline="")
    csv.writer(out, delimiter=delimiter).writerows(map(harmless, cells) for cells in lines)
    return ExportFile(out.getvalue(), tuple(losses))


def _row(question: Mapping[str, Any], losses: list[Loss]) -> dict[str, str]:
    """The cells of a question by their headers. Raises NoPlaceError."""
    kind = question["kind"]
    row = {
        "id": question["id"],
        "kind": kind,
        "title": to_plain(question.get("title", ""), losses, one_line=True),
        "question": to_plain(question.get("prompt") or question.get("front", ""), losses),
        "explanation": to_plain(question.get("explanation", ""), losses),
        "tags": ", ".join(tag.replace(",", " ") for tag in question.get("tags", ())),
    }
    if kind in {"single-choice", "multiple-choice"}:
        row |= _options(question, losses)
    elif kind == "true-false":
        row["answer"] = _right(question)
        losses += [Loss(0, "feedback", "feedback texts") for option in question["options"]
                   if option.get("feedback")]  # fmt: skip
    elif kind == "number":
        row["answer"], tolerance = right_number(question, losses)
        row["tolerance"] = tolerance if "tolerance" in question else ""
    elif kind == "text":
        row["answer"] = SEPARATOR.join(_joined(each, "|") for each in question["answers"])
    elif kind == "matching":
        row["answer"] = SEPARATOR.join(_pair(pair, losses) for pair in question["pairs"])
    elif kind == "card":
        row["answer"] = to_plain(question["back"], losses)
    elif kind != "free":
        raise NoPlaceError(*called(kind))
    return row


def _options(question: Mapping[str, Any], losses: list[Loss]) -> dict[str, str]:
    row: dict[str, str] = {}
    rights = []
    for n, option in enumerate(question["options"]):
        letter = chr(ord("a") + n)
        row[letter] = to_plain(option["text"], losses)
        if "feedback" in option:
            row[f"feedback {letter}"] = to_plain(option["feedback"], losses)
        rights += [letter.upper()] if is_right(option) else []
    return row | {"answer": ", ".join(rights)}


def _right(question: Mapping[str, Any]) -> str:
    return "".join(each["id"] for each in question["options"] if is_right(each))


def _joined(text: str, sign: str) -> str:
    """A text within a list. Raises NoPlaceError where it holds the sign that parts these."""
    if sign in text:
        raise NoPlaceError("answer with a bar", "answers with a bar")
    return " ".join(text.split())


def _pair(pair: Mapping[str, Any], losses: list[Loss]) -> str:
    left = to_plain(pair["left"], losses, one_line=True)
    right = _joined(pair["right"], "|")
    if "=" in left or "|" in left:
        raise NoPlaceError("pair with an equals sign", "pairs with an equals sign")
    return f"{left} = {right}"
