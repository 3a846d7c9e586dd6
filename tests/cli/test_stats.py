"""``quizcli stats``: figures on a log made by hand, and "n of m" where there is too little."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import pytest

from tests.support.home import Home
from tests.support.learner import bank_text
from tests.support.samples import SAMPLE

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home with the sample bank, in which nothing happened."""
    return Home(tmp_path)


def answered(home: Home, *lines: str) -> None:
    """A review of the gate alone: it has the tag of nobody else, so the others are suspended."""
    home("review", "sample", "--no-shuffle", "--new", "1", text="".join(f"{x}\n" for x in lines))


@pytest.fixture
def gate(home: Home) -> Home:
    """A home in which the gate alone is asked."""
    for name in ("tasks", "decay", "unrolled"):
        home("review", "--suspend", f"sample/{name}")
    return home


def test_nothing_reviewed_yet(home: Home) -> None:
    """What makes the first reviews is named; the data has the same shape as ever."""
    ran = home("stats")
    assert ran.code == 0
    assert ran.out == ("No reviews yet. Start with a quiz:\n  quizcli take\n")
    data = home("stats", "--json").data
    assert (data["format_version"], data["reviews"], data["cards"]) == (1, 0, 0)
    assert data["retention"]["true"] == {"hits": 0, "n": 0, "needed": 30, "value": None}
    assert len(data["forecast"]) == 30
    assert home("stats", "--forecast").out == "Nothing is due in the next 30 days.\n"


def test_too_little_says_how_much_is_needed(home: Home) -> None:
    """Not a figure among them."""
    home.quiz()
    said = home("stats").words
    assert "4 reviews of 4 cards" in said
    assert "Retention: not enough data yet (0 of 30 reviews made at least a day apart)" in said
    assert "No wrong option was chosen more than once." in said
    assert (
        "Mark guesses with a capital letter to see how well your confidence matches your results."
        in said
    )
    assert "Stability: needs 10 reviewed cards (4 so far)." in said
    assert "%" not in said


def test_a_calendar_of_one_day_is_a_sentence(home: Home) -> None:
    """One block alone shows nothing; with a second day the days are drawn."""
    home.quiz()
    assert "Reviews per day, one column per week" not in home("stats").out
    assert "4 reviews on 1 day in the last 12 weeks, 0 s spent answering." in home("stats").words


def test_misconceptions_of_a_log_made_by_hand(gate: Home) -> None:
    """Chosen a, a, b, c, a on five days: "1" three times of five, the slip once is none."""
    for letter in "aabca":
        answered(gate, letter, "1", "b")
        gate.days()
    data = gate("stats", "--json").data
    assert data["misconceptions"] == [
        {"card": "sample/gate", "option": "one", "text": "1", "times": 3, "answers": 5}
    ]
    said = gate("stats")
    assert "Your most frequent wrong answers" in said.out
    assert "gate 1 3 of 5" in said.words
    # Undone, it does not count.
    for _ in range(2):
        gate("review", "--undo")
    assert gate("stats", "--json").data["misconceptions"][0]["times"] == 2


def test_calibration_of_a_log_made_by_hand(gate: Home) -> None:
    """Twenty sure answers of which fifteen are right, one guess: a share, and "1 of 20"."""
    for right in [True] * 15 + [False] * 5:
        answered(gate, "b" if right else "c", "1", "b")  # so that it is due tomorrow
        gate("review", "--resume", "sample/gate")  # a leech by now
        gate.days()
    answered(gate, "b?", "4", "b")
    data = gate("stats", "--json").data["calibration"]
    assert data == {
        "sure": {"hits": 15, "n": 20, "needed": 20, "value": 0.75},
        "guess": {"hits": 1, "n": 1, "needed": 20, "value": None},
        "unjudged": 0,
    }
    said = gate("stats").words
    assert "Calibration: 75% of 20 sure answers were right; needs 20 guesses (1 so far)." in said


def test_answers_that_nobody_can_judge_are_counted(home: Home) -> None:
    """Their questions are in no bank now: the share is one of the others, and says so."""
    folder = home.root / "questions"
    folder.mkdir(exist_ok=True)
    bank = folder / "b.yaml"
    bank.write_text(bank_text(["q0", "q1", "q2"]))
    home("take", "b", "--no-shuffle", text="a\na?\nb\n")
    assert "left out" not in home("stats").words
    bank.write_text(bank_text(["q0", "q1"]))
    said = home("stats").words
    assert "; 1 answer left out because what was asked is no longer in any bank." in said
    assert home("stats", "--json").data["calibration"]["unjudged"] == 1


def test_retention_counts_reviews_that_test_memory(gate: Home) -> None:
    """Thirty-one reviews, of which the first tests nothing; nine of the others were failed."""
    for day in range(31):
        answered(gate, "b", "1" if day % 10 in {1, 4, 7} else "4", "b")
        gate("review", "--resume", "sample/gate")
        gate.days(4000)
    true = gate("stats", "--json").data["retention"]["true"]
    assert true == {"hits": 21, "n": 30, "needed": 30, "value": 0.7}
    said = gate("stats").words
    assert (
        "Retention: 70% of 30 reviews made at least a day apart (95% interval: 52 to 83%)" in said
    )
    assert "desired 90%." in said


