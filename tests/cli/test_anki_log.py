"""The review log of a package of Anki, as facts of our cards."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import datetime
from typing import TYPE_CHECKING

import pytest

from tests.formats.test_anki import package
from tests.support.fakes import FakeClock
from tests.support.home import Home

if TYPE_CHECKING:
    from pathlib import Path

DAY = 86_400_000
DECK = """\
format: 1
id: deck
title: Of Anki
questions:
  - {id: hx-7, kind: card, front: Who?, back: I.}
  - {id: gaps, kind: cloze, text: 'One, [[c1::two]] and [[c2::three]].'}
"""
# Notes by GUID, each with the numbers of its cards; those that are suspended.
NOTES = {"sample/gate": (0,), "Hx#7": (0,), "Gaps": (0, 1), "else": (0,)}


def collection(reviews: list[tuple[str, int, int, int, int, int]], suspended: str = "") -> bytes:
    """A database as Anki has it. Of a review: note, card, days before now, rating, type, factor."""
    now = int(FakeClock().now().timestamp() * 1000)
    with closing(sqlite3.connect(":memory:")) as db:
        db.execute("PRAGMA page_size = 512")  # a small one is fuzzed faster
        db.execute("CREATE TABLE notes (id integer primary key, guid text, tags text, flds text)")
        db.execute("CREATE TABLE cards (id integer primary key, nid, ord, queue, mod)")
        db.execute(
            "CREATE TABLE revlog (id integer primary key, cid, usn, ease, ivl, lastIvl, factor, time, type)"
        )
        cards = {}
        for nid, (guid, numbers) in enumerate(NOTES.items(), 1):
            db.execute("INSERT INTO notes VALUES (?, ?, '', '')", (nid, guid))
            for number in numbers:
                cards[guid, number] = len(cards) + 1
                queue = -1 if guid == suspended else 2
                db.execute(
                    "INSERT INTO cards VALUES (?, ?, ?, ?, ?)",
                    (cards[guid, number], nid, number, queue, now // 1000 - 60),
                )
        for n, (guid, number, days, rating, type, factor) in enumerate(reviews):
            db.execute(
                "INSERT INTO revlog VALUES (?, ?, 0, ?, 1, 1, ?, 4200, ?)",
                (now - days * DAY + n, cards[guid, number], rating, factor, type),
            )
        db.commit()
        return db.serialize()


REVIEWS = [
    ("sample/gate", 0, 30, 3, 0, 2500),
    ("sample/gate", 0, 20, 4, 1, 2500),
    ("sample/gate", 0, 10, 0, 4, 2500),  # rescheduled by a program
    ("sample/gate", 0, 9, 1, 3, 0),  # crammed, which moved nothing
    ("Hx#7", 0, 12, 1, 2, 2500),
    ("Gaps", 1, 11, 3, 1, 2500),
    ("Gaps", 0, 8, 2, 1, 2500),
    ("else", 0, 10, 3, 1, 2500),
]


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home(tmp_path / "home")
    (home.root / "questions" / "deck.yaml").write_text(DECK)
    return home


def put(home: Home, reviews: object = REVIEWS, suspended: str = "") -> str:
    path = home.root.parent / "deck.apkg"
    path.write_bytes(package(collection__anki2=collection(reviews, suspended)))  # type: ignore[arg-type]
    return str(path)


def test_reviews_are_found_by_guid_and_others_are_listed(home: Home) -> None:
    ran = home("journal", "import", put(home), "--from", "anki")
    assert ran.code == 0
    assert "5 reviews of 4 cards added." in ran.words
    assert "1 note not in any bank, left out: else — quizcli bank import" in ran.told
    queue = home.queue()
    reviews = {
        card: queue[card]["reviews"] for card in ("sample/gate", "deck/hx-7", "deck/gaps#c2")
    }
    assert reviews == {"sample/gate": 2, "deck/hx-7": 1, "deck/gaps#c2": 1}
    assert queue["deck/gaps#c1"]["reviews"] == 1
    log = home("journal", "export").out.splitlines()
    (latest,) = (line for line in log if line.startswith("sample/gate,4,"))
    then = datetime.fromisoformat(latest.split(",")[2])
    assert (home.clock.now() - then).days in {19, 20}
    assert latest.split(",")[3] == "4200"


def test_that_anki_does_not_say_what_was_answered_is_told(home: Home) -> None:
    ran = home("journal", "import", put(home), "--from", "anki")
    assert "the file does not say what was answered" in ran.told
    home("journal", "undo")
    again = home("journal", "import", put(home), "--from", "anki", "--json").data
    assert again["tells_answers"] is False


def test_a_time_that_cannot_be_is_told_of_its_card(home: Home) -> None:
    """A package has no lines."""
    ran = home("journal", "import", put(home, [("Hx#7", 0, 40_000, 3, 1, 2500)]), "--from", "anki")
    assert ran.code == 1
    assert "deck.apkg: a review of deck/hx-7: time '1917-" in ran.told
    assert home.queue()["deck/hx-7"]["reviews"] == 0


def test_a_second_import_adds_nothing_and_the_first_is_taken_back_as_one(home: Home) -> None:
    file = put(home, suspended="Hx#7")
    home("journal", "import", file, "--from", "anki")
    again = home("journal", "import", file, "--from", "anki", "--json").data
    assert (again["added"], again["known"], again["others"]) == (0, 5, 0)
    assert again["unknown"] == ["else"]
    home("journal", "undo")
    assert home.queue()["sample/gate"]["reviews"] == 0


def test_suspended_cards_stay_so(home: Home) -> None:
    ran = home("journal", "import", put(home, suspended="Hx#7"), "--from", "anki")
    assert "and 1 other change (suspended" in ran.words
    assert home.queue()["deck/hx-7"]["state"] == "suspended"


def test_what_holds_no_log_is_told(home: Home) -> None:
    ran = home("journal", "import", put(home, []), "--from", "anki")
    assert ran.code == 1
    assert "the package contains no reviews — tick 'Include scheduling information'" in ran.told
    path = home.root.parent / "deck.apkg"
    for data in (b"PK", b"no zip", package(collection__anki2=b"SQLite format 3\0" + b"x" * 100)):
        path.write_bytes(data)
        ran = home("journal", "import", str(path), "--from", "anki")
        assert ran.code == 1
        assert "deck.apkg: " in ran.told
    assert home("journal", "import", put(home)).code != 0  # it is no CSV
