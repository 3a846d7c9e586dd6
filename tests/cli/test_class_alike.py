"""Answers alike at the command line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tests.cli.home import Home
from tests.scores.handing_in import Student, handed_in

if TYPE_CHECKING:
    from pathlib import Path


def test_few_questions_prove_nothing(tmp_path: Path) -> None:
    staff = Home(tmp_path)
    (tmp_path / "in").mkdir()
    for n, gate in enumerate(["one", "one", "units", "words"]):
        data = handed_in({"gate": [gate]}, Student(f"s{n}"))
        (tmp_path / "in" / f"{n}.json").write_text(json.dumps(data))
    (tmp_path / "in" / "cut.json").write_text("{")
    ran = staff("class", "alike", "sample", "in")
    assert ran.code == 1
    assert "in/cut.json: not graded" in ran.told
    assert "Below 20 questions these figures prove nothing" in ran.words
    assert "s0 and s1" in ran.words
    data = staff("class", "alike", "sample", "in", "--json").data
    assert [(pair["questions"], pair["flagged"]) for pair in data["pairs"]] == [(["gate"], False)]
    assert staff("class", "alike", "sample").code == 2
