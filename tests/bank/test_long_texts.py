"""Texts of a hundred thousand characters that repeat what patterns look for: time grows with their
length, and not with its square."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING

import pytest

from quizcli.bank.check import check_files
from quizcli.bank.texts import Notation
from quizcli.terminal.notation import Form, complaints, render

if TYPE_CHECKING:
    from pathlib import Path

PIECES = [
    "not:", "\\$", "not ", "NOT", "except", "n't ", "$", "$x", "$x$", "`", "``", "```\n", "[[", "]]", "[[a::", "**",
    "*", "_", "\\", "\\frac{", "{", "}", "|", "| a ", "\n", " \n", "- a\n", "1. ", "<", "&", "(", "((", "a(",
    ".", "...", "ä", "\u0301", "\u200d", "😀", "9", "1.", "all of the above ", "https://", "\t", "''", '"',
    "^", "x^", "~", "!", "?", "none of ", "\\(", "\\begin{", "  ", "a  ", "#", "> ", "=", "---\n",
]  # fmt: skip


@pytest.mark.parametrize("piece", PIECES, ids=repr)
def test_a_long_text(tmp_path: Path, piece: str) -> None:
    """In every text of a question; checked, and drawn as a formula where it is one."""
    text = (piece * 100_000)[:100_000]
    question = {
        "id": "q", "kind": "single-choice", "prompt": f"P {text}", "explanation": text,
        "options": [{"id": "a", "text": f"A {text}", "correct": True, "feedback": text},
                    {"id": "b", "text": f"B {text}"}],
    }  # fmt: skip
    bank = {"format": 1, "id": "long", "title": "Long", "questions": [question]}
    path = tmp_path / "long.yaml"
    path.write_text(json.dumps(bank, ensure_ascii=False).replace("\x7f", ""), encoding="utf-8")
    begun = time.process_time()
    check_files([path], lambda *_: [], Notation(complaints, lambda t: render(t, Form.UNICODE)))
    assert time.process_time() - begun < 12, "the square of its length"
