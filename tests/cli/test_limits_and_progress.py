"""What a day may hold, when a card is put aside, how far each bank is."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.support.home import Home

if TYPE_CHECKING:
    from pathlib import Path

BANK = """
format: 1
id: words
title: Words
defaults: {{new_per_day: {limit}}}
questions:
{cards}
"""


def write(home: Home, limit: object = 9, cards: int = 6) -> Path:
    """A bank of flashcards on the shelf."""
    each = [f"  - {{id: w{n}, kind: card, front: Word {n}, back: Back {n}}}" for n in range(cards)]
    path = home.root / "questions" / "words.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(BANK.format(limit=limit, cards="\n".join(each)))
    return path


@pytest.fixture
def begun(tmp_path: Path) -> Home:
    """A home with six cards, which were begun on one day and are due ten days later."""
    home = Home(tmp_path / "desk", sample=False)
    write(home)
    home("cards", "words", text="\n" * 40)
    return home.days(10)


def due_everywhere(home: Home) -> list[int]:
    """What is due today by the list, home, the statistics, their forecast, and a session."""
    head = home("review", "words", "--queue").words
    said = [
        head.removeprefix("Now: ")[:1].replace("n", "0"),
        home().words.removeprefix("quizcli · ")[:1].replace("n", "0"),
    ]
    ahead = home("stats", "words").words.partition(" due today")[0][-1]
    forecast = home("stats", "--forecast", "--json").data["forecast"][0]["due"]
    begun = home("cards", "words", "--new", "0").words
    more = begun.partition(" more due")[0][-1] if "more due" in begun else "-"
    session = int(more) + 1 if more != "-" else int("the last one" in begun)
    return [*map(int, said), int(ahead) if ahead.isdigit() else 0, forecast, session]


def test_a_daily_limit_of_due_cards(begun: Home) -> None:
    """Everything that counts says the same, before and after a part of it was reviewed."""
    assert due_everywhere(begun) == [6] * 5
    begun("config", "set", "reviews-per-day", "4")
    assert due_everywhere(begun) == [4] * 5
    begun("cards", "words", "--new", "0", "--limit", "3", text="\n\n" * 3)
    assert due_everywhere(begun) == [1] * 5


@pytest.mark.parametrize("how", ["gone", "tag"])
def test_what_cannot_be_asked_takes_no_place_of_the_day(tmp_path: Path, how: str) -> None:
    """Where its question is gone, or has none of the tags: as many others are asked as the list
    says, and what comes behind each is counted."""
    home = Home(tmp_path / "desk", sample=False)
    path = write(home, cards=3)
    # The first is failed, and so the one that is most likely forgotten.
    home("cards", "words", text="\n1\n" + "\n3\n" * 2)
    home("config", "set", "reviews-per-day", "2")
    home.days(10)
    text = path.read_text()
    if how == "gone":
        path.write_text("\n".join(line for line in text.splitlines() if "id: w0" not in line))
    else:
        path.write_text(text.replace("Back 1}", "Back 1, tags: [x]}").replace(
            "Back 2}", "Back 2, tags: [x]}"))  # fmt: skip
    options = ["words", *["--tag", "x"] * (how == "tag")]
    assert "2 due, " in home("review", *options, "--queue").words
    asked = home("review", *options, text="\n3\n" * 3).words
    assert "Words, 1 more due." in asked
    assert "Words, the last one." in asked
    assert "2 reviews, " in asked


@pytest.mark.parametrize(
    ("settings", "arguments", "limit"), [((), (), 2), (("new-per-day", "0"), (), 9),
                                         ((), ("--new", "0"), 9)],
)  # fmt: skip
def test_no_dead_end_where_todays_new_cards_are_used_up(
    tmp_path: Path, settings: tuple[str, ...], arguments: tuple[str, ...], limit: int
) -> None:
    """The limit is said, and what goes beyond it, which does: by the bank, a setting, an option."""
    home = Home(tmp_path / "desk", sample=False)
    path = write(home, limit)
    if settings:
        home("config", "set", *settings)
    if limit == 2:
        home("cards", str(path), text="\n" * 40)
    ended = home("cards", str(path), *arguments).words
    waiting = 4 if limit == 2 else 6
    assert f"{waiting} new cards wait for another day: you have reached the limit" in ended
    assert "quizcli take" not in ended
    said = ended.partition("Start some now: quizcli ")[2].split()[:4]
    assert said == ["cards", "words", "--new", "3"]
    assert "3 reviews, 3 rated hard or better" in home(*said, text="\n" * 40).words


def test_no_dead_end_where_all_is_suspended(tmp_path: Path) -> None:
    """What lists it is said."""
    home = Home(tmp_path / "desk", sample=False)
    write(home, cards=2)
    home("cards", "words", text=":suspend\n" * 2)
    said = home("cards", "words").words
    assert "2 cards are suspended: quizcli review words --queue" in said
    assert "quizcli take" not in said
    assert "words/w1" in home("review", "words", "--queue").out


def test_what_is_beyond_the_limit_waits_and_is_told(begun: Home) -> None:
    """At the end of the session, on home; it comes on the next days."""
    begun("config", "set", "reviews-per-day", "4")
    days = begun("stats", "--forecast", "--json").data["forecast"]
    assert [day["due"] for day in days[:3]] == [4, 2, 0]
    ended = begun("cards", "words", "--new", "0", text="\n" * 40).words
    assert "4 reviews" in ended
    assert "2 due cards wait for another day: you have reached your limit" in ended
    assert "still due" not in ended
    said = begun().words
    assert said.startswith("quizcli · nothing due today")
    assert "2 due cards wait for another day" in said
    assert "Next review: 2 cards tomorrow." in said
    assert "2 due today" in begun.days()().words


def test_new_cards_take_no_place_of_due_ones(begun: Home) -> None:
    """Each has its own limit."""
    other = BANK.format(limit=9, cards="  - {id: o, kind: card, front: Other, back: Another}")
    (begun.root / "questions" / "other.yaml").write_text(other.replace("id: words", "id: other"))
    begun("config", "set", "reviews-per-day", "4")
    begun("cards", "other", text="\n" * 9)
    assert begun("review", "words", "--queue").words.startswith("4 due, ")


def test_practice_ahead_knows_no_limit(begun: Home) -> None:
    begun("config", "set", "reviews-per-day", "1")
    assert "6 cards practised" in begun("cards", "words", "--cram", text="\n" * 40).words


def test_a_bank_limits_its_own_new_cards(tmp_path: Path) -> None:
    """Of this bank two a day, of the others as many as the day allows; ``--new`` overrides."""
    home = Home(tmp_path / "desk")
    write(home, limit=2)
    assert "2 new, " in home("review", "words", "--queue").words
    everything = {card["card"] for card in home("review", "--queue", "--json").data["cards"][:6]}
    assert len({card for card in everything if card.startswith("words/")}) == 2
    assert "2 more new" not in home("cards", "words", text="").words
    assert "1 more new" in home("cards", "words", text="").words
    assert "5 new, " in home("review", "words", "--queue", "--new", "5").words
    after = home("cards", "words", text="\n" * 40).words
    assert "2 reviews" in after
    assert "0 due, " in home("review", "words", "--queue").words
    assert home.days()("review", "words", "--queue").words.startswith("2 new, ")


@pytest.mark.parametrize("limit", ["-1", "10000", "2.5", "many", "0x10", "٣", "1_0", "[2]"])
def test_a_limit_that_is_none_is_a_fault(tmp_path: Path, limit: str) -> None:
    home = Home(tmp_path / "desk", sample=False)
    path = write(home, limit)
    ran = home("bank", "check", str(path))
    assert ran.code == 1
    assert "words.yaml:5:" in ran.out
    assert "new_per_day" in ran.out


def test_the_limit_survives_the_cache_and_changes_no_digest(tmp_path: Path) -> None:
    home = Home(tmp_path / "desk", sample=False)
    write(home, 3)
    shown = [home("bank", "show", "words", "--json").data["bank"] for _ in range(2)]
    assert [bank["new_per_day"] for bank in shown] == [3, 3]
    assert "at most 3 new a day" in home("bank", "show", "words").words
    write(home, 4)
    assert home("bank", "show", "words", "--json").data["bank"]["digest"] == shown[0]["digest"]


def leeches(home: Home, lapses: int) -> list[str]:
    """The state of the first card after each of so many lapses, a day apart."""
    states = []
    for _ in range(lapses):
        home("cards", "words", "--new", "0", "--limit", "1", text="\n1\n")
        states.append(home.queue()["words/w0"]["state"])
        home.days(30)
    return states


@pytest.mark.parametrize(("threshold", "expected"), [("3", 3), ("1", 1), ("0", None)])
def test_a_leech_by_setting(tmp_path: Path, threshold: str, expected: int | None) -> None:
    """Rebuilt, exported and imported it is put aside as before, whatever the setting says then."""
    home = Home(tmp_path / "desk", sample=False)
    write(home, cards=1)
    home("cards", "words", text="\n3\n")
    home.days(30)
    home("config", "set", "leech", threshold)
    states = leeches(home, 9)
    assert ("leech" in states) == (expected is not None)
    if expected is not None:
        assert states.index("leech") == expected - 1
    before = home.queue()["words/w0"]
    home("config", "set", "leech", threshold)
    assert "differed" not in home("journal", "rebuild").words
    exported = home("journal", "export").out
    fresh = Home(tmp_path / "fresh", sample=False)
    write(fresh, cards=1)
    fresh.clock.start = home.clock.start
    log = tmp_path / "log.csv"
    log.write_text(exported)
    fresh("config", "set", "leech", threshold)
    assert fresh("journal", "import", str(log)).code == 0
    assert fresh.queue()["words/w0"] == before
    fresh("config", "set", "leech", "7")
    fresh("journal", "rebuild")
    assert fresh.queue()["words/w0"]["due"] == before["due"]
    assert (fresh.queue()["words/w0"]["state"] == "leech") == bool(expected)


def test_by_hand_is_no_leech_and_a_leech_stays_one(tmp_path: Path) -> None:
    """What put a card aside decides, not how often it lapsed, nor the setting of today."""
    home = Home(tmp_path / "desk", sample=False)
    write(home, cards=1)
    home("cards", "words", text="\n3\n")
    home.days(30)
    home("config", "set", "leech", "4")
    assert leeches(home, 3) == ["later"] * 3
    home("review", "--suspend", "words/w0")
    home("config", "set", "leech", "2")
    assert home.queue()["words/w0"]["state"] == "suspended"
    home("review", "--resume", "words/w0")
    home("config", "set", "leech", "4")
    assert leeches(home, 1) == ["leech"]
    for threshold in ("0", "9"):
        home("config", "set", "leech", threshold)
        assert home.queue()["words/w0"]["state"] == "leech"
    home("review", "--resume", "words/w0")
    home("review", "--suspend", "words/w0")
    assert home.queue()["words/w0"]["state"] == "suspended"
    home("review", "--undo")
    home("review", "--undo")
    assert home.queue()["words/w0"]["state"] == "leech"


def test_the_limit_of_the_day_is_that_of_all_banks(begun: Home) -> None:
    """The bars of home add up to its head, and say whose cards a session would ask."""
    other = BANK.format(
        limit=9, cards="  - {id: a, kind: card, front: A, back: a}\n"
        "  - {id: b, kind: card, front: B, back: b}",
    ).replace("id: words", "id: other").replace("title: Words", "title: Other")  # fmt: skip
    (begun.root / "questions" / "other.yaml").write_text(other)
    begun("cards", "other", "--new", "9", text="\n1\n\n1\n")
    begun.days(20)
    for limit in ("1", "3", "7", "8", "9999"):
        begun("config", "set", "reviews-per-day", limit)
        said = begun()
        bars = {
            line.split()[0]: int(line.partition("│")[2].partition(" due")[0].split()[-1])
            for line in said.out.splitlines()
            if "│" in line
        }
        asked = [card.partition("/")[0] for card in begun.queue("--new", "0")][: min(int(limit), 8)]
        assert f"· {sum(bars.values())} due today" in said.words
        assert bars == {"Words": asked.count("words"), "Other": asked.count("other")}


def test_home_shows_how_far_each_bank_is(begun: Home) -> None:
    """Once it was begun: in a line, with a bar; the streak is not mentioned."""
    begun("cards", "words", "--new", "0", "--limit", "2", text="\n4\n\n1\n")
    write(begun, cards=8)
    said = begun().out
    line = next(line for line in said.splitlines() if "│" in line)
    assert "Words" in line
    assert "4 due, 2 new, " in line
    assert "known" in line
    assert "treak" not in said
    counts = [int(word) for word in line.partition("│")[2].split() if word.isdigit()]
    assert sum(counts[1:]) == 8
    assert "rnn" not in line


def test_home_without_a_review_has_no_bars(tmp_path: Path) -> None:
    home = Home(tmp_path / "desk")
    home("take", "sample", text="")
    assert "Known" not in home().out


def test_the_streak_is_said_if_it_is_asked_for(begun: Home) -> None:
    assert "treak" not in begun("stats").out
    assert "Streak: 0 days in a row; the longest was 1 day." in begun("stats", "--streak").words
    for _ in range(3):
        begun("cards", "words", "--new", "0", "--limit", "1", text="\n3\n")
        begun.days()
    assert "Streak: 3 days in a row; the longest was 3 days." in begun("stats", "--streak").words
    assert begun("stats", "--streak", "--json").data["streak"] == {"days": 3, "longest": 3}
    assert "streak" not in json.loads(begun("stats", "--json").out)
