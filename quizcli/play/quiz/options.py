"""What a learner asks of a quiz, and what it is like where they ask for nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizcli.named_tuple import NamedTuple
from quizcli.play.quiz.recorder import NOBODY, Taker
from quizcli.quiz.steps import PRACTICE, Policy

if TYPE_CHECKING:
    from quizcli.quiz.model import Section


class UsualQuiz(NamedTuple):
    """What a quiz is like of which nothing is asked: its ``policy``, whether variables ``vary``,
    and who takes it."""

    policy: Policy = PRACTICE
    vary: bool = False
    learner: Taker = NOBODY


NOTHING_ASKED = UsualQuiz()


class QuizOptions(NamedTuple):
    """What a learner asked for. ``seed`` None draws one; ``resume`` None decides by the place:
    at a terminal the learner is asked, elsewhere a new attempt starts. ``vary`` draws variables
    that have defaults too; ``draw`` are the sections, None for the bank's own where nothing else
    chooses questions. ``usual`` is the quiz of a learner who asks for nothing."""

    seed: int | None = None
    policy: Policy = PRACTICE
    questions: int | None = None
    tags: tuple[str, ...] = ()
    missed: bool = False
    resume: bool | None = None
    learner: Taker = NOBODY
    vary: bool = False
    draw: tuple[Section, ...] | None = None
    usual: UsualQuiz = NOTHING_ASKED

    @property
    def particular(self) -> bool:
        """Whether something was asked for that an interrupted attempt could not give."""
        usual = self.usual
        nothing = QuizOptions(policy=usual.policy, resume=self.resume, learner=usual.learner,
                              vary=usual.vary, usual=usual)  # fmt: skip
        return self != nothing
