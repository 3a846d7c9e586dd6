"""The end of a quiz, ``score`` and ``history`` write what an answer earned in one way."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.support.home import Home
from tests.support.taking import desk_with

if TYPE_CHECKING:
    from pathlib import Path

BANK = """\
format: 1
id: three
title: Three
defaults: {shuffle: false}
questions:
  - {id: blank, kind: number, prompt: How many?, answer: 3}
  - {id: marked, kind: number, prompt: How much?, answer: 4}
  - id: pairs
    kind: matching
    prompt: Match them.
    pairs: [{id: x, left: un, right: a}, {id: y, left: deux, right: b}, {id: z, left: trois, right: c}]
    distractors: [d]
"""


def test_points_times_and_flags(tmp_path: Path) -> None:
    """An exact fraction, a dash where nothing was answered, the flag behind the title."""
    (tmp_path / "three.yaml").write_text(BANK)
    desk = desk_with(tmp_path / "desk", tmp_path / "three.yaml")
    asked = desk("take", "three", "--exam", text=":flag\n\n:flag\n4\n").out
    order = [line[3:] for line in asked.splitlines() if line[1:3] == ". " and line[0] in "abcd"]
    signs = {text: "abcd"[place] for place, text in enumerate(order[:4])}
    answer = f"1{signs['a']} 2{signs['b']} 3{signs['d']}"
    said = desk("take", "three", "--exam", text=f":flag\n\n:flag\n4\n{answer}\n").words
    assert "Score 1 2/3 of 3, 55.6 percent" in said
    assert "pairs: partly right, 2/3 of 1 point." in said
    for shown in (desk("score").out, desk("history", "2").out):
        assert "Score 1 2/3 of 3 · 55.6%" in shown
        rows = {line.split()[1]: line for line in shown.splitlines() if line[1:3] == "  "}
        assert rows["blank"].startswith("1  blank (flagged)")
        assert rows["blank"].split()[-4:] == ["0", "of", "1", "–"]
        assert rows["marked"].startswith("2  marked (flagged)")
        assert rows["marked"].split()[-5:] == ["1", "of", "1", "0", "s"]
        assert rows["pairs"].split()[-5:] == ["2/3", "of", "1", "0", "s"]
    assert "2/3 of 1" in desk("score", "--format", "md").out


def test_the_time_of_an_attempt_says_which_it_is(tmp_path: Path) -> None:
    """A list goes by the start, a score by the end: two times of one attempt, each by its name."""
    home = Home(tmp_path)
    home("take", "sample", "--no-shuffle", text="b\n:quit\n")
    (begun,) = re.findall(r"\d{4}-\d\d-\d\d \d\d:\d\d", home("history").out)
    assert f"Started {begun}" in home("score", "1").words
    home.clock.tick(600)
    home("take", "sample", "--resume", text="a\nb\nb\n")
    ended = f"{begun[:-2]}{int(begun[-2:]) + 10:02}"
    assert f"Finished {ended}" in home("score", "1").words
    assert "finished 20" in home("score", "1", "--format", "md").words
    assert begun in home("history").words
    assert "Started" in home("history").words


def test_a_file_of_answers_is_not_called_an_exam(tmp_path: Path) -> None:
    """It follows an exam's rules, but nobody sat one."""
    home = Home(tmp_path)
    home("take", "sample", "--exam", text="b\na\nb\n\n\n")
    answers = tmp_path / "answers.yaml"
    answers.write_text("gate: [one]\n")
    home("take", "sample", "--answers", str(answers))
    sat, filed = [line for line in home("history").out.splitlines() if " sample " in line]
    assert "  exam  " in sat
    assert "  answers file  " in filed
    assert " · exam · " in home("score", "1").words
    assert " · answers file · " in home("score", "2").words


@pytest.mark.parametrize("form", ["table", "md"])
def test_what_is_unfinished_flagged_or_guessed_is_told(tmp_path: Path, form: str) -> None:
    """By each form for people, and at the end of ``history``."""
    home = Home(tmp_path)
    home("take", "sample", "--no-shuffle", text=":flag\nA\n")
    said = home("score", "1", "--format", form).words
    assert "unfinished" in said
    assert "unfinished" in home("history", "1").words
    assert "(flagged)" in said
    assert "wrong, a guess" in said or "| yes |" in said
    home("take", "sample", "--resume", text="a\nb\nb\n")
    assert "unfinished" not in home("score", "1", "--format", form).words
