"""How long each experiment takes, warm, in one process. Printed, never judged."""

from __future__ import annotations

import time

import pytest

from quizcli import load_bank
from quizcli.proof.subject import of_question
from tests.support.program import ROOT

pytestmark = pytest.mark.bench


def test_experiments() -> None:
    total = 0.0
    print(
        "\nexperiment          wall ms   CPU ms   (least of 5; wanted ≤ 100 each, ≤ 600 together)"
    )
    for question in load_bank(ROOT / "questions" / "rnn.yaml").questions:
        subject = of_question(question)
        subject.measure(1)
        walls, cpus = [], []
        for seed in range(2, 7):
            wall, cpu = time.perf_counter(), time.process_time()
            subject.measure(seed)
            walls.append(time.perf_counter() - wall)
            cpus.append(time.process_time() - cpu)
        total += min(walls)
        print(f"  {question.id:16} {1000 * min(walls):8.1f} {1000 * min(cpus):8.1f}")
    print(f"  {'all ten':16} {1000 * total:8.1f}")
