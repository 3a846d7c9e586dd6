"""Every reader, fed with what fuzzing found once and with a little of anything.

More of it: python -m tests.fuzz READER --seconds 600 (guided by coverage with the extra `fuzz`).
"""

from __future__ import annotations

import random
import subprocess
import sys
from itertools import islice
from typing import TYPE_CHECKING

import pytest

from tests.fuzz.__main__ import CORPORA
from tests.fuzz.campaign import LONGEST, Findings, mutants, plain, reached
from tests.fuzz.readers import READERS, Reader
from tests.support.program import ROOT

if TYPE_CHECKING:
    from pathlib import Path

KEPT = sorted(CORPORA.glob("*/*"))
NEEDS = {"xlsx": "python_calamine"}


@pytest.mark.parametrize("path", KEPT, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_what_was_found_is_mended(path: Path) -> None:
    """Each file broke a promise of its reader once."""
    if (needed := NEEDS.get(path.parent.name)) is not None:
        pytest.importorskip(needed)
    READERS[path.parent.name].read(path.read_bytes())


@pytest.mark.parametrize("name", READERS)
def test_a_little_of_anything(name: str) -> None:
    """Some of the files to begin with, and mutants of all of them; the same ones each time."""
    if (needed := NEEDS.get(name)) is not None:
        pytest.importorskip(needed)
    reader, chance = READERS[name], random.Random(name)
    known = [data for data in reader.seeds() if len(data) < 6000]
    for data in (*chance.sample(known, min(5, len(known))), *islice(mutants(known, chance), 12)):
        reader.read(data)


@pytest.mark.parametrize("name", READERS)
def test_what_a_reader_begins_with_is_not_left_out_as_too_long(name: str) -> None:
    """But for one that has more of the same."""
    if (needed := NEEDS.get(name)) is not None:
        pytest.importorskip(needed)
    lengths = sorted(len(data) for data in READERS[name].seeds())
    assert lengths[:-1] == [length for length in lengths[:-1] if length <= LONGEST]


def test_the_formats_that_are_read_are_fuzzed() -> None:
    from quizcli.cli.bank_formats import names

    assert set(names(read=True)) <= READERS.keys()


def test_what_breaks_a_promise_is_found_once_for_each_place(tmp_path: Path) -> None:
    """A reader that trips over one byte is caught within a second, with its input and traceback."""

    def read(data: bytes) -> None:
        if b"\0" in data:
            raise LookupError("a NUL")

    found = Findings(read, tmp_path / "found")
    plain(found, [b"a bank"], 0.5, 1)
    assert list(found.count) == ["LookupError at ?"]
    assert found.runs > 100
    [data] = (tmp_path / "found").glob("*.input")
    assert b"\0" in data.read_bytes()
    assert "a NUL" in data.with_suffix(".txt").read_text()


def test_how_far_a_reader_was_reached() -> None:
    """Nothing reaches nothing, and seeds reach much of a small reader."""
    reader = READERS["keys"]
    assert reached(reader, [])[0] == 0
    hit, of = reached(reader, reader.seeds())
    assert of / 2 < hit <= of
    assert reached(Reader(lambda _: None, reader.seeds, reader.rooms), [b"x"]) == (0, of)


def test_the_command(tmp_path: Path) -> None:
    """It says what was run, and its seed replays it."""
    ended = subprocess.run(
        [sys.executable, "-m", "tests.fuzz", "keys", "--seconds", "0.2", "--seed", "7", "--plain",
         "--findings", str(tmp_path)],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ended.returncode == 0, ended.stderr
    assert ended.stdout.startswith("keys: ")
    assert "(seed 7, plain)" in ended.stdout
    assert "findings: 0" in ended.stdout
