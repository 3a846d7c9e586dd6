"""No program grades a flashcard: what asks, grades or proves leaves it out, and says so."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.support.program import quizcli

CARDS = """\
format: 1
id: {id}
title: A deck
questions:
  - {{id: one, kind: card, front: What is one?, back: The first number., tags: [numbers]}}
  - {{id: two, kind: cloze, text: 'One, [[x::two]] and [[y::three]].'}}
"""
CHOICE = """\
  - id: four
    kind: single-choice
    prompt: What comes after three?
    options: [{id: a, text: Four, correct: true}, {id: b, text: Five}]
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home with a bank of cards alone and one that has a question too."""
    shelf = tmp_path / "questions"
    shelf.mkdir()
    (shelf / "deck.yaml").write_text(CARDS.format(id="deck"))
    (shelf / "mixed.yaml").write_text(CARDS.format(id="mixed") + CHOICE)
    return tmp_path


def test_a_quiz_asks_the_questions_alone(home: Path) -> None:
    done = quizcli("take", "mixed", "--no-shuffle", home=home, text="a\n")
    assert done.returncode == 0
    assert "\nA deck.\n" in done.stdout
    assert "Score 1 of 1, 100 percent" in done.stdout
    scored = quizcli("score", home=home)
    assert scored.returncode == 0
    assert "four" in scored.stdout
    assert "two" not in scored.stdout


def test_a_bank_of_cards_says_what_to_type(home: Path) -> None:
    """By its id on the shelf, by its path elsewhere."""
    done = quizcli("take", "deck", home=home)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.endswith("study them with: quizcli cards deck\n")
    path = home / "elsewhere.yaml"
    path.write_text(CARDS.format(id="elsewhere"))
    assert quizcli("take", path, home=home).stderr.endswith(f": quizcli cards {path}\n")


def test_take_alone_takes_a_bank_that_can_be_asked(home: Path) -> None:
    """Though the deck stands first on the shelf."""
    done = quizcli("take", home=home, text="a\n")
    assert "taking the bank mixed" in done.stderr
    assert done.returncode == 0


def test_a_tag_of_cards_alone_is_no_tag_of_a_question(home: Path) -> None:
    done = quizcli("take", "mixed", "--tag", "numbers", home=home)
    assert done.returncode == 2
    assert "no question has the tag 'numbers'" in done.stderr


def test_answers_to_a_card_are_refused_at_their_place(home: Path) -> None:
    answers = home / "answers.yaml"
    answers.write_text("four: [a]\none: [a]\n")
    done = quizcli("take", "mixed", "--answers", answers, home=home)
    assert done.returncode == 2
    assert f"{answers.as_posix()}:2:1: 'one' is a flashcard, which cannot be graded" in done.stderr
    answers.write_text("four: [a]\n")
    done = quizcli("take", "mixed", "--answers", answers, "--json", home=home)
    assert [row["question"] for row in json.loads(done.stdout)["answers"]] == ["four"]
    assert "had no answer" not in done.stderr


def test_a_proof_is_not_asked_of_cards(home: Path) -> None:
    done = quizcli("bank", "prove", "mixed", home=home)
    assert "without an experiment, so not proved: four" in done.stderr
    assert quizcli("bank", "prove", "deck", home=home).returncode == 2
    done = quizcli("bank", "prove", "mixed", "--question", "one", home=home)
    assert "'one' is a flashcard" in done.stderr
    assert done.returncode == 2


def test_home_and_the_shelf_count_both_and_name_the_command_that_fits(home: Path) -> None:
    for arguments in ((), ("bank", "list")):
        printed = quizcli(*arguments, home=home).stdout
        assert "1 question, 3 cards" in printed
        assert "10 questions\n" in printed
        assert "quizcli cards deck" in printed
        assert "quizcli take deck" not in printed
    banks = json.loads(quizcli("bank", "list", "--json", home=home).stdout)["banks"]
    counts = {bank["id"]: (bank["questions"], bank["cards"]) for bank in banks}
    assert counts == {"deck": (0, 3), "mixed": (1, 3), "rnn": (10, 0), "sequence-models": (25, 0)}


def test_a_bank_with_cards_is_shown_with_both_sides(home: Path) -> None:
    printed = quizcli("bank", "show", "deck", home=home).stdout
    assert "What is one?\n✓ The first number.\n" in printed
    assert "x: One, […] and three.\n✓ One, [two] and three.\n" in printed
    data = json.loads(quizcli("bank", "show", "deck", "--json", home=home).stdout)
    one, two = data["questions"]
    assert (one["front"], one["prompt"], one["text"]) == ("What is one?", None, None)
    assert (one["back"], one["points"]) == ("The first number.", None)
    assert [card["address"] for card in two["cards"]] == ["deck/two#x", "deck/two#y"]
