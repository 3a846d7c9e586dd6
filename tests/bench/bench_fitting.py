"""How long a fit takes, and from how many reviews on it pays: prints figures, fails nobody.

    python -m tests.bench.bench_fitting          with the learners of several sizes, two minutes
    pytest -m bench -n 0 -s tests/bench/bench_fitting.py     the time alone

The time is that of both fits (held out, and all) of a real log of 12,580 reviews, by processor,
the least of some turns; the aim is 3 seconds. The learners are made up, their parameters 30 % off
the defaults; each is fitted on the reviews of a short time and judged on ten thousand fresh ones.
"""

from __future__ import annotations

import sys
from time import process_time

import numpy as np
import pytest

from quizcli.scheduling.fitting import fit
from quizcli.scheduling.memory import DEFAULT_PARAMETERS
from tests.scheduling.test_fitting import mean_loss, timed
from tests.support.histories import LOG, real_log
from tests.support.learners import forgetful, learner

SIZES = ((60, 90), (150, 110), (230, 120), (330, 130), (600, 150))
LEARNERS, TURNS = 16, 3


def time() -> None:
    """Print the time of a fit."""
    if not LOG.exists():
        print(f"no review log at {LOG.parent}: nothing to time")
        return
    log, least = timed(real_log()), float("inf")
    for _ in range(TURNS):
        start = process_time()
        found = fit(log)
        least = min(least, process_time() - start)
    print(f"{log.card.size:,} reviews fitted twice in {least:.2f} s of one core (aim: 3)")
    print("\n".join(found.sentences()))


def sizes() -> None:
    """Print how a fit compares with the defaults by the number of reviews it had."""
    print("reviews that count · loss above the truth's: defaults, fitted · worse than the defaults")
    for cards, days in SIZES:
        rows = []
        for seed in range(LEARNERS):
            truth = forgetful(seed)
            found = fit(learner(truth, cards, days, seed), least=1)
            fresh = learner(truth, 3000, days, seed + 1000)
            default, fitted, best = (
                mean_loss(fresh, w) for w in (DEFAULT_PARAMETERS, found.parameters, truth)
            )
            rows.append((found.reviews, default - best, fitted - best))
        n, lost, left = np.mean(rows, axis=0)
        worse = sum(fitted > default for _, default, fitted in rows)
        print(f"  {n:6.0f}   {lost:.4f}   {left:.4f}   {worse} of {LEARNERS}", flush=True)


@pytest.mark.bench
def test_the_time_of_a_fit() -> None:
    """Prints; there is nothing to fail."""
    time()


if __name__ == "__main__":
    time()
    sys.exit(sizes())
