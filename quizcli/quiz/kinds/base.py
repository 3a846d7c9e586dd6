"""What a kind of question decides: how it is written, offered, ticked, checked and turned."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from quizcli.quiz.model import Option, Question

# What is wrong with the options, and how to mend it.
Complaint = tuple[str, str]
# The same of a prompt, with the letter of it, counted from 0, at which it is wrong.
Slip = tuple[int, str, str]


def _key(question: Question, _gap: str) -> str:
    return "\n\n".join(option.text for option in question.options if option.correct)


class Kind(NamedTuple):
    """One kind of question.

    ``ask``: the instruction that a learner reads under the prompt (may be empty).
    ``several``: more than one option may be ticked, and a credit rule applies.
    ``shuffles``: its options may stand in any order.
    ``complaints``: what is wrong with a set of options, beyond what holds for every kind.
    ``texts``: option texts that need not be written, by option id.
    ``ids``: the only option ids it allows (empty: any).
    ``graded``: the program can tell right from wrong; else it is turned like a card.
    ``needs``: fields of the bank format that it must have beside ``id`` and ``kind``; the first
    of them is the prompt. ``takes``: fields it may have that not every kind may.
    ``unsound``: what is wrong with its prompt.
    ``gaps``: the ids of its gaps, one flashcard each; ``("",)`` where it is one card as a whole.
    ``front``, ``back``: the two sides of the card of a gap.
    """

    name: str
    ask: str = ""
    several: bool = False
    shuffles: bool = False
    complaints: Callable[[Sequence[Option]], list[Complaint]] = lambda _: []
    texts: Mapping[str, str] = {}
    ids: tuple[str, ...] = ()
    graded: bool = True
    needs: tuple[str, ...] = ("prompt", "options")
    takes: tuple[str, ...] = ("points", "credit", "shuffle", "demo")
    unsound: Callable[[str], list[Slip]] = lambda _: []
    gaps: Callable[[Question], tuple[str, ...]] = lambda _: ("",)
    front: Callable[[Question, str], str] = lambda question, _: question.prompt
    back: Callable[[Question, str], str] = _key


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