def test_what_is_desired_is_what_the_banks_of_the_reviews_ask_for(home: Home) -> None:
    """Of one bank the same with its name and without; of several on average, by their reviews."""

    def desired(*banks: str) -> float:
        return float(home("stats", *banks, "--json").data["retention"]["desired"])

    assert desired() == desired("rnn") == 0.9
    own = home.root / "questions" / "own.yaml"
    text = SAMPLE.read_text().replace("id: sample", "id: own", 1)
    own.write_text(text.replace("defaults: {", "defaults: {retention: 0.8, "))
    assert (desired(), desired("own"), desired("own", "sample")) == (0.9, 0.8, pytest.approx(0.85))
    home("take", "own", "--no-shuffle", text="a\na\nb\nb\n")
    assert desired() == desired("own") == desired("own", "rnn") == 0.8
    home("take", "sample", "--no-shuffle", text="a\na\nb\nb\n")
    assert desired() == desired("own", "sample") == pytest.approx(0.85)
    assert desired("sample") == 0.9


def test_what_was_desired_is_what_the_reviews_aimed_at(home: Home) -> None:
    """Not what the settings or the bank ask for since: of later reviews that counts."""

    def desired() -> float:
        return float(home("stats", "--json").data["retention"]["desired"])

    home("take", "sample", "--no-shuffle", text="a\na\nb\nb\n")
    home("config", "set", "retention", "0.8")
    assert desired() == 0.9
    logged = csv.DictReader(home("journal", "export").out.splitlines())
    assert {row["retention"] for row in logged} == {"0.9"}
    home("take", "sample", "--no-shuffle", "--restart", text="a\na\nb\nb\n")
    assert desired() == pytest.approx(0.85)


def test_days_and_minutes(home: Home) -> None:
    """The calendar has whole weeks, and its sentence the numbers."""
    home.quiz()
    home.days()("review", "sample", "--new", "0", "--no-shuffle", text="b\n4\n" * 4)
    data = home("stats", "--json").data["days"]
    assert [day["day"] for day in data] == ["2026-11-19", "2026-11-20"]
    assert data[0]["reviews"] == 4
    said = home("stats")
    assert "Reviews per day, one column per week, from 31 Aug to this week" in said.words
    assert " reviews on 2 days in the last 12 weeks, 0 s spent answering; on average " in said.words
    rows = [line for line in said.out.splitlines() if line.startswith(("   Thu", "   Fri"))]
    assert all(line.endswith("██") for line in rows), rows


def test_the_forecast(home: Home) -> None:
    """A day a row up to the last that has any, today first, and the sum in a sentence; what is put
    off is tomorrow's, what is suspended nobody's."""
    home.quiz()
    home.days()("review", "--suspend", "sample/tasks")
    home("review", "sample", "--limit", "1", "--seed", "3", text=":bury\n")
    data = home("stats", "--forecast", "--json").data["forecast"]
    assert data[:3] == [
        {"day": "2026-11-20", "due": 2},
        {"day": "2026-11-21", "due": 1},
        {"day": "2026-11-22", "due": 0},
    ]
    said = home("stats", "--forecast")
    assert "   Fri 20 Nov  2 ██████████████████████████████\n" in said.out
    assert "Sun 22 Nov" not in said.out
    assert "2 due today, 1 tomorrow, 3 within 7 days, 3 within 30" in said.words
    assert "most on Friday 20 November: 2." in said.words
    assert home().words.startswith("quizcli · 2 due today")


def test_overdue_cards_are_today_s(home: Home) -> None:
    """And are called what they are."""
    home.quiz()
    said = home.days(9)("stats", "--forecast").words
    assert "4 due today, 4 of them overdue, 0 tomorrow" in said


def test_a_bank_apart(home: Home) -> None:
    """Of one bank, or of everything."""
    home.quiz()
    home("review", "rnn", "--limit", "1", "--no-shuffle", text="a\n\na\n")
    assert home("stats", "sample", "--json").data["reviews"] == 4
    assert home("stats", "rnn", "--json").data["reviews"] == 1
    assert home("stats", "--json").data["reviews"] == 5
    assert home("stats", "nnr").code == 3


def test_plain_is_words_alone(gate: Home) -> None:
    """No picture and no box, and every number that a picture had."""
    for letter in "aaa":
        answered(gate, letter, "1", "b")
        gate.days()
    said = gate("stats", "--plain")
    assert said.out.isascii()
    assert "3 reviews on 3 days in the last 12 weeks" in said.words
    assert "gate: wrong answer 1, chosen 3 of 3 times" in said.words
    assert "#" not in said.out


def test_hostile_words_stay_harmless(home: Home) -> None:
    """A bank's text in a table: markup is text, marks of direction are shown as what they are."""
    path = home.root / "questions" / "evil.yaml"
    path.write_text(
        "format: 1\nid: evil\ntitle: 'x [bold] \u202eabc'\nquestions:\n  - id: one\n    kind: single-choice\n"
        "    prompt: 'P'\n    options:\n      - {id: a, text: 'right', correct: true}\n"
        '      - {id: b, text: "[red]x[/red] \\u202Eabc :smile:"}\n'
    )
    for _ in range(3):
        home("review", "evil", "--no-shuffle", text="b\n\nb\n")
        home.days()
    for arguments in (("stats",), ("stats", "--plain"), ("review", "evil", "--queue"), ()):
        said = home(*arguments).out
        assert "\u202e" not in said
        assert "\x1b" not in said
    assert "[red]x[/red] <U+202E>abc :smile:" in home("stats").out
