"""An answer is what was typed: guesses and commands have ways of their own, and Backspace edits."""

from __future__ import annotations

from pathlib import Path

import pytest

from quizcli.play.quiz.options import QuizOptions
from quizcli.quiz.steps import EXAM, PRACTICE
from tests.support.home import Home
from tests.support.taking import Seen, desk_with, taken

BANK = """\
format: 1
id: signs
title: Signs
defaults: {shuffle: false}
questions:
  - {id: vi, kind: text, prompt: What leaves vi?, answers: [":q"], hints: [Two signs.]}
  - {id: glob, kind: text, prompt: What matches one letter?, answers: ["?"], hints: [One sign.]}
  - {id: quo, kind: text, prompt: How does Peter ask?, answers: [Quo vadis?], exact: [spaces]}
  - {id: essay, kind: free, prompt: "Why?", model: Because.}
  - {id: many, kind: number, prompt: How many?, answer: 3}
  - id: order
    kind: ordering
    prompt: Sort them.
    items: [{id: a, text: one}, {id: b, text: two}, {id: c, text: three}]
  - id: pairs
    kind: matching
    prompt: Match them.
    pairs: [{id: x, left: un, right: one}, {id: y, left: deux, right: two}]
"""


@pytest.fixture
def bank(tmp_path: Path) -> Path:
    """A bank whose answers look like commands."""
    path = tmp_path / "signs.yaml"
    path.write_text(BANK)
    return path


@pytest.fixture
def desk(tmp_path: Path, bank: Path) -> Home:
    """A home with it on the shelf."""
    return desk_with(tmp_path / "desk", bank)


def rows(desk: Home, n: int = 3) -> list[tuple[list[str], bool, float]]:
    """Response, guess and points of the first answers of the last attempt."""
    answers = desk("score", "--format", "json").data["answers"][:n]
    return [(row["response"], row["guess"], row["points"]) for row in answers]


def keys(root: Path, bank: Path, *pressed: str, exam: bool = False) -> Seen:
    """A quiz with keys."""
    policy = (EXAM if exam else PRACTICE)._replace(shuffle=False)
    return taken(root, bank, *pressed, options=QuizOptions(seed=1, policy=policy))


@pytest.mark.parametrize("exam", [(), ("--exam",)])
def test_in_lines(desk: Home, exam: tuple[str, ...]) -> None:
    """A backslash makes an answer of a command; ``:guess`` marks one, in practice and in an exam."""
    desk("take", "signs", "--no-shuffle", *exam, text="\\:q\n\\?\nQuo vadis?\n\n\n\n\n")
    assert rows(desk) == [([":q"], False, 1), (["?"], False, 1), (["Quo vadis?"], False, 1)]
    desk("take", "signs", "--no-shuffle", *exam, text=":guess :q\n:GUESS \\?\n:guess x\n\n\n\n\n")
    assert rows(desk) == [([":q"], True, 1), (["?"], True, 1), (["x"], True, 0)]


@pytest.mark.parametrize(
    ("line", "response"),
    [
        ("\\\\:q", "\\:q"), ("\\\\?", "\\?"), ("\\\\server", "\\\\server"), ("\\alpha", "\\alpha"),
        ("\\?x", "\\?x"), ("is it?", "is it?"), ("a:b", "a:b"), ("guess", "guess"),
    ],
)  # fmt: skip
def test_other_backslashes_stay(desk: Home, line: str, response: str) -> None:
    """Only where it is needed is one taken away."""
    desk("take", "signs", "--no-shuffle", text=f"{line}\n\n\n\n\n\n\n")
    assert rows(desk, 1) == [([response], False, 0)]


def test_in_a_review_in_lines(desk: Home) -> None:
    """The same two ways."""
    lines = ":quack\n\\:q\n\n:guess \\?\n\nQuo vadis?\n\n:quit\n"
    said = desk("review", "signs", "--new", "9", text=lines).words
    assert "To give it as an answer: \\:quack" in said
    assert said.count("Right. 1 of 1 point.") == 3
    assert said.count("You marked it as a guess") == 2  # once in the verdict, once with the rating


def test_what_is_no_command_may_be_an_answer(desk: Home) -> None:
    """It is told how; help tells it too, and ``:guess`` of what is not graded marks nothing."""
    lines = ":q\n:help\n:guess\n\n\n\n:guess so\n:gess x\nwhy not?\n:q\n3?\n\n\n"
    said = desk("take", "signs", "--no-shuffle", text=lines).words
    assert "To give it as an answer: \\:q" in said
    assert said.count("To give it as an answer") == 2  # never where it could be none
    assert "a colon or is just a question mark: \\:x or \\?." in said
    assert "Type :guess before it to mark it as a guess." in said
    assert "Type an answer; an empty line skips" in said
    assert "This question is not graded, so :guess does not apply" in said
    assert "did you mean ':guess'?" in said
    assert "Your answer: why not?" in desk("history", "1", "--plain").words
    assert rows(desk, 5)[4] == (["3"], True, 1)


def test_in_a_file(desk: Home, tmp_path: Path) -> None:
    """A file of answers is what it says."""
    answers = tmp_path / "answers.yaml"
    answers.write_text('vi: ":q"\nglob: "?"\nquo: Quo vadis?\n')
    desk("take", "signs", "--answers", str(answers))
    assert rows(desk) == [([":q"], False, 1), (["?"], False, 1), (["Quo vadis?"], False, 1)]


