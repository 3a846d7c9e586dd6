"""``quizcli journal``: the review log out and in, states rebuilt, parameters learned."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest

from tests.support.home import Home

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
        "difficulty_before", "stability", "difficulty", "did", "day", "seed", "retention",
        "maximum", "fuzz", "leech", "chosen", "variables",
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
    assert again == {
        "format_version": 1, "added": 0, "known": 4, "cards": 0, "others": 0, "missing": [],
        "tells_answers": True, "unknown": [],
    }  # fmt: skip
    assert "4 were already there" in other("journal", "import", str(path)).out


def test_what_was_answered_and_guessed_comes_along(home: Home, tmp_path: Path) -> None:
    """Mistakes and calibration are in another home what they were here."""
    for _ in range(4):
        home("take", "sample", "--no-shuffle", text="b?\na\nb?\na\n")
        home.days(1)
    path, other = tmp_path / "log.csv", Home(tmp_path / "other")
    home("journal", "export", "-o", str(path))
    other.days(7)
    assert other("journal", "import", str(path)).err == ""
    here, there = (each("stats", "--json").data for each in (home, other))
    assert here["misconceptions"] == there["misconceptions"] != []
    assert here["calibration"] == there["calibration"]
    assert here["calibration"]["guess"]["n"] > 0


def test_a_log_that_does_not_say_what_was_answered_is_told(home: Home, tmp_path: Path) -> None:
    path, other = tmp_path / "log.csv", Home(tmp_path / "other")
    path.write_text("card,rating,time\nsample/gate,3,2026-11-01T00:00:00Z\n")
    assert "the file does not say what was answered" in home("journal", "import", str(path)).err
    assert "answered" not in home("journal", "import", str(path)).err  # nothing was added
    assert "answered" in other("journal", "import", str(path)).err


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        (b"x,y\n1,2\n", 1, "nothing was imported: "),
        (b"\xff\xfe", 2, "is not valid UTF-8 — save it in that encoding"),
        (b"card,rating,time\na/b,9,2026-01-01T00:00:00Z\n", 1, "log.csv:2: rating '9'"),
        (b"card,rating,time\na/b,3,yesterday\n", 1, "log.csv:2: "),
        (b"card,rating,time\na/b,3,2026-01-01T00:00:00Z", 1, "if the line is whole, add a line break"),
        (
            b"card,rating,time\na/\x1b[31mb,3,2026-01-01T00:00:00Z\n", 1,
            "log.csv:2: the card's name contains a character that cannot be shown",
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
    assert ran.words.endswith("; no differences.")
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

    from tests.support.learners import forgetful, learner

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
    found = CardLog(journal).parameters(tuple)
    journal.close()
    return [found] if found else []


def test_too_few_reviews_to_fit(home: Home) -> None:
    """How many there are, how many are needed; nothing is changed."""
    ran = home("journal", "fit")
    assert (ran.code, ran.out) == (1, "")
    assert "the log has 0. With fewer" in ran.told
    assert "a fit needs 1,000 reviews made at least a day after" in ran.told
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
    assert learned("journal", "rebuild").words.endswith("; no differences.")
    assert learned("journal", "fit", "--reset").out == (
        "The default parameters of FSRS-6 are in use again.\n"
    )
    assert learned.queue("sample") == before


# An import is one act -------------------------------------------------------------------------------


def test_an_export_into_a_fresh_home_gives_the_same_days(home: Home, tmp_path: Path) -> None:
    """Fuzz, learning days, suspended and buried cards: all that decides what is due, and when."""
    home("review", "sample", "--new", "0", "--seed", "3", text="a\n4\nb\n:suspend\nc\n:bury\na\n\n")
    home.days(9)("review", "sample", "--seed", "7", text="a\n\nb\n\nc\n\n")
    path = tmp_path / "log.csv"
    home("journal", "export", "-o", str(path))
    other = Home(tmp_path / "other")
    other.clock.start = home.clock.start
    other("config", "set", "fuzz", "false")
    other("config", "set", "rollover", "0")
    assert other("journal", "import", str(path)).code == 0
    for day in (0, 3, 30):
        other.days(day), home.days(day)
        assert other.queue("sample") == home.queue("sample")


def test_cards_that_no_bank_has_are_named(home: Home, tmp_path: Path) -> None:
    """Misspelt, of a bank that is not there, of a question that was never there: imported all the
    same, and told."""
    path = tmp_path / "log.csv"
    path.write_text(
        "card,rating,time\nsample/gaet,3,2026-11-18T10:00:00Z\ngeo/q9,3,2026-11-18T10:00:00Z\n"
        "sample/gate,3,2026-11-18T10:00:00Z\n"
    )
    ran = home("journal", "import", str(path))
    assert ran.words == "3 reviews of 3 cards added."
    assert "2 cards in the file are not in any bank: geo/q9, sample/gaet" in ran.told
    assert "quizcli journal undo" in ran.told


def test_an_undo_of_a_review_says_how_an_import_is_taken_back(home: Home, tmp_path: Path) -> None:
    """It takes none of it back by itself; where nothing was imported, it says nothing of that."""
    path = tmp_path / "log.csv"
    path.write_text(home("journal", "export").out)
    other = Home(tmp_path / "other")
    assert other("review", "--undo").out == "There is nothing to undo.\n"
    other("journal", "import", str(path))
    said = "Reviews from an import or a merge are taken back together: quizcli journal undo"
    assert other("review", "--undo").words == f"There is nothing to undo. {said}"
    assert other("journal", "undo").code == 0
    assert other("review", "--undo").out == "There is nothing to undo.\n"


def test_an_import_is_taken_back_whole_and_restored(home: Home, tmp_path: Path) -> None:
    """Reviews and suspensions; states follow both ways; nothing else is touched."""
    before = home.queue("sample")
    path = tmp_path / "log.csv"
    path.write_text(
        "card,rating,time,did\nsample/gate,4,2026-11-20T10:00:00Z,\n"
        "sample/tasks,1,2026-11-20T10:00:00Z,review\nsample/decay,,2026-11-20T10:00:00Z,suspend\n"
    )
    home("journal", "import", str(path))
    after = home.queue("sample")
    assert after != before
    ran = home("journal", "undo")
    assert "Undone: the import of log.csv on 20 November 2026." in ran.words
    assert home.queue("sample") == before
    assert home("journal", "undo").code != 0
    assert "Restored: the import of log.csv" in home("journal", "undo", "--redo").words
    assert home.queue("sample") == after
    home("journal", "undo")
    said = home("journal", "import", str(path)).words
    assert said == (
        "2 reviews of 2 cards added, and 1 other change (suspended, buried or resumed)."
    )
    assert home.queue("sample") == after


def test_every_place_counts_the_same_reviews(home: Home, tmp_path: Path) -> None:
    """Not what was taken back, nor what else happened to cards: five and one, one of it undone."""
    home("review", "sample", "--new", "0", "--limit", "1", "--seed", "3", text="a\n\n")
    home("review", "--suspend", "sample/gate")
    home("review", "--undo")
    home("review", "--undo")
    home("review", "--suspend", "sample/tasks")
    path = tmp_path / "log.csv"
    home("journal", "export", "-o", str(path))
    assert home("stats", "--json").data["reviews"] == 4
    assert home("doctor", "--json").data["journal"]["reviews"] == 4
    assert home("journal", "rebuild", "--json").data["reviews"] == 4
    other, third = Home(tmp_path / "other").days(), Home(tmp_path / "third").days()
    assert other("journal", "import", str(path), "--json").data["added"] == 4
    assert "4 were already there" in other("journal", "import", str(path)).words
    journal = str(home.root / "journal.sqlite3")
    assert "1 attempt and 4 reviews." in third("journal", "merge", journal).words
    assert third("stats", "--json").data["reviews"] == 4


def test_the_same_second_is_the_same_review(home: Home, tmp_path: Path) -> None:
    """Another program writes no milliseconds; nothing is added twice, and two reviews of one second
    stay two."""
    log = rows(home("journal", "export").out)
    path = tmp_path / "log.csv"
    path.write_text(
        "card,rating,time\n"
        + "".join(f"{row['card']},{row['rating']},{row['time'][:19]}Z\n" for row in log)
    )
    ran = home("journal", "import", str(path), "--json").data
    assert (ran["added"], ran["known"]) == (0, 4)
    path.write_text("card,rating,time\n" + f"{log[0]['card']},3,{log[0]['time'][:19]}Z\n" * 2)
    assert home("journal", "import", str(path), "--json").data["added"] == 1


def test_what_a_file_cannot_say(home: Home, tmp_path: Path) -> None:
    """Each with its line, all at once."""
    path = tmp_path / "log.csv"
    path.write_text(
        "card,rating,time,did,day,seed,retention,maximum,fuzz\n"
        "a/b,3,2026-11-18T10:00:00Z,dance,,,,,\n"
        "a/b,3,2026-11-18T10:00:00Z,,\u00b2,-1,2,0,maybe\n"
        "a/b,3,2026-11-18T10:00:00Z,,719999,,,,\n"
    )
    ran = home("journal", "import", str(path))
    assert ran.code == 1
    for what in ("did 'dance'", "day '\u00b2'", "seed '-1'", "retention '2'", "maximum '0'",
                 "fuzz 'maybe'"):  # fmt: skip
        assert what in ran.err
    path.write_text("card,rating,time,day\na/b,3,2026-11-18T10:00:00Z,719999\n")
    assert (
        "day '719999' is not that of its time 2026-11-18"
        in home("journal", "import", str(path)).err
    )
