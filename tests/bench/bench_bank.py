"""Reading 500 questions against a bare load of the same YAML: prints ratios, fails nobody.

    python tests/bench/bench_bank.py
    pytest -m bench -n 0 -s tests/bench/bench_bank.py

Ours makes questions, checks them and keeps every place; the bare load makes lists and
dictionaries. Both are timed in turn, and the minimum of the turns counts: on a shared machine the
minimum is the stable number. The aim is 1.6 at most.
"""

from __future__ import annotations

import re
import sys
import tempfile
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

import pytest
import yaml

from quizcli.bank.cache import BankCache
from quizcli.bank.read import read_bank
from quizcli.bank.shelf import load_bank

if TYPE_CHECKING:
    from collections.abc import Callable

RNN = Path(__file__).parents[2] / "questions" / "rnn.yaml"
QUESTIONS = 500
TURNS = 7


def many(n: int = QUESTIONS) -> bytes:
    """A bank of ``n`` questions: those of the shipped bank over and over, with ids of their own."""
    head, _, body = RNN.read_text(encoding="utf-8").partition("questions:\n")
    own = re.split(r"(?m)^(?=  - id: )", body)[1:]
    copies = (own[i % len(own)].replace("- id: ", f"- id: n{i}-", 1) for i in range(n))
    return "".join([head, "questions:\n", *copies]).encode()


def best(*work: Callable[[], object], turns: int = TURNS) -> list[float]:
    """Seconds of each piece of work, at its best of some turns, which they take one by one."""
    seconds = [float("inf")] * len(work)
    for _ in range(turns):
        for i, piece in enumerate(work):
            start = perf_counter()
            piece()
            seconds[i] = min(seconds[i], perf_counter() - start)
    return seconds


def report() -> None:
    """Print what reading costs, cold and from the cache."""
    data = many()
    assert len(read_bank(data, "many.yaml").questions) == QUESTIONS
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "many.yaml"
        path.write_bytes(data)
        cache = BankCache(Path(folder) / "cache")
        load_bank(path, cache)
        ours, bare, warm = best(
            lambda: read_bank(data, "many.yaml"),
            lambda: yaml.load(data, yaml.CSafeLoader),
            lambda: load_bank(path, cache),
        )
    print(f"{QUESTIONS} questions, {len(data) / 1e6:.1f} MB, best of {TURNS} turns")
    print(f"  bare CSafeLoader   {bare * 1e3:7.0f} ms   1.00")
    print(f"  read and checked   {ours * 1e3:7.0f} ms   {ours / bare:.2f}   (aim: 1.6 at most)")
    print(f"  from the cache     {warm * 1e3:7.0f} ms   {warm / bare:.2f}")


@pytest.mark.bench
def test_reading_against_a_bare_load() -> None:
    """Prints; there is nothing to fail."""
    report()


if __name__ == "__main__":
    sys.exit(report())
