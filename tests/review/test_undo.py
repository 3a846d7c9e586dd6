"""Undo, leeches and cards put aside, through the program and over restarts."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from quizcli.journal.attempts import Journal
from quizcli.journal.reviews import CardLog, FactKind
from tests.support.damage import selected
from tests.support.fakes import FakeClock, environment, invoke, printed, told
from tests.support.learner import Reply, bank_text, run, shelve, sit_down

if TYPE_CHECKING:
    from pathlib import Path

CARDS = [f"q{i}" for i in range(4)]


def states(root: Path) -> list[tuple]:
    """The rows of all states as they lie in the file."""
    journal = Journal(root / "journal.sqlite3")
    rows = selected(CardLog(journal), "SELECT * FROM cards ORDER BY card")
    journal.close()
    return rows


def facts(root: Path) -> list[tuple]:
    """The rows of all facts."""
    journal = Journal(root / "journal.sqlite3")
    rows = selected(CardLog(journal), "SELECT * FROM card_log ORDER BY id")
    journal.close()
    return rows


def queue(root: Path, clock: FakeClock) -> dict[str, dict]:
    """What the program lists, by card."""
    text = run(environment(root, clock=clock), "review", "b", "--queue", "--json")
    return {card["card"]: card for card in json.loads(text)["cards"]}


def test_ten_steps_back_across_restarts(tmp_path: Path) -> None:
    """Each undo, in a process of its own, restores the rows as they were before that step, ratings
    that were changed and cards that were put aside included; and facts are only added."""
    shelve(tmp_path, bank_text(CARDS))
    clock, before = FakeClock(), []

    def step(*arguments: str) -> None:
        before.append((arguments[-1], states(tmp_path)))
        run(environment(tmp_path, clock=clock), "review", *arguments)

    for day in range(2):
        for card in range(4):
            before.append((f"b/q{card}", states(tmp_path)))
            reply = (Reply("a"), Reply("c"), Reply("a?", "2"), Reply("c", "4"))[card]
            learner = sit_down(tmp_path, clock, lambda _, r=reply: r, "b", "--limit", "1")
            before[-1] = (f"b/{learner.reviewed[0].card}", before[-1][1])
            clock.tick(60)
        clock.tick(9 * 86400)
        if not day:
            step("--suspend", "b/q1")
            step("--resume", "b/q1")
    assert len(before) == 10
    for card, rows in reversed(before):
        had = facts(tmp_path)
        said = json.loads(run(environment(tmp_path, clock=clock), "review", "--undo", "--json"))
        assert said["card"]["card"] == card
        assert states(tmp_path) == rows
        assert facts(tmp_path)[: len(had)] == had
    env = environment(tmp_path, clock=clock)
    assert "nothing to undo" in run(env, "review", "--undo", code=1)
    assert states(tmp_path) == []


def test_undo_of_a_suspension_puts_the_card_back_into_the_queue(tmp_path: Path) -> None:
    shelve(tmp_path, bank_text(CARDS))
    clock = FakeClock()
    run(environment(tmp_path, clock=clock), "review", "--suspend", "b/q2")
    assert queue(tmp_path, clock)["b/q2"]["state"] == "suspended"
    assert {each.card for each in sit_down(tmp_path, clock, lambda _: Reply("a")).reviewed} == {
        "q0", "q1", "q3",
    }  # fmt: skip
    for _ in range(3):
        run(environment(tmp_path, clock=clock), "review", "--undo")
    said = run(environment(tmp_path, clock=clock), "review", "--undo")
    assert said == "No longer suspended: b/q2.\n"
    assert {card["state"] for card in queue(tmp_path, clock).values()} == {"new"}


def test_a_card_that_is_not_there_cannot_be_put_aside(tmp_path: Path) -> None:
    shelve(tmp_path, bank_text(CARDS))
    env = environment(tmp_path)
    assert invoke(env, "review", "--suspend", "b/q9") == 2
    assert "did you mean 'b/q" in told(env)
    assert printed(env) == ""


def test_a_leech_at_eight_lapses_and_again_at_twelve(tmp_path: Path) -> None:
    """Put aside with its history and what is mistaken for its answer; undone, it is asked at once
    and the other rating keeps it; brought back, it is a leech again four lapses later."""
    shelve(tmp_path, bank_text(["q0"]))
    clock = FakeClock()

    def fail(rating: str = "") -> str:
        clock.tick(86400)
        return sit_down(tmp_path, clock, lambda _: Reply("c", rating)).out.getvalue()

    for _ in range(8):  # the first is no lapse: nothing was known yet
        assert "and suspended" not in fail()
    said = " ".join(fail().split())
    assert "Failed 8 times in 9 reviews, and suspended. 9 of 9 wrong answers were: is c." in said
    assert "quizcli review --resume b/q0" in said
    assert "Once more" not in said
    card = queue(tmp_path, clock)["b/q0"]
    assert (card["state"], card["lapses"], card["reviews"]) == ("leech", 8, 9)
    assert "Nothing is due." in fail()
    # Taken back: no longer aside, and another rating does not put it there.
    run(environment(tmp_path, clock=clock), "review", "--undo")
    assert queue(tmp_path, clock)["b/q0"]["state"] == "due"
    assert "Hard: it comes back tomorrow." in fail("2")
    assert queue(tmp_path, clock)["b/q0"]["lapses"] == 7
    clock.tick(86400 * 30)
    assert "and suspended" in fail()
    run(environment(tmp_path, clock=clock), "review", "--resume", "b/q0")
    assert queue(tmp_path, clock)["b/q0"]["state"] == "later"
    for _ in range(3):
        assert "and suspended" not in fail()
    assert "Failed 12 times" in fail()
    found = json.loads(run(environment(tmp_path, clock=clock), "journal", "rebuild", "--json"))
    assert found["equal"]


def test_a_card_that_was_put_off_comes_back_tomorrow(tmp_path: Path) -> None:
    """Buried in the session, it waits out the day, its siblings do not."""
    shelve(tmp_path, bank_text(CARDS))
    clock = FakeClock()
    env = environment(tmp_path, ":bury\na\n\n:quit\n", clock=clock)
    said = run(env, "review", "b", "--no-shuffle")
    assert "Buried until tomorrow: b/q0." in said
    assert queue(tmp_path, clock)["b/q0"]["state"] == "buried"
    assert [each.card for each in sit_down(tmp_path, clock, lambda _: Reply("a")).reviewed] == [
        "q2", "q3",
    ]  # fmt: skip
    clock.tick(86400)
    assert [each.card for each in sit_down(tmp_path, clock, lambda _: Reply("a")).reviewed] == [
        "q0",
    ]  # fmt: skip


@pytest.mark.parametrize("did", list(FactKind))
def test_the_words_in_journals_stay(did: FactKind) -> None:
    """Files out there hold them."""
    assert did.value == did.name.lower()


def test_what_is_reckoned_with_is_kept_with_the_fact(tmp_path: Path) -> None:
    """The settings change, and states are derived as they were: fuzz, retention, longest interval
    are those of the review."""
    shelve(tmp_path, bank_text(CARDS))
    clock = FakeClock()
    kept = []
    for settings in (
        ("fuzz", "off"),
        ("retention", "0.8"),
        ("maximum-interval", "3"),
        ("fuzz", "on"),
    ):
        run(environment(tmp_path), "config", "set", *settings)
        sit_down(tmp_path, clock, lambda _: Reply("a", "4"), "b", "--limit", "1")
        kept.append(states(tmp_path))
        found = json.loads(run(environment(tmp_path), "journal", "rebuild", "--json"))
        assert found["equal"]
        assert states(tmp_path) == kept[-1]
    due = {row[0]: row[5] - row[4] for row in kept[-1]}
    assert due["b/q0"] == 8  # the package's own interval
    assert due["b/q1"] > 12
    assert due["b/q2"] == 3
    assert due["b/q3"] in {2, 3}
