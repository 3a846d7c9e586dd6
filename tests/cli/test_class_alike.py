"""Answers alike at the command line."""

from __future__ import annotations

import json
from random import Random
from typing import TYPE_CHECKING

from tests.support.handing_in import Student, handed_in
from tests.support.home import Home

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
    assert "With fewer than 20 questions these figures prove nothing" in ran.words
    assert "s0 and s1" in ran.words
    data = staff("class", "alike", "sample", "in", "--json").data
    assert [(pair["questions"], pair["flagged"]) for pair in data["pairs"]] == [(["gate"], False)]
    assert staff("class", "alike", "sample").code == 2


def test_a_pair_that_copied_is_flagged_with_its_questions(tmp_path: Path) -> None:
    staff = Home(tmp_path)
    ids = [f"q{n}" for n in range(20)]
    options = [{"id": o, "text": o, "correct": o == "a"} for o in "abcd"]
    questions = [{"id": id, "kind": "single-choice", "prompt": f"Which of {id}?", "options": options}
                 for id in ids]  # fmt: skip
    bank = {"format": 1, "id": "twenty", "title": "Twenty", "questions": questions}
    (tmp_path / "questions" / "twenty.yaml").write_text(json.dumps(bank))
    lines = ["id,name," + ",".join(ids)]
    chance = Random(5)
    lines += [f"00{n},=Ada {n}," + ",".join(chance.choices("abcd", k=20)) for n in range(12)]
    lines.append("0099,<b>," + lines[3].split(",", 2)[2])
    (tmp_path / "r.csv").write_text("\n".join(lines))
    ran = staff("class", "alike", "twenty", "--responses", "r.csv", "--json")
    assert ran.code == 0, ran.err
    pair = ran.data["pairs"][0]
    assert {one["id"] for one in pair["students"]} == {"002", "0099"}
    assert pair["flagged"]
    assert pair["p_of_all"] < 0.05
    assert pair["same"] == pair["both_wrong"] == len(pair["questions"])
    assert "worth a look" in staff("class", "alike", "twenty", "--responses", "r.csv").words
