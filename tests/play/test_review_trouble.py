"""What goes wrong between two reviews: clocks, zones, banks that change or go, two windows. Nothing
is lost, nothing counts twice, and a sentence says what is the matter."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from quizcli.journal.attempts import Journal
from quizcli.journal.reviews import CardLog
from quizcli.review.card_states import CardStates
from quizcli.review.facts import ReviewInput, SchedulerSettings
from quizcli.scheduling.memory import Rating
from tests.support.damage import selected
from tests.support.fakes import START, FakeClock, environment, invoke, told
from tests.support.learner import Reply, bank_text, run, shelve, sit_down
from tests.support.terminal import Terminal

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

GOOD = Reply("a")


@pytest.fixture(autouse=True)
def equal_in_the_end(tmp_path: Path) -> Iterator[None]:
    """Whatever happened, deriving all states anew finds them as they are."""
    yield
    if (tmp_path / "journal.sqlite3").exists():
        found = json.loads(run(environment(tmp_path), "journal", "rebuild", "--json"))
        assert found["equal"], found


def good(_card: str) -> Reply:
    return GOOD


def queue(root: Path, clock: FakeClock, *banks: str) -> dict[str, dict]:
    """What the program lists, by card."""
    text = run(environment(root, clock=clock), "review", *banks, "--queue", "--json")
    return {card["card"]: card for card in json.loads(text)["cards"]}


def logged(root: Path) -> list[tuple]:
    """Card, time and day of every review."""
    journal = Journal(root / "journal.sqlite3")
    rows = selected(
        CardLog(journal), "SELECT card, at, day FROM card_log WHERE did = 'review' ORDER BY id"
    )
    journal.close()
    return rows


def test_a_clock_that_was_set_back(tmp_path: Path) -> None:
    """A year ahead, then right again: what was learned then is asked again in days, not in a
    year, and both reviews are in the log in the order in which they happened."""
    shelve(tmp_path, bank_text(["q0"]))
    ahead = FakeClock(START + timedelta(days=365))
    assert len(sit_down(tmp_path, ahead, good).reviewed) == 1
    clock = FakeClock()
    assert sit_down(tmp_path, clock, good).reviewed == []
    card = queue(tmp_path, clock)["b/q0"]
    assert (card["state"], card["recall"]) == ("later", 1.0)
    clock.tick(86400 * 370)
    assert len(sit_down(tmp_path, clock, good).reviewed) == 1
    back = FakeClock(START + timedelta(days=371))
    journal = Journal(tmp_path / "journal.sqlite3")
    ledger = CardStates(environment(tmp_path, clock=FakeClock()), journal, SchedulerSettings())
    kept = ledger.record(ledger.row("b/q0"), ReviewInput(Rating.GOOD), 0.9)
    journal.close()
    assert kept.after.day == ledger.today
    assert kept.after.due is not None
    assert kept.after.due < ledger.today + 60
    assert [at[:4] for _, at, _ in logged(tmp_path)] == ["2027", "2027", "2026"]
    assert len(sit_down(tmp_path, back, good).reviewed) == 1


def test_two_reviews_within_one_millisecond(tmp_path: Path) -> None:
    """Both count, here and after an export into another journal; and again they add nothing."""
    shelve(tmp_path, bank_text(["q0", "q1"]))
    env = environment(tmp_path, "c\n\nc\n\na\na\n")  # the clock of this learner stands still
    said = run(env, "review", "b", "--no-shuffle")
    assert "2 reviews, 0 rated hard or better" in said
    journal = Journal(tmp_path / "journal.sqlite3")
    ledger = CardStates(environment(tmp_path), journal, SchedulerSettings())
    ledger.record(ledger.row("b/q0"), ReviewInput(Rating.GOOD), 0.9)
    journal.close()
    rows = logged(tmp_path)
    assert len({at for _, at, _ in rows}) == 1
    text = run(environment(tmp_path), "journal", "export")
    other = tmp_path / "other"
    other.mkdir()
    (other / "log.csv").write_text(text, newline="")
    for added, known in ((3, 0), (0, 3)):
        found = json.loads(run(environment(other), "journal", "import", "log.csv", "--json"))
        assert (found["added"], found["known"]) == (added, known)
    assert run(environment(other), "journal", "export") == text


def test_a_time_zone_that_changed(tmp_path: Path) -> None:
    """Each review keeps the day that it was for the learner; a day that begins twice is no harm."""
    shelve(tmp_path, bank_text(["q0"]))
    # 20 November, 6 in the morning in Auckland, and the evening of the 19th in Honolulu.
    at = datetime(2026, 11, 19, 17, tzinfo=UTC)
    sit_down(tmp_path, FakeClock(at), lambda _: Reply("c"), zone=ZoneInfo("Pacific/Auckland"))
    west = ZoneInfo("Pacific/Honolulu")
    later = FakeClock(at + timedelta(hours=12))
    assert sit_down(tmp_path, later, good, zone=west).reviewed == []
    days = {"new": at.date().toordinal() + 1}
    assert [day for *_, day in logged(tmp_path)] == [days["new"]]
    tomorrow = FakeClock(at + timedelta(hours=47))  # 6 in the morning of the 21st, in Honolulu
    assert len(sit_down(tmp_path, tomorrow, good, zone=west).reviewed) == 1
    assert [day for *_, day in logged(tmp_path)] == [days["new"], days["new"] + 1]


def test_a_log_with_a_torn_last_line_and_ratings_out_of_range(tmp_path: Path) -> None:
    """Nothing of it is taken in, and each fault is told with its line."""
    shelve(tmp_path, bank_text(["q0"]))
    sit_down(tmp_path, FakeClock(), good)
    text = run(environment(tmp_path), "journal", "export")
    bad = text + "b/q1,5,2026-11-19T14:05:00Z,1,no,,,,,,,,,,,,,\r\n" + text.splitlines()[1][:30]
    (tmp_path / "torn.csv").write_text(bad, newline="")
    env = environment(tmp_path)
    assert invoke(env, "journal", "import", "torn.csv") == 1
    said = told(env)
    assert "nothing was imported" in said
    assert "torn.csv:3: rating '5': 1 (again), 2 (hard), 3 (good) or 4 (easy)" in said
    assert "torn.csv:4:" in said
    assert len(logged(tmp_path)) == 1


def test_a_bank_that_is_gone_and_comes_back(tmp_path: Path) -> None:
    """Its cards leave the queue and wait; the log is kept; back on the shelf they are due."""
    for bank in ("b", "c"):
        shelve(tmp_path, bank_text(["q0", "q1"], bank=bank), bank)
    clock = FakeClock()
    assert len(sit_down(tmp_path, clock, good, "b", "c").reviewed) == 4
    clock.tick(86400 * 30)
    gone = tmp_path / "questions" / "c.yaml"
    text = gone.read_text()
    gone.unlink()
    assert set(queue(tmp_path, clock, "b")) == {"b/q0", "b/q1"}
    listed = queue(tmp_path, clock)
    assert {card for card in listed if card.startswith("c/")} == set()
    learner = sit_down(tmp_path, clock, good, "--new", "0")
    assert len(learner.reviewed) == 2
    assert "still due" not in learner.out.getvalue()
    assert len(logged(tmp_path)) == 6
    gone.write_text(text)
    assert {card["state"] for card in queue(tmp_path, clock, "c").values()} == {"due"}
    assert len(sit_down(tmp_path, clock, good, "--new", "0").reviewed) == 2
    gone.write_text("format: 1\nid: c\n")  # and one that cannot be read is as good as gone
    clock.tick(86400 * 300)
    assert len(sit_down(tmp_path, clock, good, "--new", "0").reviewed) == 2


def test_a_question_that_was_edited_removed_or_renamed(tmp_path: Path) -> None:
    """Edited: the same history. Removed: out of the queue, its log kept, back when it is.
    Renamed: its history under the new name, with ``formerly``."""
    shelve(tmp_path, bank_text(["q0", "q1", "q2"]))
    clock = FakeClock()
    sit_down(tmp_path, clock, good)
    before = queue(tmp_path, clock, "b")
    text = bank_text(["q0", "q1"]).replace("What of q0", "Now what of q0?\n      What of q0")
    text = text.replace("prompt: Now", "prompt: |\n      Now")
    new = text.replace("- id: q1", "- id: new\n    formerly: [q1]")
    shelve(tmp_path, new)
    after = queue(tmp_path, clock, "b")
    assert after.keys() == {"b/q0", "b/new"}
    assert after["b/q0"] == before["b/q0"]
    assert after["b/new"] == before["b/q1"] | {"card": "b/new"}
    clock.tick(86400 * 5)
    assert len(sit_down(tmp_path, clock, good).reviewed) == 2
    assert [card for card, *_ in logged(tmp_path)][3:] in (
        ["b/q0", "b/new"],
        ["b/new", "b/q0"],
    )
    shelve(
        tmp_path, bank_text(["q0", "q1", "q2"]).replace("- id: q1", "- id: q1\n    formerly: [new]")
    )
    listed = queue(tmp_path, clock, "b")
    assert listed["b/q1"]["reviews"] == 2
    assert (listed["b/q2"]["reviews"], listed["b/q2"]["state"]) == (1, "due")


def test_a_bank_with_another_id(tmp_path: Path) -> None:
    """``formerly`` of the bank: all its cards go with it, and the first session finds them due."""
    shelve(tmp_path, bank_text(["q0", "q1"]))
    clock = FakeClock()
    sit_down(tmp_path, clock, good)
    (tmp_path / "questions" / "b.yaml").unlink()
    shelve(tmp_path, bank_text(["q0", "q1"], bank="c", extra="formerly: [b]"), "c")
    clock.tick(86400 * 5)
    learner = sit_down(tmp_path, clock, good, "--new", "0")
    assert len(learner.reviewed) == 2
    assert queue(tmp_path, clock, "c")["c/q0"]["reviews"] == 2
    text = run(environment(tmp_path), "journal", "export")
    assert text.count("c/q") == 4
    (tmp_path / "log.csv").write_text(text, newline="")
    found = json.loads(run(environment(tmp_path), "journal", "import", "log.csv", "--json"))
    assert (found["added"], found["known"]) == (0, 4)


def test_two_windows_at_once(tmp_path: Path) -> None:
    """Both are asked the same card; the answer that came first counts, the other is told so and is
    not asked to rate. What one has answered the other is not asked any more."""
    shelve(tmp_path, bank_text(["q0", "q1", "q2", "q3"]))
    clock, inner = FakeClock(), []

    def meanwhile(_card: str) -> Reply:
        """While the first card is shown, another window reviews two, that one among them."""
        if not inner:
            inner.append(sit_down(tmp_path, clock, lambda _: Reply("c"), "b", "--limit", "2"))
        return GOOD

    outer = sit_down(tmp_path, clock, meanwhile)
    said = " ".join(outer.out.getvalue().split())
    assert said.count("reviewed in another window; that review counts, not this one.") == 1
    assert [each.card for each in outer.reviewed] == ["q2", "q3"]
    assert "2 reviews, 2 rated hard or better" in said
    assert "1 card practised, not recorded." in said
    assert sorted(card for card, *_ in logged(tmp_path)) == ["b/q0", "b/q1", "b/q2", "b/q3"]
    assert queue(tmp_path, clock)["b/q0"]["lapses"] == 0


def test_two_windows_over_cards_that_are_due(tmp_path: Path) -> None:
    """The same with cards that are due, an undo and a suspension in the other window."""
    shelve(tmp_path, bank_text(["q0", "q1", "q2", "q3"]))
    clock, inner = FakeClock(), []
    sit_down(tmp_path, clock, good)
    clock.tick(86400 * 10)

    def meanwhile(card: str) -> Reply:
        if not inner:
            inner.append(card)
            left = sorted({"q0", "q1", "q2", "q3"} - {card})
            run(environment(tmp_path, clock=clock), "review", "--suspend", f"b/{left[0]}")
            inner.append(left[0])
            run(environment(tmp_path, clock=clock), "review", "--suspend", f"b/{card}")
        return GOOD

    outer = sit_down(tmp_path, clock, meanwhile)
    # The card that was shown was suspended, not reviewed: its answer counts, and so does that.
    assert inner[0] in {each.card for each in outer.reviewed}
    assert inner[1] not in {each.card for each in outer.reviewed}
    assert len(outer.reviewed) == 3
    states = {card: each["state"] for card, each in queue(tmp_path, clock).items()}
    assert states[f"b/{inner[0]}"] == states[f"b/{inner[1]}"] == "suspended"


def test_a_quiz_in_the_other_window(tmp_path: Path) -> None:
    """What a quiz has asked meanwhile is not asked again today, and the card shown counts once."""
    shelve(tmp_path, bank_text(["q0", "q1", "q2"]))
    clock, inner = FakeClock(), []

    def meanwhile(_card: str) -> Reply:
        if not inner:
            inner.append(True)
            quiz = environment(tmp_path, "a\na\n", clock=clock)
            assert invoke(quiz, "take", "b", "--no-shuffle") == 1  # its input ended
        return GOOD

    outer = sit_down(tmp_path, clock, meanwhile)
    assert [each.card for each in outer.reviewed] == ["q2"]
    assert outer.out.getvalue().count("in another window") == 1
    assert sorted(card for card, *_ in logged(tmp_path)) == ["b/q0", "b/q1", "b/q2"]


@pytest.mark.parametrize("verb", ["review", "cards"])
def test_the_other_window_is_told_of_on_a_screen(tmp_path: Path, verb: str) -> None:
    """With keys as in lines: told, and not asked to rate what does not count."""
    shelve(tmp_path, bank_text(["q0", "q1"]))
    window = Terminal(tmp_path, verb, "b")
    try:
        window.see("What of q0?", "Esc")
        env = environment(tmp_path, "c\n\n:quit\n", clock=FakeClock(datetime.now(UTC)))
        assert "1 review, 0 rated hard or better" in run(
            env, "review", "b", "--no-shuffle", "--limit", "1"
        )
        if verb == "cards":
            window.press("\r")
            window.see("Again", "Enter Good")
            window.press("3")
        else:
            window.press("a")
        window.see("reviewed in another window")
        if verb == "review":
            assert "Again" not in window.window
            window.press("\r")
        window.see("What of q1?")
    finally:
        window.close()
    assert [card for card, *_ in logged(tmp_path)] == ["b/q0"]
