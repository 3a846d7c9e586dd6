"""The review log out and in: into an empty journal, twice, and between two journals."""

from __future__ import annotations

import json
from random import Random
from typing import TYPE_CHECKING

import pytest

from quizcli.journal.attempts import Journal
from quizcli.journal.reviews import CardLog
from tests.support.damage import selected
from tests.support.fakes import START, FakeClock, environment, invoke, printed, told
from tests.support.learner import Reply, bank_text, run, shelve, sit_down

if TYPE_CHECKING:
    from pathlib import Path

CARDS = [f"q{i}" for i in range(8)]


def learned(root: Path, seed: int, days: int = 25) -> FakeClock:
    """A learner's weeks with a bank: right, wrong, guessed, overridden, undone, a quiz."""
    root.mkdir(exist_ok=True)
    shelve(root, bank_text(CARDS))
    run(environment(root), "config", "set", "fuzz", "off")
    chance, clock = Random(seed), FakeClock()
    clock.tick(seed * 7)  # nobody reviews in the same millisecond as another learner

    def decide(_card: str) -> Reply:
        return Reply(chance.choice(("a", "a", "a", "c", "a?")), chance.choice(("", "", "", "2")))

    for day in range(days):
        sit_down(root, clock, decide, "b", "--new", "2")
        if day == 3:
            invoke(environment(root, "a\nc\n", clock=clock), "take", "b", "--no-shuffle")
        if day in {5, 9}:
            run(environment(root, clock=clock), "review", "--undo")
        clock.tick(86400)
    return clock


def export(root: Path) -> str:
    """The log as the program prints it."""
    return run(environment(root), "journal", "export")


def bring_in(root: Path, text: str) -> tuple[int, int, int]:
    """(added, known, cards) of an import."""
    root.mkdir(exist_ok=True)
    (root / "log.csv").write_text(text, encoding="utf-8", newline="")
    run(environment(root), "config", "set", "fuzz", "off")
    found = json.loads(run(environment(root), "journal", "import", "log.csv", "--json"))
    return found["added"], found["known"], found["cards"]


def states(root: Path) -> list[tuple]:
    """The rows of all states."""
    journal = Journal(root / "journal.sqlite3")
    rows = selected(CardLog(journal), "SELECT * FROM cards ORDER BY card")
    journal.close()
    return rows


def rebuilt(root: Path) -> bool:
    """Whether deriving all anew changes nothing."""
    return bool(json.loads(run(environment(root), "journal", "rebuild", "--json"))["equal"])


def test_a_round_trip_into_an_empty_journal(tmp_path: Path) -> None:
    """The same states to the last digit, the same file again, and the same file twice is once."""
    here, there = tmp_path / "here", tmp_path / "there"
    learned(here, 1)
    text = export(here)
    n = text.count("\r\n") - 1
    assert n > 60
    assert bring_in(there, text) == (n, 0, len(CARDS))
    assert states(there) == states(here)
    assert export(there) == text
    assert bring_in(there, text) == (0, n, 0)
    assert bring_in(here, text) == (0, n, 0)
    assert states(there) == states(here)
    assert rebuilt(here)
    assert rebuilt(there)


def test_a_round_trip_through_a_file(tmp_path: Path) -> None:
    """``-o`` writes the bytes that are printed."""
    learned(tmp_path, 1, days=3)
    env = environment(tmp_path)
    assert invoke(env, "journal", "export", "-o", str(tmp_path / "out.csv")) == 0
    assert (printed(env), "written to" in told(env)) == ("", True)
    assert (tmp_path / "out.csv").read_bytes().decode() == export(tmp_path)


def test_two_journals_merge_to_the_same_whichever_comes_first(tmp_path: Path) -> None:
    """Two machines of one learner: each takes in the other's log, and both know the same; reviews
    go on, and the next exchange brings the new ones alone."""
    one, other = tmp_path / "one", tmp_path / "other"
    clock = learned(one, 1)
    learned(other, 2)
    ours, theirs = export(one), export(other)
    n, m = ours.count("\r\n") - 1, theirs.count("\r\n") - 1
    assert bring_in(one, theirs)[:2] == (m, 0)
    assert bring_in(other, ours)[:2] == (n, 0)
    assert states(one) == states(other)
    assert export(one) == export(other)
    assert export(one).count("\r\n") - 1 == n + m
    clock.tick(86400 * 400)
    new = len(sit_down(one, clock, lambda _: Reply("a")).reviewed)
    assert new == sum(not row[9] for row in states(other)) > 3  # some are leeches by now
    assert bring_in(other, export(one))[:2] == (new, n + m)
    assert states(one) == states(other)
    assert rebuilt(one)
    assert rebuilt(other)


def test_an_import_is_not_undone(tmp_path: Path) -> None:
    """Undo is for what was done here; what was brought in stays."""
    learned(tmp_path / "here", 1, days=3)
    bring_in(tmp_path / "there", export(tmp_path / "here"))
    said = run(environment(tmp_path / "there"), "review", "--undo", code=1)
    assert said.startswith("There is nothing to undo. Reviews from an import")


def test_a_log_of_many_cards_is_derived_at_once(tmp_path: Path) -> None:
    """More cards than are derived one by one: the same states."""
    lines = ["card,rating,time"]
    lines += [
        f"b/q{card},{1 + (card + n) % 4},{START.replace(day=1 + n * 5).isoformat()}"
        for card in range(300)
        for n in range(3)
    ]
    assert bring_in(tmp_path, "\n".join(lines) + "\n") == (900, 0, 300)
    kept = states(tmp_path)
    assert [row[-1] for row in kept] == [0] * 300  # nothing is left to be derived
    few = tmp_path / "few"
    assert bring_in(few, "\n".join([lines[0], *lines[1:31]]) + "\n") == (30, 0, 10)
    same = {row[0]: list(row[2:]) for row in kept}
    for card, _, *row in states(few):
        assert row == pytest.approx(same[card], rel=1e-12)
    assert rebuilt(tmp_path)


@pytest.mark.parametrize("bad", [b"\xff\xfe\x00", b"", b"card,rating\n", b"a;b;c\n"])
def test_what_is_no_log_is_refused(tmp_path: Path, bad: bytes) -> None:
    """A sentence, an exit code, nothing taken in, and no traceback."""
    (tmp_path / "log.csv").write_bytes(bad)
    env = environment(tmp_path)
    assert invoke(env, "journal", "import", "log.csv") in {1, 2}
    assert "log.csv" in told(env)
    env = environment(tmp_path)
    assert invoke(env, "journal", "import", "none.csv") == 2
    assert "none.csv cannot be read" in told(env)


def test_every_fault_is_told_with_its_line(tmp_path: Path) -> None:
    """What no review can be as well as what no cell can, also behind lines that are blank."""
    log = tmp_path / "log.csv"
    log.write_text(
        "card,rating,time\n\nb/q0,3,1901-01-01T00:00:00Z\n\nb/q1,9,2026-01-01T00:00:00Z\n"
    )
    env = environment(tmp_path)
    assert invoke(env, "journal", "import", str(log)) == 1
    assert f"{log}:3: time '1901-01-01'" in told(env)
    assert f"{log}:5: rating '9'" in told(env)
