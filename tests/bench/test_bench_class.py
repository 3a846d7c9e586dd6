"""A class graded, analysed and written in all formats: prints ratios and memory, fails nobody.

    pytest -m bench -n 0 -s tests/bench/test_bench_class.py

The measure of time is ``json.load`` of the same files, and the aim is 6 at most. The memory of a
million responses is to be no more than 150 MB.
"""

from __future__ import annotations

import json
import subprocess
import sys
from time import process_time
from typing import TYPE_CHECKING

import pytest

from quizcli.scores.class_answers import class_answers
from quizcli.scores.class_grading import graded_class, read_files
from quizcli.scores.formats import BOOKS, written_book
from quizcli.scores.gradebooks.book import GradeBook
from quizcli.scores.hand_in_files import found_files
from quizcli.scores.hand_in_store import HandInStore
from quizcli.scores.hand_ins import HandInReader
from quizcli.scores.item_report import class_report
from quizcli.scores.policies import GradingRules
from quizcli.scores.tries import TryPile
from quizcli.uncollected import uncollected
from tests.bench.bench_class import BANK, many, write_class
from tests.bench.memory import most_memory
from tests.support.handing_in import the_bank

if TYPE_CHECKING:
    from pathlib import Path

STUDENTS = 3000


def loaded(folder: Path) -> None:
    """The measure."""
    for path in folder.iterdir():
        with path.open(encoding="utf-8") as stream:
            json.load(stream)


@uncollected()
def graded(folder: Path) -> None:
    """All that is made of a class."""
    reader = HandInReader(the_bank(BANK))
    pile = TryPile(HandInStore(reader.earned))
    read_files(found_files(folder.parent, [folder.name]), reader, pile, lambda: None)
    write(pile, reader)


def write(pile: TryPile, reader: HandInReader) -> None:
    """Every format, and the analysis."""
    grades, notes = graded_class(pile, reader, GradingRules(), [], "")
    book = GradeBook(reader.bank, reader.questions, grades, notes, "best try", "Quiz")
    for name in BOOKS:
        for _ in written_book(name, book).parts:
            pass
    class_report(class_answers(grades, reader.questions), reader.questions)


@pytest.mark.bench
def test_a_class_against_reading_its_files(tmp_path: Path) -> None:
    """Prints; there is nothing to fail."""
    folder = tmp_path / "in"
    write_class(folder, STUDENTS)
    graded(folder)  # what is imported once
    times = []
    for work in (loaded, graded) * 3:
        start = process_time()
        work(folder)
        times.append(process_time() - start)
    bare, ours = min(times[::2]), min(times[1::2])
    print(
        f"\n{STUDENTS:,} hand-ins: {ours:.2f} s, json.load {bare:.2f} s, ratio {ours / bare:.1f} "
        "(aim: 6 at most)"
    )


@pytest.mark.bench
@pytest.mark.parametrize("students", [20_000, 100_000])
def test_the_memory_of_a_large_class(students: int) -> None:
    """Prints; there is nothing to fail."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.test_bench_class", str(students)],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    print(f"\n{10 * students:,} responses: {done.stdout.strip()} (aim: 150 MB at most)")


@uncollected()
def main(students: int) -> None:
    """Grade and write a class in this process, and print the most memory that it took."""
    reader = HandInReader(the_bank(BANK))
    pile = TryPile(HandInStore(reader.earned))
    for number, data in enumerate(many(students)):
        pile.add(reader.graded(data, f"in/{number:06}.json"))
    write(pile, reader)
    print(f"{most_memory() >> 10} MB")


if __name__ == "__main__":
    main(int(sys.argv[1]))
