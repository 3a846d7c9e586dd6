"""One seed fixes every order. The rule: an order depends on the seed and on names, nothing else.

Each name draws a number from a generator seeded with the seed and the name, and names are sorted
by their numbers. So adding a question to a bank moves no other question, and editing a text moves
nothing. ``Random(text).random()`` is the one sequence that Python promises to keep between its
versions, which ``shuffle`` is not.
"""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

from quizcli.quiz.cards import quizzed_headings
from quizcli.quiz.kinds import kind_of

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from quizcli.quiz.model import Bank, Option, Question, QuestionHeading, Section

# Seeds fit SQLite's integers; small ones are drawn, since a person has to type them.
MAX_SEED = 2**63 - 1
_generator = Random(0)  # seeded anew for each number: a new one would be seeded twice


def draw(seed: int | str, *names: str) -> float:
    """A number from 0 to 1 that belongs to these names under this seed."""
    # The separator cannot stand in an id, so no two lists of names run together.
    _generator.seed("\x1f".join((str(seed), *names)))
    return _generator.random()


def question_order(
    questions: Sequence[QuestionHeading | Question], bank: str, seed: int, shuffle: bool
) -> list[QuestionHeading | Question]:
    """``questions`` in the order in which this seed asks them."""
    if not shuffle:
        return list(questions)
    return sorted(questions, key=lambda question: draw(seed, bank, question.id))


def chosen_questions(
    bank: Bank,
    seed: int,
    shuffle: bool,
    only: Collection[str] | None,
    tags: Collection[str],
    count: int | None,
    sections: Sequence[Section] = (),
) -> list[QuestionHeading | Question]:
    """The headings of what a quiz asks, in its order: of those named and tagged so many, or
    so many of each section. Which these are is the seed's to say, shuffled or not. Raises
    TooFewError."""
    chosen = [
        question
        for question in quizzed_headings(bank)
        if (only is None or question.id in only) and (not tags or set(tags) & set(question.tags))
    ]
    ordered = question_order(chosen, bank.id, seed, shuffle)
    if sections:
        from quizcli.quiz.blueprint import by_section

        parts = by_section(question_order(chosen, bank.id, seed, shuffle=True), sections)
        ordered = [q for part in parts for q in sorted(part, key=ordered.index)]
    return ordered[:count]


def is_shuffled(question: Question, bank: Bank, asked: bool | None = None) -> bool:
    """Whether the options of a question are shuffled: as was ``asked`` for, else as the question
    says, else as its bank does."""
    own = bank.shuffle if question.shuffle is None else question.shuffle
    return (own if asked is None else asked) and kind_of(question).shuffles


def option_order(question: Question, bank: str, seed: int, shuffle: bool) -> tuple[Option, ...]:
    """The options in the order in which this seed shows them; those pinned last stay last."""
    parts = kind_of(question).parts(question)
    if not shuffle:
        return parts
    return tuple(
        sorted(
            parts,
            key=lambda option: (option.last, draw(seed, bank, question.id, option.id)),
        )
    )
