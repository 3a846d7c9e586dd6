"""The JSON of jupyterquiz, which asks questions within notebooks."""

from __future__ import annotations

import json
from html import escape
from typing import TYPE_CHECKING

from quizcli.formats.dropped import (
    NoPlaceError,
    bank_losses,
    called,
    option_losses,
    question_losses,
)
from quizcli.formats.format import BankFormat, ExportFile
from quizcli.formats.moodle_answers import is_right
from quizcli.formats.plain_writer import to_plain

if TYPE_CHECKING:
    from collections.abc import Mapping
    from fractions import Fraction
    from typing import Any

    from quizcli.formats.format import ExportSource
    from quizcli.formats.losses import Loss

_CARRIED = {"kind", "prompt", "options", "answer", "answers", "tolerance", "expect"}
_UNNAMED = {"id", "title"}  # that questions have names is nothing a notebook shows


def written(source: ExportSource) -> ExportFile:
    """The questions of a bank as a list."""
    losses = bank_losses(source.fields)
    found: list[dict[str, Any]] = []
    for question in source.fields["questions"]:
        own: list[Loss] = []
        try:
            asked = _html(question.get("prompt", ""), own)
            found.append({"question": asked, **_answers(question, own)})
        except NoPlaceError as error:
            losses.append(error.loss(question))
            continue
        losses += [*question_losses(question, _CARRIED | _UNNAMED), *own]
    return ExportFile(json.dumps(found, ensure_ascii=False, indent=2) + "\n", tuple(losses))


def _html(text: str, losses: list[Loss]) -> str:
    """A dollar as it is would begin a formula there, and so would two in one element."""
    return escape(to_plain(text, losses), quote=False).replace("$", "<span>&#36;</span>")


def _answers(question: Mapping[str, Any], losses: list[Loss]) -> dict[str, Any]:
    """The type and the answers. Raises NoPlaceError."""
    kind = question["kind"]
    if kind in {"single-choice", "multiple-choice", "true-false"}:
        losses += option_losses(question, {"feedback"})
        answers = [
            {
                "answer": _html(option["text"], losses),
                "correct": is_right(option),
                **_said(option, losses),
            }
            for option in question["options"]
        ]
        type_ = "many_choice" if kind == "multiple-choice" else "multiple_choice"
        return {"type": type_, "answers": answers}
    if kind == "number":
        return {"type": "numeric", "answers": _numbers(question, losses)}
    if kind == "text":
        foreseen = [
            {"answer": each["answer"], "correct": False, **_said(each, losses)}
            for each in question.get("expect", ())
        ]
        right = [{"answer": each, "correct": True} for each in question["answers"]]
        return {"type": "string", "answers": [*right, *foreseen]}
    raise NoPlaceError(*called(kind))


def _said(part: Mapping[str, Any], losses: list[Loss]) -> dict[str, str]:
    return {"feedback": _html(part["feedback"], losses)} if part.get("feedback") else {}


def _numbers(question: Mapping[str, Any], losses: list[Loss]) -> list[dict[str, Any]]:
    answer, reach = question["answer"], question.get("tolerance", 0)
    right: dict[str, Any] = {"type": "value", "value": _number(answer)}
    if reach:
        right = {"type": "range", "range": [_number(answer - reach), _number(answer + reach)]}
    foreseen = [
        {
            "type": "value",
            "value": _number(each["answer"]),
            "correct": False,
            **_said(each, losses),
        }
        for each in question.get("expect", ())
    ]
    return [{**right, "correct": True}, *foreseen]


def _number(value: Fraction) -> float | int:
    return int(value) if value.denominator == 1 else float(value)


FORMAT = BankFormat("jupyterquiz", "jupyterquiz's JSON", (".json",), write=written)
