"""What a kind of question decides: how options are offered, ticked, checked and credited."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from quizcli.quiz.model import Option

# What is wrong with the options, and how to mend it.
Complaint = tuple[str, str]


class Kind(NamedTuple):
    """One kind of question.

    ``several``: more than one option may be ticked, and a credit rule applies.
    ``shuffles``: its options may stand in any order.
    ``ask``: the instruction that a learner reads under the prompt (may be empty).
    ``texts``: option texts that need not be written, by option id.
    ``ids``: the only option ids it allows (empty: any).
    ``complaints``: what is wrong with a set of options, beyond what holds for every kind.
    """

    name: str
    several: bool
    shuffles: bool
    ask: str
    complaints: Callable[[Sequence[Option]], list[Complaint]]
    texts: Mapping[str, str] = {}
    ids: tuple[str, ...] = ()


def one_key(options: Sequence[Option]) -> list[Complaint]:
    """Complaints of kinds that have exactly one right option."""
    keys = [option.id for option in options if option.correct]
    if len(keys) > 1:
        ids = ", ".join(f"'{id}'" for id in keys)
        return [
            (
                f"{len(keys)} options are marked correct ({ids}), and one can be chosen",
                "mark one, or make the question 'kind: multiple-choice'",
            )
        ]
    return []
