"""``history`` and ``score`` take a number of an attempt, or the name of a bank."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.home import Home

if TYPE_CHECKING:
    from pathlib import Path

FEW = """\
format: 1
id: few
title: Few
questions:
  - {id: a, kind: true-false, prompt: Is it?, answer: true}
"""


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home with two banks, the sample taken first, then the other twice."""
    home = Home(tmp_path / "home")
    (tmp_path / "home/questions/few.yaml").write_text(FEW)
    home.quiz()
    for answer in ("a\n", "b\n"):
        home.days()("take", "few", text=answer)
    return home


def test_a_banks_name_lists_its_attempts_and_scores_its_newest(home: Home) -> None:
    assert [each["id"] for each in home("history", "few", "--json").data["attempts"]] == [2, 3]
    assert [each["id"] for each in home("history", "sample", "--json").data["attempts"]] == [1]
    assert "attempt 3" in home("score", "few").words
    assert "attempt 1" in home("score", "sample").words
    assert "attempt 2" in home("score", "2").words


def test_a_bank_is_known_by_its_file_its_former_id_and_when_it_is_gone(home: Home) -> None:
    file = home.root / "questions/few.yaml"
    assert "attempt 3" in home("score", str(file)).words
    file.write_text(FEW.replace("id: few", "id: less\nformerly: [few]"))
    for name in ("less", "few"):
        assert [e["id"] for e in home("history", name, "--json").data["attempts"]] == [2, 3]
    file.unlink()
    assert [each["id"] for each in home("history", "few", "--json").data["attempts"]] == [2, 3]
    assert "attempt 3" in home("score", "few").words


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        ("history fwe", 3, "no bank is called 'fwe' — did you mean 'few'?"),
        ("score fwe", 3, "no bank is called 'fwe' — did you mean 'few'?"),
        ("history 12", 2, "there is no attempt 12 — list them: quizcli history"),
        ("score 99999999999999999999999", 2, "there is no attempt 99999999999999999999999 —"),
        ("score rnn", 2, "no quiz of rnn has been finished yet — take one: quizcli take rnn"),
        ("history few --html page.html", 2, "which attempt? quizcli history few lists them"),
    ],
)
def test_what_is_neither_is_told(home: Home, arguments: str, code: int, said: str) -> None:
    ran = home(*arguments.split())
    assert ran.code == code
    assert said in ran.told


def test_a_bank_without_attempts_says_how_to_take_it(home: Home) -> None:
    assert home("history", "rnn").words == "No attempts at rnn yet. Take a quiz: quizcli take rnn"
