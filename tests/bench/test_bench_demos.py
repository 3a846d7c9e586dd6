"""How long each experiment takes, warm, in one process. Printed, never judged."""

from __future__ import annotations

import time
from statistics import median

import pytest

from quizcli import load_bank
from quizcli.proof.subject import of_question
from tests.support.program import ROOT

pytestmark = pytest.mark.bench


# Wanted of all experiments of a bank together, in ms. Reber trains networks, and stands apart.
WANTED = {"rnn": 600, "sequence-models": 2000}


@pytest.mark.parametrize("bank", WANTED)
def test_experiments(bank: str) -> None:
    total = 0.0
    print("\nexperiment          wall ms   median   CPU ms   (least of 5; wanted ≤ 100 each)")
    for question in load_bank(ROOT / "questions" / f"{bank}.yaml").questions:
        subject = of_question(question)
        subject.measure(1)
        walls, cpus = [], []
        for seed in range(2, 7):
            wall, cpu = time.perf_counter(), time.process_time()
            subject.measure(seed)
            walls.append(time.perf_counter() - wall)
            cpus.append(time.process_time() - cpu)
        total += min(walls) * (question.id != "reber")
        wall, middle, cpu = (1000 * each for each in (min(walls), median(walls), min(cpus)))
        print(f"  {question.id:16} {wall:8.1f} {middle:8.1f} {cpu:8.1f}")
    print(f"  {'all but reber':16} {1000 * total:8.1f}   (wanted ≤ {WANTED[bank]})")
