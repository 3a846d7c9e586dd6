"""The reader against the parse trees of the GIFT grammar's own tests, where they lie beside the
checkout: 51 files, each with what is to be read in it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from quizcli import load_bank
from quizcli.formats.gift import read
from quizcli.formats.sources import (
    SourceAnswer,
    SourceCategory,
    SourceKind,
    SourceNumber,
    SourceQuestion,
    SourceText,
)
from tests.support.home import Home

FOLDER = Path(__file__).parents[3] / "shared" / "data" / "gift-grammar"
FILES = sorted(path.stem for path in FOLDER.glob("*.gift"))
KINDS = {
    SourceKind.CHOICE: "MC",
    SourceKind.TRUTH: "TF",
    SourceKind.SHORT: "Short",
    SourceKind.NUMBER: "Numerical",
    SourceKind.MATCHING: "Matching",
    SourceKind.ESSAY: "Essay",
    SourceKind.DESCRIPTION: "Description",
}


def test_the_files_are_there() -> None:
    if not FILES:
        pytest.skip(f"needs the grammar's files in {FOLDER}")
    assert len(FILES) == 51


@pytest.mark.parametrize("name", FILES)
def test_a_file_is_read_as_the_grammar_reads_it(name: str) -> None:
    expected = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    read_file = read((FOLDER / f"{name}.gift").read_bytes())
    assert [tree(item) for item in read_file.items] == [spaced(item) for item in expected]
    assert read_file.remarks == ()


OURS = {
    "MC": {"single-choice", "multiple-choice"},
    "TF": {"true-false"},
    "Short": {"text"},
    "Numerical": {"number", "text"},  # several exact numbers are typed as texts
    "Matching": {"matching"},
    "Essay": {"free"},
}


@pytest.mark.parametrize("name", FILES)
def test_a_file_is_imported_or_said_why_not(name: str, tmp_path: Path) -> None:
    """Through the verb: every question is in the bank, or left out with its line."""
    expected = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    asked = [item for item in expected if item["type"] in OURS]
    home = Home(tmp_path / "home", sample=False)
    bank = tmp_path / "bank.yaml"
    ran = home("bank", "import", str(FOLDER / f"{name}.gift"), "-o", str(bank), "--json")
    if not asked:
        assert (ran.code, "no question could be read" in ran.told) == (1, True)
        return
    assert ran.code == 0, ran.err
    (told,) = ran.data["files"]
    assert told["questions"] + told["left_out"] == len(asked)
    assert told["left_out"] == sum(remark["lost"] for remark in told["remarks"])
    assert "1 bank checked: 0 faults" in home("bank", "check", str(bank)).out
    questions = load_bank(bank).questions
    if told["left_out"]:
        return
    for question, item in zip(questions, asked, strict=True):
        assert question.kind in OURS[item["type"]]
        if item["type"] == "MC":
            assert len(question.options) == len(item["choices"])
            rights = [c["isCorrect"] or (c["weight"] or 0) > 0 for c in item["choices"]]
            if any(c["isCorrect"] for c in item["choices"]):
                rights = [c["isCorrect"] for c in item["choices"]]
            assert [option.correct for option in question.options] == rights
        if item["type"] == "TF":
            assert question.key == {"true" if item["isTrue"] else "false"}
        if item["type"] == "Matching":
            assert len(question.own["pairs"]) == sum(
                bool(pair["subquestion"]["text"]) for pair in item["matchPairs"]
            )


def spaced(item: dict[str, Any]) -> dict[str, Any]:
    """The grammar has a space on each side of a gap, also where none stood in the file."""
    if "stem" in item:
        item["stem"]["text"] = _gaps(item["stem"]["text"])
    return item


def tree(item: SourceQuestion | SourceCategory) -> dict[str, Any]:
    """A record in the words of the grammar's trees."""
    if isinstance(item, SourceCategory):
        return {"type": "Category", "title": item.path}
    prompt = SourceText(_gaps(item.prompt.text), item.prompt.markup)
    found: dict[str, Any] = {
        "id": item.id or None,
        "tags": list(item.tags) or None,
        "type": KINDS[item.kind],
        "title": item.title or None,
        "stem": _text(prompt),
        "hasEmbeddedAnswers": item.gap,
    }
    if item.kind is not SourceKind.DESCRIPTION:
        found["globalFeedback"] = _text(item.feedback)
    if item.kind is SourceKind.TRUTH:
        found["isTrue"] = item.truth
        found["trueFeedback"], found["falseFeedback"] = _text(item.if_wrong), _text(item.if_right)
    if item.pairs:
        found["matchPairs"] = [
            {"subquestion": _text(pair.left), "subanswer": pair.right} for pair in item.pairs
        ]
    if item.lone:
        assert item.answers[0].number
        found["choices"] = _number(item.answers[0].number)
    elif item.answers:
        found["choices"] = [_answer(answer) for answer in item.answers]
    return found


def _answer(answer: SourceAnswer) -> dict[str, Any]:
    text = _number(answer.number) if answer.number else _text(answer.text)
    return {
        "isCorrect": answer.right,
        "weight": answer.weight,
        "text": text,
        "feedback": _text(answer.feedback),
    }


def _number(number: SourceNumber) -> dict[str, Any]:
    if number.low:
        return {
            "type": "high-low",
            "numberLow": float(number.low),
            "numberHigh": float(number.high),
        }
    if number.tolerance:
        return {
            "type": "range",
            "number": float(number.number),
            "range": float(number.tolerance),
        }
    return {"type": "simple", "number": float(number.number)}


def _text(text: SourceText | None) -> dict[str, str] | None:
    return None if text is None else {"format": text.markup, "text": text.text}


def _gaps(text: str) -> str:
    return re.sub(r"\s*_____\s*", " _____ ", text).strip()
