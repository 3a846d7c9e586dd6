"""Home, the statistics, their forecast, the list and a session count what is due alike."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from quizcli.journal.card_states import DueCard, StateTable
from quizcli.review import counts, queue
from tests.support.fakes import FakeClock, environment, invoke, printed, told

if TYPE_CHECKING:
    from pathlib import Path

BANK = """
format: 1
id: gaps
title: Gaps
questions:
  - id: two
    kind: cloze
    text: An [[a::LSTM]] has [[b::three]] gates.
  - id: one
    kind: card
    front: What has a GRU?
    back: Two gates.
"""


SIDES = """
    kind: card
    front: An LSTM
    back: A cell with three gates.
    reversed: true
"""
CLOZE = """
    kind: cloze
    text: An [[a::LSTM]] has [[b::three]] gates.
"""


@pytest.fixture(params=[CLOZE, SIDES], ids=["gaps", "sides"])
def home(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """A home in which both gaps of a text, or both sides of a card, and another card were learned
    on two days."""
    folder = tmp_path / "questions"
    folder.mkdir()
    (folder / "gaps.yaml").write_text(BANK.replace(CLOZE, request.param))
    clock = FakeClock()
    for _ in range(2):  # of a text one gap is asked a day
        env = environment(tmp_path, "\n" * 8, clock=clock)
        invoke(env, "cards", "gaps")
        clock.start += timedelta(days=1)
    return tmp_path


def said(home: Path, *arguments: str) -> str:
    """What a verb prints five days later, when all three cards are due."""
    clock = FakeClock(FakeClock().start + timedelta(days=5))
    env = environment(home, clock=clock)
    invoke(env, *arguments)
    return printed(env)


def test_two_siblings_are_one_everywhere(home: Path) -> None:
    """Three cards are due, two of them gaps of one text: two are asked today, one tomorrow."""
    listed = json.loads(said(home, "review", "gaps", "--queue", "--json"))["cards"]
    assert sum(card["state"] == "due" for card in listed) == 3
    assert "2 due today" in said(home)
    assert "2 due, 1 later," in said(home, "review", "gaps", "--queue")
    assert "2 due today, 2 of them overdue, 1 tomorrow" in " ".join(said(home, "stats").split())
    forecast = json.loads(said(home, "stats", "--forecast", "--json"))["forecast"]
    assert [day["due"] for day in forecast[:3]] == [2, 1, 0]
    asked = said(home, "cards", "gaps")
    assert "Gaps, 1 more due." in asked
    assert "2 cards still due: quizcli cards gaps" in " ".join(asked.split())


def test_a_sibling_that_was_asked_today_makes_the_other_wait(home: Path) -> None:
    """Also for what was started anew: a session holds in mind whom it asked, and others read it."""
    clock = FakeClock(FakeClock().start + timedelta(days=5))
    for _ in range(2):
        invoke(environment(home, "\n3\n", clock=clock), "review", "gaps", "--limit", "1")
    assert "nothing due today" in said(home)
    assert "0 due, " in said(home, "review", "gaps", "--queue")
    assert "Nothing is due" in said(home, "review", "gaps")


def test_a_new_sibling_of_what_is_due_is_not_promised(home: Path) -> None:
    """Of a text one gap was learned, and is due; the other is new, and waits for tomorrow."""
    (home / "journal.sqlite3").unlink()
    invoke(environment(home, "\n3\n"), "cards", "gaps", "--limit", "1")
    assert "1 due, 1 new, " in said(home, "review", "gaps", "--queue")
    assert "1 due and 1 new card (" in said(home)
    clock = FakeClock(FakeClock().start + timedelta(days=5))
    invoke(environment(home, "\n3\n" * 2, clock=clock), "review", "gaps")
    assert "0 due, " in said(home, "review", "gaps", "--queue")


def test_no_limit_puts_nothing_off(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many are due: the number that means all of them is no limit anywhere."""
    invoke(environment(home), "config", "set", "reviews-per-day", "1")
    assert "wait" in said(home)
    for room in (counts, queue):
        monkeypatch.setattr(room, "ALL", 1)
    assert "2 due today" in said(home)
    assert "wait" not in said(home)


def test_what_is_asked_ahead_is_not_new(home: Path) -> None:
    clock = FakeClock(FakeClock().start + timedelta(days=5))
    invoke(environment(home, "\n3\n" * 4, clock=clock), "review", "gaps")
    assert "2 not due yet, 1 later," in said(home, "review", "gaps", "--ahead", "--queue")
    assert "1 due, 2 not due yet, " in said(home, "review", "gaps", "--cram", "--queue")


def test_what_is_buried_is_not_asked_ahead(home: Path) -> None:
    """No more than what is suspended is."""
    clock = FakeClock(FakeClock().start + timedelta(days=5))
    invoke(environment(home, "\n3\n" * 4, clock=clock), "review", "gaps")
    for n, how in ((1, ":bury"), (0, ":suspend")):
        invoke(environment(home, f"{how}\n:quit\n", clock=clock), "review", "gaps", "--ahead")
        assert (f"{n} not due yet" if n else "0 due") in said(
            home, "review", "gaps", "--ahead", "--queue"
        )


@pytest.mark.parametrize("reviewed", [False, True])
def test_a_bank_that_is_gone_counts_alike(home: Path, reviewed: bool) -> None:
    """Of siblings one, and none of a note that was reviewed today."""
    clock = FakeClock(FakeClock().start + timedelta(days=5))
    if reviewed:
        invoke(environment(home, "\n3\n", clock=clock), "review", "gaps", "--limit", "1")
    (home / "questions" / "gaps.yaml").unlink()
    env = environment(home, clock=clock)
    invoke(env)
    n = "1 card is" if reviewed else "2 cards are"
    assert f"{n} due, but the bank cannot be read" in told(env)


def test_what_is_due_is_gone_through_once(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many numbers home, and the end of a session, say of it."""
    passes = []
    read = StateTable.most_faded

    def counted(table: StateTable, today: int, banks: list[str], limit: int = -1) -> list[DueCard]:
        passes.append(limit)
        return read(table, today, banks, limit)

    monkeypatch.setattr(StateTable, "most_faded", counted)
    scans, scan = [], StateTable.suspended
    monkeypatch.setattr(StateTable, "suspended", lambda table: scans.append(0) or scan(table))
    said(home)
    assert passes.count(-1) == 1
    assert len(scans) == 1
    passes.clear()
    assert "cards still due" in " ".join(said(home, "cards", "gaps").split())
    assert passes.count(-1) == 1