def test_with_keys(tmp_path: Path, bank: Path) -> None:
    """Every sign can be typed; a key with Ctrl marks a guess."""
    seen = keys(tmp_path / "a", bank, *":q", "enter", "enter", *" ?", "enter", "enter", *"Quo vadis?",
                "enter")  # fmt: skip
    assert "Right: Quo vadis?" in seen.stayed
    assert "(A guess.)" not in seen.stayed
    assert seen.stayed.count("✓") == 3
    seen = keys(tmp_path / "b", bank, *":q~", "backspace", "ctrl-g", "enter")
    assert "Marked as a guess." in seen.drawn
    assert "Ctrl-G sure" in seen.drawn
    assert "Right: :q. (A guess.)" in seen.stayed
    essay = keys(tmp_path / "c", bank, "tab", "tab", "tab", "ctrl-g")
    assert "guess" not in essay.drawn.rpartition("Why?")[2]


@pytest.mark.parametrize("exam", [False, True])
def test_backspace_only_edits(tmp_path: Path, bank: Path, exam: bool) -> None:
    """Too many of them stay at the question, whatever the form; another key goes back."""
    seen = keys(tmp_path / "a", bank, "tab", "x", *["backspace"] * 4, *":q", exam=exam)
    assert "2 of 7" in seen.stayed
    assert "1 of 7" not in seen.stayed.rpartition("2 of 7")[2]
    assert "↑ back" in seen.drawn
    assert "⌫" not in seen.drawn
    assert keys(tmp_path / "b", bank, "tab", "up", exam=exam).stayed.count("1 of 7") == 2
    for n, skipped in ((6, 5), (7, 6)):
        seen = keys(
            tmp_path / f"c{n}", bank, *["tab"] * skipped, "a", *["backspace"] * 4, exam=exam
        )
        assert f"{n} of 7" in seen.stayed
        assert "← back" in seen.drawn
        pressed = [*["tab"] * skipped, "left"]
        assert (
            keys(tmp_path / f"d{n}", bank, *pressed, exam=exam).stayed.count(f"{n - 1} of 7") == 2
        )


def test_what_is_half_done_is_left_when_that_is_meant(tmp_path: Path, bank: Path) -> None:
    """Back and on ask once; another key in between asks anew."""
    for n, (key, there) in enumerate((("up", "1 of 7"), ("tab", "3 of 7"))):
        seen = keys(tmp_path / f"{n}", bank, "tab", "x", key, "y", key)
        assert (
            f"Not answered yet: press Enter to answer, or {'↑' if key == 'up' else 'Tab'} again"
            in seen.drawn
        )
        assert seen.stayed.count(there) == (key == "up")
        seen = keys(tmp_path / f"{n}b", bank, "tab", "x", key, key)
        assert seen.stayed.count(there) == (2 if key == "up" else 1)


def test_an_order_that_was_not_touched_is_asked_for(tmp_path: Path, bank: Path) -> None:
    """Once; and not where it is the answer already."""
    there = ["tab"] * 5
    for exam in (False, True):
        seen = keys(tmp_path / f"a{exam}", bank, *there, "enter", exam=exam)
        assert "You have not changed the order; press Enter again" in seen.drawn
        assert "0 answered" in seen.drawn
        assert "1 answered" not in seen.drawn
        seen = keys(tmp_path / f"b{exam}", bank, *there, "enter", "up", "enter", exam=exam)
        assert seen.drawn.count("press Enter again") == 2
    handed_in = [*there, "enter", "enter"]
    assert "1 answered" in keys(tmp_path / "c", bank, *handed_in, exam=True).drawn
    pairs = keys(tmp_path / "p", bank, *there, "tab", "a", "b", "enter", exam=True)
    assert "press Enter again" not in pairs.drawn  # in the order shown by chance
    assert "1 answered" in pairs.drawn or "Enter finish" in pairs.drawn
    seen = keys(tmp_path / "d", bank, *handed_in, "tab", "backspace", "esc", exam=True)
    again = keys(tmp_path / "e", bank, *handed_in, "left", "enter", exam=True)
    assert again.drawn.count("press Enter again") == 1
    assert seen.drawn.count("press Enter again") == 1


def test_no_full_stop_stands_behind_a_question_mark(desk: Home, tmp_path: Path, bank: Path) -> None:
    """Wherever a sentence ends in a text: after an answer, at the end, in a list, on a card."""
    answers = ":flag\nQuo vadis?\nQuo?\nWho?\nWhy?\n\n\n\n"
    said = desk("take", "signs", "--no-shuffle", "--exam", text=answers + ":flagged\n").out
    said += desk("history", "1", "--plain").out + desk("history", "1").out
    said += desk("cards", "signs", "--plain", "--new", "9", text="\n\n" * 9).out
    said += keys(tmp_path / "a", bank, "tab", "x", "enter", "e", "enter", *"Quo?", "enter").stayed
    for words in (
        "The right answer is Quo vadis?",
        "You answered",
        "you answered “Quo?” The answer is",
    ):
        assert words in said or words == "You answered"
    assert "?." not in said
    assert ".." not in said
