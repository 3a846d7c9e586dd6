"""Scores of what was matched or ordered name things as a person knows them, whatever is left of
the bank."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.support.home import Home

if TYPE_CHECKING:
    from pathlib import Path

DESK = """\
format: 1
id: desk
title: Desk
defaults: {shuffle: false}
questions:
  - id: uses
    kind: matching
    prompt: Which belongs to which?
    pairs:
      - {id: pen, left: A pen, right: writes}
      - {id: book, left: A book, right: is read}
    distractors: [is eaten]
  - id: day
    kind: ordering
    prompt: In which order?
    items:
      - {id: dawn, text: The dawn}
      - {id: noon, text: The noon}
      - {id: dusk, text: The dusk}
"""
REST = """\
  - id: rest
    kind: true-false
    prompt: A desk has a top.
    answer: true
"""
CODE = re.compile(r"\b[0-9a-f]{8}\b|\+1")


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home with a quiz in which something was matched and something ordered."""
    home = Home(tmp_path, sample=False)
    (tmp_path / "questions").mkdir()
    (tmp_path / "questions" / "desk.yaml").write_text(DESK + REST)
    assert home("take", "desk", text="1a 2b\nb a c\n a\n").code == 0
    return home


@pytest.mark.parametrize("form", ["table", "md", "csv", "json"])
@pytest.mark.parametrize("left", ["all", "rest", "nothing"])
def test_no_code_is_shown(home: Home, form: str, left: str) -> None:
    path = home.root / "questions" / "desk.yaml"
    if left == "rest":
        path.write_text(DESK[: DESK.index("  - id: uses")] + REST)
    elif left == "nothing":
        path.unlink()
    ran = home("score", "--format", form)
    said = ran.out
    if form == "json":
        answers = ran.data["answers"]
        said = str([answer["response"] for answer in answers])
        assert "/" not in str([answer["given"] for answer in answers])
    if form == "csv":
        said = re.sub(r",[0-9a-f]{8,},", ",", said)
    assert not CODE.search(re.sub(r"seed \d+|\d{4}-.*Z", "", said)), said
    # Whatever is left, things have their words or the author's ids.
    assert "dawn" in said
    assert re.search(r"[Aa]? ?pen: ", said)
    if left == "all" and form == "table":
        assert "A pen: " in said
        assert "The dawn" in said
