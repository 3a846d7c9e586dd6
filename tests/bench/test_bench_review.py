"""Reviews with a journal of ten years: prints ratios, fails nobody.

    pytest -m bench -n 0 -s tests/bench/test_bench_review.py

The large journal has 100 000 cards with 1 000 000 reviews, most of them overdue. A thousand cards
are on the shelf, in twenty banks; the others belong to ninety-nine banks that are gone. The small
one has a hundred cards of the same shelf.
"""

from __future__ import annotations

import json
import sqlite3
import statistics
import subprocess
import sys
from contextlib import closing
from time import perf_counter, process_time
from typing import TYPE_CHECKING

import pytest

from quizcli.bank.cache import BankCache
from quizcli.bank.read import read_bank
from quizcli.journal.attempts import Journal
from quizcli.review.card_states import CardStates
from quizcli.review.facts import ReviewInput, SchedulerSettings
from quizcli.scheduling.memory import Rating
from tests.bench import bench_fitting, bench_replay
from tests.bench.bench_replay import made, of_package
from tests.bench.test_bench_start import until, variables
from tests.support.big import big_journal
from tests.support.fakes import environment
from tests.support.histories import LOG, oracle
from tests.support.learner import bank_text, shelve

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.bench
RUNS = 15
SHELF = [f"shelf{bank}/q{n}" for bank in range(20) for n in range(50)]
GONE = [f"gone{bank}/q{n}" for bank in range(99) for n in range(1000)]
REVIEW = [sys.executable, "-m", "quizcli", "review", "--plain"]


