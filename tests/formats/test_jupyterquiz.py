"""jupyterquiz's JSON: every kind that it knows, and what it has no place for."""

from __future__ import annotations

import json
from typing import Any

from quizcli.formats.jupyterquiz import FORMAT
from quizcli.formats.losses import summary
from tests.support.plain_banks import written

OPTIONS = [
    {"id": "x", "text": "a < $b$", "correct": "true", "feedback": "Yes"}, {"id": "y", "text": "c"},
]  # fmt: skip


def bank(*questions: dict[str, Any]) -> dict[str, Any]:
    return {"format": "1", "id": "seas", "title": "Seas", "questions": list(questions)}


def test_every_kind_that_it_knows() -> None:
    file = written(FORMAT, bank(
        {"id": "a", "kind": "single-choice", "prompt": "Which?", "options": OPTIONS},
        {"id": "b", "kind": "multiple-choice", "prompt": "Which?", "options": OPTIONS},
        {"id": "c", "kind": "true-false", "prompt": "Salt?", "answer": "true"},
        {"id": "d", "kind": "number", "prompt": "How many?", "answer": "20", "tolerance": "5%",
         "expect": [{"answer": "2.5", "feedback": "No"}]},
        {"id": "e", "kind": "text", "prompt": "Who?", "answers": ["Ada"]},
    ))  # fmt: skip
    assert file.losses == ()
    answers = [
        {"answer": "a &lt; \\(b\\)", "correct": True, "feedback": "Yes"},
        {"answer": "c", "correct": False},
    ]
    assert json.loads(file.content) == [
        {"question": "Which?", "type": "multiple_choice", "answers": answers},
        {"question": "Which?", "type": "many_choice", "answers": answers},
        {"question": "Salt?", "type": "multiple_choice", "answers": [
            {"answer": "True", "correct": True}, {"answer": "False", "correct": False}]},
        {"question": "How many?", "type": "numeric", "answers": [
            {"type": "range", "range": [19, 21], "correct": True},
            {"type": "value", "value": 2.5, "correct": False, "feedback": "No"}]},
        {"question": "Who?", "type": "string", "answers": [{"answer": "Ada", "correct": True}]},
    ]  # fmt: skip


def test_prices_are_no_formulas() -> None:
    """Each dollar of the file would be made into a bracket of a formula; an answer that is typed is
    compared as it is."""
    options = [{"id": "x", "text": "$5 to 6$", "correct": "true", "feedback": "5$, not 6$"},
               {"id": "y", "text": "\\$7"}]  # fmt: skip
    file = written(FORMAT, bank(
        {"id": "a", "kind": "single-choice", "prompt": "Is it $5 to $6, or $x$?", "options": options},
        {"id": "b", "kind": "text", "prompt": "How much?", "answers": ["$5"]},
    ))  # fmt: skip
    choice, typed = json.loads(file.content)
    dollar = "<span>&#36;</span>"
    assert choice["question"] == f"Is it {dollar}5 to {dollar}6, or \\(x\\)?"
    assert [each["answer"] for each in choice["answers"]] == [
        f"{dollar}5 to 6{dollar}",
        f"{dollar}7",
    ]
    assert choice["answers"][0]["feedback"] == f"5{dollar}, not 6{dollar}"
    assert typed["answers"] == [{"answer": "$5", "correct": True}]


def test_what_has_no_place_is_told() -> None:
    file = written(FORMAT, bank(
        {"id": "a", "kind": "free", "prompt": "Why?"},
        {"id": "b", "kind": "text", "prompt": "Who?", "answers": ["Ada"], "explanation": "So"},
    ))  # fmt: skip
    assert summary(file.losses) == (
        "1 question with a free answer dropped (a)",
        "1 explanation dropped",
    )
