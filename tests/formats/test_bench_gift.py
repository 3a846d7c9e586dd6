"""How fast a large GIFT file is read: printed, fails nobody. The aim is 2 MB/s.

pytest -m bench -s tests/formats/test_bench_gift.py
"""

from __future__ import annotations

from time import process_time

import pytest

from quizcli.formats.gift import read

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
def test_bench_reading() -> None:
    data = large()
    seconds = []
    for _ in range(5):
        start = process_time()
        gift = read(data)
        seconds.append(process_time() - start)
    assert len(gift.items) == QUESTIONS
    print(f"\nGIFT: {len(data) / 1e6 / min(seconds):.1f} MB/s, {len(data) / 1e6:.1f} MB")
