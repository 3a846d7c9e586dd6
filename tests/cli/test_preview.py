"""``bank preview`` of every kind, in banks of one kind and of several."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from quizcli.quiz.kinds import KINDS
from tests.support.home import Home

if TYPE_CHECKING:
    from pathlib import Path

DRAWN = """\
format: 1
id: drawn
title: Drawn
questions:
  - id: sum
    kind: number
    prompt: What is {A} + {B}?
    variables: {A: {from: 1, to: 1000, default: 5}, B: {from: 1, to: 1000, default: 7}}
    answer: "{A + B}"
  - id: difference
    kind: number
    prompt: What is {A} - {B}?
    variables: {A: {from: 1, to: 1000}, B: {from: 1, to: 1000}}
    answer: "{A - B}"
  - id: choice
    kind: single-choice
    prompt: Which one?
    options: [{id: a, text: This, correct: true}, {id: b, text: That}, {id: c, text: Neither}]
"""
BANK = """\
format: 1
id: mixed
title: Mixed
questions:
  - id: turn
    kind: card
    front: The front of $x_1$?
    back: The back of it.
    hints: [Think twice]
  - id: gaps
    kind: cloze
    text: "One is [[one::uno]] and two is [[two::dos]]."
  - id: one
    kind: single-choice
    prompt: Which one?
    options:
      - {id: a, text: This, correct: true, feedback: So it is.}
      - {id: b, text: That, feedback: It is not.}
  - id: some
    kind: multiple-choice
    prompt: Which ones?
    options:
      - {id: a, text: This, correct: true}
      - {id: b, text: That, correct: true}
      - {id: c, text: None of it}
  - id: really
    kind: true-false
    prompt: Is it so?
    options:
      - {id: "true", correct: true}
      - {id: "false"}
  - {id: many, kind: number, prompt: How many?, answer: 7}
  - {id: word, kind: text, prompt: Which word?, answers: [seven]}
  - id: match
    kind: matching
    prompt: Which belongs?
    pairs: [{id: a, left: Left a, right: Right a}, {id: b, left: Left b, right: Right b}]
  - {id: sort, kind: ordering, prompt: In order., items: [{id: a, text: First}, {id: b, text: Then}]}
  - {id: say, kind: free, prompt: Say why., model: Because it is so.}
