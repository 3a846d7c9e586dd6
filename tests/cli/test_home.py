"""``quizcli`` alone: at each stage of learning it says the one thing to type next."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from quizcli.bank import shelf
from tests.support.home import Home
from tests.support.taking import desk_with

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def _few_banks(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """One bank comes with the program, so that counts do not change when another one grows."""
    folder = tmp_path_factory.mktemp("shipped")
    shutil.copy(shelf.shipped() / "rnn.yaml", folder)
    monkeypatch.setattr(shelf, "shipped", lambda: folder)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home with the sample bank, in which nothing happened."""
    return Home(tmp_path)


def first(said: str) -> str:
    """The first command that is offered."""
    return next(line.strip() for line in said.splitlines() if line.startswith("  quizcli"))


def test_nothing_happened_yet(home: Home) -> None:
    """The banks that there are; no word of reviews."""
    said = home().out
    assert said.startswith("quizcli · quizzes whose answers can be shown to be right\n")
    assert first(said).startswith("quizcli take sample")
    assert "review" not in said
    assert "due" not in said
    assert not (home.root / "journal.sqlite3").exists()


def test_plain_text_is_asked_for_before_a_verb_too(home: Home) -> None:
    """As the welcome that home prints says: add --plain."""
    said = home("--plain")
    assert (said.code, said.told) == (0, "")
    before, behind = home("--plain", "demo", "gate-width"), home("demo", "gate-width", "--plain")
    assert before.out == behind.out
    assert (before.code, before.told) == (0, "")


def test_a_quiz_was_left(home: Home) -> None:
    """How much of it is left, and how to go on."""
    home("take", "sample", "--no-shuffle", text="b\n")
    said = home().out
    assert "3 of 4 left in A sample of everything" in " ".join(said.split())
    assert first(said) == "quizcli take sample --resume   resume where you stopped, question 2"


def test_a_quiz_that_was_left_waits_until_another_of_its_bank_is_begun(home: Home) -> None:
    """Answers from a file, and a quiz of another bank, made home forget it; the former also made
    ``--resume`` say that nothing was left."""
    home("take", "sample", "--no-shuffle", text="b\n")
    (home.root / "answers.yaml").write_text("gate: units\n")
    assert home("take", "sample", "--answers", str(home.root / "answers.yaml")).code == 0
    assert "Score" in home("take", "rnn", "--questions", "1", text="a\n").out
    assert "resume where you stopped, question 2" in home().words
    assert "resuming attempt 1: 1 of 4 answered" in home("take", "sample", "--resume").told
    home.quiz()
    assert "resume where you stopped" not in home().words
    again = home("take", "sample", "--resume")
    assert "the last attempt at sample was finished — start one without --resume" in again.told


def test_after_a_quiz_nothing_is_due(home: Home) -> None:
    """But tomorrow: the day is named, with the score."""
    home.quiz()
    said = home().words
    assert said.startswith("quizcli · nothing due today")
    assert "Next review: 4 cards tomorrow." in said
    assert "Last score: " in said
    assert "on A sample of everything, 19 November" in said


def test_something_is_due(home: Home) -> None:
    """That comes first, with about how long it takes."""
    home("review", "sample", "--no-shuffle", "--limit", "2", text="a\n\na\n\n")
    said = home.days()().out
    assert said.startswith("quizcli · 2 due today\n")
    assert first(said) == "quizcli review        2 due and 2 new cards (about 1 min)"
    assert "2 due, 2 new, " in home("review", "--queue").words
    home("config", "set", "new-per-day", "0")
    said = home().out
    assert first(said) == "quizcli review        2 cards are about to be forgotten (about 1 min)"
    assert "Next review" not in said


def test_one_card_is_due(home: Home) -> None:
    """In the singular."""
    home("review", "sample", "--no-shuffle", "--limit", "1", text="a\n\na\n")
    home("config", "set", "new-per-day", "0")
    assert "1 card is about to be forgotten (about 1 min)" in home.days()().out


def test_new_cards_may_be_started(home: Home) -> None:
    """When nothing is due; within the daily limit."""
    home("review", "rnn", "--limit", "1", text="a\n\n")
    assert "quizcli review        start 9 new cards" in home().out
    home("config", "set", "new-per-day", "6")
    assert "start 5 of 9 new cards" in home().out


def test_a_bank_that_only_lies_on_the_shelf_is_not_mixed_in(home: Home) -> None:
    """New cards come from banks that were begun; of the others home, the list and a session say no
    more than how to begin them. One that is asked for by its name, or by a tag, is."""
    home.quiz()
    assert "new card" not in home().out
    assert "0 due, 14 later" in home("review", "--queue").words
    ran = home("review")
    assert "Nothing is due." in ran.out
    assert ran.out.splitlines()[-1] == "10 new cards in rnn: quizcli review rnn"
    assert "10 new, " in home("review", "rnn", "--queue").words
    assert " new, " in home("review", "--tag", "notation", "--queue").words
    assert "in rnn" not in home("review", "--new", "0").out
    home("review", "rnn", "--limit", "1", text="a\n\n")
    assert "9 new, " in home("review", "--queue").words
    assert "in rnn" not in home("review", text=":quit\n").out
    home("review", "--undo")
    assert "0 due, 14 later" in home("review", "--queue").words


def test_what_is_on_the_shelf_is_said_for_flashcards_too(home: Home) -> None:
    home.quiz()
    assert "10 new cards in rnn: quizcli cards rnn" in home("cards").out


