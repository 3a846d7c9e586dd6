"""Sentences about what is none: no tag, no value, one question."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.home import Home

if TYPE_CHECKING:
    from pathlib import Path

ONE = """\
format: 1
id: one
title: One
questions:
  - {id: many, kind: number, prompt: How many?, answer: 3}
"""


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home with a bank of one question that has no tag."""
    home = Home(tmp_path)
    (tmp_path / "questions" / "one.yaml").write_text(ONE)
    return home


@pytest.mark.parametrize(
    "verb", [("take", "one", "--tag", "nope"), ("take", "one", "--draw", "nope=1"),
             ("review", "one", "--tag", "nope")], ids=" ".join,
)  # fmt: skip
def test_a_bank_without_tags(home: Home, verb: tuple[str, ...]) -> None:
    ran = home(*verb)
    assert ran.code == 2
    assert "this bank has no tags" in ran.told


def test_a_setting_without_a_value(home: Home) -> None:
    assert home("config", "unset", "name").out == "name is empty (default)\n"
    assert home("config", "set", "name", "Ada").out == "name is Ada (file)\n"
    assert home("config", "set", "name", "").out == "name is empty (file)\n"


def test_a_queue_of_one(home: Home) -> None:
    assert home("review", "one", "--queue").words.startswith("1 new, 0 later, 1 q")
