"""How fast a large GIFT file becomes a bank: printed, fails nobody. The aims are 2 MB/s, and ten
times the file in memory.

pytest -m bench -n 0 -s tests/formats/test_bench_gift.py
"""

from __future__ import annotations

import tracemalloc
from time import process_time

import pytest

from quizcli.formats.gift import read
from tests.support.drafts import to_bank

QUESTIONS = 10_000
_ONE = """\
// question: {n}  name: River {n} [id:river-{n}]
::River {n}::[html]<p>Through how many countries does river number {n} flow\\:</p>{{
\t=<p>Through three of them.</p>#<p>Yes, from its spring to the sea.</p>
\t~<p>Through one.</p>#<p>It leaves that after a third of its way.</p>
\t~%50%<p>Through two.</p>
\t####<p>Its delta lies in the last one.</p>
}}

"""


def large(questions: int = QUESTIONS) -> bytes:
    """A file as Moodle writes it."""
    return "".join(_ONE.format(n=n) for n in range(questions)).encode()


@pytest.mark.bench
def test_bench_importing() -> None:
    data = large()
    reading, making = [], []
    for _ in range(5):
        start = process_time()
        gift = read(data)
        middle = process_time()
        draft = to_bank(gift, "rivers", "Rivers")
        reading.append(middle - start)
        making.append(process_time() - start)
    assert len(gift.items) == len(draft.bank["questions"]) == QUESTIONS
    megabytes = len(data) / 1e6
    print(f"\nGIFT, {megabytes:.1f} MB: read {megabytes / min(reading):.1f} MB/s,", end=" ")
    print(f"to a bank {megabytes / min(making):.1f} MB/s")


@pytest.mark.bench
def test_bench_memory() -> None:
    data = large()
    tracemalloc.start()
    draft = to_bank(read(data), "rivers", "Rivers")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(draft.bank["questions"]) == QUESTIONS
    print(f"\nGIFT: a bank is made within {peak / len(data):.1f} times the file")
