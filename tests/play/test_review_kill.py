"""Reviews that are killed: what was acknowledged is in the log once, and the states follow."""

from __future__ import annotations

import os
import random
import re
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from quizcli.journal.attempts import Journal
from quizcli.journal.reviews import CardLog, FactKind
from quizcli.review.card_states import CardStates
from quizcli.review.facts import SchedulerSettings
from tests.support.damage import selected
from tests.support.fakes import environment
from tests.support.learner import bank_text, shelve

# Ten cards for each session of its own: sessions run side by side over one journal.
EACH = 10
RATED = re.compile(r"empty: (\d)\): $")


@dataclass
class Session:
    """One ``quizcli review`` in a pipe; ``acknowledged`` are the cards whose feedback was printed,
    with the rating that was proposed; ``overridden`` those ratings that were typed after it."""

    home: Path
    bank: str
    seed: int
    acknowledged: list[tuple[str, int]] = field(default_factory=list)
    typed: dict[str, int] = field(default_factory=dict)
    said: str = ""
    seconds: float = 0.0

    def __post_init__(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "quizcli", "review", self.bank, "--no-shuffle", "--new", "99"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={**os.environ, "QUIZCLI_HOME": str(self.home)},
        )
        assert self.process.stdout
        self.out = self.process.stdout.fileno()

    def read_to(self, pattern: str) -> str | None:
        """Read until what was said ends like this; None at the end of the output."""
        said = ""
        while not re.search(pattern, said):
            data = os.read(self.out, 65536)
            if not data:
                self.said += said
                return None
            said += data.decode()
        self.said += said
        return said

    def write(self, line: str) -> None:
        assert self.process.stdin
        try:
            self.process.stdin.write(f"{line}\n".encode())
            self.process.stdin.flush()
        except BrokenPipeError:
            pass

    def ready(self) -> Session:
        """Wait until the first card is asked."""
        assert self.read_to(r":help\): $"), self.process.stderr and self.process.stderr.read()
        return self

    def run(self, killed: tuple[int, float] | None) -> Session:
        """Answer and rate until the end, or until the process is killed so many seconds after the
        card of this number was reached."""
        chance = random.Random(self.seed)
        said: str | None = (self if self.said else self.ready()).said
        at, delay = killed or (-1, 0.0)
        timer = threading.Timer(delay, self.process.kill)
        begun = time.monotonic()
        while said is not None and (found := re.search(r"What of (\S+)\?", said)):
            card = found[1]
            if len(self.acknowledged) == at and not timer.ident:
                timer.start()
            practice = "not recorded" in said
            answer = chance.choice("aaab")
            self.write(answer)
            said = self.read_to(r"(empty: \d|:help)\): $|\n\d+ review")
            if said is None or practice or "in another window" in said:
                continue
            self.acknowledged.append((f"{self.bank}/{card}", 3 if answer == "a" else 1))
            if chance.random() < 0.4:
                self.typed[f"{self.bank}/{card}"] = chance.randint(1, 4)
            self.write(str(self.typed.get(f"{self.bank}/{card}", "")))
            said = self.read_to(r":help\): $|\n\d+ review")
        self.seconds = time.monotonic() - begun
        self.process.communicate(timeout=60)
        timer.cancel()
        return self


def kill_sessions(home: Path, count: int) -> list[Session]:
    """So many sessions, three at a time over one journal, each killed at a moment of its own."""
    for n in range(count + 1):
        shelve(home, bank_text([f"q{i}" for i in range(EACH)], bank=f"b{n}"), f"b{n}")
    whole = Session(home, f"b{count}", 3).run(None)
    assert len(whole.acknowledged) == EACH
    chance = random.Random(count)
    # A place and not a time since the start: what else the machine does moves no kill.
    each = whole.seconds / EACH
    moments = [(chance.randrange(EACH), chance.uniform(0, each)) for _ in range(count)]
    with ThreadPoolExecutor(3) as pool:
        return list(pool.map(lambda n: Session(home, f"b{n}", n).run(moments[n]), range(count)))


