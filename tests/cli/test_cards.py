"""``quizcli cards`` as a command: the same cards and schedule, rated by the learner."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.support.home import Home

EVERYTHING = Path(__file__).parent.parent / "bank" / "good" / "everything.yaml"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home with a bank of every kind, cards and gaps among them."""
    home = Home(tmp_path)
    shutil.copy(EVERYTHING, tmp_path / "questions" / "everything.yaml")
    return home


def test_a_session_in_lines(home: Home) -> None:
    """Every question of the bank is a card, and of a text's gaps one a day."""
    ran = home("cards", "everything", text="\n3\n" * 5)
    assert ran.code == 0
    assert ran.out.count("Enter shows the answer") == 5
    assert "5 reviews, 5 rated hard or better" in ran.out
    # The bank is named: what is said is of it alone.
    reviewed = [name for name, card in home.queue("everything").items() if card["reviews"]]
    assert len(reviewed) == 5
    assert home("cards", "everything").words.startswith("Nothing is due.")


def test_the_bank_s_own_retention(home: Home) -> None:
    """It asks for 85 %, so its cards come back later than those of a bank that asks for nothing."""
    home("cards", "everything", "--limit", "1", text="\n3\n")
    home("cards", "sample", "--limit", "1", text="\n3\n")
    due = {name: card["due"] for name, card in home.queue().items() if card["due"]}
    assert due["everything/gates"] > due["sample/gate"]


@pytest.mark.parametrize("option", ["--ahead", "--cram"])
def test_practice_writes_nothing(home: Home, option: str) -> None:
    """No rating is asked for."""
    home("cards", "everything", "--limit", "2", text="\n3\n" * 2)
    before = home.queue()
    ran = home("cards", "everything", option, text="\n" * 9)
    assert "not recorded" in ran.out
    assert "Rating (" not in ran.out
    assert home.queue() == before


def test_home_counts_a_text_once(home: Home) -> None:
    """Three of its gaps are due: one of them will be asked, and home says so; the others are not
    due any more today."""
    rows = [f"everything/two-gates#{gap},1,2026-11-18T12:00:00Z" for gap in ("u", "f", "kept")]
    (home.root / "log.csv").write_text("\n".join(["card,rating,time", *rows, ""]))
    assert home("journal", "import", "log.csv").code == 0
    states = [
        card["state"] for name, card in home.queue("everything").items() if "two-gates#" in name
    ]
    assert states == ["due"] * 3
    # In the queue one is asked now; the others are due and wait.
    queue = home("review", "everything", "--queue", "--new", "0").out
    assert queue.startswith("1 due, ")
    assert [line.split()[1] for line in queue.splitlines() if "two-gates#" in line] == [
        "now",
        "due",
        "due",
    ]
    home("config", "set", "new-per-day", "0")
    assert home().out.startswith("quizcli · 1 due today\n")
    ran = home("cards", "everything", text="\n3\n")
    assert ran.code == 0
    assert "still due" not in ran.out
    assert home().out.startswith("quizcli · nothing due today\n")


def test_narrowed(home: Home) -> None:
    """By a limit, a tag, a number of new ones, a time."""
    assert home("cards", "everything", "--limit", "1", text="\n3\n").out.count("Rating (") == 1
    said = home("cards", "everything", "--tag", "gates", text=":quit\n").out
    assert "What does Gamma_u decide?" in said
    assert "the last one" in said  # the only other card with this tag was turned just now
    assert "Nothing is due." in home("cards", "everything", "--new", "0").out
    assert home("cards", "everything", "--minutes", "5", text=":quit\n").code == 0


def test_what_is_due_still_is_told_with_its_command(home: Home) -> None:
    """The verb that was typed, and its bank."""
    home("cards", "everything", "--limit", "2", text="\n1\n" * 2 + "\n\n")
    said = home.days()("cards", "everything", "--new", "0", text=":quit\n").words
    assert "2 cards still due: quizcli cards everything" in said


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["--ahead", "--cram"], 2, "--ahead and --cram exclude each other — leave out one of them"),
        (["evrything"], 3, "no bank is called 'evrything' — did you mean 'everything'?"),
        (["everything", "--tag", "gate"], 2, "did you mean 'gates'?"),
    ],
)
def test_refusals_are_sentences(home: Home, arguments: list[str], code: int, words: str) -> None:
    """What is wrong, and how to mend it."""
    ran = home("cards", *arguments)
    assert (ran.code, ran.out) == (code, "")
    assert words in ran.told
