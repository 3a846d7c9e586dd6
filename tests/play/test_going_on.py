"""A quiz that was left goes on, whatever became of its rows and its bank meanwhile."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from quizcli.bank.shelf import load_bank
from tests.support.home import Home
from tests.support.terminal import Terminal

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home with the sample bank, in which nothing happened."""
    return Home(tmp_path / "home")


def change(home: Home, sql: str) -> None:
    """Something that this program never writes, in the journal."""
    with closing(sqlite3.connect(home.root / "journal.sqlite3")) as connection, connection:
        connection.execute(sql)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE answers SET chosen = '5' WHERE n = 1",
        "UPDATE answers SET points = 'many' WHERE n = 0",
        "UPDATE steps SET did = 'sang' WHERE n = 2",
        "UPDATE answers SET seconds = -1",
        "DELETE FROM answers WHERE n = 0",
    ],
)
def test_a_row_of_it_makes_no_sense(home: Home, sql: str) -> None:
    """It is left out, and what is answered from now on is saved."""
    home("take", "sample", "--no-shuffle", text="b\na\n:flag\n:quit\n")
    change(home, sql)
    ran = home("take", "sample", "--resume", text="b\nb\nb\nb\n" * 2)
    assert "another window" not in ran.told
    assert "Score" in ran.out
    assert ran.code == 0
    assert "unfinished" not in home("history").out


def edit(home: Home, old: str, new: str) -> None:
    """Put something else into the bank, once."""
    path = home.root / "questions" / "sample.yaml"
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


def score_at_the_end(said: str) -> str:
    """The percentage that a quiz ends with."""
    return said.partition("Score ")[2].partition(", ")[2].partition(" percent")[0]


@pytest.mark.parametrize("rest", ["a,d\na\na\n", "\n\n\n\n", "a,d\n\nb\n\n"])
@pytest.mark.parametrize("worth", [("tasks", 5), ("gate", 7), ("unrolled", 3)])
def test_points_that_were_edited_meanwhile(home: Home, rest: str, worth: tuple[str, int]) -> None:
    """The end, the score sheet, home and --fail-under tell one score; the maximum is the first."""
    home("take", "sample", "--no-shuffle", text="b\n:quit\n")
    whole = home("score", "1", "--format", "json").data["attempt"]["max_points"]
    id, points = worth
    edit(home, f"- id: {id}\n", f"- id: {id}\n    points: {points}\n")
    ran = home("take", "sample", "--resume", "--fail-under", "99.9", text=rest)
    attempt = home("score", "--format", "json").data["attempt"]
    assert attempt["max_points"] == whole
    assert score_at_the_end(ran.out) == f"{attempt['percent']:.3g}"
    assert f"{attempt['percent']:.3g}%" in home().words
    assert ran.code == (0 if attempt["percent"] > 99.9 else 1)


def test_which_bank_gave_the_marks(home: Home) -> None:
    """That of the start, until an answer was graded by another; then no one bank did."""

    def graded_with() -> tuple[str | None, str]:
        attempt = home("score", "1", "--format", "json").data["attempt"]
        return attempt["graded_with_digest"], attempt["bank_digest"]

    home("take", "sample", "--no-shuffle", text="b\n:quit\n")
    edit(home, "title: ", "title: New ")
    digest, first = graded_with()
    assert digest == first
    home("take", "sample", "--resume", text=":quit\n")
    assert graded_with() == (first, first)
    home("take", "sample", "--resume", text="a\n:quit\n")
    assert graded_with() == (None, first)
    home("take", "sample", "--resume", text="a\na\n")
    assert graded_with() == (None, first)


def test_an_exam_that_was_answered_anew_by_another_bank(home: Home) -> None:
    """What counts are the answers that were handed in."""
    home("take", "sample", "--exam", "--no-shuffle", text="b\n:quit\n")
    edit(home, "title: ", "title: New ")
    new = load_bank(home.root / "questions" / "sample.yaml").digest
    home("take", "sample", "--resume", text=":back\nb\na\na\na\n\n")
    assert home("score", "--format", "json").data["attempt"]["graded_with_digest"] == new


def test_flags_and_hints_of_a_question_that_is_gone(home: Home) -> None:
    """They stay what they were, whether the bank has it still, or is there at all."""
    home("take", "sample", "--exam", "--no-shuffle", text=":flag\nb\na\n:flag\n:flag\n:flag\na\n\n")
    home(
        "take", "sample", "--no-shuffle", "--restart", text="?\n:flag\nb\na\n:flag\n:flag\n:quit\n"
    )

    def counts() -> list[list[tuple[bool, int]]]:
        return [
            [
                (row["flagged"], row["hints"])
                for row in home("score", n, "--format", "json").data["answers"]
            ]
            for n in ("1", "2")
        ]

    before = counts()
    assert any(flagged for flagged, _ in before[0])
    assert any(hints for _, hints in before[1])
    edit(home, "- id: gate\n", "- id: another\n")
    assert counts() == before
    (home.root / "questions" / "sample.yaml").unlink()
    assert counts() == before


def test_how_far_it_was_is_said_alike(home: Home, tmp_path: Path) -> None:
    """By home, by the offer at a terminal and in lines: of what the bank has still, by its title
    of today; and --resume alone finds it wherever it lies."""
    inside, apart = home.root / "questions" / "sample.yaml", tmp_path / "apart.yaml"
    home("take", "sample", "--no-shuffle", text="b\na\n:quit\n")
    edit(home, "- id: gate\n", "- id: another\n")
    edit(home, "title: A sample", "title: The sample")
    assert "2 of 3 left in The sample of everything" in home().words
    assert "resuming attempt 1: 1 of 3 answered" in home("take", "sample", "--resume").told
    window = Terminal(home.root, "take", "sample")
    window.see("The sample of everything", "after 1 of 3 questions", "Esc")
    window.press("\x1b")
    window.close()
    inside.rename(apart)
    home("take", str(apart), "--restart", "--no-shuffle", text="b\n:quit\n")
    ran = home("take", "--resume")
    assert "taking the bank sample" in ran.told
    assert "resuming attempt 2: 1 of 4 answered" in ran.told
    home("take", str(apart), "--resume", text="\n\n\n\n")
    assert "on The sample of everything" in home().words
    assert home("score").out.startswith("The sample")


def test_an_attempt_whose_only_answer_left_the_bank_was_still_saved(home: Home) -> None:
    """That nothing was saved would be wrong: the answer is in the journal."""
    home("take", "sample", "--no-shuffle", text="b\n:quit\n")
    first = home("score", "1", "--format", "json").data["answers"][0]["question"]
    edit(home, f"- id: {first}\n", "- id: another\n")
    ran = home("take", "sample", "--resume", text=":quit\n")
    words = " ".join((ran.out + ran.told).split())
    assert "Nothing new was answered. Your earlier answers are still in the journal." in words
    assert "nothing was saved" not in words


def test_what_cannot_be_gone_on_with_is_not_offered(home: Home) -> None:
    """Where the bank has none of its questions left: not by home, in lines or at a terminal."""
    home("take", "sample", "--no-shuffle", text="b\n:quit\n")
    bank = home.root / "questions" / "sample.yaml"
    bank.write_text(bank.read_text().replace("\n  - id: ", "\n  - id: new-"))
    assert "--resume" not in home().out
    assert "--resume" not in home("take", "sample", text=":quit\n").told
    window = Terminal(home.root, "take", "sample")
    window.see("1 of 4")
    assert "You stopped" not in window.text
    window.press("\x1b")
    window.close()
    ran = home("take", "sample", "--resume")
    assert ran.told.endswith("start over: quizcli take sample --restart")