"""


@pytest.fixture
def mixed(tmp_path: Path) -> Home:
    """A home with a bank of all kinds, flashcards first."""
    home = Home(tmp_path / "mixed", sample=False)
    (home.root / "questions").mkdir(parents=True)
    (home.root / "questions" / "mixed.yaml").write_text(BANK)
    assert home("bank", "check", str(home.root / "questions" / "mixed.yaml")).code == 0
    return home


@pytest.mark.parametrize(
    "extra", [(), ("--plain",), ("--all",), ("--hints",), ("--all", "--plain")]
)
def test_each_kind(mixed: Home, extra: tuple[str, ...]) -> None:
    """Nothing ends in a traceback, and each shows what it asks."""
    shown = {
        "turn": "The back of it.", "gaps": "dos", "one": "This", "some": "None of it",
        "really": "True", "many": "How many?", "word": "Which word?", "match": "Right b",
        "sort": "Then",
    }  # fmt: skip
    kinds = set(re.findall(r"kind: ([a-z-]+)", BANK))
    assert kinds == set(KINDS)
    for id, words in shown.items():
        ran = mixed("bank", "preview", f"mixed/{id}", *extra)
        assert ran.code == 0, ran.err
        assert words in ran.words


@pytest.mark.parametrize("look", [(), ("--plain",)])
def test_a_slip_is_asked_once_more_as_in_a_quiz(tmp_path: Path, look: tuple[str, ...]) -> None:
    near = "prompt: Which?, answers: [seven], near: 1, expect: [{answer: eleven, feedback: No.}]"
    bank = f"format: 1\nid: near\ntitle: T\nquestions:\n  - {{id: q, kind: text, {near}}}\n"
    (tmp_path / "near.yaml").write_text(bank)
    home = Home(tmp_path)
    told = "Almost: check the spelling and answer again. If the same answer is given again:"
    for typed, verdict in {"sevn": "Wrong", "seven": "Right", "eleven": "Wrong"}.items():
        shown = home("bank", "preview", str(tmp_path / "near.yaml"), "--answer", typed, *look).words
        assert (told in shown) is (typed == "sevn")
        assert verdict in shown.split(told)[-1]


def test_a_slip_is_of_the_numbers_that_are_shown(tmp_path: Path) -> None:
    near = (
        "prompt: '{w}', answers: ['word{w}'], near: 1, variables: {w: {choices: [5], default: 5}}"
    )
    bank = f"format: 1\nid: near\ntitle: T\nquestions:\n  - {{id: q, kind: text, {near}}}\n"
    (tmp_path / "near.yaml").write_text(bank)
    shown = Home(tmp_path)(
        "bank", "preview", str(tmp_path / "near.yaml"), "--answer", "wird5"
    ).words
    assert "Almost: check the spelling" in shown


def test_a_flashcard_has_two_sides_and_its_hints(mixed: Home) -> None:
    ran = mixed("bank", "preview", "mixed/turn", "--hints", "--plain")
    assert ran.out.index("The front of") < ran.out.index("Think twice") < ran.out.index("The back")
    assert "Think twice" not in mixed("bank", "preview", "mixed/turn").out
    assert "The front of" in mixed("bank", "preview", "mixed").out  # of a bank alone its first


def test_each_gap_of_a_text_or_one(mixed: Home) -> None:
    whole = mixed("bank", "preview", "mixed/gaps", "--plain").words
    assert "One is [blank] and two is dos." in whole
    assert "One is uno and two is [blank]." in whole
    one = mixed("bank", "preview", "mixed/gaps#two", "--plain").words
    assert "One is [blank]" not in one
    assert "[dos]" in one


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("mixed/turn", "--answer", "a"), "'turn' is a flashcard: it is rated, not answered"),
        (("mixed/gaps#tow",), "'gaps' has no gap 'tow' — did you mean 'two'?"),
        (("mixed/one#two",), "'one' has no gaps — leave out #two"),
        (("mixed/turn#two",), "'turn' has no gaps — leave out #two"),
        (("mixed/oen",), "mixed has no question 'oen' — did you mean 'one'?"),
        (("mixed/one", "--answer", "z"), "z"),
        (("mxied/one",), "no bank is called 'mxied'"),
    ],
    ids=str,
)
def test_what_cannot_be_shown_is_told(mixed: Home, arguments: tuple[str, ...], said: str) -> None:
    ran = mixed("bank", "preview", *arguments)
    assert ran.code in {2, 3}
    assert said in ran.told


def test_a_question_is_named_as_by_other_verbs(mixed: Home) -> None:
    """By -q behind its bank, also where that is a file."""
    shown = mixed("bank", "preview", "mixed/word").out
    file = str(mixed.root / "questions" / "mixed.yaml")
    for bank in ("mixed", file):
        assert mixed("bank", "preview", bank, "-q", "word").out == shown
    ran = mixed("bank", "preview", "mixed", "--question", "wrod")
    assert "has no question 'wrod' — did you mean 'word'?" in ran.told
    edited = mixed("bank", "edit", "mixed", "-q", "word", EDITOR="true")
    assert edited.code == 0
    assert edited.out == mixed("bank", "edit", "mixed/word", EDITOR="true").out


def test_the_order_is_that_of_a_quiz_with_the_same_settings(tmp_path: Path) -> None:
    """What was set for every quiz holds for a preview too: its letters mean the same."""
    home = Home(tmp_path / "home", sample=False)

    def letters() -> list[str]:
        ran = home("bank", "preview", "rnn/nan", "--plain")
        return re.findall(r"^[a-d]\. .*$", ran.out, re.MULTILINE)

    shuffled = letters()
    home("config", "set", "shuffle", "false")
    taken = home("take", "rnn", "--plain", text="\n" * 10).out
    assert len(letters()) == 4
    assert letters() != shuffled
    assert "\n".join(letters()) in taken


@pytest.mark.parametrize("seed", ["0", "7", "8131"])
def test_a_seed_draws_and_shuffles_what_a_quiz_asks_with_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], seed: str
) -> None:
    """That varies its questions, as the help says: without, a quiz asks the usual numbers."""
    home = Home(tmp_path)
    (tmp_path / "questions" / "drawn.yaml").write_text(DRAWN)
    asked = home("take", "drawn", "--seed", seed, "--vary", text="\n\n\n").out
    usual = home("take", "drawn", "--seed", seed, text="\n\n\n").words
    assert "5 + 7" in usual
    for question in ("sum", "difference", "choice"):
        shown = home("bank", "preview", f"drawn/{question}", "--seed", seed, "--plain").out
        assert shown in asked
    assert "5 + 7" in home("bank", "preview", "drawn/sum", "--plain").out
    assert home("bank", "preview", "--help").code == 0
    assert "'take --seed N --vary'" in " ".join(capsys.readouterr().out.split())


def test_a_question_that_is_named_apart_is_no_file(tmp_path: Path) -> None:
    """Whatever its name ends with: it is looked for in the bank that was named."""
    home = Home(tmp_path)
    for verb in ("preview", "edit"):
        ran = home("bank", verb, "sample", "-q", "x.yaml", EDITOR="true")
        assert "sample has no question 'x.yaml'" in ran.told
    shipped = home("bank", "edit", "rnn", "-q", "x.yaml", EDITOR="true")
    assert "comes with the program" in shipped.told
