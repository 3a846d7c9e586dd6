"""A quiz feeds the schedule: what was answered in practice is a review of that card.

The facts are written together with the answers; the states follow when they are next read, so
that a quiz loads nothing of the schedule.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizcli.journal.reviews import Fact, FactKind
from quizcli.quiz.grading import Mark
from quizcli.review.banks import retention_of
from quizcli.review.times import recorded
from quizcli.scheduling.days import learning_day
from quizcli.scheduling.memory import Rating

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quizcli.env import Environment
    from quizcli.quiz.session import Answer, Session
    from quizcli.review.card_states import SchedulerSettings


def facts_of(
    env: Environment,
    settings: SchedulerSettings,
    session: Session,
    answers: Sequence[Answer],
    at: str,
) -> list[Fact]:
    """The reviews that these answers are; none of an exam."""
    if session.policy.exam:
        return []
    day = learning_day(env.clock.now(), env.zone, settings.rollover)
    facts = []
    for answer in answers:
        right = answer.grade.mark is Mark.RIGHT and not answer.response.guess
        facts.append(
            Fact(
                env.random.uid(),
                f"{session.bank.id}/{answer.question}",
                FactKind.REVIEW,
                at,
                day,
                rating=int(Rating.GOOD if right else Rating.AGAIN),
                milliseconds=recorded(round(answer.seconds * 1000)),
                guess=answer.response.guess,
                origin="take",
                seed=session.seed,
                shown=answer.shown,
                chosen=answer.response.given,
                digest=answer.digest,
                retention=retention_of(session.bank, settings.retention),
                maximum=settings.maximum_interval,
                fuzz=settings.fuzz,
            )
        )
    return facts