def check_sessions(home: Path, sessions: list[Session]) -> list[int]:
    """Every acknowledged review is in the log, once, with its rating; at most the one whose
    feedback was on its way comes to it. The states are those that the log says. Returns how many
    each session had acknowledged."""
    journal = Journal(home / "journal.sqlite3")
    log = CardLog(journal)
    for session in sessions:
        facts = [
            fact
            for (card,) in selected(
                log,
                "SELECT card FROM card_log WHERE card > ? AND card < ? AND did = 'review' "
                "ORDER BY id",
                (f"{session.bank}/", f"{session.bank}0"),
            )
            for fact in log.facts(card)
        ]
        reviews = [(fact.card, fact.rating) for fact in facts if fact.did is FactKind.REVIEW]
        done = len(session.acknowledged)
        assert reviews[:done] == session.acknowledged
        assert len(reviews) <= done + 1
        assert len({card for card, _ in reviews}) == len(reviews)
        # A rating that was typed and followed by the next question is there as well.
        rated = {fact.card: fact.rating for fact in facts if fact.did is FactKind.RATE}
        for card, proposed in session.acknowledged[:-1]:
            typed = session.typed.get(card, proposed)
            assert rated.get(card, proposed) == typed
        assert set(rated) <= set(session.typed)
    ledger = CardStates(environment(home), journal, SchedulerSettings())
    ledger.refresh()
    found = ledger.rebuild()
    assert found.differed == ()
    assert selected(log, "PRAGMA integrity_check") == [("ok",)]
    journal.close()
    return [len(session.acknowledged) for session in sessions]


def test_ten_sessions_killed(tmp_path: Path) -> None:
    """Ten sessions; the same with 200 is marked slow."""
    check_sessions(tmp_path, kill_sessions(tmp_path, 10))


@pytest.mark.slow
def test_two_hundred_killed(tmp_path: Path) -> None:
    """SIGKILL at random moments of 200 sessions, some early, some late, most in between."""
    counts = check_sessions(tmp_path, kill_sessions(tmp_path, 200))
    assert min(counts) < 3
    assert max(counts) > 7
    assert len(set(counts)) > 5


def test_killed_between_answer_and_rating(tmp_path: Path) -> None:
    """The rating proposed stands, and the next session does not ask the card again."""
    shelve(tmp_path, bank_text(["q0", "q1"]))
    session = Session(tmp_path, "b", 1)
    assert session.read_to(r":help\): $")
    session.write("c")
    assert session.read_to(r"empty: 1\): $")
    session.process.send_signal(signal.SIGKILL)
    session.process.communicate(timeout=60)
    again = Session(tmp_path, "b", 1)
    said = again.read_to(r":help\): $")
    assert said is not None
    assert "What of q1?" in said
    again.process.kill()
    again.process.communicate(timeout=60)
    journal = Journal(tmp_path / "journal.sqlite3")
    (fact,) = CardLog(journal).facts("b/q0")
    assert (fact.did, fact.rating, fact.chosen) == (FactKind.REVIEW, 1, ("c",))
    assert CardStates(environment(tmp_path), journal, SchedulerSettings()).rebuild().differed == ()
    journal.close()


def test_two_windows_racing_over_one_bank(tmp_path: Path) -> None:
    """Two processes are asked the same thirty cards as fast as they can: each card counts once,
    with the rating that its own window acknowledged."""
    shelve(tmp_path, bank_text([f"q{i}" for i in range(30)]))
    # Neither begins before the other is there: on a slow machine nothing would be left for it.
    windows = [window.ready() for window in [Session(tmp_path, "b", seed) for seed in (1, 2)]]
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda window: window.run(None), windows))
    counted = [card for window in windows for card, _ in window.acknowledged]
    assert sorted(counted) == sorted(f"b/q{i}" for i in range(30))
    journal = Journal(tmp_path / "journal.sqlite3")
    ledger = CardStates(environment(tmp_path), journal, SchedulerSettings())
    for window in windows:
        for card, proposed in window.acknowledged:
            facts = ledger.log.facts(card)
            assert (facts[0].rating, facts[0].did) == (proposed, FactKind.REVIEW)
            assert sum(fact.did is FactKind.REVIEW for fact in facts) == 1
            assert facts[-1].rating == window.typed.get(card, proposed)
    assert ledger.rebuild().differed == ()
    journal.close()
