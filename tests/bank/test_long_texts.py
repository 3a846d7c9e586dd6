"""Long texts that repeat what patterns look for: time grows with their length, and not with its
square. Only the ratio is judged, since the machine may be a slow one."""

from __future__ import annotations

import json
import time
from math import inf
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


def time_to_check(path: Path, piece: str, length: int) -> float:
    """In seconds of the processor: `length` characters in every text of a question, checked, and drawn
    as a formula where it is one."""
    text = (piece * length)[:length]
    question = {
        "id": "q", "kind": "single-choice", "prompt": f"P {text}", "explanation": text,
        "options": [{"id": "a", "text": f"A {text}", "correct": True, "feedback": text},
                    {"id": "b", "text": f"B {text}"}],
    }  # fmt: skip
    bank = {"format": 1, "id": "long", "title": "Long", "questions": [question]}
    path.write_text(json.dumps(bank, ensure_ascii=False).replace("\x7f", ""), encoding="utf-8")
    begun = time.process_time()
    check_files([path], lambda *_: [], Notation(complaints, lambda t: render(t, Form.UNICODE)))
    return time.process_time() - begun


@pytest.mark.parametrize("piece", PIECES, ids=repr)
def test_a_long_text(tmp_path: Path, piece: str) -> None:
    """Eight times the text takes some eight times as long; the square would take 64 times. What takes
    no tenth of a second is not told from noise, nor need be; the best of three is, on a machine that
    others use as well."""
    path, long = tmp_path / "long.yaml", inf
    short = time_to_check(path, piece, 6_000)
    for _ in range(3):
        if long >= 24 * max(short, 0.01):
            long = min(long, time_to_check(path, piece, 48_000))
    assert long < 24 * max(short, 0.01), "the square of its length"
