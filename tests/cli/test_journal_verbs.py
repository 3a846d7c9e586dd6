"""``quizcli journal``: the review log out and in, states rebuilt, parameters learned."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest

from tests.cli.home import Home

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home on the day after a quiz in which nothing was right."""
    home = Home(tmp_path / "home")
    home.quiz()
    return home.days()


def rows(text: str) -> list[dict[str, str]]:
    """A CSV file's rows by the names of their columns."""
    return list(csv.DictReader(io.StringIO(text)))


# Out and in ------------------------------------------------------------------------------------------


def test_the_log_as_csv(home: Home) -> None:
    """One row a review, with the states around it; another rating is the rating."""
    home("review", "sample", "--new", "0", "--limit", "1", "--seed", "3", text="a?\n2\n")
    log = rows(home("journal", "export").out)
    assert list(log[0]) == [
        "card", "rating", "time", "milliseconds", "guess", "stability_before",
        "difficulty_before", "stability", "difficulty",
    ]  # fmt: skip
    assert len(log) == 5
    assert log[0]["stability_before"] == ""
    last = log[-1]
    assert (last["rating"], last["guess"]) == ("2", "yes")
    (first,) = [row for row in log[:4] if row["card"] == last["card"]]
    assert last["stability_before"] == first["stability"]


def test_to_a_file_and_into_another_home(home: Home, tmp_path: Path) -> None:
    """The same states there, and the same file out of it again; twice adds nothing."""
    path = tmp_path / "log.csv"
    assert home("journal", "export", "-o", str(path)).err == f"quizcli: written to {path}\n"
    other = Home(tmp_path / "other")
    other.days()
    ran = other("journal", "import", str(path))
    assert (ran.code, ran.out) == (0, "4 reviews of 4 cards added.\n")
    assert other("journal", "export").out == path.read_bytes().decode()
    assert other.queue("sample") == home.queue("sample")
    again = other("journal", "import", str(path), "--json").data
    assert again == {"format_version": 1, "added": 0, "known": 4, "cards": 0}
    assert "4 were there already" in other("journal", "import", str(path)).out


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        (b"x,y\n1,2\n", 1, "nothing was imported: "),
        (b"\xff\xfe", 2, "is no UTF-8 — save it in that encoding"),
        (b"card,rating,time\na/b,9,2026-01-01T00:00:00Z\n", 1, "log.csv:2: rating '9'"),
        (b"card,rating,time\na/b,3,yesterday\n", 1, "log.csv:2: "),
        (b"card,rating,time\na/b,3,2026-01-01T00:00:00Z", 1, "if the line is whole, add a line break"),
        (
            b"card,rating,time\na/\x1b[31mb,3,2026-01-01T00:00:00Z\n", 1,
            "log.csv:2: the card's name holds a character that cannot be shown",
        ),
        (None, 2, "log.csv cannot be read: no such file or directory"),
    ],
)  # fmt: skip
def test_a_file_with_faults(home: Home, text: bytes | None, code: int, words: str) -> None:
    """All or nothing, with the line."""
    path = home.root / "log.csv"
    if text is not None:
        path.write_bytes(text)
    before = home("journal", "export").out
    ran = home("journal", "import", "log.csv")
    assert ran.code == code
    assert words in ran.told
    assert "\x1b" not in ran.err
    assert home("journal", "export").out == before


def test_export_is_harmless_in_a_spreadsheet(home: Home) -> None:
    """A card's name that would be a formula is written as text."""
    path = home.root / "log.csv"
    path.write_text("card,rating,time\n'=cmd()/x,3,2026-01-01T00:00:00Z\n")
    assert home("journal", "import", "log.csv").code == 0
    assert "\n'=cmd()/x,3," in home("journal", "export").out.replace("\r", "")


def test_a_file_that_cannot_be_written(home: Home) -> None:
    """A sentence."""
    ran = home("journal", "export", "-o", str(home.root / "no" / "log.csv"))
    assert ran.code == 1
    assert "cannot be written" in ran.told


# Rebuilding ------------------------------------------------------------------------------------------


