"""The reasons of all options, for who reads lines and for who sees a screen: the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.home import Home

if TYPE_CHECKING:
    from pathlib import Path

MISSED = "Look at the first letter again."
BANK = f"""format: 1
id: letters
title: Letters
questions:
  - id: first
    kind: single-choice
    prompt: Which is the first letter?
    shuffle: false
    options:
      - {{id: alpha, text: A, correct: true, missed: {MISSED}}}
      - {{id: beta, text: B, feedback: B is the second.}}
  - id: capitals
    kind: matching
    prompt: Which letter is it?
    pairs:
      - {{id: alpha, left: a, right: A, feedback: It is the first.}}
      - {{id: beta, left: b, right: B}}
"""


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home with a bank that says what a right option that was missed is about."""
    (tmp_path / "questions").mkdir()
    (tmp_path / "questions" / "letters.yaml").write_text(BANK)
    return Home(tmp_path, sample=False)


@pytest.mark.parametrize("plain", [(), ("--plain",)], ids=["screen", "lines"])
@pytest.mark.parametrize("answer", ["a", "b"])
def test_what_was_missed(home: Home, answer: str, plain: tuple[str, ...]) -> None:
    """What is said of a right option that was not chosen stands among all reasons too, and only
    where it was not."""
    shown = home("bank", "preview", "letters/first", "--answer", answer, "--all", *plain).words
    home("take", "letters", "--no-shuffle", text=f"{answer}\n\n")
    walked = home("history", "1", *plain).words
    assert [MISSED in words for words in (shown, walked)] == [answer == "b"] * 2


@pytest.mark.parametrize(
    ("verb", "text"), [("take", "b\n:why\n"), ("review", "b\n:why\n\n1a,2a\n:why\n\n")]
)
def test_why_in_lines(home: Home, verb: str, text: str) -> None:
    """``:why`` tells of the answer that was given."""
    said = home(verb, "letters", "--no-shuffle", text=text, typed=True, QUIZCLI_PLAIN="1").words
    assert said.count(MISSED) == 2
    if verb == "review":
        assert said.count("a, wrong: B. Right: A. It is the first.") == 2