def test_who_has_begun_nothing_is_told_how_to_begin(home: Home) -> None:
    """Home, the list and a session agree that no bank is begun unasked, be it the first."""
    assert "quizcli review" not in home().out
    assert "0 due, 14 later" in home("review", "--queue").words
    for verb in ("review", "cards"):
        out = home(verb, text="a\n\n").out
        assert out.splitlines() == [
            "",
            "Nothing is due.",
            f"4 new cards in sample: quizcli {verb} sample",
            f"10 new cards in rnn: quizcli {verb} rnn",
        ]
    assert "No reviews yet" in home("stats").out
    assert "quizcli review" not in home().out


def test_the_list_says_of_each_new_card_whether_it_is_asked(home: Home) -> None:
    """What its head counts as later is called so in the rows as well."""
    home("config", "set", "new-per-day", "3")
    said = home("review", "sample", "rnn", "--queue").out
    assert said.startswith("3 new, 11 later, 14 questions in total.\n")
    rows = [line.split()[1:3] for line in said.splitlines()[3:]]
    assert [row for row in rows if row[1] != "later"] == [["new", "–"]] * 3
    assert [row for row in rows if row[1] == "later"] == [["new,", "later"]] * 11


def test_reviews_that_were_taken_back_are_none(home: Home) -> None:
    """Home and the statistics agree that nothing was reviewed yet."""
    home("review", "sample", "--no-shuffle", "--limit", "1", text="a\n\n:quit\n")
    assert "nothing due today" in home().words
    home("review", "--undo")
    assert "due today" not in home().words
    assert "No reviews yet" in home("stats").out
    home("review", "--redo")
    assert "nothing due today" in home().words


def test_an_exam_that_was_left(home: Home) -> None:
    """Its clock goes on, as the quiz itself says when it is gone on with."""
    home("take", "sample", "--exam", "--time", "5", "--no-shuffle", text="b\n:quit\n")
    home.clock.tick(100)
    said = home()
    assert "3 of 4 left in A sample of everything" in said.words
    assert "resume where you stopped, question 2, 3 min 20 s left" in said.words
    home.clock.tick(200)
    said = home()
    assert said.words.startswith("quizcli · time is up in A sample of everything")
    assert first(said.out) == "quizcli take sample --resume   hand in what you answered"
    ran = home("take", "sample", "--resume", text="")
    assert ran.code == 0
    assert "Time ran out." in ran.words
    assert "--resume" not in home().out


def test_suspended_cards_are_remembered(home: Home) -> None:
    """They are not due, and would be forgotten twice."""
    home.quiz()
    for card in ("gate", "tasks"):
        home("review", "--suspend", f"sample/{card}")
    said = home.days()().words
    assert "2 due today" in said
    assert "quizcli review --queue all cards; 2 cards are suspended" in said


def test_put_off_cards_come_tomorrow(home: Home) -> None:
    """What home says is what a review then asks."""
    home.quiz()
    home.days()("review", "sample", text=":bury\n:bury\n:bury\n:bury\n" + ":quit\n")
    assert "nothing due today" in home().words
    assert "Next review: 4 cards tomorrow." in home().words


def test_cards_of_a_bank_that_is_gone_do_not_count(home: Home) -> None:
    """Nor does it fail."""
    home.quiz()
    (home.root / "questions" / "sample.yaml").unlink()
    assert home("review", "--suspend", "sample/gate").code == 0
    for _ in range(2):  # on the day before they would be due, and on the day itself
        ran = home()
        assert ran.code == 0
        assert "due today" not in ran.out.replace("nothing due today", "")
        assert "Next review" not in ran.out
        assert "suspended" not in ran.out
        home.days()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("kind: single-choice", "kind: sngle-choice"),
        ("- id: ", "- id: other-"),
        ("format: 1", "format: ["),
    ],
)
def test_a_quiz_was_left_and_its_bank_has_nothing_of_it_now(home: Home, old: str, new: str) -> None:
    """A fault, other questions, no YAML: home shows, and offers nothing that would be refused."""
    home("take", "sample", "--no-shuffle", text="b\n")
    path = home.root / "questions" / "sample.yaml"
    path.write_text(path.read_text().replace(old, new))
    ran = home()
    assert ran.code == 0
    assert "quizcli take rnn" in ran.out
    assert "--resume" not in ran.out


def test_40_columns(home: Home) -> None:
    """Nothing is cut."""
    home("review", "sample", "--no-shuffle", "--limit", "2", text="a\n\na\n\n")
    said = home.days()(COLUMNS="40").words
    assert "2 due and 2 new cards (about 1 min)" in said


NOTES = """\
format: 1
id: notes
title: Notes
questions:
  - {id: one, kind: card, front: F, back: B, reversed: true}
  - {id: two, kind: cloze, text: "[[a::Rome]] is in [[b::Italy]], [[c::Paris]] in France."}
  - {id: three, kind: card, front: F3, back: B3}
  - {id: four, kind: card, front: F4, back: B4}
"""


@pytest.mark.parametrize("limit", ["2", "3", "20"])
def test_new_cards_add_up(tmp_path: Path, limit: str) -> None:
    """Home, the queue and a session say the same of today; home says of how many that is, and the
    bars of banks that were begun say how many of those each has."""
    (tmp_path / "notes.yaml").write_text(NOTES)
    home = desk_with(tmp_path / "desk", tmp_path / "notes.yaml")
    home("config", "set", "new-per-day", limit)
    home("review", "notes", text="\n\n:quit\n")  # one card of 7 was begun
    home("review", "--suspend", "notes/four")
    today = min(int(limit) - 1, 2)  # of the siblings of `two` one, and `three`
    said = home().words
    assert f"start {today} of 5 new card" in said
    assert "0 due, 5 new, 1 learning, 0 known" in said  # less the one that is put aside
    assert f"{today} new, " in home("review", "--queue").words
    left = home("review", text=":quit\n").words
    assert f"{today} new card" in left