def test_rebuilding_finds_the_same(home: Home) -> None:
    """After reviews, another rating, an undo, a suspension."""
    home(
        "review", "sample", "--new", "0", "--no-shuffle", text="a\n4\na\n1\n:suspend\n" + "a\n" * 4
    )
    home("review", "--undo")
    before = home.queue()
    ran = home("journal", "rebuild")
    assert ran.code == 0
    assert ran.words.endswith("; all equal.")
    assert home.queue() == before
    data = home("journal", "rebuild", "--json").data
    assert (data["format_version"], data["equal"], data["differed"]) == (1, True, [])


def test_rebuilding_names_what_differed(home: Home) -> None:
    """And mends it."""
    from quizcli.journal.attempts import Journal

    before = home.queue()
    journal = Journal(home.root / "journal.sqlite3")
    with journal.connection:
        journal.connection.execute(
            "UPDATE main.cards SET stability = 99 WHERE card = 'sample/gate'"
        )
    journal.close()
    assert home("journal", "rebuild").words.endswith("1 differed. sample/gate")
    assert home.queue() == before


# Fitting ---------------------------------------------------------------------------------------------


@pytest.fixture
def learned(home: Home) -> Home:
    """A home with the log of somebody unlike the average."""
    from datetime import UTC, datetime, timedelta

    from tests.scheduling.learners import forgetful, learner

    log = learner(forgetful(3), cards=300, days=200, seed=3)
    lines = ["card,rating,time"]
    for n, (card, day, rating) in enumerate(zip(log.card, log.day, log.rating, strict=True)):
        at = datetime(2026, 11, 19, 12, tzinfo=UTC) + timedelta(days=int(day) - 739_200)
        at += timedelta(milliseconds=n)
        lines.append(f"old/{int(card)},{int(rating)},{at.isoformat()}")
    (home.root / "log.csv").write_text("\n".join(lines) + "\n")
    ran = home("journal", "import", "log.csv")
    assert ran.code == 0, ran.err
    return home


def parameters(home: Home) -> list[tuple[float, ...]]:
    """What was learned, as the journal has it."""
    from quizcli.journal.attempts import Journal
    from quizcli.journal.reviews import CardLog

    journal = Journal(home.root / "journal.sqlite3")
    found = CardLog(journal).parameters()
    journal.close()
    return [found] if found else []


def test_too_few_reviews_to_fit(home: Home) -> None:
    """How many there are, how many are needed; nothing is changed."""
    ran = home("journal", "fit")
    assert (ran.code, ran.out) == (1, "")
    assert "the log has 0 reviews that count, a day or more after" in ran.told
    assert "a fit needs 1000" in ran.told
    assert home("journal", "fit", "--apply").code == 1
    assert parameters(home) == []


def test_nothing_changes_without_asking(learned: Home) -> None:
    """Through a pipe nobody is asked: it says what to type. As data it says that too."""
    before = learned.queue()
    ran = learned("journal", "fit")
    assert ran.code == 0
    assert "Nothing was changed." in ran.out
    assert "use them with: quizcli journal fit --apply" in ran.err
    data = learned("journal", "fit", "--json").data
    assert (data["format_version"], data["applied"]) == (1, False)
    assert len(data["parameters"]) == 21
    assert data["reviews"] > 1000
    assert {"held_out", "in_sample", "seen", "unseen", "constant", "overfitting"} <= set(data)
    assert parameters(learned) == []
    assert learned.queue() == before


@pytest.mark.parametrize(("answer", "used"), [("y", True), ("yes", True), ("n", False), ("no", False),
                                              ("what", False)])  # fmt: skip
def test_at_a_terminal_it_asks(learned: Home, answer: str, used: bool) -> None:
    """Yes uses them, anything else does not."""
    ran = learned("journal", "fit", text=f"{answer}\n", typed=True, TERM="dumb")
    assert "Use the new parameters? (y or n, empty: " in ran.out
    assert ("The new parameters are in use." in ran.out) == used
    assert bool(parameters(learned)) == used


def test_applied_and_reset(learned: Home) -> None:
    """With --apply they are in use, and every state follows from them; --reset goes back."""
    before = learned.queue("sample")
    assert "The new parameters are in use." in learned("journal", "fit", "--apply").out
    (found,) = parameters(learned)
    assert len(found) == 21
    assert learned.queue("sample") != before
    assert learned("journal", "rebuild").words.endswith("; all equal.")
    assert learned("journal", "fit", "--reset").out == (
        "Back to the parameters that come with FSRS-6.\n"
    )
    assert learned.queue("sample") == before
