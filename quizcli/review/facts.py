"""A review as a fact: the rating that an answer proposes, and what is written down of it.

The rule: an answer is a review in one way, whether it was given in a quiz or in a review.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from quizcli.journal.facts import LEECH, Fact, FactKind
from quizcli.quiz.cards import MAXIMUM_INTERVAL
from quizcli.quiz.drawing import NO_VALUES
from quizcli.quiz.grading import is_known
from quizcli.review.times import recorded
from quizcli.scheduling.days import ROLLOVER
from quizcli.scheduling.memory import RETENTION, Rating

if TYPE_CHECKING:
    from collections.abc import Mapping

    from quizcli.quiz.grading import Grade
    from quizcli.quiz.steps import Answer

# So many due cards a day, or more, are no limit.
ALL = 9999


class SchedulerSettings(NamedTuple):
    """What the learner wants: ``retention`` from 0 to 1, ``maximum_interval`` in days,
    ``new_per_day`` cards, ``rollover`` the hour at which a day begins, ``fuzz`` whether cards
    learned together are spread over neighbouring days; ``reviews_per_day`` due cards, ALL for all
    of them; ``leech`` the lapses at which a card is put aside, 0 for never."""

    retention: float = RETENTION
    maximum_interval: int = MAXIMUM_INTERVAL
    new_per_day: int = 20
    rollover: int = ROLLOVER
    fuzz: bool = True
    reviews_per_day: int = ALL
    leech: int = LEECH


class ReviewInput(NamedTuple):
    """An answer to a card: its rating, the thinking time, what was chosen of what was shown."""

    rating: Rating
    milliseconds: int = 0
    guess: bool = False
    shown: tuple[str, ...] = ()
    chosen: tuple[str, ...] = ()
    digest: str = ""
    origin: str = "review"
    variables: Mapping[str, str] = NO_VALUES


class When(NamedTuple):
    """The moment of a fact, as it is written, and the learning day that it was."""

    at: str
    day: int


def proposed(grade: Grade, *, guess: bool) -> Rating:
    """The rating of an answer: good where it shows that it is known, else again."""
    return Rating.GOOD if is_known(grade, guess=guess) else Rating.AGAIN


def given_in(answer: Answer, origin: str, variables: Mapping[str, str]) -> ReviewInput:
    """The review that a kept answer is, with the rating that it proposes."""
    response = answer.response
    return ReviewInput(
        proposed(answer.grade, guess=response.guess), round(answer.seconds * 1000), response.guess,
        answer.shown, response.given, answer.digest, origin, variables,
    )  # fmt: skip


def review_fact(
    uid: str,
    card: str,
    when: When,
    given: ReviewInput,
    seed: int,
    retention: float,
    settings: SchedulerSettings,
) -> Fact:
    """What is written down of an answer to a card."""
    return Fact(
        uid,
        card,
        FactKind.REVIEW,
        when.at,
        when.day,
        rating=int(given.rating),
        milliseconds=recorded(given.milliseconds),
        guess=given.guess,
        origin=given.origin,
        seed=seed,
        shown=given.shown,
        chosen=given.chosen,
        digest=given.digest,
        retention=retention,
        maximum=settings.maximum_interval,
        fuzz=settings.fuzz,
        leech=settings.leech,
        variables=given.variables,
    )
