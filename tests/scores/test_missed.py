"""What ``take --missed`` asks: what did not earn all its points last time, as it counts now."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from quizcli.bank.shelf import load_bank
from quizcli.journal.attempts import Journal
from quizcli.scores.missed import missed
from tests.support.home import Home

if TYPE_CHECKING:
    from pathlib import Path

RIGHT = "b\nb\nb\n"


class SmallHome(Home):
    """A home with a bank of three questions, whose right answers are all b."""

    def __init__(self, root: Path) -> None:
        super().__init__(root, sample=False)
        self.file = root / "questions" / "own.yaml"
        self.file.parent.mkdir(parents=True)
        lines = ["format: 1", "id: own", "title: My own", "questions:"]
        for id in ("first", "second", "third"):
            lines += [
                f"  - id: {id}", "    kind: single-choice", f"    prompt: What of {id}?",
                "    options:", "      - {id: a, text: Option a}",
                "      - {id: b, text: Option b, correct: true}",
            ]  # fmt: skip
        self.file.write_text("\n".join(lines) + "\n", encoding="utf-8")

    def edit(self, old: str, new: str) -> None:
        """Put something else into the bank, once."""
        text = self.file.read_text(encoding="utf-8")
        assert old in text
        self.file.write_text(text.replace(old, new, 1), encoding="utf-8")

    @property
    def missed(self) -> set[str]:
        """The questions that would be asked again."""
        journal = Journal(self.root / "journal.sqlite3")
        try:
            return missed(journal, load_bank(self.file))
        finally:
            journal.close()


@pytest.fixture
def home(tmp_path: Path) -> SmallHome:
    """A home in which nothing happened."""
    return SmallHome(tmp_path / "here")


def test_wrong_or_blank_when_it_was_asked_last(home: SmallHome) -> None:
    """A quiz that asks less says nothing of the others; a blank counts from the hand-in on."""
    home("take", "own", "--no-shuffle", text="a\nb\n\n\n")
    assert home.missed == {"first", "third"}
    home.days()("take", "own", "--missed", "--no-shuffle", text="b\n:quit\n")
    assert home.missed == {"third"}
    home.days()("take", "own", "--restart", "--no-shuffle", text="b\nb\nb\n")
    assert home.missed == set()
    assert "nothing to repeat" in home("take", "own", "--missed").told


def test_marks_that_count(home: SmallHome) -> None:
    """After a regrade what was right is missed, and the other way round, until it is undone."""
    home("take", "own", "--no-shuffle", text="a\nb\nb\n")
    for _ in ("first", "second"):
        home.edit("text: Option a}", "text: Option a, correct: true}")
        home.edit("text: Option b, correct: true}", "text: Option b}")
    assert home.missed == {"first"}
    home("score", "--regrade")
    assert home.missed == {"second"}
    home("score", "--mark", "second=1", "--mark", "third=0", "--reason", "seen")
    assert home.missed == {"third"}
    home("journal", "undo")
    home("journal", "undo")
    assert home.missed == {"first"}


def test_names_of_today(home: SmallHome) -> None:
    """Wrong under the old name and right under the new one is right; and the other way round."""
    home("take", "own", "--no-shuffle", text="a\nb\nb\n")
    home.edit("id: first", "id: new\n    formerly: [first]")
    assert home.missed == {"new"}
    home.days()("take", "own", "--no-shuffle", text="b\na\nb\n")
    home.edit("id: second", "id: newer\n    formerly: [second]")
    assert home.missed == {"newer"}
    ran = home("take", "own", "--missed", text="a\n")
    assert "What of second?" in ran.out
    assert "What of first?" not in ran.out


def test_a_question_that_is_gone_is_not_missed(home: SmallHome) -> None:
    """It cannot be asked."""
    home("take", "own", "--no-shuffle", text="a\nb\nb\n")
    home.edit("id: first", "id: another")
    assert home.missed == set()


def test_a_merge_of_what_is_older(home: SmallHome, tmp_path: Path) -> None:
    """What was wrong before, on another machine, is right since; the time of each answer counts,
    not that of its quiz."""
    other = SmallHome(tmp_path / "there")
    other("take", "own", "--no-shuffle", text="a\n:quit\n")
    home.days(9)("take", "own", "--no-shuffle", text=RIGHT)
    other.days(20)("take", "own", "--resume", text="a\na\n")
    home("journal", "merge", str(other.root / "journal.sqlite3"))
    assert home.missed == {"second", "third"}


def test_what_is_only_recorded_is_not_missed(home: SmallHome) -> None:
    """Until a person marks it."""
    home.edit(
        "    kind: single-choice\n    prompt: What of first?\n    options:\n"
        "      - {id: a, text: Option a}\n      - {id: b, text: Option b, correct: true}\n",
        "    kind: free\n    prompt: What of first?\n",
    )
    home("take", "own", "--no-shuffle", text="Some words.\nb\nb\n")
    assert home.missed == set()
    home("score", "--mark", "first=0", "--reason", "seen")
    assert home.missed == {"first"}
