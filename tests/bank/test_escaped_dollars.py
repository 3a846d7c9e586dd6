"""Dollars written as ``\\$``, which is what the guide tells authors to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from quizcli.bank.check import check_files

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    "text", [r"costs \$5", r"x\$", r"\$", r"\$5 and \$6", r"\$5 and $x$", r"$x$ costs \$", "$"]
)
def test_a_dollar_that_is_one(tmp_path: Path, text: str) -> None:
    """Neither a fault nor a traceback."""
    path = tmp_path / "b.yaml"
    path.write_text(
        "format: 1\nid: b\ntitle: B\nquestions:\n  - id: q\n    kind: single-choice\n"
        f"    prompt: '{text}'\n    options:\n      - {{id: a, text: A, correct: true}}\n"
        "      - {id: c, text: C}\n"
    )
    ((_, faults),) = check_files([path], lambda *_: [])
    assert [fault for fault in faults if fault.level != "note"] == []
