"""A quiz feeds the schedule: what was answered in practice is a review of that card.

The facts are written together with the answers; the states follow when they are next read, so
that a quiz loads nothing of the schedule.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizcli.quiz.cards import address
from quizcli.quiz.drawing import NO_VALUES
from quizcli.review.banks import retention_of
from quizcli.review.facts import When, given_in, review_fact
from quizcli.scheduling.days import learning_day

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quizcli.env import Environment
    from quizcli.journal.facts import Fact
    from quizcli.quiz.session import Session
    from quizcli.quiz.steps import Answer
    from quizcli.review.facts import SchedulerSettings


def facts_of(
    env: Environment,
    settings: SchedulerSettings,
    session: Session,
    answers: Sequence[Answer],
    at: str,
) -> list[Fact]:
    """The reviews that these answers are."""
    when = When(at, learning_day(env.clock.now(), env.zone, settings.rollover))
    retention = retention_of(session.bank, settings.retention)
    facts = []
    for answer in answers:
        if not answer.grade.counts:  # nobody can say yet how well it is known
            continue
        given = given_in(answer, "take", session.draws.get(answer.question, NO_VALUES))
        card = address(session.bank.id, answer.question)
        facts.append(
            review_fact(env.random.uid(), card, when, given, session.seed, retention, settings)
        )
    return facts
