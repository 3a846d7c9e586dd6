"""A fit in another window changes what memories are worth, and takes no answer away."""

from __future__ import annotations

from pathlib import Path

import pytest

from quizcli.review.card_states import CardStates, ConcurrentReview
from quizcli.review.facts import ReviewInput, SchedulerSettings
from quizcli.scheduling.memory import DEFAULT_PARAMETERS, Rating
from tests.support.fakes import environment, quick_journal

OTHERS = (1.5, *DEFAULT_PARAMETERS[1:])


def test_an_answer_counts_that_was_asked_under_other_parameters(tmp_path: Path) -> None:
    """The state after it is that of the new parameters; one that was reviewed elsewhere as well
    is still told of."""
    journal = quick_journal(tmp_path)
    env = environment(tmp_path)
    here, there = (
        CardStates(env, journal, SchedulerSettings()),
        CardStates(env, journal, SchedulerSettings()),
    )
    here.record(here.row("b/q"), ReviewInput(Rating.AGAIN), 0.9)
    asked = here.row("b/q")
    there.log.learn(OTHERS, "2026-11-19T00:00:00Z")
    there.rebuild()
    assert here.row("b/q").stability != asked.stability
    kept = here.record(asked, ReviewInput(Rating.GOOD), 0.9)
    assert kept.after.reviews == 2
    assert there.rebuild().differed == ()
    with pytest.raises(ConcurrentReview):
        here.record(asked, ReviewInput(Rating.GOOD), 0.9)