@pytest.fixture(scope="module")
def homes(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A home with the small journal and one with the large."""
    small, large = tmp_path_factory.mktemp("small"), tmp_path_factory.mktemp("large")
    for home, cards, reviews in ((small, SHELF[::10], 1000), (large, [*SHELF, *GONE], 1_000_000)):
        for bank in range(20):
            name = f"shelf{bank}"
            shelve(home, bank_text([f"q{n}" for n in range(50)], bank=name), name)
        big_journal(home, cards, reviews).close()
        until(REVIEW, home, marker=b"Answer (", terminal=False)
    return small, large


def test_first_card(homes: tuple[Path, Path]) -> None:
    """From the command to the first card."""
    pairs = []
    for _ in range(RUNS):
        few, many = (until(REVIEW, home, marker=b"Answer (", terminal=False) for home in homes)
        pairs.append(many / few)
    low, middle, high = min(pairs), statistics.median(pairs), max(pairs)
    print(f"\nfirst card, 100 000 cards against 100: {middle:.2f}x ({low:.2f} to {high:.2f})")
    print("  wanted: 1.3x at most")


def shelve_compiled(home: Path, banks: int, questions: int) -> list[str]:
    """A shelf of banks with so many questions each, compiled already: read from YAML they would
    take minutes. The addresses of their cards."""
    (home / "questions").mkdir()
    model = read_bank(bank_text(["q0"]).encode(), "")
    for number in range(banks):
        file, ids = home / "questions" / f"b{number}.yaml", [f"q{n}" for n in range(questions)]
        data = bank_text(ids, bank=f"b{number}").encode()
        file.write_bytes(data)
        made = [model.questions[0]._replace(id=id, prompt=f"What of {id}?") for id in ids]
        bank = model._replace(id=f"b{number}", questions=tuple(made))
        BankCache(home / "cache").put(data, file.as_posix(), bank)
    return [f"b{number}/q{n}" for number in range(banks) for n in range(questions)]


def test_first_card_of_a_large_shelf(tmp_path: Path) -> None:
    """The same where every card lies on the shelf, in twenty banks."""
    small, large = tmp_path / "small", tmp_path / "large"
    for home, questions in ((small, 5), (large, 5000)):
        home.mkdir()
        cards = shelve_compiled(home, 20, questions)
        big_journal(home, cards, 3 * len(cards)).close()
    pairs = []
    for _ in range(RUNS + 1):
        few, many = (
            until(REVIEW, home, marker=b"Answer (", terminal=False) for home in (small, large)
        )
        pairs.append(many / few)
    low, middle, high = min(pairs[1:]), statistics.median(pairs[1:]), max(pairs[1:])
    print(f"\nfirst card, 100 000 cards on the shelf against 100: {middle:.2f}x", end=" ")
    print(f"({low:.2f} to {high:.2f})\n  wanted: 1.3x at most")


def test_recording(homes: tuple[Path, Path], tmp_path: Path) -> None:
    """A review, durable, against one row in a bare table of SQLite's, with the same settings."""
    with closing(sqlite3.connect(tmp_path / "bare.sqlite3", isolation_level=None)) as bare:
        bare.execute("PRAGMA journal_mode = WAL")
        bare.execute("PRAGMA synchronous = FULL")
        bare.execute("CREATE TABLE log (id INTEGER PRIMARY KEY, text TEXT)")
        journal = Journal(homes[1] / "journal.sqlite3")
        ledger = CardStates(environment(homes[1]), journal, SchedulerSettings())
        rows = [ledger.row(card) for card in SHELF[:400]]
        ledger.record(rows.pop(), ReviewInput(Rating.GOOD), 0.9)  # loads the package
        ratios = []
        for row in rows[:300]:
            begun = perf_counter()
            bare.execute("INSERT INTO log (text) VALUES (?)", ("x" * 200,))
            middle = perf_counter()
            ledger.record(row, ReviewInput(Rating.GOOD, 3000, shown=("a", "b"), chosen=("a",)), 0.9)
            ratios.append(((perf_counter() - middle) / (middle - begun), middle - begun))
        journal.close()
    found = statistics.median(ratio for ratio, _ in ratios)
    commit = statistics.median(seconds for _, seconds in ratios)
    print(f"\na review recorded against a bare commit of {1000 * commit:.2f} ms: {found:.2f}x")
    print("  wanted: 2x at most")


def test_rebuild(homes: tuple[Path, Path]) -> None:
    """All states from a million reviews, with what SQLite takes to read and compare, against the
    package's replay of reviews that it is handed ready-made."""
    journal = Journal(homes[1] / "journal.sqlite3")
    ledger = CardStates(environment(homes[1]), journal, SchedulerSettings())
    cards, peer = of_package(made()), oracle()
    n = sum(len(reviews) for _, reviews in cards)
    ours = theirs = written = float("inf")
    for _ in range(3):
        begun = process_time()
        found = ledger.rebuild()
        middle = process_time()
        for card, reviews in cards:
            peer.reschedule_card(card, reviews)
        ours = min(ours, (middle - begun) / found.reviews)
        theirs = min(theirs, (process_time() - middle) / n)
        journal.connection.execute("DELETE FROM main.cards")
        begun = process_time()
        ledger.rebuild()
        written = min(written, (process_time() - begun) / found.reviews)
    journal.close()
    print("\nrebuild, microseconds a review of processor time")
    print(f"  the package's replay alone  {theirs * 1e6:5.2f}")
    print(f"  read, derived, compared     {ours * 1e6:5.2f}   {theirs / ours:.1f} times as fast")
    print(f"  and every state written     {written * 1e6:5.2f}   {theirs / written:.1f} times")


BARE = """
import csv, sqlite3, sys
sql = "SELECT * FROM card_log WHERE did = 'review' ORDER BY id"
with open(sys.argv[2], "w", newline="") as file:
    csv.writer(file).writerows(sqlite3.connect(sys.argv[1]).execute(sql))
"""


# What is told of a process begins with what the one had taken that made it: this one is small.
MEASURED = """
import json, resource, subprocess, sys
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
usage = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps([usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024]))
"""


def spent(command: list[str], home: Path) -> tuple[float, float]:
    """Seconds of processor time of a command, and its peak of memory in MiB."""
    measured = [sys.executable, "-c", MEASURED, *command]
    seconds, mib = json.loads(subprocess.check_output(measured, env=variables(home)))
    return seconds, mib


def test_export_and_stats(homes: tuple[Path, Path], tmp_path: Path) -> None:
    """A million reviews exported, and their statistics, against a bare SELECT that writes them."""
    home, out = homes[1], str(tmp_path / "log.csv")
    bare = [sys.executable, "-c", BARE, str(home / "journal.sqlite3"), out]
    program = [sys.executable, "-m", "quizcli"]
    sides = {
        "export": ([*program, "journal", "export", "-o", out, "--force"], 2.5),
        "stats": ([*program, "stats", "--json"], 1.5),
    }
    print("\nprocessor time against a bare SELECT through csv.writer, least of 3; and memory")
    for name, (command, limit) in sides.items():
        turns = [(spent(bare, home), spent(command, home)) for _ in range(3)]
        measure, ours = (min(seconds for seconds, _ in side) for side in zip(*turns, strict=True))
        memory = max(mib for _, (_, mib) in turns)
        print(f"  {name:8} {ours / measure:5.2f}x (wanted: {limit}x at most)   {memory:,.0f} MiB")


def test_replay() -> None:
    """All states of a million reviews, from rows and from arrays, against the package."""
    print()
    bench_replay.report()


@pytest.mark.skipif(not LOG.exists(), reason="needs the review log of another project")
def test_fit() -> None:
    """The parameters of a real learner."""
    print()
    bench_fitting.time()
