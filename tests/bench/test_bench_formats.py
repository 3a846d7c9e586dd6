"""How fast files of other programs become banks, and what that takes in memory: printed, fails nobody.

pytest -m bench -n 0 -s tests/bench/test_bench_formats.py
"""

from __future__ import annotations

import tracemalloc
from time import process_time

import pytest

from quizcli.bank.accepting import accepted
from quizcli.bank.check import check_bank
from quizcli.bank.yaml_text import whole_text
from quizcli.cli.bank_formats import bank_format, names
from quizcli.formats.format import ExportSource
from quizcli.formats.ids import IdGiver
from quizcli.formats.source_bank import CarriedFile, bank_head
from tests.support.drafts import to_bank
from tests.support.plain_banks import bank_of, plain_bank

QUESTIONS = 3000
MANY = 20_000


def large(format: str, count: int = QUESTIONS) -> bytes:
    """A file in a format."""
    options = [
        {"id": "a", "text": "Through three of them", "correct": "true", "feedback": "Yes."},
        {"id": "b", "text": "Through one", "feedback": "It leaves that soon."},
    ]
    asked = [
        {
            "id": f"q{n}",
            "kind": "single-choice",
            "prompt": f"Through how many countries does river {n} flow?",
            "options": options,
        }
        for n in range(count)
    ]
    bank = bank_of({"format": "1", "id": "seas", "title": "Seas", "questions": asked})
    write = bank_format(format).write
    assert write
    content = write(ExportSource(bank, plain_bank(bank))).content
    return content.encode() if isinstance(content, str) else content


@pytest.mark.bench
@pytest.mark.parametrize("name", sorted({*names(read=True)} & {*names(written=True)} - {"anki"}))
def test_bench_reading(name: str) -> None:
    data = large(name)
    read = bank_format(name).read
    assert read
    start = process_time()
    draft = to_bank(read(data), "seas", "Seas")
    took = process_time() - start
    assert len(draft.bank["questions"]) == QUESTIONS
    print(f"\n{name}, {len(data) / 1e6:.1f} MB: {len(data) / 1e6 / took:.1f} MB/s")


@pytest.mark.bench
def test_bench_a_whole_import() -> None:
    data = large("gift", MANY)
    read = bank_format("gift").read
    assert read
    tracemalloc.start()
    head = bank_head("seas", "Seas")
    carried = CarriedFile(read(data), IdGiver())
    good = [
        each.text
        for each in accepted(
            head, carried, lambda text: check_bank(text, "bank", lambda *_: []), []
        )
    ]
    text = whole_text(head, good)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(good) == MANY
    print(
        f"\nimported within {peak / len(data):.1f} times the file ({len(text) / 1e6:.1f} MB of YAML)"
    )
