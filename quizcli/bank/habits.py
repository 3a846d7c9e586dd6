"""What a test-wise learner would notice of a bank: notes on the habits of its author."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizcli.bank.draws import note_on
from quizcli.quiz.kinds import kind_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quizcli.bank.faults import Fault
    from quizcli.quiz.model import Bank, Question

# Fewer questions than these show no habit.
_ENOUGH = 4


def habits(bank: Bank) -> Iterator[Fault]:
    """What a test-wise learner would notice: the key is the longest, or always in one place."""
    choices = [question for question in bank.questions if _has_one_key(question)]
    if len(choices) < _ENOUGH:
        return
    longest = sum(_key_is_longest(question) for question in choices)
    if longest == len(choices):
        what = f"the key is the longest option in all {longest} single-choice questions"
        yield note_on(choices[0], "longest-key", what, "make some wrong options just as long")
    places = {
        next(i for i, option in enumerate(question.options) if option.correct)
        for question in choices
    }
    if len(places) == 1:
        what = f"the key is option {places.pop() + 1} in all {len(choices)} single-choice questions"
        yield note_on(choices[0], "same-place", what, "vary its position: not everyone shuffles")


def _has_one_key(question: Question) -> bool:
    """Whether one of its options is right, and they may stand in any order."""
    kind = kind_of(question)
    return kind.chooses and kind.shuffles and kind.graded and not kind.several


def _key_is_longest(question: Question) -> bool:
    lengths = sorted((len(option.text), option.correct) for option in question.options)
    return lengths[-1][1] and lengths[-1][0] > lengths[-2][0]
